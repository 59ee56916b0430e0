import type { FailureTrace } from "../../model/design.ts";
import { cellOf, columnIndex, problemAt, type Table } from "../csv.ts";
import { instantPattern, readInstant } from "../instant.ts";
import type { Path } from "../place.ts";
import type { TraceOutput } from "../schema/faultTimes.ts";
import { readExactDuration, writeDuration } from "../units.ts";
import type { Context } from "./context.ts";
import { load } from "./data.ts";

/** One record of a failure, its cells read. */
interface FailureRecord {
  readonly from: number;
  readonly to: number;
  readonly node: number;
  readonly severity: number;
}

/** Records of failures from a file: those within the run, in order of their start, their times counted from its beginning. */
export function loadTrace(given: TraceOutput, path: Path, context: Context): FailureTrace {
  const records = load(given.file, path, context, (table) => readRecords(table, given)) ?? [];
  const hasEnd = given.end !== "none";
  const scale = given.scale ?? 1;
  const first = records.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY) + (given.from ?? 0);
  const kept = records
    .filter(({ from }) => from >= first && (from - first) * scale < context.horizon)
    .sort((a, b) => a.from - b.from || a.node - b.node);
  if (kept.length === 0 && context.problems.length === 0)
    context.warn(path, `no record of "${given.file}" falls into the run: nothing fails`);
  const at = kept.map(({ from }) => Math.round((from - first) * scale));
  return {
    at,
    lasts: hasEnd ? kept.map(({ from, to }) => Math.round((to - from) * scale)) : undefined,
    target: given.node === undefined ? undefined : kept.map(({ node }) => node),
    share: given.severity?.asShare === true ? kept.map(({ severity }) => severity) : undefined,
  };
}

function readRecords(table: Table, { end, in: unit = "s", node, only, severity, start }: TraceOutput): readonly FailureRecord[] {
  const startColumn = columnIndex(table, start ?? "start");
  const endColumn = end === "none" ? -1 : columnIndex(table, end ?? "end");
  const nodeColumn = node === undefined ? -1 : columnIndex(table, node);
  const severityColumn = severity === undefined ? -1 : columnIndex(table, severity.column);
  const filters = Object.entries(only ?? {}).map(([name, value]) => [columnIndex(table, name), value] as const);
  const micros = readExactDuration(`1${unit}`);
  const names = new Map<string, number>();
  const records: FailureRecord[] = [];
  table.rows.forEach((row, index) => {
    if (filters.some(([column, value]) => cellOf(row, column) !== value)) return;
    const wrong = (message: string) => problemAt(table.file, index + 2, row, message);
    const time = (column: number): number => {
      const cell = cellOf(row, column);
      const value = instantPattern.test(cell) ? readInstant(cell) : cell === "" ? Number.NaN : Number(cell) * micros;
      if (Number.isFinite(value)) return value;
      throw wrong(`a time is a number or an instant such as 2005-06-21T10:54, not "${cell}"`);
    };
    const from = time(startColumn);
    const to = endColumn < 0 ? from : time(endColumn);
    if (to < from) throw wrong(`the failure ends ${writeDuration(from - to)} before it begins`);
    const grade = severityColumn < 0 ? 1 : Number(cellOf(row, severityColumn));
    if (!Number.isFinite(grade)) throw wrong(`a severity is a number, not "${cellOf(row, severityColumn)}"`);
    if (severity?.asShare === true && (grade < 0 || grade > 1)) throw wrong(`a share of targets is from 0 to 1, not ${grade}`);
    if (grade < (severity?.min ?? Number.NEGATIVE_INFINITY)) return;
    records.push({ from, to, node: nodeColumn < 0 ? 0 : machine(cellOf(row, nodeColumn), names), severity: grade });
  });
  return records;
}

/** The number of a machine: the one it is called by, or that of its first appearance. */
function machine(name: string, names: Map<string, number>): number {
  if (/^\d{1,9}$/.test(name)) return Number(name);
  const known = names.get(name) ?? names.size;
  names.set(name, known);
  return known;
}
