import type { ExpectationSummary, WindowSummary } from "../../metrics/summary.ts";
import { latency } from "../numbers.ts";
import { duration } from "../times.ts";
import type { Chart, ChartData, ChartSpec, ChartView } from "./chart.ts";
import { keepExtremes, withoutGaps } from "./downsample.ts";
import { bands, framed, layer, plot, timeAxis, valueAxis } from "./frame.ts";
import { tones } from "./palette.ts";
import { valueScale } from "./valueScale.ts";

const height = 158;

interface FanPoint {
  readonly t: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly segment: number;
}

/** Quantiles of the latency of successes over time. */
export const latencyOverTime: Chart = {
  name: "latencyOverTime",
  summary: "The median, 90th and 99th percentile of the latency of successes, in windows.",
  views(data) {
    const points = fan(data);
    return points.length === 0 ? [] : [view(data, points)];
  },
};

function view(data: ChartData, points: readonly FanPoint[]): ChartView {
  const { summary, design } = data.result;
  const { p50, p99 } = summary.latencyMs;
  const withTimeouts = summary.latencyWithTimeoutsMs.p99;
  const objective = objectiveOf(summary.expectations);
  const highest = Math.max(...points.map((point) => point.p99));
  // an objective far above everything would press the lines flat: then it is only told
  const isDrawn = objective !== undefined && objective.target <= 4 * highest;
  const scale = valueScale(Math.max(highest, isDrawn ? objective.target : 0), shortLatency);
  const words = objective === undefined ? "" : `objective ${objective.metric.slice(8)} ≤ ${shortLatency(objective.target)}`;
  return {
    id: "latency",
    heading: "Latency",
    note: [
      `p50, p90 and p99 of successes in ${duration(design.measure.window)} windows.`,
      withTimeouts !== null && p99 !== null && latency(withTimeouts) !== latency(p99)
        ? ` With time-outs p99 is ${latency(withTimeouts)}.`
        : "",
      objective !== undefined && !isDrawn ? ` The ${words} lies above the scale.` : "",
    ],
    label: `Latency of successes over time: overall median ${latency(p50 ?? 0)}, 99 % within ${latency(p99 ?? 0)}; the highest p99 of a window is ${latency(highest)}.`,
    spec: framed(height, [
      ...bands(data.story, height),
      ...fanLayers(data, points, scale),
      ...(isDrawn ? objectiveLayers(data, objective.target, words, scale.max) : []),
      ...endLabels(data, points, scale.max),
    ]),
  };
}

/** Whole and half seconds in seconds, else as any latency. */
function shortLatency(ms: number): string {
  return ms >= 1000 && ms % 500 === 0 ? `${ms / 1000} s` : latency(ms);
}

/** A point in the middle of each window; a window alone between gaps has one at either end, so that it is seen. */
function fan({ result: { summary } }: ChartData): readonly FanPoint[] {
  const quantiles = [(w: WindowSummary) => w.latencyMs.p99, (w: WindowSummary) => w.latencyMs.p50];
  const kept = keepExtremes(summary.windows, plot.inner, quantiles);
  return withoutGaps(kept, ({ latencyMs }) => latencyMs.p99 === null).flatMap((run, segment) =>
    run.flatMap(({ fromSeconds, toSeconds, latencyMs: { p50, p90, p99 } }) => {
      const at = run.length === 1 ? [fromSeconds, toSeconds] : [(fromSeconds + toSeconds) / 2];
      return at.map((t) => ({ t, p50: p50 ?? 0, p90: p90 ?? 0, p99: p99 ?? 0, segment }));
    }),
  );
}

function fanLayers({ story }: ChartData, points: readonly FanPoint[], scale: ReturnType<typeof valueScale>): readonly ChartSpec[] {
  const domain = [0, scale.max] as const;
  const plain = { type: "quantitative", scale: { domain, nice: false } };
  const x = timeAxis("t", story);
  const detail = { field: "segment" };
  const line = (field: string, stroke: string, strokeWidth: number): ChartSpec =>
    layer(points, { type: "line", stroke, strokeWidth }, { x, y: { field, ...plain }, detail });
  return [
    layer(
      points,
      { type: "area", fill: tones.fanOuter.light },
      { x: timeAxis("t", story), y: valueAxis("p99", domain, scale.ticks), y2: { field: "p90" }, detail },
    ),
    layer(points, { type: "area", fill: tones.fanInner.light }, { x, y: { field: "p90", ...plain }, y2: { field: "p50" }, detail }),
    line("p99", tones.rotation.light, 1),
    line("p90", tones.rotation.light, 1),
    line("p50", tones.median.light, 2),
  ];
}

function objectiveLayers({ story }: ChartData, target: number, words: string, max: number): readonly ChartSpec[] {
  const y = { field: "v", type: "quantitative", scale: { domain: [0, max], nice: false } };
  const values = [{ v: target, t: story.horizon / 1e6, words }];
  const rule = { type: "rule", stroke: tones.ink2.light, strokeDash: [4, 3] };
  const isHigh = (1 - target / max) * height < 16;
  const text = { type: "text", align: "right", dx: -4, dy: isHigh ? 12 : -7, fontSize: 11.5, fill: tones.ink2.light };
  return [layer(values, rule, { y }), layer(values, text, { x: timeAxis("t", story), y, text: { field: "words" } })];
}

/** The names of the lines at their ends, moved apart where they would overlap. */
function endLabels({ story }: ChartData, points: readonly FanPoint[], max: number): readonly ChartSpec[] {
  const last = points[points.length - 1];
  let lowest = height + 12;
  const values = (["p50", "p90", "p99"] as const).map((name) => {
    lowest = Math.min(lowest - 12, height - (last[name] / max) * height);
    return { name, top: lowest, t: story.horizon / 1e6 };
  });
  const y = { field: "top", type: "quantitative", scale: null, axis: null };
  const mark = { type: "text", align: "left", dx: 5, fontSize: 11.5, fontWeight: 600, fill: tones.median.light };
  return [layer(values, mark, { x: timeAxis("t", story), y, text: { field: "name" } })];
}

function objectiveOf(expectations: readonly ExpectationSummary[]): ExpectationSummary | undefined {
  return expectations.find(({ metric, operator }) => /^latency\.p\d+$/.test(metric) && operator.startsWith("<"));
}
