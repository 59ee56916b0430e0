import { failureCauses } from "../model/status.ts";

/** What the figures of a metric are: a ratio 0..1, milliseconds, seconds, a plain number, or money in the currency of `pricing`. */
export type MetricUnit = "ratio" | "ms" | "seconds" | "count" | "money";

/** Something that can be expected of a run. */
export interface MetricForm {
  /** As written, with a placeholder for the name: `queues.NAME.backlog`. */
  readonly form: string;
  readonly unit: MetricUnit;
  readonly summary: string;
  /** Which names the placeholder takes. */
  readonly names: "roles" | "clients" | "queues" | "stores" | "months" | undefined;
  /** Keys that lead to the figure in the summary; `NAME` stands for the entry of that name in a list. */
  readonly path: readonly string[];
}

const quantiles: readonly (readonly [string, string])[] = [
  ["mean", "mean"],
  ["p50", "median"],
  ["p90", "90 % are faster"],
  ["p95", "95 % are faster"],
  ["p99", "99 % are faster"],
  ["p999", "99.9 % are faster; p99.9 is the same"],
  ["max", "slowest"],
];

const form = (text: string, unit: MetricUnit, summary: string, path: string, names?: MetricForm["names"]): MetricForm => {
  return { form: text, unit, summary, names, path: path.split(".") };
};

const latencies = (prefix: string, path: string, what: string, names?: MetricForm["names"]): readonly MetricForm[] =>
  quantiles.map(([key, words]) => form(`${prefix}.${key}`, "ms", `${what}: ${words}.`, `${path}.${key}`, names));

const group = (list: "roles" | "clients", path: string, of: string): readonly MetricForm[] => [
  form(`${list}.NAME.availability`, "ratio", `Succeeded / offered${of}.`, `${path}.NAME.availability`, list),
  form(`${list}.NAME.offered`, "count", `Requests that arrived${of}.`, `${path}.NAME.offered`, list),
  form(`${list}.NAME.succeeded`, "count", `Requests answered in time${of}.`, `${path}.NAME.succeeded`, list),
  form(`${list}.NAME.failed`, "count", `Requests that failed${of}.`, `${path}.NAME.failed`, list),
  ...latencies(`${list}.NAME.latency`, `${path}.NAME.latencyMs`, `Latency of successes${of}`, list),
];

const outcomes: readonly (readonly [string, string])[] = [
  ["succeeded", "were done"],
  ["refused", "the platform refused"],
  ["running", "were still going on at the end"],
  ["stuck", "were stuck at the end"],
  ["replaced", "were ended by a rollback or a newer upgrade"],
];

/** Every metric that `expect` knows, in the order of the reference page. */
export const metricForms: readonly MetricForm[] = [
  form("availability.request", "ratio", "Requests that succeeded / offered.", "availability.request"),
  form("availability.time", "ratio", "Time in which every role with clients had measure.ready ready.", "availability.time"),
  form(
    "availability.reachable",
    "ratio",
    "Time in which no rotation with clients was empty; instances that clients address count for themselves.",
    "availability.reachable",
  ),
  form("availability.capacity", "ratio", "Ready over asked instance-time.", "availability.capacity"),
  form("availability.sla", "ratio", "Monthly uptime by clock minutes.", "availability.sla"),
  form("availability.latency", "ratio", "Succeeded within measure.latencyThreshold / offered.", "availability.latency"),
  form("availability.atLeast", "ratio", "Time in which every role had measure.atLeast ready.", "availability.atLeast"),
  form("sla.worstMonth", "ratio", "Lowest uptime of a whole month, of any run.", "sla.worstMonth"),
  form("sla.month.NAME", "ratio", "Uptime of one month, numbered from 1.", "sla.compute.months.NAME.uptime", "months"),
  form("sla.paper", "ratio", "Product of what is promised of the service, its stores and its queues.", "sla.paper"),
  form("sla.detection", "ratio", "Dead processes noticed within two minutes.", "sla.detection.ratio"),
  form("downtime", "seconds", "Time in which availability.time counts the service as down.", "downtime.seconds"),
  ...latencies("latency", "latencyMs", "Latency of successes"),
  ...latencies("latencyWithTimeouts", "latencyWithTimeoutsMs", "Latency with time-outs counted at the time-out"),
  ...latencies("waiting", "waitingMs", "Time waited for a free worker"),
  form("requests.offered", "count", "Requests that arrived.", "requests.offered"),
  form("requests.attempts", "count", "Attempts sent for them.", "requests.attempts"),
  form("requests.retries", "count", "Tries after the first.", "requests.retries"),
  form("requests.hedges", "count", "Second attempts beside a slow one.", "requests.hedges"),
  form("requests.amplification", "count", "Attempts / offered.", "requests.amplification"),
  form("requests.succeeded", "count", "Requests answered in time.", "requests.succeeded"),
  form("requests.failed", "count", "Requests that failed.", "requests.failed"),
  ...failureCauses.map((cause) => form(`requests.failed.${cause}`, "count", `Failed by ${cause}.`, `requests.failedByCause.${cause}`)),
  ...failureCauses.map((cause) =>
    form(`requests.attemptsFailed.${cause}`, "count", `Attempts that failed by ${cause}.`, `requests.attemptsFailedByCause.${cause}`),
  ),
  ...outcomes.map(([outcome, words]) =>
    form(`operations.${outcome}`, "count", `Operations that ${words}.`, `operationOutcomes.${outcome}`),
  ),
  ...group("roles", "byRole", ", in production"),
  form("roles.NAME.readyMean", "count", "Ready instances on average.", "byRole.NAME.readyMean", "roles"),
  form("roles.NAME.readyMin", "count", "Fewest ready instances at any time.", "byRole.NAME.readyMin", "roles"),
  form("roles.NAME.inRotationMin", "count", "Fewest instances in rotation at any time.", "byRole.NAME.inRotationMin", "roles"),
  form(
    "roles.NAME.utilization",
    "ratio",
    "Busy over all slots of ready instances, whatever becomes of the work; of cores, when they are shared.",
    "byRole.NAME.utilization",
    "roles",
  ),
  form("roles.NAME.instanceHours", "count", "Instance-hours charged, in one run.", "byRole.NAME.instanceHours", "roles"),
  form("roles.NAME.cost", "money", "What its instances cost in one run.", "byRole.NAME.cost", "roles"),
  form("roles.NAME.scaledOut", "count", "Times the autoscaler added instances.", "autoscale.NAME.scaledOut", "roles"),
  form("roles.NAME.scaledIn", "count", "Times it removed some.", "autoscale.NAME.scaledIn", "roles"),
  form("roles.NAME.flappingAvoided", "count", "Times it did not, because it would flap.", "autoscale.NAME.flappingAvoided", "roles"),
  form("roles.NAME.frozen", "count", "Times it could not act: not all ready, or an operation.", "autoscale.NAME.frozen", "roles"),
  form("roles.NAME.restarts", "count", "Starts of its instances after the first one.", "byRole.NAME.restarts", "roles"),
  form("roles.NAME.calls", "count", "Calls of other roles to it.", "byRole.NAME.calls", "roles"),
  form("roles.NAME.callsFailed", "count", "Of those, calls that failed.", "byRole.NAME.callsFailed", "roles"),
  form("roles.NAME.onStops", "count", "How often OnStop ran; a crash runs none.", "byRole.NAME.onStops", "roles"),
  form("roles.NAME.changes", "count", "Changing events that its instances were sent.", "byRole.NAME.changes", "roles"),
  form("roles.NAME.onStopCuts", "count", "How often OnStop was cut after 5 min.", "byRole.NAME.onStopCuts", "roles"),
  form("roles.NAME.degraded", "seconds", "Time with fewer ready than asked.", "byRole.NAME.degradedSeconds", "roles"),
  form("localWrites.written", "count", "Acknowledged writes to local storage.", "localWrites.written"),
  form("localWrites.lost", "count", "Of those, writes that were lost with a disk or a folder.", "localWrites.lost"),
  ...group("clients", "byClient", ""),
  form("clients.NAME.attempts", "count", "Attempts sent.", "byClient.NAME.attempts", "clients"),
  form("clients.NAME.retries", "count", "Tries after the first.", "byClient.NAME.retries", "clients"),
  form("clients.NAME.hedges", "count", "Second attempts beside a slow one.", "byClient.NAME.hedges", "clients"),
  form("clients.NAME.amplification", "count", "Attempts / offered.", "byClient.NAME.amplification", "clients"),
  form("queues.NAME.enqueued", "count", "Messages put in.", "queues.NAME.enqueued", "queues"),
  form("queues.NAME.completed", "count", "Messages finished.", "queues.NAME.completed", "queues"),
  form("queues.NAME.duplicates", "count", "Messages finished more than once.", "queues.NAME.duplicates", "queues"),
  form("queues.NAME.poisoned", "count", "Messages moved to the poison queue.", "queues.NAME.poisoned", "queues"),
  form("queues.NAME.deadLettered", "count", "Messages moved to the dead letters by the queue.", "queues.NAME.deadLettered", "queues"),
  form("queues.NAME.expired", "count", "Messages whose time to live was over.", "queues.NAME.expired", "queues"),
  form("queues.NAME.lost", "count", "Messages taken with receive-and-delete and never finished.", "queues.NAME.lost", "queues"),
  form("queues.NAME.refused", "count", "Messages from outside that the queue did not accept.", "queues.NAME.refused", "queues"),
  form(
    "queues.NAME.deduplicated",
    "count",
    "Messages put in again and dropped by duplicate detection.",
    "queues.NAME.deduplicated",
    "queues",
  ),
  form("queues.NAME.backlog", "count", "Messages left at the end.", "queues.NAME.backlog", "queues"),
  form("queues.NAME.depthMax", "count", "Most messages waiting at once.", "queues.NAME.depthMax", "queues"),
  form("cost.total", "money", "What the instances of both slots cost in one run, in the currency of pricing.", "cost.total"),
  form("cost.production", "money", "What those in production cost.", "cost.production.total"),
  form("cost.staging", "money", "What those in staging cost.", "cost.staging.total"),
  form("cost.perMillionRequests", "money", "Cost of a million requests offered.", "cost.perMillionRequests"),
  form("cost.instanceHours", "count", "Instance-hours charged, in one run.", "cost.instanceHours"),
  ...latencies("queues.NAME.age", "queues.NAME.ageMs", "Age of a message when it is finished", "queues"),
  form("stores.NAME.availability", "ratio", "Time in which it was not out.", "stores.NAME.availability", "stores"),
  form("stores.NAME.reads", "count", "Reads acknowledged.", "stores.NAME.reads", "stores"),
  form("stores.NAME.writes", "count", "Writes acknowledged.", "stores.NAME.writes", "stores"),
  form("stores.NAME.failed", "count", "Calls that failed because it was out.", "stores.NAME.failed", "stores"),
  form("stores.NAME.throttled", "count", "Calls that it throttled.", "stores.NAME.throttled", "stores"),
];

/** The unit of a metric's figures: `latency.p99`, `queues.orders.backlog`; count for one that is not known. */
export function unitOf(metric: string): MetricUnit {
  const form = metricForms.find(({ form: text, names }) => {
    if (names === undefined) return text === metric;
    const [before = "", after = ""] = text.split("NAME");
    return metric.startsWith(before) && metric.endsWith(after) && metric.length > before.length + after.length;
  });
  return form?.unit ?? "count";
}
