import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

type Arrivals = NonNullable<NonNullable<Plot["clients"]>[string]["arrivals"]>;
const instants = (arrivals: Arrivals, horizon = "10min", seed = 7) =>
  tell(
    { service: { roles: { web: { kind: "web", instances: 1, service: "0s" } } }, clients: { a: { endpoint: "web", arrivals } }, horizon },
    seed,
  )
    .lines(/arrives/, true)
    .map((line) => Number.parseFloat(line));
const between = (all: number[], from: number, to: number) => all.filter((at) => at >= from && at < to).length;

test("constant: one arrival every 1/rate, the first after one interval", () => {
  expect(instants("constant(12/min)", "20s")).toEqual([5, 10, 15]);
});

test("poisson: as many as the rate says, at irregular times", () => {
  const all = instants("poisson(5/s)");
  expect(Math.abs(all.length - 3000)).toBeLessThan(4 * Math.sqrt(3000));
  const gaps = all.slice(1).map((at, index) => at - (all[index] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) * (gap - mean), 0) / gaps.length;
  expect(variance / (mean * mean)).toBeGreaterThan(0.85);
  expect(variance / (mean * mean)).toBeLessThan(1.15);
});

test("rates by the clock: each piece has its own, none where it is 0, and a period repeats them", () => {
  const all = instants({
    rates: [
      { from: "0s", rate: "10/s" },
      { from: "1min", rate: "0/s" },
      { from: "90s", rate: "2/s" },
    ],
    period: "2min",
  });
  for (let period = 0; period < 5; period++) {
    const start = 120 * period;
    expect(Math.abs(between(all, start, start + 60) - 600)).toBeLessThan(110);
    expect(between(all, start + 60, start + 90)).toBe(0);
    expect(Math.abs(between(all, start + 90, start + 120) - 60)).toBeLessThan(35);
  }
});

test("without a period the last rate holds to the end, and a last rate of 0 ends it all", () => {
  const rates = (last: string): Arrivals => ({
    rates: [
      { from: "0s", rate: "1/s" },
      { from: "1min", rate: last },
    ],
  });
  expect(between(instants(rates("5/s")), 540, 600)).toBeGreaterThan(200);
  expect(between(instants(rates("0/s")), 60, 600)).toBe(0);
});

test("rates by the clock that are all 0: nobody ever comes, however long the run is", () => {
  const rates: Arrivals = {
    rates: [
      { from: "0s", rate: "0/s" },
      { from: "1ms", rate: "0/s" },
    ],
    period: "2ms",
  };
  expect(instants(rates, "100y")).toEqual([]);
});

test("bursts: two rates in turn, each for its own time", () => {
  const all = instants({
    bursts: [
      { rate: "0/s", for: "50s" },
      { rate: "10/s", for: "10s" },
    ],
  });
  for (let turn = 0; turn < 10; turn++) {
    expect(between(all, 60 * turn, 60 * turn + 50)).toBe(0);
    expect(Math.abs(between(all, 60 * turn + 50, 60 * turn + 60) - 100)).toBeLessThan(40);
  }
});

test("counts: exactly so many in each interval, in order, at independent uniform instants", () => {
  const all = instants({ counts: [100, 0, 400], every: "1min" });
  expect([between(all, 0, 60), between(all, 60, 120), between(all, 120, 180), between(all, 180, 600)]).toEqual([100, 0, 400, 0]);
  expect(all).toEqual([...all].sort((a, b) => a - b));
  expect(Math.abs(between(all, 120, 150) - 200)).toBeLessThan(45);
});

test("instants: exactly these, several at once too", () => {
  expect(instants({ instants: ["0s", "3s", "3s", "9min"] })).toEqual([0, 3, 3, 540]);
});

test("bursts: arrivals do not end because the rate changes very often between two of them", () => {
  const all = instants(
    {
      bursts: [
        { rate: "1/h", for: "1ms" },
        { rate: "1/h", for: "1ms" },
      ],
    },
    "12h",
  );
  expect(all.length).toBeGreaterThan(4);
  expect(all.length).toBeLessThan(30);
});
