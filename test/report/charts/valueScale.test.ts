import { expect, test } from "vitest";
import { valueScale } from "../../../src/report/charts/valueScale.ts";

test("values that are all 0 have a scale", () => {
  expect(valueScale(0, String)).toEqual({ max: 1, ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: String(at) })) });
});

test("a scale ends at a round value that holds the highest", () => {
  for (const highest of [0.001, 0.3, 1, 7, 42, 1e6]) {
    const { max, ticks } = valueScale(highest, String);
    expect(max).toBeGreaterThanOrEqual(highest);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(6);
  }
});
