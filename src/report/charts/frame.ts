import type { Act } from "../story/acts.ts";
import type { Story } from "../story/story.ts";
import { timeTicks } from "../times.ts";
import { type ChartSpec, seconds } from "./chart.ts";
import { tones } from "./palette.ts";

/** The plot area that all charts share, in pixels, so that one instant is one vertical. */
export const plot = { width: 854, left: 64, inner: 750, right: 40 } as const;

/** The type of charts. */
const font = "Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

/** The theme of all charts. */
const config = {
  background: null,
  font,
  autosize: { type: "none" },
  aria: false,
  view: { stroke: null },
  axis: {
    labelColor: tones.ink3.light,
    labelFontSize: 12,
    labelPadding: 8,
    title: null,
    domainColor: tones.line2.light,
    tickColor: tones.line2.light,
    gridColor: tones.grid.light,
    ticks: false,
    domain: false,
  },
  axisX: { grid: false, domain: true, ticks: true, tickSize: 5, labelPadding: 5 },
  text: { fontSize: 12, color: tones.ink.light, font },
  line: { strokeWidth: 1.5, strokeJoin: "round" },
  area: { opacity: 1 },
  range: { category: ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00"] },
};

/** A chart on the shared plot area; every layer brings its own data and encoding. */
export function framed(height: number, layers: readonly ChartSpec[], bottom = 26, top = 6): ChartSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: plot.inner,
    height,
    padding: { left: plot.left, right: plot.right, top, bottom },
    config,
    layer: layers,
  };
}

/** A layer of its own data. */
export function layer(values: readonly object[], mark: ChartSpec | string, encoding: ChartSpec): ChartSpec {
  return { data: { values }, mark, encoding };
}

/** The time axis that all charts share, on a field in seconds; every layer of a chart has the same, so that they become one. */
export function timeAxis(field: string, { horizon }: Story, isShown = true): ChartSpec {
  const ticks = timeTicks(horizon);
  const labels = Object.fromEntries(ticks.map(({ at, label }) => [String(seconds(at)), label]));
  const axis = {
    values: ticks.map(({ at }) => seconds(at)),
    labelExpr: `(${JSON.stringify(labels)})[datum.value]`,
    labelFlush: true,
    title: null,
  };
  const scale = { domain: [0, seconds(horizon)], nice: false, zero: false };
  return { field, type: "quantitative", scale, axis: isShown ? axis : null };
}

/** A value axis with the ticks and labels given. */
export function valueAxis(
  field: string,
  domain: readonly [number, number],
  ticks: readonly { readonly at: number; readonly label: string }[],
): ChartSpec {
  const labels = Object.fromEntries(ticks.map(({ at, label }) => [String(at), label]));
  return {
    field,
    type: "quantitative",
    scale: { domain, nice: false, zero: false },
    axis: { values: ticks.map(({ at }) => at), labelExpr: `(${JSON.stringify(labels)})[datum.value]`, grid: true, title: null },
  };
}

/** A vertical place in pixels from the top of the plot. */
export function pixel(field: string): ChartSpec {
  return { field, type: "quantitative", scale: null, axis: null };
}

/** A colour out of the data. */
export function painted(field: string): ChartSpec {
  return { field, type: "nominal", scale: null, legend: null };
}

/** Most acts that are drawn as bands. */
const mostBands = 60;

/** Behind a chart of `height`: what a fault struck until it was noticed, until it was healed, and what operations took. */
export function bands(story: Story, height: number): readonly ChartSpec[] {
  const values = story.acts.slice(0, mostBands).flatMap((act) => bandsOf(act, height, seconds(story.horizon)));
  if (values.length === 0) return [];
  return [
    layer(
      values,
      { type: "rect" },
      { x: timeAxis("from", story), x2: { field: "to" }, y: pixel("top"), y2: { field: "bottom" }, fill: painted("fill") },
    ),
  ];
}

function bandsOf({ from, to, noticedAt, isOperation }: Act, height: number, horizon: number): readonly object[] {
  const band = (start: number, end: number, fill: string): object => {
    // a moment is still seen: half a pixel at least
    const least = horizon / plot.inner / 2;
    return { from: seconds(start), to: Math.min(horizon, Math.max(seconds(end), seconds(start) + least)), top: 0, bottom: height, fill };
  };
  if (isOperation) return [band(from, to, tones.operationBand.light)];
  if (to <= from) return [];
  const bands = noticedAt > from ? [band(from, noticedAt, tones.faultBand.light)] : [];
  return to > noticedAt ? [...bands, band(noticedAt, to, tones.outageBand.light)] : bands;
}

/** The pixel of an instant in the plot. */
export function pixelOf(at: number, { horizon }: Story): number {
  return (at / horizon) * plot.inner;
}

/** About how wide a text is in pixels; charts only leave out what would not fit. */
export function textWidth(text: string, size: number): number {
  return text.length * size * 0.53;
}

/** A text cut to `length` characters. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
