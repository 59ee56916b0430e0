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

/** Failed requests, one row for each cause and what it is put down to; `at_s` is when that last struck, empty for load. Yields rows. */
export function failuresCsv({ requests }: Pick<Summary, "requests">): Generator<string> {
  return table(["cause", "source", "at_s", "occurrences", "failed"], requests.failedByAttribution, (entry) => [
    entry.cause,
    entry.source,
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
