import { never } from "../../kernel/time.ts";
import type { ClientDesign, Design, RoleDesign } from "../../model/design.ts";
import { type FactLog, factAt } from "../../model/factLog.ts";
import { FactKind } from "../../model/facts.ts";
import { Streams } from "../../random/streams.ts";
import { expectSameFacts } from "./outcome.ts";
import { calm, frozen } from "./reduced.ts";
import type { Relation } from "./relation.ts";
import { structuralFaults } from "./structure.ts";

/** Everything takes so many times as long. */
const factor = 3;
/** So many requests arrive. */
const arrivals = 200;

/** M4. */
export const timeScaling: Relation = {
  id: "M4",
  name: "time-scaling",
  statement:
    "When every duration and instant is three times as long, the same facts happen in the same order, at three times the instant. Draws and shares of a processor are rounded to microseconds, so it is checked, first come first served, of whole numbers drawn beforehand: arrivals and demands of the scenario's first role with clients, five faults of hosts and fault domains, and all other durations at the mean of their laws, on a platform where nobody heals, nothing moves and nothing is idle for long; the first three quarters of the horizon have arrivals, as requests are settled within an hour, however long that is.",
  exactness: "conditional",
  applies: ({ design }) => (design.horizon * factor >= never / 8 ? "three times the horizon cannot be counted" : true),
  check({ design, seed }, { replay }) {
    const quiet = frozen(design);
    const roles = quiet.service.roles.map((role): RoleDesign => ({ ...role, discipline: "fifo", speed: 1 }));
    const service = { ...quiet.service, roles };
    const still = { ...quiet, service, faults: structuralFaults(design, seed), clients: drawnClients(design, seed) };
    const once = replay("the run", still, seed);
    const longer = replay("the run at three times the length", scaled(still, factor) as Design, seed);
    expectSameFacts(timeScaling, { ...once, facts: scaledFacts(once.facts) }, longer);
  },
};

/** The first client of a deployed role, with instants and demands drawn beforehand; none, where there is no such client. */
function drawnClients(design: Design, seed: number): readonly ClientDesign[] {
  const streams = new Streams(seed, 0);
  const stream = streams.open("relation", "scaling");
  const within = (most: number): number => Math.floor(streams.uniform(stream) * most);
  const at = Array.from({ length: arrivals }, () => within(0.75 * design.horizon)).sort((a, b) => a - b);
  const demands = at.map(() => within(design.horizon / arrivals));
  return calm(design)
    .clients.slice(0, 1)
    .map((client) => ({
      ...client,
      users: 0,
      session: undefined,
      think: undefined,
      timeout: Math.floor(design.horizon / 50) + 1,
      arrivals: { kind: "instants", at, demands } as const,
    }));
}

/** Keys of a frozen design that are durations, instants or lists of them; `value` is that of a law. */
const durations: ReadonlySet<string> = new Set([
  ...["horizon", "at", "demands", "value", "timeout", "deadline", "hedge", "period", "lease", "first", "reset", "idleTimeout"],
  ...["recycleEvery", "interval", "evictAfter", "responseTimeout", "flapWithin", "phase", "guestConnect", "drainTimeout", "walkPoll"],
  ...["startTimeout", "from", "to", "window", "latencyThreshold", "max"],
]);

/** A design with every duration in it so many times as long; never stays never. */
function scaled(value: unknown, by: number, isDuration = false): unknown {
  if (typeof value === "number") return isDuration && value < never ? value * by : value;
  if (Array.isArray(value)) return value.map((one) => scaled(one, by, isDuration && typeof one === "number"));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, scaled(inner, by, durations.has(key))]));
}

/** Facts whose value is a duration. */
const timed: ReadonlySet<number> = new Set([
  FactKind.requestSucceeded,
  FactKind.hostDeclaredDead,
  FactKind.crashNoticed,
  FactKind.guestDeclaredDead,
  FactKind.hangNoticed,
  FactKind.ownerActed,
]);

function scaledFacts(facts: FactLog): FactLog {
  const value = Float64Array.from({ length: facts.length }, (_, place) => {
    const fact = factAt(facts, place);
    return timed.has(fact.kind) ? fact.value * factor : fact.value;
  });
  return { ...facts, at: facts.at.map((at) => at * factor), value };
}
