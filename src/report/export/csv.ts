import type { LatencySummary, Summary } from "../../metrics/summary.ts";

type Cell = string | number | null;

/** The series: one row for each window, with the depth of each queue at the end of the row. Yields rows. */
export function windowsCsv({ windows, queues }: Pick<Summary, "windows" | "queues">): Generator<string> {
  const depths = queues.flatMap(({ name }) => [`depth_min_${name}`, `depth_max_${name}`]);
  const header = ["from_s", "to_s", "requests", "attempts", "failed", "availability", ...latencyNames("latency"), ...depths];
  return table(header, windows, (window) => [
    window.fromSeconds,
    window.toSeconds,
    window.requests,
    window.attempts,
    window.failed,
    window.availability,
    ...latencyCells(window.latencyMs),
    ...window.queueDepth.flatMap(({ min, max }) => [min, max]),
  ]);
}

/** The instances there were, one row each; host and fault domain are empty of those that are on none. Yields rows. */
export function instancesCsv({ instances }: Pick<Summary, "instances">): Generator<string> {
  const header = ["name", "role", "slot", "size", "fault_domain", "upgrade_domain", "host", "restarts", "down_s"];
  return table(header, instances, (instance) => [
    instance.name,
    instance.role,
    instance.slot,
    instance.size,
    instance.faultDomain < 0 ? null : instance.faultDomain,
    instance.upgradeDomain,
    instance.host,
    instance.restarts,
    instance.downSeconds,
  ]);
}

/**
 * Failed requests, one row for each cause and what it is put down to; `fault` is the same for all that one line of the scenario struck, `at_s` is
 * when it last struck, empty for load. Yields rows.
 */
export function failuresCsv({ requests }: Pick<Summary, "requests">): Generator<string> {
  return table(["cause", "source", "fault", "at_s", "occurrences", "failed"], requests.failedByAttribution, (entry) => [
    entry.cause,
    entry.source,
    entry.fault,
    entry.atSeconds,
    entry.occurrences,
    entry.failed,
  ]);
}

/** The stores, one row each. Yields rows. */
export function storesCsv({ stores }: Pick<Summary, "stores">): Generator<string> {
  const header = ["name", "kind", "availability", "reads", "writes", "failed", "throttled"];
  return table(header, stores, (store) => [
    store.name,
    store.kind,
    store.availability,
    store.reads,
    store.writes,
    store.failed,
    store.throttled,
  ]);
}

/** Calls between roles, one row for each pair. Yields rows. */
export function callsCsv({ roleCalls }: Pick<Summary, "roleCalls">): Generator<string> {
  const header = ["from", "to", "calls", "retries", "succeeded", "failed", "abandoned", "mean_ms"];
  return table(header, roleCalls, ({ abandoned, failed, from, meanMs, offered, retries, succeeded, to }) => {
    return [from, to, offered, retries, succeeded, failed, abandoned, meanMs];
  });
}

/** The queues, one row each. Yields rows. */
export function queuesCsv({ queues }: Pick<Summary, "queues">): Generator<string> {
  const header = [
    "name",
    "enqueued",
    "completed",
    "duplicates",
    "poisoned",
    "dead_lettered",
    "expired",
    "lost",
    "refused",
    "deduplicated",
    "backlog",
    "depth_max",
    ...latencyNames("age"),
  ];
  return table(header, queues, (queue) => [
    queue.name,
    queue.enqueued,
    queue.completed,
    queue.duplicates,
    queue.poisoned,
    queue.deadLettered,
    queue.expired,
    queue.lost,
    queue.refused,
    queue.deduplicated,
    queue.backlog,
    queue.depthMax,
    ...latencyCells(queue.ageMs),
  ]);
}

/** The roles, one row each, with what autoscalers did and what instances cost. Yields rows. */
export function rolesCsv({ autoscale, byRole }: Pick<Summary, "autoscale" | "byRole">): Generator<string> {
  const header = [
    "name",
    "kind",
    "requests",
    "failed",
    "availability",
    "asked",
    "ready_mean",
    "ready_min",
    "in_rotation_min",
    "utilization",
    "degraded_s",
    "restarts",
    "scaled_out",
    "scaled_in",
    "instance_hours",
    "cost",
  ];
  return table(header, byRole, (role) => {
    const scaled = autoscale.find(({ name }) => name === role.name);
    return [
      role.name,
      role.kind,
      role.offered,
      role.failed,
      role.availability,
      role.asked,
      role.readyMean,
      role.readyMin,
      role.inRotationMin,
      role.utilization,
      role.degradedSeconds,
      role.restarts,
      scaled?.scaledOut ?? null,
      scaled?.scaledIn ?? null,
      role.instanceHours,
      role.cost,
    ];
  });
}

/** The clients, one row each, with the attempts they made. Yields rows. */
export function clientsCsv({ byClient }: Pick<Summary, "byClient">): Generator<string> {
  const header = ["name", "requests", "failed", "availability", "attempts", "retries", "hedges", ...latencyNames("latency")];
  return table(header, byClient, (client) => [
    client.name,
    client.offered,
    client.failed,
    client.availability,
    client.attempts,
    client.retries,
    client.hedges,
    ...latencyCells(client.latencyMs),
  ]);
}

/** The operations, one row each, in the order of the scenario; a patch calendar has one row for each kind of pass. Yields rows. */
export function operationsCsv({ operations }: Pick<Summary, "operations">): Generator<string> {
  const header = [
    "title",
    "kind",
    "passes",
    "started_s",
    "finished_s",
    "outcome",
    "reason",
    "failed",
    "requests_in_flight",
    "sessions_in_flight",
  ];
  return table(header, operations, (operation) => [
    operation.title,
    operation.kind,
    operation.passes,
    operation.startedAtSeconds,
    operation.finishedAtSeconds,
    operation.outcome,
    operation.reason,
    operation.failedRequests,
    operation.requestsInFlight,
    operation.sessionsInFlight,
  ]);
}

/** Uptime by the month of everything that an agreement is about, one row for each and each month. Yields rows. */
export function monthsCsv({ sla }: Pick<Summary, "sla">): Generator<string> {
  const header = ["service", "roles", "target", "month", "whole", "maximum_min", "down_min", "uptime", "runs_met", "credit"];
  const services = [sla.compute, sla.singles, ...sla.stores].filter((service) => service !== null);
  const rows = services.flatMap((service) => service.months.map((month) => ({ service, month })));
  return table(header, rows, ({ service, month }) => [
    service.name,
    service.roles.join(" "),
    service.target,
    month.label,
    String(month.isWhole),
    month.maximumMinutes,
    month.downtimeMinutes,
    month.uptime,
    month.runsMet,
    month.credit,
  ]);
}

const latencyFigures = ["mean", "p50", "p90", "p95", "p99", "p999", "max"] as const;

function latencyNames(of: string): string[] {
  return latencyFigures.map((figure) => `${of}_${figure}_ms`);
}

function latencyCells(latency: LatencySummary): Cell[] {
  return latencyFigures.map((figure) => latency[figure]);
}

function* table<Row>(header: readonly string[], rows: readonly Row[], cells: (row: Row) => readonly Cell[]): Generator<string> {
  yield line(header);
  for (const row of rows) yield line(cells(row));
}

/** One record of RFC 4180, its line end included. */
function line(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(",")}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  // spreadsheets run what begins like a formula, so such a name is marked as text and quoted
  if (/^[=+\-@\t\r]/.test(cell)) return quoted(`'${cell}`);
  return /[",\r\n]/.test(cell) ? quoted(cell) : cell;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
