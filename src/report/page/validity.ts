import type { RunResult } from "../../experiment/result.ts";
import { InstanceState } from "../../model/status.ts";
import { counted, grouped, nines } from "../numbers.ts";
import type { Story } from "../story/story.ts";
import { listNames } from "../story/words.ts";
import { duration, instant } from "../times.ts";

/** What to know before believing the figures, a sentence or two each. */
export function validityNotes({ summary, design }: RunResult, story: Story): readonly string[] {
  const { requests, runs } = summary;
  const { measure, horizon } = design;
  const bound = requests.failed === 0 ? nines(0, requests.offered) : null;
  const singles = design.service.roles.filter(({ instances }) => instances === 1).map(({ name }) => name);
  const unsettled = requests.failedByCause.unsettled ?? 0;
  const notes: readonly (string | null)[] = [
    runs === 1
      ? "One run is one history: its figures have no intervals, and another seed tells another one. Several runs (--runs 20) give intervals."
      : `Figures are over ${grouped(runs)} independent runs, with 95 % intervals between them; what happened and the states of instances are those of the first.`,
    bound === null
      ? null
      : `Nothing failed, so the nines are a bound: ${bound} at 95 % confidence, from ${counted(requests.offered, "request")}.`,
    measure.from > 0 || measure.to < horizon
      ? `Measured from ${instant(measure.from, 0)} to ${instant(measure.to, 0)} of ${duration(horizon)}.`
      : null,
    "Requests are counted by arrival, states and rotation by the clock. Quantiles of latency are within 0.8 % of the exact ones.",
    singles.length === 0
      ? null
      : `${listNames(singles)} ${singles.length === 1 ? "has" : "have"} one instance: the platform promises no SLA for such a role and keeps it in rotation whatever its state.`,
    story.lines.some(({ segments }) => segments.some(({ state }) => state === InstanceState.hung))
      ? "A hung instance still accepts connections and counts as ready: only requests, latency and queues show what it costs."
      : null,
    unsettled === 0
      ? null
      : `${counted(unsettled, "request was", "requests were")} still open an hour after the end and ${unsettled === 1 ? "counts" : "count"} as failed.`,
    story.knownFrom === 0
      ? null
      : `The run had more events than are kept: those before ${instant(story.knownFrom, 0)} are not told or drawn.`,
  ];
  return notes.filter((note) => note !== null);
}
