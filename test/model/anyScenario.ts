import fc from "fast-check";
import type { FaultParameter } from "../../src/model/faults/fault.ts";
import { faults as faultKinds } from "../../src/model/faults/index.ts";
import { balancingPolicies } from "../../src/model/policies/balancing/index.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { anyCalls, networkOf, withCalls } from "./anyCalls.ts";
import { anyQueue, anyStore, suited, webHandler, workerHandler } from "./anyStorage.ts";

/** Instants and durations in whole seconds, few of them, so that things coincide. */
const seconds = (min: number, max: number) => fc.integer({ min, max }).map((value) => `${value}s`);
const time = fc.constantFrom("0s", "0s", "1s", "5s", "20s", "exponential(10s)");
const pick = <T extends string>(...values: T[]) => fc.constantFrom(...values);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const record = <T extends object>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(shape).map(given) as fc.Arbitrary<T>;

/** Without the keys that are undefined: a scenario leaves them out. */
function given<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;
}

const role = {
  instances: fc.integer({ min: 1, max: 5 }),
  concurrency: fc.integer({ min: 1, max: 3 }),
  service: pick("0s", "500ms", "1s", "exponential(1s)", "lognormal(2s, 2)"),
  discipline: pick("fifo", "fifo", "processor-sharing"),
  roleStart: time,
  onStart: time,
  onStop: time,
  crashAfter: maybe(pick("20s", "exponential(60s)", "never")),
  runReturns: maybe(pick("never", "45s")),
  onStartFails: maybe(pick("0%", "30%")),
  startupTasks: maybe(
    pick("simple", "simple", "foreground").map((type) => [
      { type, duration: "3s", ...(type === "simple" ? { fails: "20%", failsFrom: 3 } : {}) },
      { duration: "1s" },
    ]),
  ),
};
const web = record({
  ...role,
  kind: fc.constant("web" as const),
  queueLimit: maybe(fc.integer({ min: 0, max: 3 })),
  admission: maybe(fc.constantFrom({ limit: 2 }, { limit: 4, shares: ["100%", "50%"] })),
  cancelOnTimeout: fc.boolean(),
  answersWhileStopping: fc.boolean(),
  coldStart: pick("0s", "2s"),
  handler: maybe(webHandler),
  endpoints: maybe(
    fc.constantFrom(
      { plain: {}, deep: { probe: { asks: "application" as const } } },
      { plain: { ignoreRoleInstanceStatus: true }, deep: { probe: { asks: "application" as const }, idleTimeout: "4min" } },
      { plain: {}, deep: {}, debug: { instanceInput: true } },
    ),
  ),
  localStorage: fc.constant({ kept: { size: "1MiB", cleanOnRoleRecycle: false }, scratch: {} }),
}).map(({ service, ...rest }) => (rest.handler === undefined ? { ...rest, service } : rest));
const worker = record({
  ...role,
  kind: fc.constant("worker" as const),
  queue: fc.constant("jobs"),
  poll: maybe(fc.constant({ min: "1s", max: "8s" })),
  batch: maybe(fc.integer({ min: 1, max: 4 })),
  renewLease: maybe(fc.boolean()),
  handler: maybe(workerHandler),
}).map(({ service, ...rest }) => (rest.handler === undefined ? { ...rest, service } : rest));

const probe = record({
  interval: pick("5s", "15s"),
  asks: pick("agent", "application"),
  misses: maybe(fc.integer({ min: 1, max: 3 })),
  readmitAfter: maybe(fc.integer({ min: 1, max: 2 })),
  readmitAfterFlap: maybe(fc.integer({ min: 1, max: 3 })),
  flapWithin: maybe(fc.constant("1min")),
  phase: pick("uniform", "even", "2s"),
});

const fabric = record({
  healing: pick("platform", "platform", "none"),
  controller: fc.constantFrom({ replicas: 3, lease: "5s", failover: "3s" }, { replicas: 1 }),
  crashDetection: time,
  roleRestart: time,
  guestReboot: time,
  provision: time,
  stagger: pick("0s", "0s", "5s"),
  startFailure: pick("0%", "0%", "30%"),
  bootBySize: fc.boolean(),
  hostRestart: time,
  hostRepair: maybe(
    fc.constant([
      { step: "power-cycle", takes: "10s", mends: "50%" },
      { step: "reimage", takes: "20s", mends: "100%" },
    ]),
  ),
  install: time,
  swap: time,
  swapTransient: maybe(fc.constant({ probability: "50%", duration: "20s" })),
  scaleIn: pick("highest", "random"),
  operator: pick("none", "30s"),
  restartHostFirst: fc.boolean(),
  drainTimeout: pick("0s", "5s"),
  startTimeout: pick("10s", "60s"),
  walkPoll: pick("0s", "15s"),
  guestHeartbeat: fc.constant({ period: "5s", timeout: "20s" }),
  hostHeartbeat: fc.constant({ period: "5s", timeout: "20s" }),
  restartBackoff: fc.constant({ first: "5s", max: "20s", reset: "60s" }),
  slowAgents: fc.boolean(),
}).map(({ slowAgents, ...rest }) => (slowAgents ? { ...rest, ...withSlowAgents } : rest));

/** Guest agents that often need longer to connect than the host agent waits; drawn anew at each boot, so that every one connects some day. */
const withSlowAgents = { provision: "exponential(10s)", guestReboot: "exponential(10s)", guestConnect: "15s" };

const targets = {
  instance: pick("web/0", "random(web)", "random(instance)", "each(web)", "each(instance)", "random(work)"),
  host: pick("hostOf(web/0)", "host(0)", "random(host)", "each(host)"),
  faultDomain: pick("faultDomainOf(web/0)", "faultDomain(0)", "random(faultDomain)", "each(faultDomain)"),
  store: pick("store(db)", "random(store)", "each(store)"),
  queue: pick("queue(jobs)", "random(queue)", "each(queue)"),
};

/** Values of a parameter of a fault, from what the kind says of it. */
function parameterValue({ choices, default: absent, max, min, type }: FaultParameter) {
  const values: Readonly<Record<FaultParameter["type"], fc.Arbitrary<string | number>>> = {
    number: fc.integer({ min: Math.ceil(min ?? 0), max: Math.min(max ?? 10, 10) }),
    share: pick("0%", "30%", "100%"),
    duration: seconds(0, 30),
    law: pick("1s", "7s", "exponential(10s)"),
    choice: pick(...(choices ?? [""])),
  };
  return absent === undefined ? values[type] : maybe(values[type]);
}

const fault = fc.constantFrom(...faultKinds).chain((kind) =>
  record({
    kind: fc.constant(kind.kind),
    ...(kind.strikes === "controller" ? {} : { [kind.strikes]: targets[kind.strikes] }),
    when: fc.oneof(
      seconds(0, 300).map((at) => ({ at })),
      pick("90s", "exponential(90s)").map((every) => ({ every })),
    ),
    // a poison queue that is out for good keeps its messages coming back for ever
    repairAfter:
      kind.repair === "required" || kind.strikes === "queue" ? seconds(1, 60) : maybe(fc.oneof(seconds(0, 60), pick("exponential(20s)"))),
    ...(kind.classes === undefined ? {} : { class: maybe(pick(...kind.classes)) }),
    ...Object.fromEntries((kind.parameters ?? []).map((parameter) => [parameter.name, parameterValue(parameter)])),
    together: maybe(pick("shock", "beta")),
  }).map(({ together, when, ...rest }) => ({ ...rest, ...(when as object), ...commonCauseOf(together, { ...rest, ...(when as object) }) })),
);

/** A common cause, where the fault has several targets. */
function commonCauseOf(together: string | undefined, fault: object): object {
  const several = Object.values(fault).some((value) => typeof value === "string" && value.startsWith("each("));
  if (together === undefined || !several) return {};
  if (together === "shock") return { shock: { hits: "60%", within: "20s" } };
  return "every" in fault ? { commonCause: "30%" } : {};
}

const change = maybe(
  record({
    instances: maybe(fc.integer({ min: 0, max: 5 })),
    onStart: maybe(time),
    crashAfter: maybe(pick("0s", "20s", "never")),
    size: maybe(pick("Small", "Medium")),
  }).map((web) => ({ web })),
);
const slot = pick("production", "staging");
const at = seconds(0, 300);
const kindOfOperation = fc.oneof(
  record({ kind: fc.constant("deploy"), at, slot, version: fc.constant("v2"), roles: change }),
  record({ kind: fc.constant("delete"), at, slot }),
  record({ kind: fc.constant("scale"), at, slot, role: pick("web", "work"), instances: fc.integer({ min: 0, max: 5 }) }),
  record({
    kind: fc.constant("upgrade"),
    at,
    slot,
    version: fc.constant("v3"),
    roles: change,
    only: maybe(fc.constant(["web"])),
    mode: maybe(pick("auto", "manual", "simultaneous")),
  }),
  record({ kind: fc.constant("walk-upgrade-domain"), at, slot, domain: maybe(fc.integer({ min: 0, max: 2 })) }),
  record({ kind: fc.constant("rollback"), at, slot }),
  record({ kind: pick("stop", "start"), at, slot }),
  record({ kind: fc.constant("configure"), at, slot, only: maybe(fc.constant(["web"])), recycle: maybe(fc.boolean()) }),
  record({ kind: fc.constant("configure"), at, slot, change: fc.constant("certificate") }),
  record({ kind: pick("host-os-update", "guest-os-update", "guest-agent-update"), at }),
  record({ kind: fc.constant("swap"), at }),
  record({ kind: pick("reboot", "reimage", "rebuild"), at, instance: pick("web/0", "random(web)", "each(instance)") }),
  record({ kind: fc.constant("remote-desktop"), at, instance: pick("web/0", "each(instance)"), change: fc.constant("a hotfix") }),
);

/** Some ask again when they are refused. */
const operation = fc.tuple(kindOfOperation, maybe(seconds(5, 60))).map(([asked, again]) => given({ ...asked, again }));

const retry = record({
  attempts: fc.integer({ min: 1, max: 4 }),
  backoff: fc.constantFrom("0s", "2s", { first: "1s", max: "3s" }),
  jitter: pick("none", "full", "equal", "decorrelated"),
  budget: maybe(fc.constant({ ratio: "50%", burst: 3 })),
});
const breaker = fc.constantFrom({ failures: 2, openFor: "5s", probes: 2 }, { share: "50%", window: "10s", minimum: 3, openFor: "3s" });
/** How clients try; half of them send each request once. */
const trying = {
  deadline: maybe(pick("3s", "8s")),
  retry: maybe(retry),
  breaker: maybe(breaker),
  hedge: maybe(pick("0s", "500ms", "2s")),
  priority: maybe(fc.integer({ min: 0, max: 2 })),
  protocol: maybe(pick("tcp", "udp")),
};
const plain = {
  deadline: fc.constant(undefined),
  retry: fc.constant(undefined),
  breaker: fc.constant(undefined),
  hedge: fc.constant(undefined),
};
const clientThat = (tries: object) =>
  fc.oneof(
    record({ arrivals: pick("poisson(1/s)", "constant(2/s)"), timeout: pick("never", "1s", "5s"), ...tries }),
    record({
      arrivals: pick("poisson(100/h)"),
      session: fc.constant({ requests: 5, think: "3s" }),
      timeout: pick("never", "5s"),
      ...tries,
    }),
    record({ users: fc.integer({ min: 1, max: 4 }), think: fc.constant("exponential(5s)"), timeout: pick("never", "5s"), ...tries }),
  );
const limits = fc.constantFrom({ min: 1, max: 3 }, { min: 2, max: 5 }, { min: 1, max: 6, default: 4 });
const rule = record({
  metric: pick("cpu", "waiting"),
  operator: pick(">", "<="),
  threshold: fc.constantFrom(0, 30, 70),
  scale: pick("out", "in"),
  change: maybe(fc.constantFrom({ percent: 50 }, { exact: 2 })),
  window: pick("1min", "2min"),
  cooldown: pick("0s", "1min"),
});
const autoscale = maybe(
  record({
    job: pick("30s", "45s"),
    metricDelay: pick("0s", "1min"),
    roles: record({
      web: record({ capacity: limits, rules: fc.array(rule, { maxLength: 4 }) }),
      work: maybe(
        record({
          slot: pick("production", "staging"),
          capacity: limits,
          profiles: fc.constant([{ from: "1min", to: "3min", capacity: { min: 4, max: 4 } }]),
        }),
      ),
    }),
  }),
);

const client = fc.oneof(clientThat(plain), clientThat(trying));

const hasPorts = ({ endpoints }: { readonly endpoints?: object | undefined }): boolean => endpoints !== undefined && "debug" in endpoints;

/** Small scenarios in which anything may happen: every kind of fault and operation, at instants that coincide. */
export const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    faultDomains: fc.integer({ min: 1, max: 3 }),
    hostsPerFaultDomain: fc.integer({ min: 1, max: 3 }),
    cores: pick("2", "4", "16").map(Number),
    repairCrews: fc.constantFrom(1, 2, "unlimited" as const),
    quota: fc.constantFrom(undefined, undefined, 14),
    upgradeDomains: fc.integer({ min: 1, max: 3 }),
    deployedAtStart: fc.constantFrom(true, true, true, false),
    web,
    work: worker,
    policy: fc.constantFrom(...balancingPolicies.map(({ kind }) => kind)),
    weights: maybe(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })),
    probe: fc.oneof(fc.constant("none" as const), probe),
    sku: pick("classic", "standard"),
    fabric,
    calls: anyCalls,
    queue: anyQueue,
    store: anyStore,
    first: client,
    second: maybe(client),
    secondSlot: pick("production", "production", "staging"),
    faults: fc.array(fault, { maxLength: 6 }),
    operations: fc.array(operation, { maxLength: 6 }),
    autoscale,
    hosting: pick("cloud-service", "cloud-service", "virtual-machines", "app-service"),
    healthCheck: pick("none", "on"),
    clustered: fc.constantFrom(false, false, true),
    patching: maybe(
      fc.constant({
        hostOs: { every: "100s", after: "uniform(0s, 40s)", duration: "7s", between: "5s" },
        guestOs: { every: "100s", after: "30s" },
        guestAgent: { every: "never", duration: "2s" },
      }),
    ),
  })
  .map((of) => {
    const endpoint = (name: string) => (of.web.endpoints === undefined ? "web" : `web/${name}`);
    const scenario = {
      name: "any",
      preset: "ideal",
      hosting: of.hosting,
      horizon: "5min",
      datacenter: {
        faultDomains: of.faultDomains,
        ...(of.clustered
          ? { clusters: [{ hosts: of.hostsPerFaultDomain }, { hosts: 1, sizes: ["Small"] }] }
          : { hostsPerFaultDomain: of.hostsPerFaultDomain }),
        host: { cores: of.cores },
        repairCrews: of.repairCrews,
      },
      ...(of.quota === undefined ? {} : { subscription: { cores: of.quota } }),
      service: {
        upgradeDomains: of.upgradeDomains,
        deployedAtStart: of.deployedAtStart,
        roles: withCalls({ web: of.web, work: suited(of.work, of.queue) }, of.calls),
        ...networkOf(of.calls),
      },
      balancer: {
        policy: of.policy,
        ...(of.weights !== undefined && of.policy.startsWith("weighted-") ? { weights: of.weights } : {}),
        probe: of.probe,
        sku: of.sku,
        ...(of.hosting === "app-service" && of.healthCheck === "on"
          ? { healthCheck: { interval: "5s", failures: 2, replaceAfter: "20s" } }
          : {}),
      },
      fabric: of.calls === undefined ? of.fabric : { ...of.fabric, topologyChange: of.calls.topologyChange },
      queues: { jobs: { ...of.queue, arrivals: "poisson(20/min)" }, poison: {} },
      stores: { db: of.store },
      clients: {
        first: { endpoint: endpoint("plain"), ...of.first },
        ...(of.second === undefined
          ? {}
          : { second: { endpoint: endpoint(hasPorts(of.web) ? "debug/1" : "deep"), slot: of.secondSlot, ...of.second } }),
      },
      faults: of.faults,
      operations: of.operations,
      ...(of.autoscale === undefined ? {} : { autoscale: of.autoscale }),
      ...(of.patching === undefined ? {} : { patching: of.patching }),
      measure: { atLeast: 1 },
    };
    return scenario as unknown as Scenario;
  });
