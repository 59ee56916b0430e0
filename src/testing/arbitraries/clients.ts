import fc from "fast-check";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { type Around, aroundScenario } from "./around.ts";
import { limitsOf, type SizeOptions } from "./limits.ts";
import { among, maybe, pick, record, whole } from "./pick.ts";
import { itemOf } from "./targets.ts";

/** Section `clients` of a scenario. */
export type Clients = NonNullable<Scenario["clients"]>;

type Client = Clients[string];

/** A client before it is known what there is to call. */
export interface ClientDraft {
  readonly endpoint: number;
  readonly sends: Pick<Client, "arrivals" | "session" | "users" | "think">;
  readonly rest: Omit<Client, "endpoint" | "arrivals" | "session" | "users" | "think">;
}

const retry = record({
  attempts: whole(1, 4),
  backoff: among<string | { first: string; max: string }>("2s", "0s", { first: "1s", max: "3s" }),
  jitter: pick("none", "full", "equal", "decorrelated"),
  on: pick(0, 0, 1).map((few) =>
    few === 0 ? undefined : (["timeout-slow", "timeout-silent", "refused"] as ("timeout-slow" | "timeout-silent" | "refused")[]),
  ),
  budget: maybe(among({ ratio: "50%", burst: 3 }, { min: "1/min", burst: 1 })),
});
const breaker = among<NonNullable<Client["breaker"]>>(
  { failures: 2, openFor: "5s", probes: 2 },
  { share: "50%", window: "10s", minimum: 3, openFor: "3s" },
);

/** How a client tries; half of them send each request once. */
const plain: fc.Arbitrary<ClientDraft["rest"]> = record({
  slot: pick("production", "production", "staging"),
  timeout: pick("5s", "1s", "never"),
  protocol: pick(undefined, undefined, "tcp", "udp", "http", "https"),
  addresses: maybe(whole(1, 50)),
});
const trying: fc.Arbitrary<ClientDraft["rest"]> = record({
  slot: pick("production", "production", "staging"),
  timeout: pick("5s", "1s", "never"),
  protocol: pick(undefined, undefined, "tcp", "udp"),
  deadline: maybe(pick("8s", "3s", "never")),
  retry: maybe(retry),
  breaker: maybe(breaker),
  hedge: maybe(pick("2s", "500ms", "0s")),
  priority: maybe(whole(0, 2)),
});

/** Open, with so many requests a second, in sessions, or closed; every kind of arrivals of the language. */
function sending(load: number): fc.Arbitrary<ClientDraft["sends"]> {
  const arrivals = among<NonNullable<Client["arrivals"]>>(
    `poisson(${load}/s)`,
    `constant(${2 * load}/s)`,
    `poisson(${2 * load}/s)`,
    `every erlang(${Math.floor(1000 / load)}ms, 2)`,
    {
      rates: [
        { from: "0s", rate: `${load}/s` },
        { from: "30s", rate: `${3 * load}/s` },
      ],
      period: "1min",
    },
    {
      bursts: [
        { rate: `${load}/s`, for: "exponential(30s)" },
        { rate: `${4 * load}/s`, for: "5s" },
      ],
    },
    { counts: [5 * load, 0, 20 * load, 10 * load, 10 * load], every: "10s" },
    { instants: ["0s", "1s", "1s", "5s", "1min"], demands: ["0s", "100ms", "1s", "100ms", "30s"] },
  );
  return fc.oneof(
    { weight: 3, arbitrary: arrivals.map((arrivals) => ({ arrivals })) },
    { weight: 1, arbitrary: pick(`poisson(${20 * load}/min)`).map((arrivals) => ({ arrivals, session: { requests: 5, think: "3s" } })) },
    {
      weight: 1,
      arbitrary: fc.record({ users: whole(1, 5 * load), think: pick("exponential(5s)", "1s", "uniform(0s, 2s)") }),
    },
  );
}

/** Drafts of one client or more. */
export function clientDrafts(options: SizeOptions): fc.Arbitrary<ClientDraft[]> {
  const { load } = limitsOf(options);
  const draft = fc.record({ endpoint: whole(0, 7), sends: sending(load), rest: fc.oneof(plain, trying) });
  return fc.array(draft, { minLength: 1, maxLength: options.size === "large" ? 4 : 2, size: "max" });
}

/** Clients of the endpoints of a scenario, one or more; shrinks towards one that sends every request once. Throws ScenarioError when the scenario is not valid. */
export function clients(scenario: Scenario, options: SizeOptions = {}): fc.Arbitrary<Clients> {
  const around = aroundScenario(scenario);
  return clientDrafts(options).map((drafts) => clientsOf(drafts, around));
}

const names = ["first", "second", "third", "fourth"];

/** The clients that drafts come to where there is so much to call; none when there is no endpoint. */
export function clientsOf(drafts: readonly ClientDraft[], { roles }: Pick<Around, "roles">): Clients {
  const endpoints = roles.flatMap((role) => role.endpoints);
  if (endpoints.length === 0) return {};
  return Object.fromEntries(
    drafts.map(({ endpoint, rest, sends }, index) => {
      // the first calls production, where somebody answers
      const { slot = "production", ...others } = rest;
      const where = index > 0 && slot === "staging" ? { slot } : {};
      return [names[index] ?? `client${index}`, { endpoint: itemOf(endpoints, endpoint), ...where, ...sends, ...others }];
    }),
  );
}
