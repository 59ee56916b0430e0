import { type BrokenInvariant, isOfCatalogue } from "../invariants/invariant.ts";
import { InvariantError } from "../kernel/invariant.ts";
import { EventKind } from "../model/events.ts";
import { printable, wrapped } from "../report/ink.ts";
import { grouped } from "../report/numbers.ts";
import { instant } from "../report/times.ts";
import { thrownId } from "../testing/thrown.ts";
import { ExitCode } from "./exitCode.ts";
import { bothEnds, lineWidth, type Terminal } from "./terminal.ts";

/** Characters before the second column. */
const indent = 15;

/** Tells which invariant does not hold, where that was found and how to see it again, on `err`; returns the exit code. */
export function tellBroken(error: BrokenInvariant, terminal: Terminal): number {
  const { bad } = terminal.colours.err;
  const code = ExitCode.invariantBroken;
  terminal.err(`${bothEnds(`  ✕ ${printable(`${error.invariant} ${error.title}`)} does not hold`, `exit code ${code}`, bad)}\n`);
  terminal.err(inColumns("Found", error.found));
  terminal.err(inColumns("Statement", error.statement));
  for (const [name, value] of detailsOf(error)) terminal.err(inColumns(name, name === "Event" ? `${value}: ${placeOf(error)}` : value));
  terminal.err(`  ${whose(error)}\n`);
  return code;
}

/** A broken invariant as one JSON object, with a line break. */
export function brokenJson(error: BrokenInvariant): string {
  const { invariant: id, title: name, statement, found, at, events, run, seed, fingerprint } = error;
  const { reproduce } = error as { reproduce?: unknown };
  const broken = {
    id,
    name,
    statement,
    found,
    at,
    event: inWords(error.event ?? ""),
    events,
    run,
    seed: Number(seed),
    fingerprint,
    reproduce,
  };
  return `${JSON.stringify({ broken }, null, 2)}\n`;
}

/** Where an error was found and how to see it again, as names and values; nothing is told of an error that does not know. */
export function detailsOf(error: unknown): readonly (readonly [string, string])[] {
  const details: (readonly [string, string])[] = [];
  if (error instanceof InvariantError) {
    if (error.at !== undefined) details.push(["Instant", instant(error.at)]);
    if (error.event !== undefined) details.push(["Event", inWords(error.event)]);
    if (error.seed !== undefined) details.push(["Seed", error.seed]);
    if (error.fingerprint !== undefined) details.push(["Fingerprint", error.fingerprint]);
  }
  const reproduce = (error as { reproduce?: unknown } | undefined)?.reproduce;
  if (typeof reproduce === "string") details.push(["Reproduce", reproduce]);
  return details;
}

/** The kernel knows kinds of events by number only. */
function inWords(event: string): string {
  const names = Object.entries(EventKind);
  return event.replace(/event kind (\d+)/, (whole, kind) => names.find(([, number]) => number === Number(kind))?.[0] ?? whole);
}

function placeOf({ events, run }: BrokenInvariant): string {
  return `number ${grouped(events)}${run === 1 ? "" : ` of run ${grouped(run)}`}`;
}

/** Who is to blame for what: the catalogue holds in every run of the simulator, an invariant of somebody's own need not. */
function whose(error: BrokenInvariant): string {
  if (error.invariant === thrownId) return "Something threw: the simulator itself, or a policy or an invariant that you have added to it.";
  return isOfCatalogue(error.invariant)
    ? "That is a mistake of the simulator itself, or of a policy that you have added to it."
    : "The invariant is not of the catalogue: what it found may be what you were looking for.";
}

/** A name and what it stands for, the second column wrapped; a command is left whole, so that it can be pasted. */
function inColumns(name: string, value: string): string {
  const lines = name === "Reproduce" ? [value] : wrapped(printable(value), lineWidth - indent);
  return lines.map((line, place) => `${place === 0 ? `  ${name}`.padEnd(indent) : " ".repeat(indent)}${line}\n`).join("");
}
