import { readdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { Policy } from "../model/policies/own.ts";
import { filesBeside, readWhole } from "../node/files.ts";
import { loadPlugins } from "../node/plugins.ts";
import { FileRefused, type ScenarioFiles } from "../scenario/files.ts";
import { nearest, suggest } from "../scenario/nearest.ts";
import { type ParsedScenario, parse } from "../scenario/parse.ts";
import { writeDuration } from "../scenario/units.ts";
import { type ValidScenario, validate } from "../scenario/validate.ts";
import { commandLine, type ScenarioOptions } from "./options.ts";
import { UsageError } from "./usageError.ts";

/** A scenario never needs more, in bytes; a larger file is refused before it is read. */
const mostBytes = 1024 * 1024;

/** Reads and checks a scenario file with everything that it names, policies of the user's own included; throws ScenarioError and FileRefused. */
export function loadScenario(
  file: string,
  { seed, runs, set = [], data = [] }: ScenarioOptions,
  policies: readonly Policy[] = [],
): ValidScenario {
  const { files, parsed } = parseScenario(file, data);
  return validate(parsed, { files, set, policies, ...(seed === undefined ? {} : { seed }), ...(runs === undefined ? {} : { runs }) });
}

/** A scenario file and all that is chosen beside it: the same words lead to the same scenario in another thread. */
export interface ChosenScenario {
  readonly file: string;
  readonly options: ScenarioOptions;
  readonly variant?: string | undefined;
}

/** Reads and checks a scenario file with plugins, and takes the variant that was chosen; throws as `loadScenario`, and UsageError. */
export async function loadChosen({ file, options, variant }: ChosenScenario): Promise<ValidScenario> {
  const { policies } = await loadPlugins(options.plugin ?? []);
  const whole = loadScenario(file, options, policies);
  return variant === undefined ? whole : variantOf(whole, variant);
}

/** The variant of that name; throws UsageError when there is none. */
export function variantOf({ name, variants }: ValidScenario, wanted: string): ValidScenario {
  const found = variants.find(({ variant }) => variant === wanted);
  if (found !== undefined) return found;
  if (variants.length === 0) throw new UsageError(`${name} has no variants`);
  const names = variants.map(({ variant }) => variant ?? "");
  throw new UsageError(`${name} has no variant "${wanted}", ${suggest(wanted, names, "the variants are")}`);
}

/** Reads a scenario file without checking it, and where the files lie that it may name; throws ScenarioError and FileRefused. */
export function parseScenario(
  file: string,
  data: readonly string[],
): { readonly parsed: ParsedScenario; readonly text: string; readonly files: ScenarioFiles } {
  const text = decode(readScenario(file), file);
  if (/^\s*</.test(text)) throw new UsageError(`"${file}" is XML, not a scenario`, "nines import A.csdef B.cscfg > scenario.yaml");
  return { parsed: parse(text, { file }), text, files: filesBeside(file, data) };
}

/** The command that replays a scenario exactly. */
export function reproduceCommand(
  file: string,
  { seed, runs, variant }: ValidScenario,
  { until, ...options }: ScenarioOptions & { readonly until?: number },
): string {
  const one = variant === undefined ? [] : ["--variant", variant];
  const stop = until === undefined ? [] : ["--until", writeDuration(until)];
  return commandLine(["nines", "run", file, ...one, ...stop, ...changesOf(options), "--seed", String(seed), "--runs", String(runs)]);
}

/** The options that change what is replayed, as they are written on a command line. */
export function changesOf({ set = [], data = [], plugin = [] }: Pick<ScenarioOptions, "set" | "data" | "plugin">): readonly string[] {
  const repeated = (option: string, values: readonly string[]): string[] => values.flatMap((value) => [option, value]);
  return [...repeated("--set", set), ...repeated("--data", data), ...repeated("--plugin", plugin)];
}

function readScenario(file: string): Uint8Array {
  try {
    return readWhole(file, file, mostBytes);
  } catch (error) {
    if (!(error instanceof FileRefused) || !error.message.startsWith("there is no file")) throw error;
    throw new UsageError(`${error.message}${similar(file)}`);
  }
}

function similar(file: string): string {
  const folder = dirname(file);
  try {
    const near = nearest(
      basename(file),
      readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)),
    );
    return near === undefined ? "" : `, did you mean "${file.slice(0, file.length - basename(file).length)}${near}"?`;
  } catch {
    return "";
  }
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FileRefused(`the file "${file}" is not text in UTF-8`);
  }
}
