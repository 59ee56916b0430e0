import type { LawSpec } from "../random/lawSpec.ts";
import { type Call, type Piece, readCall, readOptions } from "./callText.ts";
import { suggest } from "./nearest.ts";
import { readPart, TextError } from "./textError.ts";
import { readExactDuration } from "./units.ts";

/** What one parameter of a law is, and the values it can take. */
export interface LawParameter {
  readonly name: string;
  /** A duration, or a plain number from `min` (not included when `above`) to `max`. */
  readonly type: "duration" | "number";
  readonly min?: number;
  readonly above?: boolean;
  readonly max?: number;
  readonly whole?: boolean;
}

const duration = (name: string): LawParameter => ({ name, type: "duration" });
const cv: LawParameter = { name: "cv", type: "number", min: 0, above: true, max: 1000 };
const shape: LawParameter = { name: "shape", type: "number", min: 0.05, max: 1000 };

/** The parameters of each law, in the order in which the text form gives them, and what the law is for. */
export const laws: Readonly<Record<Exclude<LawSpec["law"], "empirical">, { summary: string; parameters: readonly LawParameter[] }>> = {
  constant: { summary: "Always the same; a bare duration means this.", parameters: [duration("value")] },
  uniform: { summary: "Anything from min to max alike.", parameters: [duration("min"), duration("max")] },
  exponential: { summary: "Without memory: times between failures, simple service times.", parameters: [duration("mean")] },
  erlang: {
    summary: "The sum of exponential stages: less variable than exponential.",
    parameters: [duration("mean"), { name: "stages", type: "number", min: 1, max: 1000, whole: true }],
  },
  hyperexponential: {
    summary: "Mostly short, sometimes long: two exponential branches with balanced means.",
    parameters: [duration("mean"), { name: "cv", type: "number", min: 1, max: 1000 }],
  },
  lognormal: { summary: "Skewed to the right; mean and cv are those of the variable itself.", parameters: [duration("mean"), cv] },
  weibull: { summary: "Wears out (shape above 1) or settles (below 1).", parameters: [duration("mean"), shape] },
  gamma: { summary: "Between constant and very variable, by its cv.", parameters: [duration("mean"), cv] },
  pareto: { summary: "A heavy tail; no mean when shape is at most 1.", parameters: [duration("min"), shape] },
};

/** The names of all laws, in the order of the reference page. */
export const lawNames: readonly string[] = [...Object.keys(laws), "empirical"];

/** A law whose values stand in a file that is still to be read. */
export interface EmpiricalFile {
  readonly law: "empirical";
  readonly file: string;
  /** Name of the column; the last one if absent. */
  readonly column: string | undefined;
  /** Unit of bare numbers in the file. */
  readonly unit: string | undefined;
}

/** A law as a text states it, its file not read yet. */
export type LawDraft = LawSpec | EmpiricalFile;

/** Reads `lognormal(80ms, 1.2)`, `empirical(times.csv, in ms)` or a bare duration; throws TextError. */
export function readLaw(text: string): LawDraft {
  const call = readCall(text);
  if (call === undefined) return { law: "constant", value: readConstant(text) };
  if (call.name === "empirical") return readEmpirical(call, text);
  if (!Object.hasOwn(laws, call.name)) {
    throw new TextError(
      `there is no law "${call.name}", ${suggest(call.name, lawNames, "the laws are")}`,
      text.indexOf(call.name),
      call.name.length,
    );
  }
  const law = call.name as keyof typeof laws;
  const { parameters } = laws[law];
  if (call.arguments.length !== parameters.length) {
    const wanted = parameters.map(({ name }) => name).join(", ");
    throw new TextError(`${law} is written ${law}(${wanted})`, text.indexOf(law), text.trim().length);
  }
  const spec: Record<string, number | string> = { law };
  parameters.forEach((parameter, index) => {
    const piece = call.arguments[index] as Piece;
    spec[parameter.name] = readPart((part) => readParameter(law, parameter, part), piece.text, piece.at);
  });
  if (law === "uniform" && Number(spec.max) < Number(spec.min)) {
    throw new TextError("max is below min", call.arguments[1]?.at ?? 0, call.arguments[1]?.text.length ?? 1);
  }
  return spec as unknown as LawSpec;
}

/** What is wrong with the value of a law's parameter that is a plain number, or undefined. */
export function problemOfParameter(
  law: string,
  { name, min = 0, above, max = Infinity, whole }: LawParameter,
  value: number,
): string | undefined {
  const kind = whole ? "a whole number" : "a number";
  const range = above ? `above ${min}` : max === Infinity ? `from ${min} on` : `from ${min} to ${max}`;
  const fits = Number.isFinite(value) && (above ? value > min : value >= min) && value <= max && (!whole || Number.isInteger(value));
  if (fits) return undefined;
  return `${name} of ${law} is ${kind} ${above && value > max ? `up to ${max}` : range}, not ${value}`;
}

function readParameter(law: string, parameter: LawParameter, text: string): number {
  if (parameter.type === "duration") return readExactDuration(text);
  const value = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw new TextError(`${parameter.name} of ${law} is a plain number, not "${text}"`, 0, text.length);
  const problem = problemOfParameter(law, parameter, value);
  if (problem !== undefined) throw new TextError(problem, 0, text.length);
  return value;
}

function readConstant(text: string): number {
  const name = /^\s*([a-z]+)\s*$/.exec(text)?.[1];
  if (name !== undefined && lawNames.includes(name)) {
    const wanted = name === "empirical" ? "file" : laws[name as keyof typeof laws].parameters.map((parameter) => parameter.name).join(", ");
    throw new TextError(`${name} is written ${name}(${wanted})`, 0, text.length);
  }
  return readExactDuration(text);
}

function readEmpirical(call: Call, text: string): EmpiricalFile {
  const [file, ...rest] = call.arguments;
  if (file === undefined) throw new TextError("empirical is written empirical(file, in ms)", 0, text.length);
  const options = readOptions(rest, ["column", "in"]);
  return { law: "empirical", file: file.text, column: options.get("column")?.text, unit: readUnit(options) };
}

/** The unit of bare numbers in a file, from the option `in ms`; throws TextError. */
export function readUnit(options: ReadonlyMap<string, Piece>): string | undefined {
  const piece = options.get("in");
  if (piece === undefined) return undefined;
  readPart((unit) => readExactDuration(`1${unit}`), piece.text, piece.at - 1);
  return piece.text;
}
