import type { WindowSummary } from "../../metrics/summary.ts";
import { counted, grouped } from "../numbers.ts";
import { duration } from "../times.ts";
import type { Chart, ChartData, ChartSpec } from "./chart.ts";
import { keepExtremes } from "./downsample.ts";
import { bands, framed, layer, plot, timeAxis, valueAxis } from "./frame.ts";
import { tones } from "./palette.ts";
import { valueScale } from "./valueScale.ts";

const height = 88;

/** How many messages waited over time, a picture for each queue. */
export const queueDepth: Chart = {
  name: "queueDepth",
  summary: "Messages waiting in a queue, the most and the fewest in each window.",
  views(data) {
    const { summary, design } = data.result;
    const length = duration(design.measure.window);
    if (summary.windows.length === 0) return [];
    return summary.queues.flatMap(({ name, depthMax, backlog, enqueued }, place) =>
      enqueued === 0
        ? []
        : {
            id: `queue-${place}`,
            heading: `Queue ${name}`,
            note: [`Messages waiting, most and fewest in ${length} windows.`],
            label: `Messages waiting in queue ${name}: at most ${grouped(depthMax)}, ${counted(backlog, "message")} left at the end.`,
            spec: framed(height, [...bands(data.story, height), ...depthLayers(data, place)]),
          },
    );
  },
};

function depthLayers({ result: { summary }, story }: ChartData, queue: number): readonly ChartSpec[] {
  const most = (window: WindowSummary): number => window.queueDepth[queue]?.max ?? 0;
  const fewest = (window: WindowSummary): number => window.queueDepth[queue]?.min ?? 0;
  const kept = keepExtremes(summary.windows, plot.inner, [most, fewest]);
  const steps = kept.map((window) => ({ t: window.fromSeconds, most: most(window), fewest: fewest(window) }));
  const last = kept[kept.length - 1];
  const points = [...steps, { t: last.toSeconds, most: most(last), fewest: fewest(last) }];
  const scale = valueScale(Math.max(...summary.windows.map(most)), grouped, 1);
  const ends = [scale.ticks[0], scale.ticks[scale.ticks.length - 1]];
  const mark = (fill: string): ChartSpec => ({ type: "area", interpolate: "step-after", fill });
  const x = timeAxis("t", story);
  return [
    layer(points, mark(tones.ink2.light), { x: timeAxis("t", story), y: valueAxis("most", [0, scale.max], ends), y2: { field: "fewest" } }),
    layer(points, mark(tones.queueRest.light), {
      x,
      y: { field: "fewest", type: "quantitative", scale: { domain: [0, scale.max], nice: false } },
      y2: { datum: 0 },
    }),
  ];
}
