import { describe, expect, it } from "vitest";
import { day, hour, minute, second, year } from "../../src/kernel/time.ts";
import { duration, instant, timeTicks } from "../../src/report/times.ts";

describe("instants", () => {
  it.each([
    [12 * minute + 5.834 * second, 3, "12:05.834"],
    [300 * second, 1, "5:00.0"],
    [323.49 * second, 1, "5:23.4"],
    [5 * minute, 0, "5:00"],
    [hour + 2 * minute + 5 * second, 0, "1:02:05"],
    [3 * day + 4 * hour, 0, "3 d 04:00:00"],
    [213 * year + 225 * day + 177 * minute, 0, "213 y 225 d 02:57"],
    [0, 3, "0:00.000"],
  ])("%d µs with %d decimals is %s", (at, decimals, text) => expect(instant(at, decimals)).toBe(text));
});

describe("durations", () => {
  it.each([
    [5.8 * second, "5.8 s"],
    [31 * second, "31 s"],
    [17 * minute + 40 * second, "17 min 40 s"],
    [30 * minute, "30 min"],
    [59.97 * second, "1 min"],
    [3 * hour + 4 * minute, "3 h 04 min"],
    [3 * day + 4 * hour, "3 d 4 h"],
    [250 * year, "250 y"],
    [340_000, "340 ms"],
    [1500, "1.5 ms"],
    [7, "7 µs"],
  ])("%d µs is %s", (of, text) => expect(duration(of)).toBe(text));
});

describe("the time axis", () => {
  const labels = (end: number): readonly string[] => timeTicks(end).map(({ label }) => label);

  it("has round steps and short labels", () => {
    expect(labels(30 * minute)).toEqual(["0 min", "5:00", "10:00", "15:00", "20:00", "25:00", "30:00"]);
    expect(labels(7 * day)).toEqual(["0 d", "1 d", "2 d", "3 d", "4 d", "5 d", "6 d", "7 d"]);
    expect(labels(10 * second)).toEqual(["0 s", "2 s", "4 s", "6 s", "8 s", "10 s"]);
    expect(labels(36 * hour)).toEqual(["0 h", "6 h", "12 h", "18 h", "1 d", "1 d 6 h", "1 d 12 h"]);
    expect(labels(250 * year)).toEqual(["0 y", "50 y", "100 y", "150 y", "200 y", "250 y"]);
  });

  it("never has more than eight ticks", () => {
    for (let end = second; end < 285 * year; end *= 1.7) expect(timeTicks(end).length).toBeLessThanOrEqual(8);
  });
});
