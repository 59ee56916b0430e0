import { shorten, suggest } from "./nearest.ts";
import type { Problem } from "./problem.ts";
import { readExactDuration } from "./units.ts";

/** A CSV file with a header, taken apart into rows of cells. */
export interface Table {
  readonly file: string;
  readonly header: readonly string[];
  readonly rows: readonly string[];
}

/** Thrown for a mistake inside a CSV file. */
export class CsvError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** A year of minutes is half as many lines. */
const mostRows = 1_000_000;
/** Longer lines are no data, in characters. */
const longestLine = 16_384;
/** Lines, and messages with what stands in them, are shown up to this length, in characters. */
const longestShown = 400;

/** Splits a CSV text into its header and its lines; throws CsvError when there is no data, or more than anybody simulates. */
export function readTable(file: string, text: string): Table {
  // line ends at the end are allowed for
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/, mostRows + 100);
  while (lines.length > 0 && lines[lines.length - 1] === "") lines.pop();
  const [header = "", ...rows] = lines;
  if (rows.length === 0) throw problemAt(file, 1, header, "a CSV file needs a header and at least one line of data");
  if (rows.length > mostRows) throw problemAt(file, mostRows + 2, "", `at most ${mostRows} lines of data are read`);
  const long = lines.findIndex(({ length }) => length > longestLine);
  if (long >= 0)
    throw problemAt(file, long + 1, lines[long] ?? "", `a line has at most ${longestLine} characters, this one has ${lines[long]?.length}`);
  return { file, header: cellsOf(header), rows };
}

/** Index of the column of that name, or of the last one; throws CsvError. */
export function columnIndex({ file, header }: Table, name: string | undefined): number {
  if (name === undefined) return header.length - 1;
  const index = header.indexOf(name);
  if (index >= 0) return index;
  const message = `there is no column "${name}", ${suggest(name, header, "the columns are")}`;
  throw problemAt(file, 1, shorten(header), message);
}

/** The whole numbers from 0 on of a column; throws CsvError at the first cell that is none. */
export function readCounts(table: Table, column: number): readonly number[] {
  return table.rows.map((row, index) => {
    const cell = cellOf(row, column);
    const value = cell === "" ? Number.NaN : Number(cell);
    if (!Number.isInteger(value) || value < 0 || value > 1e9) {
      throw problemAt(table.file, index + 2, row, `a count is a whole number from 0 on, not "${cell}"`);
    }
    return value;
  });
}

/** The durations of a column in microseconds, bare numbers in `unit`; throws CsvError at the first cell that is none. */
export function readDurations(table: Table, column: number, unit: string | undefined): readonly number[] {
  const micros = unit === undefined ? undefined : readExactDuration(`1${unit}`);
  return table.rows.map((row, index) => {
    const cell = cellOf(row, column);
    const value = cell === "" ? Number.NaN : Number(cell);
    if (micros !== undefined && value >= 0 && Number.isFinite(value)) return value * micros;
    try {
      return readExactDuration(cell);
    } catch (error) {
      const hint = Number.isFinite(value) ? ', or say which in the scenario: "in s"' : "";
      throw problemAt(table.file, index + 2, row, `${(error as Error).message}${hint}`);
    }
  });
}

/** The prices of a column by the name in another one; throws CsvError at the first cell that is none. */
export function readPrices(table: Table, names: number, column: number): readonly (readonly [string, number])[] {
  return table.rows.map((row, index) => {
    const cell = cellOf(row, column);
    const value = cell === "" ? Number.NaN : Number(cell);
    if (!(value >= 0 && value <= 1e6)) throw problemAt(table.file, index + 2, row, `a price is a number from 0 on, not "${cell}"`);
    return [cellOf(row, names), value];
  });
}

/** A mistake in a line of a CSV file; the header is line 1. */
export function problemAt(file: string, line: number, source: string, message: string): CsvError {
  const shown = message.length > longestShown ? `${message.slice(0, longestShown)}...` : message;
  const place = { file, line, column: 1, severity: "error", message: shown } as const;
  return new CsvError(source.length > longestShown ? place : { ...place, source, length: source.length });
}

/** A cell of a line of a CSV file, without the space around it; empty when the line is too short. */
export function cellOf(row: string, column: number): string {
  if (row.includes('"')) return cellsOf(row)[column] ?? "";
  let from = 0;
  for (let skipped = 0; skipped < column; skipped++) {
    const comma = row.indexOf(",", from);
    if (comma < 0) return "";
    from = comma + 1;
  }
  const end = row.indexOf(",", from);
  return row.slice(from, end < 0 ? row.length : end).trim();
}

/** Cells may be quoted, with a quote written twice inside; a quoted cell ends on its line. */
function cellsOf(row: string): readonly string[] {
  const cells: string[] = [];
  const pattern = /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/y;
  while (pattern.lastIndex <= row.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(row);
    if (match === null) return [...cells, row.slice(at)];
    cells.push(match[1]?.replaceAll('""', '"') ?? (match[2] ?? "").trim());
    if (!match[0].endsWith(",")) return cells;
  }
  return cells;
}
