import type { ArrivalsDesign } from "../../model/design.ts";
import type { LawSpec } from "../../random/lawSpec.ts";
import type { ArrivalsDraft, CountsFile, InstantsFile } from "../arrivalsText.ts";
import { CsvError, columnIndex, readCounts, readDurations, readPrices, readTable, type Table } from "../csv.ts";
import { FileRefused, readText } from "../files.ts";
import type { EmpiricalFile, LawDraft } from "../lawText.ts";
import type { Path } from "../place.ts";
import { writeDuration } from "../units.ts";
import type { Context } from "./context.ts";

/** The law of the values in a CSV file. */
export function loadLaw(draft: EmpiricalFile, path: Path, context: Context): LawSpec {
  const values = load(draft.file, path, context, (table) => readDurations(table, columnIndex(table, draft.column), draft.unit));
  return { law: "empirical", values: values ?? [1] };
}

/** Arrivals with what stands in their files. */
export function loadArrivals(draft: ArrivalsDraft, path: Path, context: Context): ArrivalsDesign {
  switch (draft.kind) {
    case "renewal":
      return { kind: "renewal", interarrival: finish(draft.interarrival, path, context) };
    case "bursts": {
      const [quiet, busy] = draft.sojourns;
      const sojourns = [
        finish(quiet, [...path, "bursts", 0, "for"], context),
        finish(busy, [...path, "bursts", 1, "for"], context),
      ] as const;
      return { kind: "bursts", rates: draft.rates, sojourns };
    }
    case "countsFile":
      return loadCounts(draft, path, context);
    case "instantsFile":
      return loadInstants(draft, path, context);
    default:
      return draft;
  }
}

/** The prices of a CSV file by size. */
export function loadPrices(file: string, path: Path, context: Context): readonly (readonly [string, number])[] {
  return load(file, path, context, (table) => readPrices(table, columnIndex(table, "size"), columnIndex(table, "hourly"))) ?? [];
}

function finish(law: LawDraft, path: Path, context: Context): LawSpec {
  return "file" in law ? loadLaw(law, path, context) : law;
}

/** Only the intervals that the run can reach are kept. */
function loadCounts({ file, column, every, from }: CountsFile, path: Path, context: Context): ArrivalsDesign {
  const skipped = Math.round(from / every);
  if (skipped * every !== from) context.complain(path, `from ${writeDuration(from)} is not a multiple of every ${writeDuration(every)}`);
  const counts = load(file, path, context, (table) => readCounts(table, columnIndex(table, column))) ?? [];
  const wanted = Math.ceil(context.horizon / every);
  const missing = skipped + wanted - counts.length;
  if (counts.length > 0 && skipped >= counts.length) {
    context.complain(path, `the data of "${file}" ends at ${writeDuration(counts.length * every)}, before from`);
  } else if (counts.length > 0 && missing > 0) {
    context.warn(path, `the data of "${file}" ends ${writeDuration(missing * every)} before the horizon: no arrivals from then on`);
  }
  return { kind: "counts", counts: counts.slice(skipped, skipped + wanted), every, offset: 0 };
}

function loadInstants({ file, column, demand, unit, from }: InstantsFile, path: Path, context: Context): ArrivalsDesign {
  const found = load(file, path, context, (table) => ({
    at: readDurations(table, columnIndex(table, column), unit),
    demands: demand === undefined ? undefined : readDurations(table, columnIndex(table, demand), unit),
  }));
  if (found === undefined) return { kind: "instants", at: [], demands: undefined };
  const { at, demands } = found;
  const order = [...at.keys()].filter((index) => (at[index] ?? 0) >= from);
  order.sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || a - b);
  const kept = order.filter((index) => (at[index] ?? 0) - from < context.horizon);
  return {
    kind: "instants",
    at: kept.map((index) => Math.round((at[index] ?? 0) - from)),
    demands: demands === undefined ? undefined : kept.map((index) => Math.round(demands[index] ?? 0)),
  };
}

/** Outages of a file within the horizon, in order; one that begins before another is over is a mistake. */
export function loadOutages(
  {
    end,
    file,
    in: unit,
    start,
  }: { readonly file: string; readonly start?: string | undefined; readonly end?: string | undefined; readonly in?: string | undefined },
  path: Path,
  context: Context,
): readonly { readonly from: number; readonly to: number }[] {
  const found = load(file, path, context, (table) => ({
    from: readDurations(table, columnIndex(table, start ?? "start"), unit),
    to: readDurations(table, columnIndex(table, end ?? "end"), unit),
  }));
  const outages = (found?.from ?? [])
    .map((from, index) => ({ from: Math.round(from), to: Math.round(found?.to[index] ?? 0) }))
    .sort((a, b) => a.from - b.from);
  outages.forEach(({ from, to }, index) => {
    if (to < from) context.complain(path, `an outage of "${file}" ends at ${writeDuration(to)}, before it begins`, { inText: file });
    else if ((outages[index + 1]?.from ?? to) < to) {
      context.complain(path, `two outages of "${file}" overlap at ${writeDuration(outages[index + 1]?.from ?? 0)}`, { inText: file });
    }
  });
  return outages.filter(({ from }) => from < context.horizon);
}

/** Reads a CSV file; a mistake becomes a mistake of the scenario at the file's name, or of the file at its line. */
export function load<T>(file: string, path: Path, context: Context, read: (table: Table) => T): T | undefined {
  try {
    // nothing is left: not even looked at
    context.budget.spend(file, 0, 0);
    const text = readText(context.files, file);
    context.budget.spend(file, text.length, 0);
    const table = readTable(file, text);
    context.budget.spend(file, 0, table.rows.length);
    return read(table);
  } catch (error) {
    if (error instanceof FileRefused) context.complain(path, error.message, { inText: file });
    else if (error instanceof CsvError) context.problems.push(error.problem);
    else throw error;
    return undefined;
  }
}
