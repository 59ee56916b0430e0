import type { Measured } from "../metrics/summarise.ts";
import { FactKind } from "../model/facts.ts";
import { FailureCause, failureCauses } from "../model/status.ts";
import type { ToldFact } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import { NumberById } from "./numberById.ts";

/** Says what is measured and what the facts say, where they differ. */
export type Compare = (what: string, measured: number, ours: number) => void;

/** A monitor's own count of requests and their attempts. */
export class RequestTally {
  readonly listensTo: readonly FactKind[];
  private readonly platform: Platform;
  /** By request: when it arrived, of which client; its tries, and its attempts that are under way. By attempt: its request. */
  private readonly arrivedAt = new NumberById(0);
  private readonly clientOf = new NumberById(0);
  private readonly tries = new NumberById(0);
  private readonly open = new NumberById(0);
  private readonly wholeOf = new NumberById(0);
  private readonly clients: { succeeded: number; failed: number; latency: number; longest: number }[];
  private readonly attempts: { attempts: number; retries: number; hedges: number }[];
  private readonly windows: { offered: number; failed: number; latency: number; attempts: number }[];
  private readonly failedByCause = new Float64Array(failureCauses.length);
  private readonly attemptsByCause = new Float64Array(failureCauses.length);
  private withinThreshold = 0;
  private timeouts = 0;
  private timeoutTime = 0;

  /** Of a run that has not begun. */
  constructor(platform: Platform) {
    const { catalogue, design } = platform;
    const { from, to, window } = design.measure;
    this.platform = platform;
    this.clients = design.clients.map(() => ({ succeeded: 0, failed: 0, latency: 0, longest: Number.NEGATIVE_INFINITY }));
    this.attempts = design.clients.map(() => ({ attempts: 0, retries: 0, hedges: 0 }));
    const count = Math.ceil((to - from) / window);
    this.windows = Array.from({ length: count }, () => ({ offered: 0, failed: 0, latency: 0, attempts: 0 }));
    const some = catalogue.clients.some(({ policy }) => policy !== undefined);
    this.listensTo = [
      FactKind.requestArrived,
      FactKind.requestSucceeded,
      FactKind.requestFailed,
      ...(some ? [FactKind.attemptStarted, FactKind.attemptFailed] : []),
    ];
  }

  /** Hears a fact of the kinds it listens to. */
  hear({ at, kind, subject, value }: Readonly<ToldFact>): void {
    switch (kind) {
      case FactKind.requestArrived:
        this.arrivedAt.set(subject, at);
        this.clientOf.set(subject, value);
        this.tries.set(subject, 0);
        this.open.set(subject, 0);
        return;
      case FactKind.attemptStarted:
        this.begin(subject, value, at);
        return;
      case FactKind.attemptFailed: {
        const whole = this.wholeOf.get(subject);
        this.open.add(whole, -1);
        if (this.isMeasured(this.arrivedAt.get(whole))) this.attemptsByCause[value]++;
        return;
      }
      default:
        this.settle(kind === FactKind.requestSucceeded, subject, value, at);
    }
  }

  /** Compares with what was measured, at the end. */
  compare({ attempts, requests }: Measured, differs: Compare): void {
    this.clients.forEach((ours, client) => {
      const theirs = requests.clients[client];
      differs(`requests of client ${client} that succeeded`, theirs.succeeded, ours.succeeded);
      differs(`requests of client ${client} that failed`, theirs.failed, ours.failed);
      differs(`latencies of client ${client}`, theirs.latency.count, ours.succeeded);
      differs(`sum of latencies of client ${client}`, theirs.latency.sum, ours.latency);
      differs(`longest latency of client ${client}`, theirs.latency.max, ours.longest);
      for (const key of ["attempts", "retries", "hedges"] as const)
        differs(`${key} of client ${client}`, attempts.clients[client][key], this.attempts[client][key]);
    });
    this.windows.forEach((ours, place) => {
      const theirs = requests.windows[place];
      differs(`requests of window ${place}`, theirs.offered, ours.offered);
      differs(`failures of window ${place}`, theirs.failed, ours.failed);
      differs(`sum of latencies of window ${place}`, theirs.latency.sum, ours.latency);
      differs(`attempts of window ${place}`, attempts.windows[place], ours.attempts);
    });
    failureCauses.forEach((cause, place) => {
      differs(`requests that failed by ${cause}`, requests.failedByCause[place], this.failedByCause[place]);
      differs(`attempts that failed by ${cause}`, attempts.failedByCause[place], this.attemptsByCause[place]);
    });
    differs("requests within the threshold", requests.withinThreshold, this.withinThreshold);
    differs("time-outs", requests.timeouts.count, this.timeouts);
    differs("time of time-outs", requests.timeouts.sum, this.timeoutTime);
    let attributed = 0;
    for (const { failed } of requests.attributions) attributed += failed;
    differs(
      "failures by attribution",
      attributed,
      this.clients.reduce((sum, { failed }) => sum + failed, 0),
    );
  }

  private begin(attempt: number, whole: number, at: number): void {
    const { from, window } = this.platform.design.measure;
    this.wholeOf.set(attempt, whole);
    const isHedge = this.open.get(whole) > 0;
    this.open.add(whole, 1);
    if (!isHedge) this.tries.add(whole, 1);
    if (this.isMeasured(at)) this.windows[Math.floor((at - from) / window)].attempts++;
    if (!this.isMeasured(this.arrivedAt.get(whole))) return;
    const counts = this.attempts[this.clientOf.get(whole)];
    counts.attempts++;
    if (isHedge) counts.hedges++;
    else if (this.tries.get(whole) > 1) counts.retries++;
  }

  private settle(succeeded: boolean, request: number, value: number, at: number): void {
    const arrivedAt = this.arrivedAt.get(request);
    if (!this.isMeasured(arrivedAt)) return;
    const { from, latencyThreshold, window } = this.platform.design.measure;
    const client = this.clients[this.clientOf.get(request)];
    const place = this.windows[Math.floor((arrivedAt - from) / window)];
    place.offered++;
    if (succeeded) {
      const latency = at - arrivedAt;
      client.succeeded++;
      client.latency += latency;
      if (latency > client.longest) client.longest = latency;
      place.latency += latency;
      if (latency <= latencyThreshold) this.withinThreshold++;
      return;
    }
    client.failed++;
    place.failed++;
    this.failedByCause[value]++;
    if (value !== FailureCause.timeoutSilent && value !== FailureCause.timeoutSlow) return;
    this.timeouts++;
    this.timeoutTime += at - arrivedAt;
  }

  private isMeasured(at: number): boolean {
    const { from, to } = this.platform.design.measure;
    return at >= from && at < to;
  }
}
