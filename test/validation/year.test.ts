import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { RunResult } from "../../src/experiment/result.ts";
import { runScenario } from "../../src/experiment/run.ts";
import { renderRun } from "../../src/report/terminal.ts";
import { parse } from "../../src/scenario/parse.ts";
import { validate } from "../../src/scenario/validate.ts";

const seeds = Array.from({ length: 100 }, (_, place) => place + 1);
const whole = validate(parse(readFileSync("scenarios/two-and-one.yaml", "utf8")), { runs: 1 });
const [two, one] = whole.variants;

/** A year of a service, once for each seed. */
function years(scenario: typeof two): readonly RunResult[] {
  return seeds.map((seed) => runScenario({ ...(scenario as NonNullable<typeof two>), seed }));
}

/** The twelve whole months of a year. */
function monthsOf({ summary }: RunResult) {
  return (summary.sla.compute?.months ?? []).filter(({ isWhole }) => isWhole);
}

describe("a year of patches and faults, a hundred seeds", { timeout: 300_000 }, () => {
  let ofTwo: readonly RunResult[] = [];
  let ofOne: readonly RunResult[] = [];
  beforeAll(() => {
    ofTwo = years(two);
    ofOne = years(one);
  }, 300_000);

  it("two instances keep 99.95 % in each of twelve months in at least 99 of them", () => {
    for (let month = 0; month < 12; month++) {
      const kept = ofTwo.filter((result) => (monthsOf(result)[month]?.uptime ?? 0) >= 0.9995);
      expect(kept.length, `month ${month + 1}`).toBeGreaterThanOrEqual(99);
    }
    expect(ofTwo.every((result) => monthsOf(result).length === 12)).toBe(true);
  });

  it("one instance has no SLA, and the report says so", () => {
    expect(ofOne.every(({ summary }) => summary.sla.compute?.target === null && summary.availability.sla === null)).toBe(true);
    const [first] = ofOne;
    const words = renderRun(first as RunResult, { colour: false }).replace(/\s+/g, " ");
    expect(words).toContain("Cloud Services, web: no SLA, nothing is promised of roles with a single instance");
  });

  it("one instance is connected for less than 99.95 %: of every year by time, of the hundred together by minutes of the clock, which are down only when all of them is", () => {
    const total = (summary: RunResult["summary"], key: "maximumMinutes" | "downtimeMinutes"): number =>
      (summary.sla.compute?.months ?? []).reduce((sum, month) => sum + month[key], 0);
    const years = ofOne.map(({ summary }) => ({ maximum: total(summary, "maximumMinutes"), down: total(summary, "downtimeMinutes") }));
    const all = years.reduce((sum, year) => ({ maximum: sum.maximum + year.maximum, down: sum.down + year.down }));
    expect(1 - all.down / all.maximum).toBeLessThan(0.9995);
    expect(ofOne.filter(({ summary }) => (summary.availability.time ?? 1) >= 0.9995)).toEqual([]);
  });

  it("planned updates carry most of what one instance is down", () => {
    for (const { summary } of ofOne) {
      const { byAttribution, seconds } = summary.downtime;
      const planned = byAttribution.filter(({ kind }) => kind.endsWith("-update")).reduce((sum, part) => sum + part.seconds, 0);
      expect(planned / seconds).toBeGreaterThan(0.5);
    }
  });
});
