import fc from "fast-check";

const pick = <T extends string>(...values: T[]) => fc.constantFrom(...values);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Without the keys that are undefined: a scenario leaves them out. */
function given<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;
}

/** Calls of a handler to roles with an internal endpoint. */
const calls = (...roles: string[]) =>
  fc.array(
    fc
      .record({
        call: pick(...roles),
        policy: maybe(pick("random", "round-robin", "first")),
        timeout: maybe(pick("1s", "4s", "never")),
        retry: maybe(fc.constantFrom({ attempts: 2, backoff: "1s" }, { attempts: 3, backoff: "500ms" })),
      })
      .map(given),
    { maxLength: 2 },
  );

/** Role `back`, which others call and which may consume queue `jobs` besides. */
const back = fc
  .record({
    kind: pick("web", "worker", "worker"),
    instances: fc.integer({ min: 1, max: 4 }),
    concurrency: fc.integer({ min: 1, max: 2 }),
    service: pick("0s", "1s", "exponential(1s)"),
    discipline: pick("fifo", "processor-sharing"),
    queueLimit: maybe(fc.integer({ min: 0, max: 2 })),
    onStop: pick("0s", "5s"),
    cancelOnTimeout: fc.boolean(),
    queue: maybe(pick("jobs")),
  })
  .map(({ queue, ...rest }) => given({ ...rest, queue: rest.kind === "worker" ? queue : undefined, internalEndpoints: ["api"] }));

/** Who calls whom, over which network: nobody in half of the cases. */
export const anyCalls = maybe(
  fc.record({
    back,
    web: calls("work", "back"),
    work: calls("back"),
    trafficRules: maybe(fc.constant([{ to: { role: "back", endpoint: "api" }, from: ["web"] }])),
    topologyChangeDiscovery: pick("blast", "upgrade-domain-walk"),
    topologyChange: pick("0s", "5s", "uniform(1s, 20s)"),
  }),
);
type Calls = typeof anyCalls extends fc.Arbitrary<infer T> ? T : never;

/** The roles with their calls. */
export function withCalls<R extends { handler?: object[] | undefined; service?: string }>(roles: { web: R; work: R }, of: Calls): object {
  if (of === undefined) return roles;
  const calling = ({ handler, service, ...role }: R, more: object[]) => ({
    ...role,
    handler: [...(handler ?? [{ compute: service }]), ...more],
  });
  return { web: calling(roles.web, of.web), work: { ...calling(roles.work, of.work), internalEndpoints: ["api"] }, back: of.back };
}

/** The rules of the network between them. */
export function networkOf(of: Calls): object {
  if (of === undefined) return {};
  return given({ trafficRules: of.trafficRules, topologyChangeDiscovery: of.topologyChangeDiscovery });
}
