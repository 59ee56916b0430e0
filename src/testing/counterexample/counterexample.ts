import { type Evidence, evidenceOf } from "../../experiment/evidence.ts";
import type { BrokenInvariant } from "../../invariants/invariant.ts";
import { writeScenario } from "../../scenario/export/scenarioText.ts";
import { hashText } from "../../scenario/hash.ts";
import { ScenarioError } from "../../scenario/problem.ts";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { type ValidScenario, validate } from "../../scenario/validate.ts";
import { version } from "../../version.ts";

/** What broke where: what a replay on any engine finds again. */
export interface Finding {
  readonly invariant: string;
  readonly name: string;
  /** The instant, in microseconds. */
  readonly at: number;
  /** Events that had happened, the one at which it broke included. */
  readonly events: number;
  /** Of the events so far, 16 hex digits. */
  readonly fingerprint: string;
  /** Monitors looked through the world after so many events, and found what they found then; absent: as often as they do by themselves. */
  readonly lookEvery?: number;
}

/** A run in which an invariant does not hold, as plain data. */
export interface Counterexample {
  readonly format: 1;
  /** Of the simulator that found it. */
  readonly version: string;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly finding: Finding;
  readonly statement: string;
  readonly found: string;
  /** The event at which it broke, by numbers. */
  readonly event: string;
  /** What must be, and what was instead: the statement and what was found. */
  readonly expected: string;
  readonly actual: string;
  /** What led there; absent when the run cannot be replayed without a policy or a file of the user's own. */
  readonly evidence?: Evidence;
  /** How it was made small: runs that were tried, and what was left out. */
  readonly shrink?: { readonly runs: number; readonly steps: readonly string[] };
  /** Where a campaign or fast-check drew the scenario that it was made of. */
  readonly drawn?: { readonly seed: number; readonly path: string };
}

/** What an error has found. */
export function findingOf({ at = 0, events, fingerprint = "", invariant, title }: BrokenInvariant, lookEvery?: number): Finding {
  return { invariant, name: title, at, events, fingerprint, ...(lookEvery === undefined ? {} : { lookEvery }) };
}

/** Whether two findings are the same: invariant, instant, event and fingerprint. */
export function isSameFinding(a: Finding, b: Finding): boolean {
  return a.invariant === b.invariant && a.name === b.name && a.at === b.at && a.events === b.events && a.fingerprint === b.fingerprint;
}

/** Makes a counterexample of a scenario and of how a run of it ended. The scenario is given the seed, and is run once. */
export function counterexampleOf(
  scenario: Scenario,
  error: BrokenInvariant,
  { lookEvery, ...more }: Pick<Counterexample, "shrink" | "drawn"> & { readonly lookEvery?: number } = {},
): Counterexample {
  const seed = Number(error.seed ?? scenario.seed ?? 42);
  // a later run of several is reached by those before it
  const { runs: _, ...rest } = scenario;
  const single = error.run > 1 ? { ...rest, runs: error.run } : rest;
  const { event = "", found, statement } = error;
  return {
    format: 1,
    version,
    scenario: { ...single, seed },
    seed,
    finding: findingOf(error, lookEvery),
    statement,
    found,
    event,
    expected: statement,
    actual: found,
    ...evidenceIn({ ...single, seed }, error),
    ...more,
  };
}

/** Nothing of it is essential: who looks for the mistake may do without. */
function evidenceIn(scenario: Scenario, error: BrokenInvariant): Pick<Counterexample, "evidence"> {
  let valid: ValidScenario;
  try {
    valid = validate(scenario);
  } catch (mistake) {
    if (mistake instanceof ScenarioError) return {};
    throw mistake;
  }
  return { evidence: evidenceOf(valid, error) };
}

/** `counterexample-1a2b3c4d`: the same for the same scenario and finding. */
export function counterexampleName({ finding, scenario }: Counterexample): string {
  return `counterexample-${hashText(JSON.stringify([scenario, finding]))}`;
}

/** A counterexample as the text of a JSON file. */
export function counterexampleJson(counterexample: Counterexample): string {
  const replay = `nines replay ${counterexampleName(counterexample)}.json`;
  return `${JSON.stringify({ ...counterexample, replay }, null, 2)}\n`;
}

/** A counterexample as a scenario, ready to be replayed, run and edited; what it shows stands above it in comments that `nines replay` reads. */
export function counterexampleYaml(counterexample: Counterexample): string {
  const { finding, found, scenario, statement } = counterexample;
  const file = `${counterexampleName(counterexample)}.yaml`;
  const lines = [
    `Counterexample of Nines ${counterexample.version}: an invariant does not hold in this scenario.`,
    `statement: ${statement}`,
    `found: ${found}`,
    `invariant: ${finding.invariant} ${finding.name}`,
    `instant: ${finding.at}us, event ${finding.events}`,
    `fingerprint: ${finding.fingerprint}`,
    ...(finding.lookEvery === undefined ? [] : [`looked: every ${finding.lookEvery} events`]),
    `replay: nines replay ${file}`,
  ];
  const header = lines.map((line) => `# ${line.replace(/[\p{Cc}\u2028\u2029]+/gu, " ")}\n`).join("");
  return `${header}${writeScenario(scenario)}`;
}

/** The finding in the comments above a scenario; undefined when there is none. */
export function findingIn(text: string): Finding | undefined {
  const line = (key: string): string => new RegExp(`^# ${key}: (.*)$`, "m").exec(text)?.[1] ?? "";
  const [invariant = "", ...name] = line("invariant").split(" ");
  const instant = /^(\d+)us, event (\d+)$/.exec(line("instant"));
  const looked = /^every (\d+) events$/.exec(line("looked"));
  const fingerprint = line("fingerprint");
  if (invariant === "" || instant === null || !/^[0-9a-f]{16}$/.test(fingerprint)) return undefined;
  return {
    invariant,
    name: name.join(" "),
    at: Number(instant[1]),
    events: Number(instant[2]),
    fingerprint,
    ...(looked === null ? {} : { lookEvery: Number(looked[1]) }),
  };
}

/** Why the text of a file is no counterexample: a sentence that goes on where the name of the file stood. */
export class NoCounterexample extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NoCounterexample";
  }
}

/** Reads the text of a JSON file; throws NoCounterexample when it is none of format 1. */
export function readCounterexample(text: string): Pick<Counterexample, "scenario" | "finding"> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new NoCounterexample("it is not JSON");
  }
  const { finding, format, scenario } = (value ?? {}) as Partial<Record<keyof Counterexample, unknown>>;
  if (format !== 1) throw new NoCounterexample("it is not a counterexample of format 1");
  if (typeof scenario !== "object" || scenario === null) throw new NoCounterexample("it has no scenario");
  if (!isFinding(finding)) throw new NoCounterexample("its finding has invariant, name, at, events and fingerprint");
  return { scenario: scenario as Scenario, finding };
}

function isFinding(value: unknown): value is Finding {
  if (typeof value !== "object" || value === null) return false;
  const { at, events, fingerprint, invariant, lookEvery, name } = value as Readonly<Record<string, unknown>>;
  return (
    [invariant, name, fingerprint].every((text) => typeof text === "string") &&
    [at, events, lookEvery ?? 1].every((count) => Number.isSafeInteger(count) && Number(count) >= 0)
  );
}
