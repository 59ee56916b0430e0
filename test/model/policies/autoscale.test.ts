import { expect, test } from "vitest";
import type { AutoscaleRuleDesign } from "../../../src/model/design.ts";
import { type AutoscaleView, decideAutoscale, project } from "../../../src/model/policies/autoscale/decide.ts";

const rule = (
  direction: "out" | "in",
  operator: AutoscaleRuleDesign["operator"],
  threshold: number,
  change: AutoscaleRuleDesign["change"] = { kind: "count", value: 1 },
): AutoscaleRuleDesign => ({
  metric: "cpu",
  queue: undefined,
  statistic: "average",
  window: 600e6,
  aggregation: "average",
  operator,
  threshold,
  direction,
  change,
  cooldown: 300e6,
});
const view = (asked: number, rules: readonly (readonly [AutoscaleRuleDesign, number, boolean?])[], limits = { min: 1, max: 10 }) =>
  ({
    asked,
    ...limits,
    default: 2,
    rules: rules.map(([of, value, cooling = false]) => ({ rule: of, value, cooling })),
  }) satisfies AutoscaleView;
const out = rule("out", ">", 70);
const inward = rule("in", "<", 30);

test("the documented example: three instances with 575 threads each are not scaled in, because two would have 862.5", () => {
  const threads = view(3, [
    [rule("out", ">=", 600), 575],
    [rule("in", "<=", 600), 575],
  ]);
  expect(decideAutoscale(threads)).toEqual({ verdict: "flapping", to: 3, rule: 0, projected: 862.5 });
  const fewer = threads.rules.map(({ rule: of }) => [of, 399] as const);
  expect(decideAutoscale(view(3, fewer))).toMatchObject({ verdict: "in", to: 2 });
  expect(project(575, 3, 2)).toBe(862.5);
  expect(project(0, 3, 0)).toBe(0);
  expect(project(1, 3, 0)).toBe(Number.POSITIVE_INFINITY);
});

test("any scale-out rule that fires scales out, and the largest change counts", () => {
  const two = rule("out", ">", 80, { kind: "count", value: 2 });
  expect(
    decideAutoscale(
      view(4, [
        [out, 75],
        [two, 75],
      ]),
    ),
  ).toMatchObject({ verdict: "out", to: 5, rule: 0 });
  expect(
    decideAutoscale(
      view(4, [
        [out, 90],
        [two, 90],
      ]),
    ),
  ).toMatchObject({ verdict: "out", to: 6, rule: 1 });
  expect(
    decideAutoscale(
      view(4, [
        [out, 90],
        [inward, 10],
      ]),
    ),
  ).toMatchObject({ verdict: "out", to: 5 });
});

test("it is scaled in only when all scale-in rules fire, by the smallest change", () => {
  const two = rule("in", "<", 20, { kind: "count", value: 2 });
  expect(
    decideAutoscale(
      view(5, [
        [inward, 25],
        [two, 25],
      ]),
    ),
  ).toMatchObject({ verdict: "steady", to: 5 });
  expect(
    decideAutoscale(
      view(5, [
        [inward, 15],
        [two, 15],
      ]),
    ),
  ).toMatchObject({ verdict: "in", to: 4, rule: 0 });
});

test("changes are counts, percentages of at least one instance, or exact", () => {
  const by = (change: AutoscaleRuleDesign["change"], asked: number) =>
    decideAutoscale(view(asked, [[rule("out", ">", 70, change), 80]])).to;
  expect([by({ kind: "count", value: 3 }, 2), by({ kind: "percent", value: 50 }, 4), by({ kind: "percent", value: 10 }, 2)]).toEqual([
    5, 6, 3,
  ]);
  expect([by({ kind: "exact", value: 7 }, 2), by({ kind: "exact", value: 3 }, 5)]).toEqual([7, 5]);
});

test("limits hold: no further than them, and back into them whatever the rules say", () => {
  expect(decideAutoscale(view(10, [[out, 90]]))).toMatchObject({ verdict: "at-max", to: 10 });
  expect(
    decideAutoscale(
      view(1, [
        [out, 10],
        [inward, 10],
      ]),
    ),
  ).toMatchObject({ verdict: "at-min", to: 1 });
  expect(decideAutoscale(view(12, [[out, 90]]))).toMatchObject({ verdict: "above-max", to: 10 });
  expect(decideAutoscale(view(1, [[inward, 0]], { min: 2, max: 4 }))).toMatchObject({ verdict: "below-min", to: 2 });
});

test("a rule in its cool-down does not act, and a scale-out rule that would holds scale-in off", () => {
  expect(decideAutoscale(view(2, [[out, 90, true]]))).toMatchObject({ verdict: "cooling", to: 2 });
  expect(
    decideAutoscale(
      view(3, [
        [out, 5],
        [inward, 5, true],
      ]),
    ),
  ).toMatchObject({ verdict: "cooling", to: 3 });
  expect(
    decideAutoscale(
      view(3, [
        [out, 90, true],
        [inward, 5],
      ]),
    ),
  ).toMatchObject({ verdict: "cooling", to: 3 });
});

test("without metrics it goes out to the default, never in", () => {
  expect(decideAutoscale(view(1, [[out, Number.NaN]]))).toMatchObject({ verdict: "no-metrics", to: 2 });
  expect(decideAutoscale(view(3, [[inward, Number.NaN]]))).toMatchObject({ verdict: "steady", to: 3 });
});

test("no decision leaves the limits, and none to scale in flaps", () => {
  for (let asked = 1; asked <= 10; asked++) {
    for (let value = 0; value <= 100; value += 5) {
      const decision = decideAutoscale(
        view(asked, [
          [out, value],
          [inward, value],
        ]),
      );
      expect(decision.to).toBeGreaterThanOrEqual(1);
      expect(decision.to).toBeLessThanOrEqual(10);
      if (decision.to < asked) expect(project(value, asked, decision.to)).toBeLessThanOrEqual(70);
    }
  }
});
