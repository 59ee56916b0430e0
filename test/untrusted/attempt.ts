import { Script } from "node:vm";
import { ExitCode } from "../../src/cli/exitCode.ts";
import { tellFailure } from "../../src/cli/failure.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { ScenarioError } from "../../src/scenario/problem.ts";
import { TextError } from "../../src/scenario/textError.ts";
import { canary } from "./ground.ts";
import { isUntouched } from "./prototypes.ts";
import type { Reader } from "./readers.ts";

/** How an input ended. */
export interface Outcome {
  /** What is wrong with the reader; undefined: nothing. */
  readonly failure: string | undefined;
  /** It was taken for valid. */
  readonly isRead: boolean;
  /** Of processor, so that others on the machine matter little. */
  readonly milliseconds: number;
}

/** A reader that works longer is taken to hang, in milliseconds; a limit on the machine, far above that on the reader. */
const longest = 20_000;

/** Nobody reads more of what is wrong with one file, in characters. */
const mostPrinted = 100_000;

/** Lets a reader read an input, and says what it did wrong: another error than ours, a place that is none, steering characters on the terminal, a changed prototype, the content of a file outside. */
export function attempt(reader: Reader, input: Uint8Array): Outcome {
  const started = process.cpuUsage();
  let failure: string | undefined;
  let isRead = false;
  try {
    interruptible(() => reader.read(input));
    isRead = true;
  } catch (error) {
    failure = refusalProblem(error);
  }
  const { system, user } = process.cpuUsage(started);
  const milliseconds = (user + system) / 1000;
  if (!isUntouched()) failure = "a prototype was changed";
  return { failure, isRead, milliseconds };
}

const call = new Script("untrustedWork()");

/** Calls and gives up after a while: a script that is interrupted stops what it has called. */
function interruptible(work: () => unknown): void {
  (globalThis as { untrustedWork?: () => unknown }).untrustedWork = work;
  call.runInThisContext({ timeout: longest });
}

function refusalProblem(error: unknown): string | undefined {
  if (error instanceof TextError) return textProblem(error);
  let printed = "";
  const write = (text: string): void => {
    printed += text;
  };
  const code = tellFailure(error, { out: write, err: write, isWatched: false, isColoured: false, colours: { out: plain, err: plain } });
  if (code !== ExitCode.wrongInput) return nameOf(error);
  if (printed.includes(canary.marker)) return "a file outside of the folder was read";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(printed)) return "characters that steer a terminal are printed";
  if (printed.length > mostPrinted) return "more is printed than anybody reads";
  return error instanceof ScenarioError ? placeProblem(error) : undefined;
}

const same = (text: string): string => text;
const plain: Terminal["colours"]["out"] = { good: same, bad: same, warn: same, accent: same, faint: same, strong: same };

function textProblem({ at, length, message }: TextError): string | undefined {
  const isPlace = Number.isInteger(at) && at >= 0 && Number.isInteger(length) && length > 0;
  return isPlace && message !== "" ? undefined : `a place that is none: ${at}, ${length}`;
}

function placeProblem({ problems }: ScenarioError): string | undefined {
  if (problems.length === 0) return "a refusal without a mistake";
  if (problems.length > 5000) return "more mistakes are noted than anybody reads";
  for (const { column, file, line, message } of problems) {
    const isPlace = file !== "" && Number.isInteger(line) && line > 0 && Number.isInteger(column) && column > 0;
    if (!isPlace) return `a place that is none: ${file}:${line}:${column}`;
    if (message === "") return "a mistake without a message";
  }
  return undefined;
}

/** The kind of an error, its first sentence, and where it was thrown: the same for inputs that fail alike. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${String(error)}`;
  const place = /\(?([^\s(]*\/(?:src|node_modules)\/[^)\s]*)/.exec(error.stack?.split("\n    at ").slice(1).join("\n") ?? "")?.[1] ?? "";
  return `${error.name}: ${error.message.slice(0, 100)} at ${place.replace(/^.*\/(src|node_modules)\//, "$1/")}`;
}
