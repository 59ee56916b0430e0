import fc from "fast-check";
import { expect, test } from "vitest";
import { run } from "../../src/experiment/library.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { anyScenario } from "../model/anyScenario.ts";

/** Exact for what was simulated, and not an estimate of anything. */
const extremes = /(^|\.)(max|min|depthMax|readyMin|inRotationMin|worstMonth)$/;
/** Neither a sum over the runs nor their average: what all runs together have differs from the average of each. */
const pooled =
  /^availability\.|(\.|^)(availability|amplification|utilization|uptime|perMillionRequests|ratio|readyMean|meanMs)$|(Ms\.(mean|p50|p90|p95|p99|p999))$/;
/** Lists that are put together by their words. */
const matched = /(^|\.)(failedByAttribution|byAttribution)$/;

type Leaf = readonly [path: string, figure: number, interval: { low: number; high: number } | null];

/** Every number of the figures beside its interval; throws where the shapes differ. */
function* leaves(figure: unknown, interval: unknown, path: string): Generator<Leaf> {
  if (typeof figure === "number") {
    const known = interval as { low: number; high: number } | null;
    if (known !== null) expect(Object.keys(known), path).toEqual(["low", "high"]);
    yield [path, figure, known];
  } else if (Array.isArray(figure)) {
    expect(Array.isArray(interval), path).toBe(true);
    const list = interval as unknown[];
    if (matched.test(path)) return;
    expect(list.length, path).toBe(figure.length);
    for (const [place, entry] of figure.entries()) yield* leaves(entry, list[place], `${path}.${place}`);
  } else if (typeof figure === "object" && figure !== null) {
    expect(typeof interval, path).toBe("object");
    for (const [key, entry] of Object.entries(figure))
      yield* leaves(entry, (interval as Record<string, unknown> | null)?.[key] ?? null, path === "" ? key : `${path}.${key}`);
  } else expect(interval, path).toBe(figure);
}

test("whatever happens, every figure has an interval in its place, around the sum or the average of the runs", () => {
  fc.assert(
    fc.property(anyScenario, fc.integer({ min: 2, max: 3 }), (scenario, runs) => {
      const { intervals, ...summary } = run({ ...scenario, runs } as Scenario).summary;
      const figures = Object.fromEntries(Object.keys(intervals ?? {}).map((key) => [key, summary[key as keyof typeof summary]]));
      for (const [path, figure, interval] of leaves(figures, intervals, "")) {
        const name = path.replaceAll(/\.\d+/g, "");
        if (extremes.test(name)) expect(interval, name).toBeNull();
        else if (interval !== null && !pooled.test(name)) {
          const centre = (interval.low + interval.high) / 2;
          expect(Math.abs(centre - figure), `${name}: ${figure}, not ${centre}`).toBeLessThan(1e-6 * Math.max(1, Math.abs(figure)));
        } else if (interval === null) expect(pooled.test(name) || isAbsentSomewhere(name), `${name} has no interval`).toBe(true);
      }
    }),
    { numRuns: 80, seed: 20261128 },
  );
});

/** Of months that some run does not have. */
function isAbsentSomewhere(name: string): boolean {
  return name.startsWith("sla.");
}

test("what is not among the intervals is no figure of a run", () => {
  const { intervals, ...summary } = run({ name: "a", horizon: "1min", service: { roles: { web: { kind: "web" } } }, runs: 2 }).summary;
  const others = Object.keys(summary).filter((key) => !(key in (intervals ?? {})));
  expect(others).toEqual([
    "scenario",
    "seed",
    "runs",
    "fingerprint",
    "version",
    "simulatedSeconds",
    "wallSeconds",
    "events",
    "peakMiB",
    "operations",
    "instances",
    "expectations",
    "reproduce",
  ]);
});
