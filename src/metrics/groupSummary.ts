import type { Platform } from "../model/world.ts";
import type { Histogram } from "../stats/histogram.ts";
import { ratio } from "./arithmetic.ts";
import type { Measured } from "./summarise.ts";
import type { ClientSummary, GroupSummary, LatencySummary } from "./summary.ts";

/** Requests of some clients together. */
export function groupSummary(name: string, succeeded: number, failed: number, latency: Histogram): GroupSummary {
  const offered = succeeded + failed;
  return { name, offered, succeeded, failed, availability: ratio(succeeded, offered), latencyMs: latencySummary(latency) };
}

/** Requests of one client, and the attempts it made of them. */
export function clientSummary({ requests, attempts }: Measured, { design, catalogue }: Platform, id: number): ClientSummary {
  const { failed, latency, succeeded } = requests.clients[id];
  const offered = succeeded + failed;
  const counts = catalogue.clients[id].policy === undefined ? { attempts: offered, retries: 0, hedges: 0 } : attempts.clients[id];
  return {
    ...groupSummary(design.clients[id].name, succeeded, failed, latency),
    attempts: counts.attempts,
    retries: counts.retries,
    hedges: counts.hedges,
    amplification: ratio(counts.attempts, offered),
  };
}

/** Latencies in milliseconds of a histogram of microseconds. */
export function latencySummary(histogram: Histogram): LatencySummary {
  const ms = (value: number | undefined): number | null => (value === undefined ? null : value / 1000);
  return {
    mean: ms(histogram.mean()),
    p50: ms(histogram.quantile(0.5)),
    p90: ms(histogram.quantile(0.9)),
    p95: ms(histogram.quantile(0.95)),
    p99: ms(histogram.quantile(0.99)),
    p999: ms(histogram.quantile(0.999)),
    max: histogram.count === 0 ? null : histogram.max / 1000,
  };
}
