import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { run } from "../../../src/experiment/library.ts";
import type { WindowSummary } from "../../../src/metrics/summary.ts";
import { InstanceState } from "../../../src/model/status.ts";
import type { ChartView } from "../../../src/report/charts/chart.ts";
import { plot, textWidth } from "../../../src/report/charts/frame.ts";
import { charts } from "../../../src/report/charts/index.ts";
import { tones } from "../../../src/report/charts/palette.ts";
import { stateLooks } from "../../../src/report/charts/stateLooks.ts";
import { whatHappened } from "../../../src/report/charts/whatHappened.ts";
import { asFigure, renderSvg } from "../../../src/report/render.ts";
import { tellStory } from "../../../src/report/story/story.ts";
import { parse } from "../../../src/scenario/parse.ts";
import { type Differences, type Line, noLatency, runOf, summary } from "../fixture.ts";

function viewsOf(differences: Differences = {}): readonly ChartView[] {
  const result = runOf(differences);
  const story = tellStory(result);
  return charts.flatMap((chart) => chart.views({ result, story }));
}

function viewNamed(id: string, differences: Differences = {}): ChartView {
  const view = viewsOf(differences).find((candidate) => candidate.id === id);
  if (view === undefined) throw new Error(`no chart ${id}`);
  return view;
}

/** The data of the first layer whose points have a field. */
function dataWith(view: ChartView, field: string): readonly Record<string, unknown>[] {
  const layers = view.spec.layer as readonly { data: { values: readonly Record<string, unknown>[] } }[];
  return layers.map(({ data }) => data.values).find((values) => values.some((value) => field in value)) ?? [];
}

const twelve = summary.windows.slice(55, 67);
const small: Differences = { summary: { windows: twelve } };

describe("the charts", () => {
  it("are named once, with a sentence each", () => {
    expect(new Set(charts.map(({ name }) => name)).size).toBe(charts.length);
    for (const chart of charts) expect(chart.summary).toMatch(/\.$/);
  });

  it.each(viewsOf(small).map((view) => [view.id, view] as const))("%s has the specification that was looked at", async (id, { spec }) => {
    await expect(`${JSON.stringify(spec, null, 1)}\n`).toMatchFileSnapshot(`../golden/chart-${id}.golden.json`);
  });

  it.each(viewsOf(small).map((view) => [view.id, view] as const))("%s is drawn with the same bytes again", async (_, { spec, label }) => {
    const once = await renderSvg(spec);
    expect(await renderSvg(spec)).toBe(once);
    expect(asFigure(once, label)).toContain('role="img"');
  });

  it("share one plot area, left to right", () => {
    for (const { spec } of viewsOf()) {
      expect(spec.width).toBe(750);
      expect(spec.padding).toMatchObject({ left: 64, right: 40 });
    }
  });

  it("name every colour by a variable of the page", async () => {
    for (const { spec, label } of viewsOf()) {
      const figure = asFigure(await renderSvg(spec), label);
      expect([...figure.matchAll(/(?:fill|stroke)="(#[^"]*)"/g)].map(([, colour]) => colour)).toEqual([]);
    }
  });

  it("have nothing to draw when nothing happened", () => {
    const nothing = { windows: [], requests: { ...summary.requests, failed: 0 }, queues: [], instances: [] };
    const cast = { instances: [], incidents: [] };
    expect(viewsOf({ summary: nothing, lines: [], cast })).toEqual([]);
  });
});

describe("what happened", () => {
  it("has no words over each other, and no tick through words", () => {
    const lines = readFileSync("scenarios/rack-failure.yaml", "utf8");
    const many = run(parse(lines), {
      set: [
        "faults=[{ every: exponential(2min), kind: app-crash, instance: each(instance) }, { at: 5min, kind: host-failure, host: hostOf(web/0) }]",
      ],
    });
    for (const result of [many, runOf()]) {
      const [view] = whatHappened.views({ result, story: tellStory(result) });
      const labels = boxesOf(view as ChartView, result.design.horizon / 1e6);
      expect(labels.length).toBeGreaterThan(3);
      for (const [place, one] of labels.entries()) {
        for (const other of labels.slice(place + 1)) {
          const isBeside = one.to <= other.from || other.to <= one.from;
          const [upper, lower] = one.row > other.row ? [one, other] : [other, one];
          const isClear = one.row === other.row ? isBeside : upper.x <= lower.from || upper.x >= lower.to;
          expect(isClear, `${one.text} / ${other.text}`).toBe(true);
        }
      }
    }
  });
});

/** Where the words of the strip stand, in pixels. */
function boxesOf(view: ChartView, horizon: number) {
  const layers = view.spec.layer as readonly { data: { values: readonly Record<string, unknown>[] } }[];
  return layers
    .flatMap(({ data }) => data.values)
    .filter((value) => "align" in value)
    .map(({ align, at, row, text }) => {
      const x = (Number(at) / horizon) * plot.inner;
      const width = textWidth(String(text), 11.5);
      return { row: Number(row), text: String(text), x, from: align === "left" ? x : x - width, to: align === "left" ? x + width : x };
    });
}

describe("availability over time", () => {
  const empty = (window: WindowSummary): WindowSummary => ({ ...window, requests: 0, failed: 0, availability: null, latencyMs: noLatency });
  const gapped = summary.windows.map((window, place) => (place >= 100 && place < 120 ? empty(window) : window));

  it("has a gap, not a line, where no requests came", async () => {
    const view = viewNamed("availability", { summary: { windows: gapped } });
    const points = dataWith(view, "a");
    expect(points.filter(({ t }) => Number(t) > 500 && Number(t) < 600)).toEqual([]);
    expect(new Set(points.map(({ segment }) => segment))).toEqual(new Set([0, 1]));
    expect(view.note.join("")).toContain("20 windows without requests: gaps.");
    const svg = await renderSvg(view.spec);
    // the line is drawn in two pieces: it ends at 500 s (208.3 px) and begins again at 600 s (250 px)
    expect(svg).toMatch(/L208\.333,0"/);
    expect(svg).toMatch(/d="M250,0/);
  });

  it("draws latency with the same gap", () => {
    const points = dataWith(viewNamed("latency", { summary: { windows: gapped } }), "p99");
    expect(points.filter(({ t }) => Number(t) > 500 && Number(t) < 600)).toEqual([]);
  });

  it("keeps an outage of one second in a long run", () => {
    const windows = Array.from({ length: 100_000 }, (_, place): WindowSummary => {
      const isOut = place === 54_321;
      const window = { ...twelve[0], fromSeconds: place, toSeconds: place + 1, failed: isOut ? 290 : 0, availability: isOut ? 0 : 1 };
      return { ...window, requests: 290 };
    });
    const points = dataWith(viewNamed("availability", { summary: { windows } }), "a");
    expect(points.length).toBeLessThan(5000);
    expect(points.some(({ t, a }) => t === 54_321 && a === 0)).toBe(true);
  });

  it("states the lower end of its scale and the objective", () => {
    const view = viewNamed("availability");
    expect(view.note.join("")).toContain("Scale from 60 %.");
    expect(dataWith(view, "text").map(({ text }) => text)).toContain("449 requests failed");
    expect(JSON.stringify(view.spec)).toContain("objective 99 %");
  });
});

describe("instance states", () => {
  it("tell states by letters that differ", () => {
    const starting = [InstanceState.creating, InstanceState.rebooting, InstanceState.starting] as number[];
    const letters = Object.entries(stateLooks).filter(([state]) => !starting.includes(Number(state)));
    expect(new Set(letters.map(([, { letter }]) => letter)).size).toBe(letters.length);
  });

  it("draw the worst 24 of hundreds of instances", () => {
    const instances = Array.from({ length: 300 }, (_, id) => ({ name: `web/${id}`, role: "web", faultDomain: 0, upgradeDomain: 0 }));
    const lines: Line[] = instances.map((_, id) => [0, "instanceChanged", id, InstanceState.ready]);
    for (let id = 250; id < 280; id++)
      lines.push([10 + id, "instanceChanged", id, InstanceState.dead], [10 + 2 * id, "instanceChanged", id, InstanceState.ready]);
    const sorted = lines.sort(([a], [b]) => a - b);
    const view = viewNamed("instances", { cast: { instances }, lines: sorted });
    expect(dataWith(view, "domains").map(({ name }) => name)).toEqual(Array.from({ length: 24 }, (_, place) => `web/${256 + place}`));
    expect(view.note.join("")).toContain("Those 24 of 300 that were not ready the longest.");
    expect(view.label).toContain("web/250, web/251 and 28 more were not ready at times");
  });

  it("draw the worst state of each pixel of an instance that never rests", () => {
    const lines: Line[] = [[0, "instanceChanged", 0, InstanceState.ready]];
    for (let at = 1; at < 1799; at += 0.5)
      lines.push([at, "instanceChanged", 0, InstanceState.recycling], [at + 0.25, "instanceChanged", 0, InstanceState.ready]);
    const bars = dataWith(viewNamed("instances", { lines }), "stroke");
    expect(bars.length).toBeLessThan(20);
    expect(bars.some(({ text }) => String(text).startsWith("C"))).toBe(true);
  });

  it("give a role with a long name a heading", () => {
    const role = "OrderProcessingRole";
    const instances = [{ name: `${role}/0`, role, faultDomain: 0, upgradeDomain: 0 }];
    const view = viewNamed("instances", { cast: { instances }, lines: [[0, "instanceChanged", 0, InstanceState.ready]] });
    expect(JSON.stringify(view.spec)).toContain(`"text":"${role}"`);
    expect(dataWith(view, "domains")[0].name).toBe("/0");
  });
});

it("every colour has one name, and every name one colour", () => {
  const all = Object.values(tones);
  expect(new Set(all.map(({ light }) => light)).size).toBe(all.length);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});
