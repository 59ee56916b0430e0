import { FactKind } from "../model/facts.ts";
import { FailureCause, failureCauses } from "../model/status.ts";
import type { ToldFact } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import { Histogram } from "../stats/histogram.ts";
import type { Metric } from "./metric.ts";
import { operationTitle } from "./operationTitle.ts";

const causes = failureCauses.length;

/** Failures with one cause and one attribution. */
export interface AttributedFailures {
  /** Line of the scenario that says so (a fault's, an operation's), -1 for neither: two lines may have the same words. */
  readonly fault: number;
  readonly operation: number;
  readonly source: string;
  /** Kind of the fault or operation; "load", "start" or "end" for neither. */
  readonly kind: string;
  readonly cause: number;
  readonly isLoad: boolean;
  atSeconds: number | null;
  occurrences: number;
  failed: number;
  /** Of those, how many had arrived before it struck. */
  held: number;
}

/** Requests by client and by window of their arrival, their latencies and their failures by cause and attribution. */
export class RequestMetric implements Metric {
  readonly listensTo = [FactKind.requestSucceeded, FactKind.requestFailed];
  readonly clients: { succeeded: number; failed: number; readonly latency: Histogram }[];
  readonly waiting = new Histogram();
  readonly timeouts = new Histogram();
  readonly failedByCause = new Float64Array(causes);
  /** Of those, failures of requests that were made of several attempts, or could have been: their attempts are counted apart. */
  readonly failedCallsByCause = new Float64Array(causes);
  readonly windows: {
    offered: number;
    /** Of those, requests with attempts of their own. */
    calls: number;
    failed: number;
    readonly latency: Histogram;
  }[];
  withinThreshold = 0;
  /** Failed requests of each operation of the design; known at the end. */
  failedByOperation = new Float64Array(0);
  attributions: AttributedFailures[] = [];

  private readonly from: number;
  private readonly to: number;
  private readonly window: number;
  private readonly threshold: number;
  /** By incident and cause, incident -1 first. */
  private counts: Float64Array = new Float64Array(4 * causes);
  private held: Float64Array = new Float64Array(4 * causes);
  private platform!: Platform;
  /** The window of the last arrival seen: most requests fall into it too. */
  private current = -1;
  private currentFrom = 0;
  private currentTo = 0;

  constructor({ design }: Pick<Platform, "design">) {
    const { from, to, window, latencyThreshold } = design.measure;
    this.from = from;
    this.to = to;
    this.window = window;
    this.threshold = latencyThreshold;
    this.clients = design.clients.map(() => ({ succeeded: 0, failed: 0, latency: new Histogram() }));
    this.windows = Array.from({ length: Math.ceil((to - from) / window) }, () => ({
      offered: 0,
      calls: 0,
      failed: 0,
      latency: new Histogram(),
    }));
  }

  begin(platform: Platform): void {
    this.platform = platform;
  }

  observe(fact: Readonly<ToldFact>): void {
    const { requests } = this.platform.world;
    const request = fact.subject;
    const arrivedAt = requests.arrivedAt[request];
    if (arrivedAt < this.from || arrivedAt >= this.to) return;
    const client = this.clients[requests.client[request]];
    if (arrivedAt < this.currentFrom || arrivedAt >= this.currentTo) this.turnTo(arrivedAt);
    const window = this.windows[this.current];
    window.offered++;
    const isCall = requests.call[request] >= 0;
    if (isCall) window.calls++;
    if (fact.kind === FactKind.requestSucceeded) {
      const latency = fact.value;
      client.succeeded++;
      // the latencies of an only client are those of all windows together
      if (this.clients.length > 1) client.latency.add(latency);
      window.latency.add(latency);
      this.waiting.add(requests.startedAt[request] - arrivedAt);
      if (latency <= this.threshold) this.withinThreshold++;
      return;
    }
    client.failed++;
    window.failed++;
    this.failedByCause[fact.value]++;
    if (isCall) this.failedCallsByCause[fact.value]++;
    this.attribute(requests.incident[request], fact.value, arrivedAt);
    if (fact.value === FailureCause.timeoutSilent || fact.value === FailureCause.timeoutSlow) this.timeouts.add(fact.at - arrivedAt);
  }

  finish(platform: Platform): void {
    const { world } = platform;
    this.failedByOperation = new Float64Array(platform.design.operations.length);
    if (this.clients.length === 1) for (const window of this.windows) this.clients[0].latency.merge(window.latency);
    for (let place = 0; place < this.counts.length; place++) {
      if (this.counts[place] === 0) continue;
      const id = Math.floor(place / causes) - 1;
      const incident = id < 0 ? undefined : world.incidents[id];
      const cause = place % causes;
      const isLoad = isOfLoad(cause);
      if (incident !== undefined && incident.operation >= 0 && !isLoad) this.failedByOperation[incident.operation] += this.counts[place];
      this.attributions.push({
        fault: incident?.fault ?? -1,
        operation: incident?.operation ?? -1,
        source: describe(platform, id, cause),
        kind: kindOf(platform, id, cause),
        cause,
        isLoad,
        atSeconds: incident === undefined ? null : incident.lastAt / 1e6,
        occurrences: incident?.occurrences ?? 0,
        failed: this.counts[place],
        held: this.held[place],
      });
    }
  }

  /** Adds another run's counts to this one's. */
  merge(other: RequestMetric): void {
    this.clients.forEach((client, id) => {
      client.succeeded += other.clients[id].succeeded;
      client.failed += other.clients[id].failed;
      client.latency.merge(other.clients[id].latency);
    });
    this.windows.forEach((window, id) => {
      window.offered += other.windows[id].offered;
      window.calls += other.windows[id].calls;
      window.failed += other.windows[id].failed;
      window.latency.merge(other.windows[id].latency);
    });
    this.waiting.merge(other.waiting);
    this.timeouts.merge(other.timeouts);
    this.withinThreshold += other.withinThreshold;
    for (let cause = 0; cause < causes; cause++) {
      this.failedByCause[cause] += other.failedByCause[cause];
      this.failedCallsByCause[cause] += other.failedCallsByCause[cause];
    }
    for (let id = 0; id < this.failedByOperation.length; id++) this.failedByOperation[id] += other.failedByOperation[id];
    this.attributions = mergeAttributions(this.attributions, other.attributions);
  }

  private turnTo(arrivedAt: number): void {
    this.current = Math.floor((arrivedAt - this.from) / this.window);
    this.currentFrom = this.from + this.current * this.window;
    this.currentTo = this.currentFrom + this.window;
  }

  private attribute(incident: number, cause: number, arrivedAt: number): void {
    const place = (incident + 1) * causes + cause;
    if (place >= this.counts.length) {
      const size = Math.max(2 * this.counts.length, place + causes);
      this.counts = longer(this.counts, size);
      this.held = longer(this.held, size);
    }
    this.counts[place]++;
    if (incident >= 0 && arrivedAt < this.platform.world.incidents[incident].lastAt) this.held[place]++;
  }
}

/** Whether a failure of this cause is put down to load, with open faults as contributing (semantics 10). */
export function isOfLoad(cause: number): boolean {
  return (
    cause === FailureCause.queueFull ||
    cause === FailureCause.timeoutSlow ||
    cause === FailureCause.throttled ||
    cause === FailureCause.rejected
  );
}

/** What an incident strikes, in words: "host 0", "web/2", "fault domain 1". */
export function targetName(platform: Platform, incident: number): string {
  const { world, catalogue } = platform;
  const { fault, operation, target } = world.incidents[incident];
  if (operation >= 0) return operationTitle(platform, operation);
  if (fault < 0) return instanceName(platform, target);
  switch (catalogue.faults[fault].kind.strikes) {
    case "host":
      return `host ${target}`;
    case "faultDomain":
      return `fault domain ${target}`;
    case "controller":
      return "the controller";
    case "store":
      return platform.design.stores[target].name;
    case "queue":
      return platform.design.queues[target].name;
    default:
      return instanceName(platform, target);
  }
}

/** `web/0`, with the version behind it for deployments that were made during the run. */
export function instanceName(platform: Platform, instance: number): string {
  const { world, design } = platform;
  const group = world.groups[world.instances.group[instance]];
  const name = `${design.service.roles[group.role].name}/${world.instances.index[instance]}`;
  return group.deployment === 0 ? name : `${name}@${world.deployments[group.deployment].version}`;
}

function describe(platform: Platform, incident: number, cause: number): string {
  const isLoad = isOfLoad(cause);
  if (incident < 0) {
    if (cause === FailureCause.unsettled) return "the end: still open an hour after it";
    return isLoad ? "load" : "the start: nothing was ready yet";
  }
  const name = incidentName(platform, incident);
  return isLoad ? `load, while ${name} lasted` : name;
}

/** An incident in words: "host-failure of host 0", "upgrade production to v2". */
export function incidentName(platform: Platform, incident: number): string {
  const { kind, operation } = platform.world.incidents[incident];
  return operation >= 0 ? operationTitle(platform, operation) : `${kind} of ${targetName(platform, incident)}`;
}

function kindOf(platform: Platform, incident: number, cause: number): string {
  if (isOfLoad(cause)) return "load";
  if (incident >= 0) return platform.world.incidents[incident].kind;
  return cause === FailureCause.unsettled ? "end" : "start";
}

function mergeAttributions(ours: readonly AttributedFailures[], theirs: readonly AttributedFailures[]): AttributedFailures[] {
  const merged = ours.map((entry) => ({ ...entry }));
  for (const entry of theirs) {
    const known = merged.find((candidate) => isSame(candidate, entry));
    if (known === undefined) merged.push({ ...entry });
    else {
      known.failed += entry.failed;
      known.held += entry.held;
      known.occurrences += entry.occurrences;
      known.atSeconds = known.atSeconds === entry.atSeconds ? known.atSeconds : null;
    }
  }
  return merged;
}

function isSame(a: AttributedFailures, b: AttributedFailures): boolean {
  return a.fault === b.fault && a.operation === b.operation && a.cause === b.cause && a.source === b.source;
}

function longer(counts: Float64Array, size: number): Float64Array {
  const copy = new Float64Array(size);
  copy.set(counts);
  return copy;
}
