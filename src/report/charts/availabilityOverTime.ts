import type { WindowSummary } from "../../metrics/summary.ts";
import { counted, grouped, percent } from "../numbers.ts";
import { duration, instant } from "../times.ts";
import type { Chart, ChartData, ChartSpec, ChartView } from "./chart.ts";
import { keepExtremes, withoutGaps } from "./downsample.ts";
import { bands, framed, layer, pixelOf, plot, textWidth, timeAxis, valueAxis } from "./frame.ts";
import { tones } from "./palette.ts";

const height = 138;
/** Lower ends of the scale, from which the highest below everything drawn is taken. */
const floors = [0.9999, 0.9998, 0.9995, 0.999, 0.998, 0.995, 0.99, 0.98, 0.95, 0.9, 0.8, 0.6, 0.4, 0.2, 0];

/** Availability by requests over time. */
export const availabilityOverTime: Chart = {
  name: "availabilityOverTime",
  summary: "Requests that succeeded, by arrival, in windows; what was lost is filled.",
  views(data) {
    const { windows } = data.result.summary;
    const measured = windows.filter(({ availability }) => availability !== null);
    return measured.length === 0 ? [] : [view(data, measured)];
  },
};

function view(data: ChartData, measured: readonly WindowSummary[]): ChartView {
  const { result, story } = data;
  const { windows } = result.summary;
  const objective = objectiveOf(data);
  const lowest = Math.min(...measured.map(({ availability }) => availability ?? 1));
  const floor = floors.find((candidate) => candidate < Math.min(lowest, objective ?? 1)) ?? 0;
  const length = duration(result.design.measure.window);
  const gaps = windows.length - measured.length;
  const worst = measured.find(({ availability }) => availability === lowest) ?? measured[0];
  return {
    id: "availability",
    heading: "Availability",
    note: [
      `Requests that succeeded, by arrival, in ${length} windows. Scale from ${scaleLabel(floor)}.`,
      gaps > 0 ? ` ${counted(gaps, "window")} without requests: gaps.` : "",
      result.summary.runs > 1 ? " Grey: 95 % interval over the runs." : "",
    ],
    label: `Availability by requests in ${length} windows: lowest ${percent(lowest)} at ${instant(worst.fromSeconds * 1e6, 0)}, overall ${percent(result.summary.availability.request ?? 1)}.`,
    spec: framed(height, [
      ...bands(story, height),
      ...intervalLayer(data, floor),
      ...lossLayers(data, floor),
      ...dipLayer(data, floor),
      ...objectiveLayers(data, objective, floor),
    ]),
  };
}

/** Steps from the start of each window to its end, without a stroke across gaps. */
function lossLayers({ result: { summary }, story }: ChartData, floor: number): readonly ChartSpec[] {
  const ratio = ({ availability }: WindowSummary): number | null => availability;
  const kept = keepExtremes(summary.windows, plot.inner, [ratio]);
  const points = withoutGaps(kept, (window) => window.availability === null).flatMap((run, segment) => [
    ...run.map(({ fromSeconds, availability }) => ({ t: fromSeconds, a: availability, segment })),
    { t: run[run.length - 1].toSeconds, a: run[run.length - 1].availability, segment },
  ]);
  const ticks = [floor, (floor + 1) / 2, 1].map((at) => ({ at, label: scaleLabel(at) }));
  const encoding = { x: timeAxis("t", story), y: valueAxis("a", [floor, 1], ticks), detail: { field: "segment" } };
  return [
    layer(points, { type: "area", interpolate: "step-after", fill: tones.loss.light, line: false }, { ...encoding, y2: { datum: 1 } }),
    layer(points, { type: "line", interpolate: "step-after", stroke: tones.ink.light, strokeWidth: 1.5 }, encoding),
  ];
}

function intervalLayer({ result: { summary }, story }: ChartData, floor: number): readonly ChartSpec[] {
  const { intervals } = summary;
  if (intervals === null) return [];
  const known = summary.windows.map((window, place) => ({ window, interval: intervals.windows[place]?.availability ?? null }));
  const runs = withoutGaps(known, ({ interval }) => interval === null);
  const values = runs.flatMap((run, segment) =>
    run.flatMap(({ window, interval }) => {
      const low = Math.max(floor, Math.min(1, interval?.low ?? 1));
      const high = Math.max(floor, Math.min(1, interval?.high ?? 1));
      return [window.fromSeconds, window.toSeconds].map((t) => ({ t, low, high, segment }));
    }),
  );
  if (values.length === 0) return [];
  const y = { field: "low", type: "quantitative", scale: { domain: [floor, 1], nice: false, zero: false } };
  return [
    layer(
      values,
      { type: "area", fill: tones.interval.light },
      { x: timeAxis("t", story), y, y2: { field: "high" }, detail: { field: "segment" } },
    ),
  ];
}

/** Words beside the costliest dip: how many requests it cost, of all that failed when there are other dips. */
function dipLayer({ result: { summary }, story }: ChartData, floor: number): readonly ChartSpec[] {
  const dips = withoutGaps(summary.windows, ({ failed }) => failed === 0);
  const cost = (dip: readonly WindowSummary[]): number => dip.reduce((sum, { failed }) => sum + failed, 0);
  const worst = [...dips].sort((a, b) => cost(b) - cost(a))[0];
  if (worst === undefined) return [];
  const isOnly = cost(worst) === cost(dips.flat());
  const text = isOnly
    ? `${counted(cost(worst), "request")} failed`
    : `${grouped(cost(worst))} of ${grouped(cost(dips.flat()))} failed requests`;
  const end = worst[worst.length - 1].toSeconds;
  const isRight = pixelOf(end * 1e6, story) + textWidth(text, 12) + 8 < plot.inner;
  const y = { datum: floor + (1 - floor) / 4, type: "quantitative", scale: { domain: [floor, 1], nice: false, zero: false } };
  const mark = { type: "text", align: isRight ? "left" : "right", dx: isRight ? 6 : -6, fill: tones.deadInk.light, fontWeight: 500 };
  return [layer([{ t: isRight ? end : worst[0].fromSeconds, text }], mark, { x: timeAxis("t", story), y, text: { field: "text" } })];
}

function objectiveLayers({ story }: ChartData, objective: number | undefined, floor: number): readonly ChartSpec[] {
  if (objective === undefined) return [];
  const y = { field: "a", type: "quantitative", scale: { domain: [floor, 1], nice: false, zero: false } };
  const values = [{ a: objective, t: story.horizon / 1e6, text: `objective ${scaleLabel(objective)}` }];
  const rule = { type: "rule", stroke: tones.ink2.light, strokeDash: [4, 3] };
  const words = {
    type: "text",
    align: "right",
    dx: -4,
    dy: ((1 - objective) / (1 - floor)) * height < 16 ? 12 : -7,
    fontSize: 11.5,
    fill: tones.ink2.light,
  };
  return [layer(values, rule, { y }), layer(values, words, { x: timeAxis("t", story), y, text: { field: "text" } })];
}

/** The availability that the scenario asks for, when the scale can show it. */
function objectiveOf({ result }: ChartData): number | undefined {
  return result.summary.expectations.find(
    ({ metric, operator, target }) => metric === "availability.request" && operator.startsWith(">") && target < 1,
  )?.target;
}

function scaleLabel(ratio: number): string {
  return `${Number((ratio * 100).toFixed(6))} %`;
}
