import { CommanderError } from "commander";
import { BrokenInvariant } from "../invariants/invariant.ts";
import { PolicyError } from "../model/policies/own.ts";
import { printable } from "../report/ink.ts";
import { FileRefused } from "../scenario/files.ts";
import { describeProblem, headline, type Problem, ScenarioError } from "../scenario/problem.ts";
import { detailsOf, tellBroken } from "./broken.ts";
import { ExitCode } from "./exitCode.ts";
import { bothEnds, type Palette, type Terminal } from "./terminal.ts";
import { UsageError } from "./usageError.ts";

/** More mistakes than this are counted, not shown. */
const mostShown = 20;

/** Tells a person what went wrong, on `err`, and returns the exit code for it. */
export function tellFailure(error: unknown, terminal: Terminal): number {
  const colours = terminal.colours.err;
  if (error instanceof CommanderError) return tellCommander(error, terminal);
  if (error instanceof ScenarioError) {
    tellProblems(error.problems, terminal);
    const files = [...new Set(error.problems.map(({ file }) => file))];
    const found = `${error.problems.length === 1 ? "1 mistake" : `${error.problems.length} mistakes`} in ${printable(files.join(", "))}`;
    terminal.err(`\n${bothEnds(`  ✕ ${found}, nothing was run`, `exit code ${ExitCode.wrongInput}`, colours.bad)}\n`);
    if (files.some((file) => /\.ya?ml$|^--set$/.test(file))) terminal.err("  What a key means:  nines explain clients.timeout\n");
    return ExitCode.wrongInput;
  }
  if (error instanceof UsageError || error instanceof FileRefused) {
    terminal.err(`${bothEnds(`  ✕ ${printable(error.message)}`, `exit code ${ExitCode.wrongInput}`, colours.bad)}\n`);
    if (error instanceof UsageError && error.advice !== undefined) terminal.err(`  How to call it:  ${error.advice}\n`);
    return ExitCode.wrongInput;
  }
  if (isOfTheSystem(error))
    return tellFailure(new UsageError(`${error.path ?? error.syscall}: ${error.message.replace(/^[A-Z]+: |, .*$/g, "")}`), terminal);
  if (error instanceof BrokenInvariant) return tellBroken(error, terminal);
  if (error instanceof PolicyError) {
    tellEnd(error, error.message, ExitCode.wrongInput, terminal);
    return ExitCode.wrongInput;
  }
  tellMistakeOfOurs(error, terminal);
  return ExitCode.internal;
}

/** A file or folder that the operating system does not let us write. */
function isOfTheSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

/** Prints problems with their lines underlined, at most twenty of them and the number of the rest. */
export function tellProblems(problems: readonly Problem[], terminal: Terminal): void {
  for (const problem of problems.slice(0, mostShown)) terminal.err(`${coloured(problem, terminal.colours.err)}\n`);
  if (problems.length > mostShown) terminal.err(`and ${problems.length - mostShown} more\n`);
}

function coloured(problem: Problem, { bad, warn, faint, strong }: Palette): string {
  const [, ...below] = describeProblem(problem).split("\n").map(printable);
  const colour = problem.severity === "error" ? bad : warn;
  const first = headline(problem);
  const place = `${problem.file}:${problem.line}:${problem.column}: `;
  const message = first.slice(place.length + problem.severity.length + 2);
  return [`${faint(printable(place))}${colour(`${problem.severity}:`)} ${strong(printable(message))}`, ...below].join("\n");
}

/** What Commander found out about the call, in our words; asking for help is no failure. */
function tellCommander(error: CommanderError & { readonly advice?: string }, terminal: Terminal): number {
  if (error.code === "commander.help") return ExitCode.wrongInput;
  if (error.exitCode === 0) return ExitCode.ok;
  const [found = "", proposal = ""] = error.message.replace(/^error: |\.$/g, "").split("\n");
  const names = /\(Did you mean (?:one of )?(.+?)\?\)/.exec(proposal)?.[1]?.split(", ") ?? [];
  const meant = names.length === 0 ? "" : `, did you mean ${names.map((name) => `"${name}"`).join(" or ")}?`;
  return tellFailure(new UsageError(`${found.replaceAll("'", '"')}${meant}`, error.advice), terminal);
}

function tellMistakeOfOurs(error: unknown, terminal: Terminal): void {
  const message = error instanceof Error ? error.message : String(error);
  tellEnd(error, `A mistake of the simulator itself: ${message}`, ExitCode.internal, terminal);
  if (process.env.NINES_DEBUG) terminal.err(`\n${error instanceof Error ? error.stack : ""}\n`);
  else terminal.err("  The stack is printed with NINES_DEBUG=1.\n");
}

/** What ended a run, where, and how it is repeated. */
function tellEnd(error: unknown, message: string, code: number, terminal: Terminal): void {
  terminal.err(`${bothEnds(`  ✕ ${printable(message)}`, `exit code ${code}`, terminal.colours.err.bad)}\n`);
  for (const [name, value] of detailsOf(error)) terminal.err(`  ${name.padEnd(13)}${value}\n`);
}
