import type { BrokenInvariant } from "../invariants/invariant.ts";
import { EventKind } from "../model/events.ts";
import { type Fact, factAt, findFact } from "../model/factLog.ts";
import { factKindNames } from "../model/facts.ts";
import type { ValidScenario } from "../scenario/validate.ts";
import type { Run } from "./live.ts";
import { start } from "./start.ts";

/** What led to where a run broke. */
export interface Evidence {
  /** The last events, the one at which it broke at the end: their number, instant in microseconds, kind, target and argument. */
  readonly lastEvents: readonly {
    readonly event: number;
    readonly at: number;
    readonly kind: string;
    readonly target: number;
    readonly arg: number;
  }[];
  /** The last fact that was told in these events, and what led to it, the first cause first: its instant, kind, subject and value. */
  readonly causalChain: readonly { readonly at: number; readonly fact: string; readonly subject: number; readonly value: number }[];
}

/** So many events are shown, and so many causes. */
const [mostEvents, mostCauses] = [50, 50];

/** Replays a run up to where it broke, and notes the last events and why the last of them happened. */
export function evidenceOf(valid: ValidScenario, { events, run }: Pick<BrokenInvariant, "events" | "run">): Evidence {
  const course = start({ ...valid, always: [] }, { seed: valid.seed, replication: run - 1, everyFact: true });
  const { calendar, trace } = course.platform;
  const lastEvents: Evidence["lastEvents"][number][] = [];
  const names = Object.entries(EventKind);
  let last = -1;
  while (course.events < events) {
    const before = trace.count;
    if (!tookEvent(course)) break;
    const { arg, kind, now, processed, target } = calendar;
    lastEvents.push({ event: processed, at: now, kind: names.find(([, number]) => number === kind)?.[0] ?? String(kind), target, arg });
    if (lastEvents.length > mostEvents) lastEvents.shift();
    if (trace.count > before) last = trace.count - 1;
  }
  const log = course.facts();
  const chain: Fact[] = [];
  for (let place = findFact(log, last); place >= 0 && chain.length < mostCauses; place = findFact(log, log.cause[place]))
    chain.unshift(factAt(log, place));
  return {
    lastEvents,
    causalChain: chain.map(({ at, kind, subject, value }) => ({ at, fact: factKindNames[kind] ?? "", subject, value })),
  };
}

/** Takes the next event; one at which the model throws has been taken too. */
function tookEvent(course: Run): boolean {
  const before = course.events;
  try {
    return course.step();
  } catch {
    return course.events > before;
  }
}
