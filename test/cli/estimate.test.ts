import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, nines, small } from "./nines.ts";

function folder(): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, "small.yaml"), small);
  return cwd;
}

it("replicates until a precision is reached and tells each figure with its interval and how it was obtained", () => {
  const { code, out } = nines(["estimate", "small.yaml", "--precision", "latency.p50 ±20%"], { cwd: folder() });
  expect(code).toBe(0);
  expect(out).toContain("✓ Precision reached after 10 runs");
  expect(out).toMatch(/latency\.p50 +\d+ ms {3}\d/);
  expect(out).toContain("t interval of the replications, independent streams");
  expect(out).toContain("nines estimate small.yaml --seed 42 --replications 10");
});

it("prints and writes every figure as JSON, and repeats itself but for the time it took", () => {
  const cwd = folder();
  const once = () => JSON.parse(nines(["estimate", "small.yaml", "--replications", "3", "--json", "--out", "there"], { cwd }).out);
  const { wallSeconds, ...first } = once();
  expect(wallSeconds).toBeGreaterThan(0);
  const { wallSeconds: _, ...again } = once();
  expect(again).toEqual(first);
  expect(first).toMatchObject({ replications: 3, confidence: 0.95, reached: true, scenario: "small" });
  const request = first.figures.find(({ metric }: { metric: string }) => metric === "availability.request");
  expect(request.low).toBeLessThanOrEqual(request.value);
  expect(request.high).toBeGreaterThanOrEqual(request.value);
  expect(JSON.parse(readFileSync(join(cwd, "there", "estimate.json"), "utf8"))).toMatchObject({ fingerprint: first.fingerprint });
});

it("returns 99 when an expectation is missed for sure, and says when the replications do not decide", () => {
  const cwd = folder();
  writeFileSync(join(cwd, "hard.yaml"), small.replace("availability.request >= 90%", "latency.p50 <= 1ms"));
  const { code, out } = nines(["estimate", "hard.yaml", "--replications", "3"], { cwd });
  expect(code).toBe(99);
  expect(out).toContain("1 expectation missed");
});

it("points at the place of a mistake in a precision", () => {
  const { code, err } = nines(["estimate", "small.yaml", "--precision", "latency.p99 ±5"], { cwd: folder() });
  expect(code).toBe(2);
  expect(err).toContain("the half-width of latency.p99 is a time, such as 5ms, or a part of it, such as 2%");
  expect(err).toContain('--precision at column 14, "5":');
  expect(nines(["estimate", "small.yaml", "--confidence", "5"], { cwd: folder() }).err).toContain("a share from 50 % to 99.99 %");
  expect(nines(["estimate", "small.yaml", "--replications", "0"], { cwd: folder() }).err).toContain("a whole number from 1");
});

it("gives the same bytes for any number of threads", () => {
  const cwd = folder();
  const of = (workers: string) => {
    const { out } = nines(["estimate", "small.yaml", "--precision", "latency.p50 ±10%", "--workers", workers, "--json"], { cwd });
    return { ...JSON.parse(out), wallSeconds: 0 };
  };
  const one = of("1");
  expect(of("2")).toEqual(one);
  expect(of("3")).toEqual(one);
});
