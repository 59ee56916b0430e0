import { counted } from "../numbers.ts";
import type { Act, Phase, PhaseLook } from "../story/acts.ts";
import type { Story, StoryEvent } from "../story/story.ts";
import { instant } from "../times.ts";
import { type Chart, type ChartData, type ChartSpec, type ChartView, seconds } from "./chart.ts";
import { cut, framed, layer, painted, pixel, pixelOf, plot, textWidth, timeAxis } from "./frame.ts";
import { tones } from "./palette.ts";

const laneHeight = 20;
const laneStep = 24;
const mostLanes = 4;
/** Rows of words above the bars. */
const mostRows = 3;
const rowStep = 15;
const fontSize = 11.5;

const looks: Readonly<Record<PhaseLook, { readonly fill: string; readonly stroke: string; readonly ink: string }>> = {
  unnoticed: { fill: "url(#hatch)", stroke: tones.loss.light, ink: "" },
  noticed: { fill: tones.silent.light, stroke: tones.silentLine.light, ink: tones.silentText.light },
  attempt: { fill: tones.attempt.light, stroke: tones.attemptLine.light, ink: tones.deadText.light },
  healing: { fill: tones.startBar.light, stroke: tones.healingLine.light, ink: tones.startText.light },
  operation: { fill: tones.accent.light, stroke: tones.accent.light, ink: tones.operationText.light },
};

/** The strip above the charts: what struck, who noticed, what was done, on the time axis of all others. */
export const whatHappened: Chart = {
  name: "whatHappened",
  summary: "Faults, detection, healing and operations on the time axis of all charts.",
  views: (data) => (data.story.events.length === 0 ? [] : [view(data)]),
};

function view({ story, result }: ChartData): ChartView {
  const { lanes, left } = layLanes(story.acts, story);
  const labels = placeLabels(
    story.events.filter(({ at }) => at <= story.horizon),
    story,
  );
  const rowCount = Math.max(1, ...labels.map(({ row }) => row + 1));
  const lanesAt = rowCount * rowStep + 9;
  const height = lanesAt + Math.max(1, lanes.length) * laneStep;
  const notTold = left + story.untold > 0 ? " The costliest are shown." : "";
  return {
    id: "what-happened",
    heading: "What happened",
    note: [`One time axis for all charts below.${result.summary.runs > 1 ? " The first run." : ""}${notTold}`],
    label: `${counted(story.events.length, "event")}: ${story.events
      .slice(0, 6)
      .map(({ at, label }) => `${instant(at, 0)} ${label}`)
      .join(", ")}${story.events.length > 6 ? ", and more" : ""}.`,
    spec: framed(height, [...labelLayers(labels, rowCount, lanesAt, height, story), ...phaseLayers(lanes, lanesAt, story)], 2, 2),
  };
}

/** The acts in as few lanes as hold them without overlap, costliest first. */
function layLanes(acts: readonly Act[], story: Story): { readonly lanes: readonly (readonly Act[])[]; readonly left: number } {
  const lanes: Act[][] = [];
  let left = 0;
  const gap = story.horizon / plot.inner;
  for (const act of acts) {
    if (act.phases.length === 0) continue;
    const isFree = (lane: readonly Act[]): boolean => lane.every((other) => act.to + gap <= other.from || act.from >= other.to + gap);
    const free = lanes.find(isFree);
    if (free !== undefined) free.push(act);
    else if (lanes.length < mostLanes) lanes.push([act]);
    else left++;
  }
  return { lanes, left };
}

function phaseLayers(lanes: readonly (readonly Act[])[], lanesAt: number, story: Story): readonly ChartSpec[] {
  const least = story.horizon / plot.inner / 1e6;
  const boxes = lanes.flatMap((lane, index) =>
    lane.flatMap(({ phases }) =>
      phases.map((phase) => {
        const { fill, stroke, ink } = looks[phase.look];
        const top = lanesAt + index * laneStep;
        const from = seconds(phase.from);
        const to = Math.max(seconds(phase.to), Math.min(seconds(story.horizon), from + least));
        return {
          from,
          to,
          top,
          bottom: top + laneHeight,
          middle: top + laneHeight / 2,
          text: ink === "" ? "" : fitted(phase, story),
          fill,
          stroke,
          ink,
        };
      }),
    ),
  );
  const words = boxes.filter(({ text }) => text !== "");
  const x = timeAxis("from", story, false);
  const mark = { type: "text", align: "left", baseline: "middle", dx: 4, dy: 0.5, fontSize, fontWeight: 500 };
  return [
    layer(
      boxes,
      { type: "rect", cornerRadius: 2, strokeWidth: 1 },
      { x, x2: { field: "to" }, y: pixel("top"), y2: { field: "bottom" }, fill: painted("fill"), stroke: painted("stroke") },
    ),
    layer(words, mark, { x, y: pixel("middle"), text: { field: "text", type: "nominal" }, fill: painted("ink") }),
  ];
}

function fitted({ from, to, label }: Phase, story: Story): string {
  const room = pixelOf(to - from, story) - 8;
  return textWidth(label, fontSize) <= room ? label : "";
}

interface PlacedLabel {
  readonly at: number;
  readonly text: string;
  readonly align: "left" | "right";
  readonly row: number;
}

/** Words at their instants, to the right where there is room, else to the left, in a second row when the first is taken; the rest goes without. */
function placeLabels(events: readonly StoryEvent[], story: Story): readonly PlacedLabel[] {
  const taken: { from: number; to: number }[][] = Array.from({ length: mostRows }, () => []);
  const placed: PlacedLabel[] = [];
  for (const [index, { at, label }] of events.entries()) {
    const text = cut(`${instant(at, 0)} ${label}`, 44);
    const width = textWidth(text, fontSize);
    const x = pixelOf(at, story);
    const right = { from: x, to: x + width + 6, align: "left" as const };
    const left = { from: x - width - 6, to: x, align: "right" as const };
    // ticks of the next labels would run through these words, were they not in a higher row
    const crossing = events.slice(index + 1, index + mostRows).filter((event) => pixelOf(event.at, story) < right.to).length;
    const rows = [...lanesFrom(crossing), ...lanesFrom(0).slice(0, crossing).reverse()];
    const rightSpots = rows.map((row) => ({ ...right, row }));
    const spots = crossing > 0 ? [{ ...left, row: 0 }, ...rightSpots] : [...rightSpots, { ...left, row: 0 }];
    const spot = spots.find(({ from, to, row, align }) => {
      const isFree = taken[row].every((other) => to <= other.from || from >= other.to);
      return isInside(from, to) && isFree && (align === "left" || placed.every((label) => pixelOf(label.at * 1e6, story) <= from));
    });
    if (spot === undefined) continue;
    taken[spot.row].push(spot);
    placed.push({ at: seconds(at), text, align: spot.align, row: spot.row });
  }
  return placed;
}

function lanesFrom(row: number): readonly number[] {
  return Array.from({ length: mostRows - row }, (_, place) => row + place);
}

function isInside(from: number, to: number): boolean {
  return from >= -plot.left && to <= plot.inner + plot.right + 4;
}

function labelLayers(
  labels: readonly PlacedLabel[],
  rowCount: number,
  lanesAt: number,
  height: number,
  story: Story,
): readonly ChartSpec[] {
  const x = timeAxis("at", story, false);
  const values = labels.map((label) => ({ ...label, middle: (rowCount - 1 - label.row) * rowStep + 10 }));
  const ticks = values.map(({ at, middle }) => ({ at, top: Math.min(lanesAt - 5, middle + 6), bottom: height - 2 }));
  const words = (align: "left" | "right"): readonly ChartSpec[] => {
    const those = values.filter((label) => label.align === align);
    const mark = { type: "text", align, baseline: "middle", dx: align === "left" ? 2 : -3, fontSize, fill: tones.ink2.light };
    return those.length === 0 ? [] : [layer(those, mark, { x, y: pixel("middle"), text: { field: "text", type: "nominal" } })];
  };
  return [
    ...words("right"),
    ...words("left"),
    layer(ticks, { type: "rule", stroke: tones.ink3.light }, { x, y: pixel("top"), y2: { field: "bottom" } }),
  ];
}
