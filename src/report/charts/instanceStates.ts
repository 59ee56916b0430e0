import type { Micros } from "../../kernel/time.ts";
import { InstanceState } from "../../model/status.ts";
import { counted, grouped } from "../numbers.ts";
import type { InstanceLine, RotationSegment, StateSegment } from "../story/lines.ts";
import type { Story } from "../story/story.ts";
import { listNames } from "../story/words.ts";
import { instant } from "../times.ts";
import { type Chart, type ChartData, type ChartSpec, type ChartView, type NotePart, seconds } from "./chart.ts";
import { cut, framed, layer, painted, pixel, pixelOf, plot, textWidth, timeAxis } from "./frame.ts";
import { tones } from "./palette.ts";
import { stateLooks } from "./stateLooks.ts";

/** Most instances that are drawn; of more, those that were not ready the longest. */
const mostRows = 24;
/** Segments of a row beyond which only the worst of each pixel is drawn. */
const mostSegments = 200;
const rowHeight = 38;
const barHeight = 18;
const groupGap = 8;

interface Row {
  readonly line: InstanceLine;
  /** From the top of the plot. */
  readonly top: number;
}

/** What each instance was, and whether the balancer sent it requests. */
export const instanceStates: Chart = {
  name: "instanceStates",
  summary: "Instance states by role, with fault and upgrade domain, and membership in the rotation.",
  views: (data) => (data.story.lines.some(({ segments }) => segments.length > 0) ? [view(data)] : []),
};

function view({ story }: ChartData): ChartView {
  const lived = story.lines.filter(({ segments }) => segments.length > 0);
  const shown = chooseLines(lived);
  const { rows, headings, height } = place(shown);
  const notAlways = lived.filter(({ notReady }) => notReady > 0);
  const left = lived.length - shown.length;
  const rest = left === 0 ? "" : ` Those ${grouped(shown.length)} of ${grouped(lived.length)} that were not ready the longest.`;
  const axisOnly = layer(
    [{ t: 0 }],
    { type: "rule", opacity: 0 },
    { x: timeAxis("t", story), y: { datum: 0, type: "quantitative", scale: null, axis: null } },
  );
  return {
    id: "instances",
    heading: "Instances",
    note: [`State by letter and pattern, grouped by role. FD fault domain, UD upgrade domain.${rest} `, ...rotationNote(shown)],
    label: `${counted(lived.length, "instance")}; ${notAlways.length === 0 ? "all were ready throughout" : `${listNames(notAlways.map(({ name }) => name))} ${notAlways.length === 1 ? "was" : "were"} not ready at times`}.`,
    spec: framed(height, [axisOnly, ...nameLayers(rows, headings), ...stateLayers(rows, story), ...rotationLayers(rows, story)]),
  };
}

function rotationNote(shown: readonly InstanceLine[]): readonly NotePart[] {
  const known = shown.flatMap(({ rotation }) => rotation.filter(({ inRotation }) => inRotation));
  const blue: readonly NotePart[] = known.length > 0 ? [{ words: "Blue line", tone: "accent" }, ": in rotation"] : [];
  const isWrong = known.some(({ ableToAnswer }) => !ableToAnswer);
  return isWrong
    ? [...blue, "; ", { words: "orange", tone: "dead" }, ": in rotation though it cannot answer."]
    : known.length > 0
      ? [...blue, "."]
      : [];
}

/** All of them in order, or the worst of them in order. */
function chooseLines(lines: readonly InstanceLine[]): readonly InstanceLine[] {
  if (lines.length <= mostRows) return byRole(lines);
  const worst = [...lines].sort((a, b) => b.notReady - a.notReady || a.instance - b.instance).slice(0, mostRows);
  return byRole(worst.sort((a, b) => a.instance - b.instance));
}

function byRole(lines: readonly InstanceLine[]): readonly InstanceLine[] {
  const roles = [...new Set(lines.map(({ role }) => role))];
  return roles.flatMap((role) => lines.filter((line) => line.role === role));
}

/** Rows below each other; a role whose names do not fit beside the bars gets a heading, and its rows only what follows the slash. */
function place(lines: readonly InstanceLine[]): {
  rows: readonly Row[];
  headings: readonly { readonly text: string; readonly top: number }[];
  height: number;
} {
  const rows: Row[] = [];
  const headings: { text: string; top: number }[] = [];
  let top = 2;
  for (const [index, line] of lines.entries()) {
    if (index === 0 || lines[index - 1].role !== line.role) {
      if (index > 0) top += groupGap;
      if (lines.some(({ role, name }) => role === line.role && !fits(name))) {
        headings.push({ text: cut(line.role, 60), top: top + 9 });
        top += 18;
      }
    }
    rows.push({ line, top });
    top += rowHeight;
  }
  return { rows, headings, height: top };
}

function fits(name: string): boolean {
  return textWidth(name, 12) <= plot.left - 2;
}

function nameLayers(rows: readonly Row[], headings: readonly { readonly text: string; readonly top: number }[]): readonly ChartSpec[] {
  const named = rows.map(({ line, top }) => {
    const isHeaded = rows.some((row) => row.line.role === line.role && !fits(row.line.name));
    const name = isHeaded ? cut(line.name.slice(line.name.lastIndexOf("/")), 9) : line.name;
    const domains = `FD ${line.faultDomain < 0 ? "–" : line.faultDomain} · UD ${line.upgradeDomain}`;
    return { name, domains, left: -plot.left, nameAt: top + 9, domainsAt: top + 21.5 };
  });
  const x = { field: "left", type: "quantitative", scale: null, axis: null };
  const text = (field: string): ChartSpec => ({ field, type: "nominal" });
  const mark = { type: "text", align: "left", baseline: "alphabetic" };
  const names = layer(
    named,
    { ...mark, fontSize: 12, fontWeight: 550, fill: tones.ink.light },
    { x, y: pixel("nameAt"), text: text("name") },
  );
  const domains = layer(named, { ...mark, fontSize: 10.5, fill: tones.ink3.light }, { x, y: pixel("domainsAt"), text: text("domains") });
  if (headings.length === 0) return [names, domains];
  const headed = headings.map((heading) => ({ ...heading, left: -plot.left }));
  const roles = layer(
    headed,
    { ...mark, fontSize: 12, fontWeight: 600, fill: tones.ink.light },
    { x, y: pixel("top"), text: text("text") },
  );
  return [roles, names, domains];
}

function stateLayers(rows: readonly Row[], story: Story): readonly ChartSpec[] {
  const bars = rows.flatMap(({ line, top }) =>
    barsOf(line.segments, story).map(({ from, to, state, host }) => {
      const { letter, words, fill, stroke, ink } = stateLooks[state];
      const room = pixelOf(to - from, story) - 8;
      const where = host >= 0 && state !== InstanceState.ready ? `, host ${host}` : "";
      const candidates = [`${letter}  ${words}${where}`, `${letter}  ${words}`, letter];
      const text = candidates.find((candidate) => textWidth(candidate, 11.5) <= room) ?? "";
      return { from: seconds(from), to: seconds(to), top, bottom: top + barHeight, middle: top + barHeight / 2, text, fill, stroke, ink };
    }),
  );
  const x = timeAxis("from", story);
  const written = bars.filter(({ text }) => text !== "");
  const box = { type: "rect", cornerRadius: 2, strokeWidth: 1 };
  const words = { type: "text", align: "left", baseline: "middle", dx: 5, dy: 0.5, fontSize: 11.5, fontWeight: 600 };
  return [
    layer(bars, box, {
      x,
      x2: { field: "to" },
      y: pixel("top"),
      y2: { field: "bottom" },
      fill: painted("fill"),
      stroke: painted("stroke"),
    }),
    layer(written, words, { x, y: pixel("middle"), text: { field: "text", type: "nominal" }, fill: painted("ink") }),
  ];
}

/** Segments that look alike in one piece; of very many, the worst of each pixel. */
function barsOf(segments: readonly StateSegment[], story: Story): readonly StateSegment[] {
  const merged = joined(segments);
  if (merged.length <= mostSegments) return merged;
  const width = story.horizon / plot.inner;
  const pixels: (StateSegment | undefined)[] = new Array(plot.inner).fill(undefined);
  for (const segment of merged) {
    const last = Math.min(plot.inner - 1, Math.ceil(segment.to / width) - 1);
    for (let place = Math.floor(segment.from / width); place <= last; place++) {
      const drawn = pixels[place];
      if (drawn === undefined || stateLooks[segment.state].rank > stateLooks[drawn.state].rank) pixels[place] = segment;
    }
  }
  return joined(
    pixels.flatMap((segment, place) => (segment === undefined ? [] : [{ ...segment, from: place * width, to: (place + 1) * width }])),
  );
}

function joined(segments: readonly StateSegment[]): readonly StateSegment[] {
  const bars: StateSegment[] = [];
  for (const segment of segments) {
    const last = bars.at(-1);
    const isAlike =
      last !== undefined &&
      last.to === segment.from &&
      stateLooks[last.state].letter === stateLooks[segment.state].letter &&
      last.host === segment.host;
    if (isAlike) bars[bars.length - 1] = { ...last, to: segment.to };
    else bars.push(segment);
  }
  return bars;
}

function rotationLayers(rows: readonly Row[], story: Story): readonly ChartSpec[] {
  const lines = rows.flatMap(({ line, top }) => rotationLines(line.rotation, story).map((segment) => ({ ...segment, top: top + 24 })));
  const outs = rows.flatMap(({ line, top }) =>
    outsOf(line.rotation, story).map((out) => ({ ...out, top: top + 20, bottom: top + 28, middle: top + 26.5 })),
  );
  const x = timeAxis("from", story);
  const ticks = outs.flatMap(({ from, to, top, bottom }) =>
    [from, to].filter((at) => at > 0 && at < seconds(story.horizon)).map((at) => ({ from: at, top, bottom })),
  );
  const words = outs.filter(({ text }) => text !== "");
  const layers: ChartSpec[] = [];
  if (lines.length > 0)
    layers.push(layer(lines, { type: "rule", strokeWidth: 3 }, { x, x2: { field: "to" }, y: pixel("top"), stroke: painted("stroke") }));
  if (ticks.length > 0)
    layers.push(layer(ticks, { type: "rule", strokeWidth: 1.4, stroke: tones.ink.light }, { x, y: pixel("top"), y2: { field: "bottom" } }));
  if (words.length > 0) {
    const mark = { type: "text", align: "left", baseline: "middle", dx: 5, fontSize: 11, fill: tones.ink2.light };
    layers.push(layer(words, mark, { x, y: pixel("middle"), text: { field: "text", type: "nominal" } }));
  }
  return layers;
}

function rotationLines(rotation: readonly RotationSegment[], story: Story): readonly { from: number; to: number; stroke: string }[] {
  const least = story.horizon / plot.inner;
  const lines: { from: number; to: number; stroke: string }[] = [];
  for (const { from, to, inRotation, ableToAnswer } of rotation) {
    if (!inRotation || (ableToAnswer && to - from < least && rotation.length > mostSegments)) continue;
    const stroke = ableToAnswer ? tones.rotation.light : tones.loss.light;
    const last = lines.at(-1);
    if (last !== undefined && last.to === seconds(from) && last.stroke === stroke) last.to = seconds(to);
    else lines.push({ from: seconds(from), to: seconds(Math.max(to, Math.min(story.horizon, from + least))), stroke });
  }
  return lines;
}

/** When an instance was out of rotation; nothing for a row in which that happened too often to be read. */
function outsOf(rotation: readonly RotationSegment[], story: Story): readonly { from: number; to: number; text: string }[] {
  const outs: { from: Micros; to: Micros }[] = [];
  for (const { from, to, inRotation } of rotation) {
    const last = outs.at(-1);
    if (inRotation) continue;
    if (last?.to === from) last.to = to;
    else outs.push({ from, to });
  }
  if (outs.length > 12) return [];
  return outs.map(({ from, to }) => {
    const words = `out of rotation ${instant(from, 0)} to ${to >= story.horizon ? "the end" : instant(to, 0)}`;
    const text = textWidth(words, 11) + 8 <= pixelOf(to - from, story) && from > 0 ? words : "";
    return { from: seconds(from), to: seconds(to), text };
  });
}
