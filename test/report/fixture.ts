import type { Cast, RunResult } from "../../src/experiment/result.ts";
import type { LatencySummary, Summary, WindowSummary } from "../../src/metrics/summary.ts";
import type { Design } from "../../src/model/design.ts";
import type { FactLog } from "../../src/model/factLog.ts";
import { FactKind } from "../../src/model/facts.ts";
import { HostState, InstanceState } from "../../src/model/status.ts";
import { parse } from "../../src/scenario/parse.ts";
import { validate } from "../../src/scenario/validate.ts";

/** A fact as a test writes it; its id is its place, and so is the cause. */
export type Line = readonly [second: number, kind: keyof typeof FactKind, subject: number, value: number, cause?: number];

/** A log of facts; `dropped` earlier ones were not kept. */
export function logOf(lines: readonly Line[], dropped = 0): FactLog {
  return {
    length: lines.length,
    dropped,
    leftOut: 0,
    leftOutFrom: 0,
    id: Float64Array.from(lines, (_, place) => place),
    at: Float64Array.from(lines, ([second]) => Math.round(second * 1e6)),
    kind: Uint8Array.from(lines, ([, kind]) => FactKind[kind]),
    subject: Float64Array.from(lines, ([, , subject]) => subject),
    value: Float64Array.from(lines, ([, , , value]) => value),
    cause: Float64Array.from(lines, ([, , , , cause]) => cause ?? -1),
  };
}

const { ready, dead, creating, starting, busy } = InstanceState;

/** Five instances start; host 0 fails at 5:00 and web/0 moves to host 2. */
const hardwareFailure: readonly Line[] = [
  [0, "instancePlaced", 0, 0],
  [0, "instanceChanged", 0, ready],
  [0, "rotationChanged", 0, 1],
  [0, "instancePlaced", 1, 5],
  [0, "instanceChanged", 1, ready],
  [0, "rotationChanged", 1, 1],
  [0, "instancePlaced", 2, 10],
  [0, "instanceChanged", 2, ready],
  [0, "rotationChanged", 2, 1],
  [0, "instancePlaced", 3, 1],
  [0, "instanceChanged", 3, ready],
  [0, "instancePlaced", 4, 6],
  [0, "instanceChanged", 4, ready],
  [300, "faultStruck", 0, 0],
  [300, "hostChanged", 0, HostState.down, 13],
  [300, "instanceChanged", 0, dead, 14],
  [323.4, "rotationChanged", 0, 0, 15],
  [598.1, "hostDeclaredDead", 0, 298_100_000, 14],
  [598.1, "hostChanged", 0, HostState.restarting, 17],
  [994.1, "hostRestartEnded", 0, 0, 18],
  [994.1, "hostChanged", 0, HostState.outForRepair, 19],
  [994.1, "instancePlaced", 0, 2, 20],
  [994.1, "instanceChanged", 0, creating, 20],
  [1281.5, "instanceChanged", 0, starting, 22],
  [1310, "instanceChanged", 0, busy, 23],
  [1352.3, "instanceChanged", 0, ready, 24],
  [1360.4, "rotationChanged", 0, 1, 25],
];

const scenario = `
name: hardware-failure
horizon: 30min
datacenter: { faultDomains: 4, hostsPerFaultDomain: 5, host: { cores: 16, memory: 112GiB } }
service:
  roles:
    web: { kind: web, size: Small, instances: 3, concurrency: 8, queueLimit: 200, service: "lognormal(80ms, 1.2)" }
    worker: { kind: worker, size: Small, instances: 2, queue: orders, service: "lognormal(50ms, 1)" }
queues: { orders: { arrivals: poisson(15/s) } }
clients: { browsers: { endpoint: web, arrivals: poisson(60/s), timeout: 10s } }
faults: [{ at: 5min, kind: host-failure, host: hostOf(web/0), repairAfter: 1h }]
`;

const design: Design = validate(parse(scenario)).design;

/** Who plays in the example. */
export const cast: Cast = {
  instances: [
    { name: "web/0", role: "web", faultDomain: 0, upgradeDomain: 0 },
    { name: "web/1", role: "web", faultDomain: 1, upgradeDomain: 1 },
    { name: "web/2", role: "web", faultDomain: 2, upgradeDomain: 2 },
    { name: "worker/0", role: "worker", faultDomain: 0, upgradeDomain: 0 },
    { name: "worker/1", role: "worker", faultDomain: 1, upgradeDomain: 1 },
  ],
  hosts: Array.from({ length: 20 }, (_, host) => ({ faultDomain: Math.floor(host / 5) })),
  roles: ["web", "worker"],
  queues: ["orders"],
  stores: [],
  clients: ["browsers"],
  incidents: [{ kind: "host-failure", target: "host 0", class: "hardware" }],
  operations: [],
  reasons: [],
};

/** No latencies. */
export const noLatency: LatencySummary = { mean: null, p50: null, p90: null, p95: null, p99: null, p999: null, max: null };
const latencyMs: LatencySummary = { mean: 81, p50: 51, p90: 170, p95: 241, p99: 457, p999: 923, max: 3070 };

/** Windows of 5 s over half an hour: about a third of requests fail from 5:00 to 5:23. */
function windows(): readonly WindowSummary[] {
  let state = 7;
  const draw = (): number => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Array.from({ length: 360 }, (_, place) => {
    const fromSeconds = place * 5;
    const requests = 290 + Math.floor(draw() * 20);
    const failed = fromSeconds >= 300 && fromSeconds < 320 ? Math.floor(requests / 3) : fromSeconds === 320 ? 47 : 0;
    const p99 = 380 + Math.floor(draw() * 200);
    return {
      fromSeconds,
      toSeconds: fromSeconds + 5,
      requests,
      attempts: requests,
      failed,
      availability: (requests - failed) / requests,
      latencyMs: {
        mean: 80,
        p50: 48 + Math.floor(draw() * 6),
        p90: 160 + Math.floor(draw() * 20),
        p95: 240,
        p99,
        p999: p99 + 300,
        max: p99 + 900,
      },
      queueDepth: [{ min: 0, max: Math.floor(draw() * draw() * 14) }],
    };
  });
}

const group = { offered: 107_755, succeeded: 107_306, failed: 449, availability: 107_306 / 107_755, latencyMs };

/** What was measured in the example; the figures are those of the picture that reports are built to. */
export const summary: Summary = {
  scenario: "hardware-failure",
  seed: 42,
  runs: 1,
  fingerprint: "3fa91c07e85db264",
  version: "0.1.0",
  simulatedSeconds: 1800,
  wallSeconds: 0.31,
  events: 431_902,
  peakMiB: 80,
  requests: {
    offered: 107_755,
    attempts: 107_755,
    retries: 0,
    hedges: 0,
    amplification: 1,
    succeeded: 107_306,
    failed: 449,
    failedByCause: { "timeout-silent": 449 },
    attemptsFailedByCause: { "timeout-silent": 449 },
    failedByAttribution: [
      {
        source: "host-failure of host 0",
        kind: "host-failure",
        fault: 0,
        atSeconds: 300,
        occurrences: 1,
        cause: "timeout-silent",
        failed: 449,
        held: 3,
      },
    ],
  },
  availability: { request: 107_306 / 107_755, time: 1, reachable: 1, capacity: 0.80513, sla: 1, latency: 0.9951, atLeast: null },
  downtime: { seconds: 0, outages: 0, byAttribution: [] },
  restarts: 1,
  sla: {
    compute: {
      name: "Cloud Services",
      roles: ["web"],
      what: "external connectivity of roles with two or more instances in different fault and upgrade domains",
      target: 0.9995,
      allowedMinutes: 21.6,
      recalled: false,
      worstMonth: 1,
      months: [{ name: "1", label: "month 1", isWhole: false, maximumMinutes: 30, downtimeMinutes: 0, uptime: 1, runsMet: 1, credit: 0 }],
    },
    singles: null,
    stores: [],
    worstMonth: 1,
    paper: 0.9995,
    detection: { crashes: 0, noticedInTime: 0, ratio: null, target: 0.999 },
  },
  byRole: [
    {
      ...group,
      name: "web",
      kind: "web",
      staging: null,
      asked: 3,
      readyMean: 2.416,
      readyMin: 2,
      calls: 0,
      callsFailed: 0,
      onStops: 0,
      onStopCuts: 0,
      changes: 0,
      inRotationMin: 2,
      utilization: 0.24,
      degradedSeconds: 1052.3,
      restarts: 0,
      instanceHours: 1.5,
      cost: 0.135,
    },
    {
      name: "worker",
      offered: 0,
      succeeded: 0,
      failed: 0,
      availability: null,
      latencyMs: noLatency,
      kind: "worker",
      staging: null,
      asked: 2,
      readyMean: 2,
      readyMin: 2,
      calls: 0,
      callsFailed: 0,
      onStops: 0,
      onStopCuts: 0,
      changes: 0,
      inRotationMin: null,
      utilization: 0.05,
      degradedSeconds: 0,
      restarts: 0,
      instanceHours: 1,
      cost: 0.09,
    },
  ],
  byClient: [{ ...group, name: "browsers", attempts: 107_755, retries: 0, hedges: 0, amplification: 1 }],
  latencyMs,
  latencyWithTimeoutsMs: { ...latencyMs, p99: 551, p999: 10_000, max: 10_000 },
  waitingMs: latencyMs,
  queues: [
    {
      name: "orders",
      enqueued: 26_814,
      completed: 26_798,
      duplicates: 0,
      poisoned: 0,
      deadLettered: 0,
      expired: 0,
      lost: 0,
      lostBy: [],
      refused: 0,
      deduplicated: 0,
      backlog: 16,
      depthMax: 14,
      ageMs: latencyMs,
    },
  ],
  localWrites: { written: 0, lost: 0, lostBy: {} },
  cost: {
    currency: "USD",
    asOf: "2022",
    instanceHours: 2.5,
    total: 0.225,
    production: { instanceHours: 2.5, total: 0.225 },
    staging: { instanceHours: 0, total: 0 },
    perMillionRequests: 2.088,
  },
  autoscale: [],
  operationOutcomes: { succeeded: 0, refused: 0, running: 0, stuck: 0, replaced: 0 },
  stores: [],
  roleCalls: [],
  windows: windows(),
  operations: [],
  instances: cast.instances.map(({ name, role, faultDomain, upgradeDomain }, id) => ({
    name,
    role,
    slot: "production",
    size: "Small",
    faultDomain,
    upgradeDomain,
    host: [2, 5, 10, 1, 6][id],
    restarts: id === 0 ? 1 : 0,
    drift: [],
    downSeconds: id === 0 ? 1052.3 : 0,
  })),
  expectations: [
    {
      text: "availability.request >= 99%",
      metric: "availability.request",
      operator: ">=",
      target: 0.99,
      actual: 107_306 / 107_755,
      met: true,
      isOfPart: false,
      allowanceUsed: 449 / 1077.55,
    },
    {
      text: "latency.p99 <= 1s",
      metric: "latency.p99",
      operator: "<=",
      target: 1000,
      actual: 457,
      met: true,
      isOfPart: false,
      allowanceUsed: 0.457,
    },
  ],
  intervals: null,
  reproduce: "nines run scenarios/hardware-failure.yaml --seed 42 --runs 1",
};

/** What may differ from the example. */
export interface Differences {
  readonly summary?: Partial<Summary>;
  readonly cast?: Partial<Cast>;
  readonly design?: Partial<Design>;
  readonly lines?: readonly Line[];
  readonly dropped?: number;
  readonly title?: string;
}

/** The example: a host fails under a web role of three instances; with differences, another one. */
export function runOf(differences: Differences = {}): RunResult {
  return {
    summary: { ...summary, ...differences.summary },
    title: differences.title ?? "A physical server dies under a three-instance web role.",
    design: { ...design, ...differences.design },
    facts: logOf(differences.lines ?? hardwareFailure, differences.dropped ?? 0),
    cast: { ...cast, ...differences.cast },
    replications: [],
  };
}
