import fc from "fast-check";
import { expect, test } from "vitest";
import { TimeWeighted } from "../../src/stats/timeWeighted.ts";
import { Welford } from "../../src/stats/welford.ts";

function summaryOf(values: readonly number[]): Welford {
  const summary = new Welford();
  for (const value of values) summary.add(value);
  return summary;
}

test("mean and variance are those of the definition, even far from 0", () => {
  const summary = summaryOf([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]);
  expect(summary.mean).toBe(1e9 + 10);
  expect(summary.variance()).toBe(30);
  expect(summary.deviation()).toBeCloseTo(Math.sqrt(30), 12);
  expect(summaryOf([1]).variance()).toBeUndefined();
  expect(summaryOf([]).deviation()).toBeUndefined();
});

test("merged parts have the moments of the whole", () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 50 });
  fc.assert(
    fc.property(values, values, (first, second) => {
      const merged = summaryOf(first);
      merged.merge(summaryOf(second));
      const whole = summaryOf([...first, ...second]);
      expect(merged.count).toBe(whole.count);
      expect(merged.mean).toBeCloseTo(whole.mean, 9);
      expect(merged.squares).toBeCloseTo(whole.squares, 5);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("a mean over time weighs each value with how long it held", () => {
  const queue = new TimeWeighted(100, 2);
  queue.set(110, 5);
  queue.add(120, -4);
  expect(queue.value).toBe(1);
  expect(queue.integral(150)).toBe(20 + 50 + 30);
  expect(queue.mean(150)).toBe(2);
  expect(queue.max).toBe(5);
});

test("a mean over time forgets its warm-up and needs time to have passed", () => {
  const queue = new TimeWeighted();
  queue.set(10, 8);
  queue.set(20, 3);
  queue.reset(30);
  expect(queue.mean(30)).toBeUndefined();
  expect(queue.mean(50)).toBe(3);
  expect(queue.max).toBe(3);
});
