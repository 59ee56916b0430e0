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

/** A place for words: their extent in pixels, and the row, counted from the bars. */
interface Spot {
  readonly from: number;
  readonly to: number;
  readonly align: "left" | "right";
  readonly row: number;
}

interface PlacedLabel extends Spot {
  readonly at: number;
  readonly text: string;
  /** Where its tick runs, in pixels. */
  readonly x: number;
}

/** What is said first where there is no room for all. */
const foremost: ReadonlySet<StoryEvent["family"]> = new Set(["fault", "refused"]);

/**
 * Words at their instants, to the right where there is room, else to the left, in a higher row when the lower ones are taken; the rest goes
 * without. No words overlap, and no tick runs through words below its own.
 */
function placeLabels(events: readonly StoryEvent[], story: Story): readonly PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  const isFirst = ({ family }: StoryEvent): boolean => foremost.has(family);
  for (const event of [...events.filter(isFirst), ...events.filter((other) => !isFirst(other))]) {
    const { at, label } = event;
    const text = cut(`${instant(at, 0)} ${label}`, 44);
    const width = textWidth(text, fontSize);
    const x = pixelOf(at, story);
    const right = { from: x, to: x + width + 6, align: "left" as const };
    const left = { from: x - width - 6, to: x, align: "right" as const };
    // the next labels want rows of their own below these words
    const index = events.indexOf(event);
    const crossing = events.slice(index + 1, index + mostRows).filter((other) => pixelOf(other.at, story) < right.to).length;
    const rows = [...lanesFrom(crossing), ...lanesFrom(0).slice(0, crossing).reverse()];
    const rightSpots = rows.map((row) => ({ ...right, row }));
    const spots = crossing > 0 ? [{ ...left, row: 0 }, ...rightSpots] : [...rightSpots, { ...left, row: 0 }];
    const spot = spots.find((one) => isInside(one.from, one.to) && placed.every((other) => isApart({ ...one, x }, other)));
    if (spot !== undefined) placed.push({ ...spot, at: seconds(at), text, x });
  }
  return placed;
}

/** Whether neither words overlap nor the tick of one, from its row down to the bars, runs through the words of the other. */
function isApart(one: Spot & { readonly x: number }, other: Spot & { readonly x: number }): boolean {
  if (one.row === other.row) return one.to <= other.from || one.from >= other.to;
  const [upper, lower] = one.row > other.row ? [one, other] : [other, one];
  return upper.x <= lower.from || upper.x >= lower.to;
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
  const values = labels.map(({ align, at, row, text }) => ({ at, text, align, row, middle: (rowCount - 1 - row) * rowStep + 10 }));
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
