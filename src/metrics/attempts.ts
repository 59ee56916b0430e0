import { FactKind } from "../model/facts.ts";
import { failureCauses } from "../model/status.ts";
import type { ToldFact } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import type { Metric } from "./metric.ts";

/** Attempts of one client beside its requests. */
export interface AttemptCounts {
  attempts: number;
  /** Tries after the first, and attempts beside another one. */
  retries: number;
  hedges: number;
}

/**
 * Attempts of clients that retry, hedge, break the circuit or have a deadline: totals by arrival of the request, windows by the attempt's own
 * start, so that a storm of retries is seen when it blows. Requests of other clients are their only attempts and are not counted here.
 */
export class AttemptMetric implements Metric {
  readonly listensTo = [FactKind.attemptStarted, FactKind.attemptFailed];
  readonly clients: AttemptCounts[];
  readonly failedByCause = new Float64Array(failureCauses.length);
  readonly windows: Float64Array;

  private readonly from: number;
  private readonly to: number;
  private readonly window: number;
  private platform!: Platform;
  /** The window of the last attempt, -1 outside the measured time; attempts come in the order of time. */
  private current = -1;
  private currentTo: number;

  constructor({ design }: Pick<Platform, "design">) {
    const { from, to, window } = design.measure;
    this.from = from;
    this.to = to;
    this.window = window;
    this.currentTo = from;
    this.clients = design.clients.map(() => ({ attempts: 0, retries: 0, hedges: 0 }));
    this.windows = new Float64Array(Math.ceil((to - from) / window));
  }

  begin(platform: Platform): void {
    this.platform = platform;
  }

  observe(fact: Readonly<ToldFact>): void {
    const { requests, calls } = this.platform.world;
    const attempt = fact.subject;
    const call = requests.call[attempt];
    const arrivedAt = requests.arrivedAt[calls.request[call]];
    const isMeasured = arrivedAt >= this.from && arrivedAt < this.to;
    if (fact.kind === FactKind.attemptFailed) {
      if (isMeasured) this.failedByCause[fact.value]++;
      return;
    }
    if (fact.at >= this.currentTo) this.turnTo(fact.at);
    if (this.current >= 0) this.windows[this.current]++;
    if (!isMeasured) return;
    const client = this.clients[requests.client[attempt]];
    client.attempts++;
    if (calls.hedge[call] === attempt) client.hedges++;
    else if (calls.tries[call] > 1) client.retries++;
  }

  finish(): void {}

  private turnTo(at: number): void {
    const isMeasured = at < this.to;
    this.current = isMeasured ? Math.floor((at - this.from) / this.window) : -1;
    this.currentTo = isMeasured ? Math.min(this.to, this.from + (this.current + 1) * this.window) : Number.POSITIVE_INFINITY;
  }

  /** Adds another run's counts to this one's. */
  merge(other: AttemptMetric): void {
    this.clients.forEach((client, id) => {
      client.attempts += other.clients[id].attempts;
      client.retries += other.clients[id].retries;
      client.hedges += other.clients[id].hedges;
    });
    for (let cause = 0; cause < this.failedByCause.length; cause++) this.failedByCause[cause] += other.failedByCause[cause];
    for (let window = 0; window < this.windows.length; window++) this.windows[window] += other.windows[window];
  }
}
