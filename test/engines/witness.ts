import { FileRefused, parse, type ValidScenario, validate } from "../../src/index.ts";
import { Simulation } from "../../src/kernel/simulation.ts";
import { bugSites } from "../../src/model/design/buggify.ts";
import { EventKind } from "../../src/model/events.ts";
import { FactKind, factKindNames } from "../../src/model/facts.ts";
import { handlers } from "../../src/model/handlers.ts";
import { buildPlatform, startPlatform } from "../../src/model/platform.ts";
import type { Platform } from "../../src/model/world.ts";
import type { Job } from "./job.ts";

/** What was seen to happen, by name. */
export interface Seen {
  readonly events: Set<string>;
  readonly facts: Set<string>;
  /** That struck. */
  readonly faults: Set<string>;
  /** That were begun, not only asked for. */
  readonly operations: Set<string>;
  readonly policies: Set<string>;
  /** Of what is drawn again and again: demands, times between arrivals and between faults. */
  readonly laws: Set<string>;
  /** `key: word` for every word of a design that stands for a choice. */
  readonly words: Set<string>;
}

/** Nothing seen yet. */
export function nothingSeen(): Seen {
  const none = () => new Set<string>();
  return { events: none(), facts: none(), faults: none(), operations: none(), policies: none(), laws: none(), words: none() };
}

/** Replays a job event by event, notes what happens in it, and returns the number of events. */
export function witness(job: Job, seen: Seen): number {
  const { design } = scenarioOf(job);
  const platform = buildPlatform(design, job.seed, 0, "none");
  const { calendar, trace } = platform;
  const listensTo = Object.values(FactKind);
  trace.watch({ listensTo, observe: ({ kind, subject }) => noteFact(platform, seen, kind, subject) });
  noteDesign(design, seen);
  startPlatform(platform);
  const simulation = new Simulation(calendar, handlers, platform);
  const kinds = new Set<number>();
  while (calendar.peek() <= design.horizon && simulation.step()) kinds.add(calendar.kind);
  for (const [name, kind] of Object.entries(EventKind)) if (kinds.has(kind)) seen.events.add(name);
  return calendar.processed;
}

function scenarioOf({ text, name, files, set, variant, seed }: Job): ValidScenario {
  const read = (path: string): Uint8Array => {
    if (files[path] === undefined) throw new FileRefused(path);
    return new TextEncoder().encode(files[path]);
  };
  const whole = validate(parse(text, { file: name }), { files: { read }, set, seed });
  return variant === undefined ? whole : whole.variants.find((one) => one.variant === variant)!;
}

function noteFact({ world, design }: Platform, seen: Seen, kind: number, subject: number): void {
  seen.facts.add(factKindNames[kind]);
  if (kind === FactKind.faultStruck) seen.faults.add(world.incidents[subject].kind);
  if (kind === FactKind.bugFired) seen.words.add(`bug: ${bugSites[subject]}`);
  // the platform's own passes come after those of the design
  if (kind === FactKind.operationStarted) seen.operations.add(design.operations[subject]?.kind ?? "");
}

const drawn = ["demand", "every", "interarrival"];

/** Walks through a design; `path` is the keys on the way to a value, places in lists left out. */
function noteDesign(value: unknown, seen: Seen, path: readonly string[] = []): void {
  const [key = "", above = ""] = [path.at(-1), path.at(-2)];
  if (typeof value === "string") {
    if (/^[a-z0-9-]+$/.test(value)) seen.words.add(`${key}: ${value}`);
    if (key === "law" && drawn.includes(above)) seen.laws.add(value);
    if (key === "policy" && above === "balancer") seen.policies.add(value);
  }
  if (typeof value !== "object" || value === null) return;
  for (const [inner, one] of Object.entries(value)) noteDesign(one, seen, Array.isArray(value) ? path : [...path, inner]);
}
