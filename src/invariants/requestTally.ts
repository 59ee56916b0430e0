import type { Measured } from "../metrics/summarise.ts";
import { FactKind } from "../model/facts.ts";
import { FailureCause, failureCauses } from "../model/status.ts";
import type { ToldFact } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import type { RequestAccount } from "./accounts/requests.ts";

/** Says what is measured and what the facts say, where they differ. */
export type Compare = (what: string, measured: number, ours: number) => void;

/** A monitor's own count of requests and their attempts. */
export class RequestTally {
  readonly listensTo: readonly FactKind[];
  private readonly told: RequestAccount;
  private readonly from: number;
  private readonly to: number;
  private readonly window: number;
  private readonly threshold: number;
  private readonly clients: { succeeded: number; failed: number; latency: number; longest: number }[];
  private readonly attempts: { attempts: number; retries: number; hedges: number }[];
  /** By window: requests, those that failed, the sum of the latencies of the others, and attempts. */
  private readonly offered: Float64Array;
  private readonly failed: Float64Array;
  private readonly latency: Float64Array;
  private readonly started: Float64Array;
  private readonly failedByCause = new Float64Array(failureCauses.length);
  private readonly attemptsByCause = new Float64Array(failureCauses.length);
  private withinThreshold = 0;
  private timeouts = 0;
  private timeoutTime = 0;

  /** Of a run that has not begun, on top of an account that hears the facts first. */
  constructor({ catalogue, design }: Platform, told: RequestAccount) {
    const { from, latencyThreshold, to, window } = design.measure;
    this.told = told;
    this.from = from;
    this.to = to;
    this.window = window;
    this.threshold = latencyThreshold;
    this.clients = design.clients.map(() => ({ succeeded: 0, failed: 0, latency: 0, longest: Number.NEGATIVE_INFINITY }));
    this.attempts = design.clients.map(() => ({ attempts: 0, retries: 0, hedges: 0 }));
    const count = Math.ceil((to - from) / window);
    this.offered = new Float64Array(count);
    this.failed = new Float64Array(count);
    this.latency = new Float64Array(count);
    this.started = new Float64Array(count);
    const some = catalogue.clients.some(({ policy }) => policy !== undefined);
    this.listensTo = [
      FactKind.requestSucceeded,
      FactKind.requestFailed,
      ...(some ? [FactKind.attemptStarted, FactKind.attemptFailed] : []),
    ];
  }

  /** Hears a fact of the kinds it listens to. */
  hear({ at, kind, subject, value }: Readonly<ToldFact>): void {
    switch (kind) {
      case FactKind.attemptStarted:
        this.begin(value, at);
        return;
      case FactKind.attemptFailed:
        if (this.isMeasured(this.told.arrivedAt[this.told.whole[subject]])) this.attemptsByCause[value]++;
        return;
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
    this.offered.forEach((offered, place) => {
      const theirs = requests.windows[place];
      differs(`requests of window ${place}`, theirs.offered, offered);
      differs(`failures of window ${place}`, theirs.failed, this.failed[place]);
      differs(`sum of latencies of window ${place}`, theirs.latency.sum, this.latency[place]);
      differs(`attempts of window ${place}`, attempts.windows[place], this.started[place]);
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

  private begin(whole: number, at: number): void {
    const { told } = this;
    if (this.isMeasured(at)) this.started[Math.floor((at - this.from) / this.window)]++;
    if (!this.isMeasured(told.arrivedAt[whole])) return;
    const counts = this.attempts[told.client[whole]];
    counts.attempts++;
    // the attempt beside another one
    if (told.second[whole] >= 0 && told.first[whole] >= 0) counts.hedges++;
    else if (told.tries[whole] > 1) counts.retries++;
  }

  private settle(succeeded: boolean, request: number, value: number, at: number): void {
    const { arrivedAt: arrivals, client: clients } = this.told;
    const arrivedAt = arrivals[request];
    if (!this.isMeasured(arrivedAt)) return;
    const client = this.clients[clients[request]];
    const place = Math.floor((arrivedAt - this.from) / this.window);
    const latency = at - arrivedAt;
    this.offered[place]++;
    if (succeeded) {
      client.succeeded++;
      client.latency += latency;
      if (latency > client.longest) client.longest = latency;
      this.latency[place] += latency;
      if (latency <= this.threshold) this.withinThreshold++;
      return;
    }
    client.failed++;
    this.failed[place]++;
    this.failedByCause[value]++;
    if (value !== FailureCause.timeoutSilent && value !== FailureCause.timeoutSlow) return;
    this.timeouts++;
    this.timeoutTime += latency;
  }

  private isMeasured(at: number): boolean {
    return at >= this.from && at < this.to;
  }
}
