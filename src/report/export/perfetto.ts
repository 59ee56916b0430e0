import type { RunResult } from "../../experiment/result.ts";
import { Layout, type TraceEvent } from "./traceEvent.ts";
import { TraceReader } from "./traceReader.ts";

/** Of events at one instant, slices come before the arrows that point at them. */
const ranks: Readonly<Record<TraceEvent["ph"], number>> = { M: 0, X: 1, i: 2, s: 3, f: 4, C: 5 };

/**
 * The first run as Chrome trace events in JSON, for ui.perfetto.dev: a process for each fault domain with the states and the rotation of its
 * instances, one for faults and operations with arrows to what the faults did, and counters of ready instances and queues. In order of time,
 * which is simulated microseconds. Yields about one event at a time.
 */
export function* perfetto(result: RunResult): Generator<string> {
  const { summary, facts } = result;
  const { scenario, seed, fingerprint, version } = summary;
  const layout = new Layout(result);
  const events = [...new TraceReader(result, layout).read(), ...queueCounters(result, layout)];
  events.sort((a, b) => a.ts - b.ts || ranks[a.ph] - ranks[b.ph]);
  const about = { scenario, seed, fingerprint, version, facts: facts.length, dropped: facts.dropped };
  yield `{"displayTimeUnit":"ms","otherData":${JSON.stringify(about)},"traceEvents":[`;
  let separator = "\n";
  for (const part of [layout.names(events), events]) {
    for (const event of part) {
      yield separator + JSON.stringify(event);
      separator = ",\n";
    }
  }
  yield "\n]}\n";
}

/** Deepest and shallowest of each queue, at the start of each window. */
function* queueCounters({ summary }: RunResult, { service }: Layout): Generator<TraceEvent> {
  const { windows, queues } = summary;
  for (const { fromSeconds, queueDepth } of windows) {
    const ts = Math.round(fromSeconds * 1e6);
    for (let queue = 0; queue < queues.length; queue++) {
      const { min, max } = queueDepth[queue];
      const { name } = queues[queue];
      yield { ph: "C", name: `queue ${name}, deepest`, pid: service, tid: service, ts, args: { messages: max } };
      yield { ph: "C", name: `queue ${name}, shallowest`, pid: service, tid: service, ts, args: { messages: min } };
    }
  }
}
