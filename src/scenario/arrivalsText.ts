import type { ArrivalsDesign } from "../model/design.ts";
import { type Call, durationOption, type Piece, readCall, readOptions } from "./callText.ts";
import { type LawDraft, lawNames, readLaw, readUnit } from "./lawText.ts";
import { suggest } from "./nearest.ts";
import { readPart, TextError } from "./textError.ts";
import { readRate } from "./units.ts";

/** Counts per interval that stand in a file that is still to be read. */
export interface CountsFile {
  readonly kind: "countsFile";
  readonly file: string;
  readonly column: string | undefined;
  readonly every: number;
  /** How far into the file the scenario starts, in microseconds. */
  readonly from: number;
}

/** Instants that stand in a file that is still to be read. */
export interface InstantsFile {
  readonly kind: "instantsFile";
  readonly file: string;
  readonly column: string | undefined;
  /** Name of the column of demands; no demands if absent. */
  readonly demand: string | undefined;
  readonly unit: string | undefined;
  readonly from: number;
}

/** Arrivals as a scenario states them, files not read yet. */
export type ArrivalsDraft =
  | Exclude<ArrivalsDesign, { readonly kind: "renewal" | "bursts" }>
  | { readonly kind: "renewal"; readonly interarrival: LawDraft }
  | { readonly kind: "bursts"; readonly rates: readonly [number, number]; readonly sojourns: readonly [LawDraft, LawDraft] }
  | CountsFile
  | InstantsFile;

/** The text forms of arrivals, for messages and the reference page. */
export const arrivalForms: readonly { readonly form: string; readonly summary: string }[] = [
  { form: "poisson(60/s)", summary: "Independent arrivals at a constant rate." },
  { form: "constant(60/s)", summary: "One arrival every 1/60 s." },
  { form: "every erlang(2s, 3)", summary: "Independent times between arrivals, from any law." },
  {
    form: "counts(requests.csv, every 1min, from 28d, column requests)",
    summary: "So many arrivals in each interval, from a CSV file with a header (last column unless named); from skips into the data.",
  },
  {
    form: "instants(trace.csv, in s, column at, demand work)",
    summary: "An arrival at each instant of a CSV column, with the demand of each in another; in is the unit of bare numbers.",
  },
  {
    form: "{ rates: [{ from: 0s, rate: 10/s }, { from: 8h, rate: 90/s }], period: 1d }",
    summary: "Poisson with a rate by the clock, repeated.",
  },
  {
    form: "{ bursts: [{ rate: 10/s, for: exponential(5min) }, { rate: 200/s, for: exponential(30s) }] }",
    summary: "Poisson that changes between a quiet and a busy rate.",
  },
  { form: "{ counts: [12, 30, 7], every: 1min }", summary: "So many arrivals in each interval." },
  { form: "{ instants: [0s, 3s], demands: [8s, 1s] }", summary: "An arrival at each instant; demands are optional." },
];

const names = ["poisson", "constant", "counts", "instants"];

/** Reads the text form of arrivals; throws TextError. */
export function readArrivals(text: string): ArrivalsDraft {
  const every = /^\s*every\s+/.exec(text)?.[0];
  if (every !== undefined) return { kind: "renewal", interarrival: readPart(readLaw, text.slice(every.length), every.length) };
  const call = readCall(text);
  if (call === undefined) throw notArrivals(text);
  switch (call.name) {
    case "poisson":
      return { kind: "renewal", interarrival: { law: "exponential", mean: readMean(call, text) } };
    case "constant":
      return { kind: "renewal", interarrival: { law: "constant", value: readMean(call, text) } };
    case "counts":
      return readCounts(call, text);
    case "instants":
      return readInstants(call, text);
    default: {
      const message = `there are no arrivals "${call.name}", ${suggest(call.name, names, "there are")}`;
      const hint = lawNames.includes(call.name) ? `write every ${call.name}(...) for a law of the times between arrivals` : undefined;
      throw new TextError(message, text.indexOf(call.name), call.name.length, hint);
    }
  }
}

function readMean({ name, arguments: pieces }: Call, text: string): number {
  const [piece] = pieces;
  if (piece === undefined || pieces.length > 1) throw new TextError(`${name} takes one rate`, 0, text.length, `write ${name}(60/s)`);
  const rate = readPart(readRate, piece.text, piece.at);
  if (rate <= 0) throw new TextError("a rate of arrivals is above 0", piece.at, piece.text.length);
  return 1 / rate;
}

function readCounts({ arguments: [file, ...rest] }: Call, text: string): CountsFile {
  const usage = "write counts(requests.csv, every 1min)";
  if (file === undefined) throw new TextError("counts needs a file", 0, text.length, usage);
  const options = readOptions(rest, ["every", "from", "column"]);
  const every = durationOption(options, "every");
  if (every === undefined) throw new TextError("counts needs the length of its intervals", 0, text.length, usage);
  if (every === 0) throw new TextError("an interval is longer than 0", options.get("every")?.at ?? 0, 2);
  return {
    kind: "countsFile",
    file: file.text,
    column: columnOf(options.get("column")),
    every,
    from: durationOption(options, "from") ?? 0,
  };
}

function readInstants({ arguments: [file, ...rest] }: Call, text: string): InstantsFile {
  if (file === undefined) throw new TextError("instants needs a file", 0, text.length, "write instants(trace.csv, in s)");
  const options = readOptions(rest, ["in", "from", "column", "demand"]);
  return {
    kind: "instantsFile",
    file: file.text,
    column: columnOf(options.get("column")),
    demand: columnOf(options.get("demand")),
    unit: readUnit(options),
    from: durationOption(options, "from") ?? 0,
  };
}

function columnOf(piece: Piece | undefined): string | undefined {
  return piece?.text;
}

function notArrivals(text: string): TextError {
  const rate = text.trim();
  if (/^[\d.]+\/[a-z]+$/.test(rate))
    return new TextError(
      `"${text}" is a rate, and does not say how requests arrive`,
      0,
      text.length,
      `write poisson(${rate}) or constant(${rate})`,
    );
  return new TextError(`"${text}" says no arrivals`, 0, text.length, "write poisson(60/s), constant(60/s) or every exponential(2s)");
}
