import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { run } from "../../src/experiment/library.ts";
import type { Run } from "../../src/experiment/live.ts";
import { type Snapshot, SnapshotRefused } from "../../src/experiment/snapshot.ts";
import { restore, start } from "../../src/experiment/start.ts";
import { minute, second } from "../../src/kernel/time.ts";
import { Streams } from "../../src/random/streams.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { type ValidScenario, validate } from "../../src/scenario/validate.ts";
import { anyScenario } from "../model/anyScenario.ts";
import { committedScenarios } from "./committedScenarios.ts";

/** NINES_LONG=1 takes at least 1,000 snapshots of all committed scenarios, and tries 300 generated ones; else every third scenario has its turn. */
const isLong = process.env.NINES_LONG === "1";
const pointsEach = isLong ? 17 : 3;

/** A run as bytes: its figures, its facts, and its fingerprint are among them. */
function ending(run: Run): string {
  const { facts, summary } = run.finish();
  return JSON.stringify([run.platform.trace.count, run.events, summary, Object.values(facts).map((column) => JSON.stringify(column))]);
}

/** Steps through a run and takes snapshots after so many events; each goes through a structured clone, as to a worker. */
function snapshotsOf(live: Run, after: readonly number[]): Snapshot[] {
  return after.map((events) => {
    while (live.events < events && live.step());
    return structuredClone(live.snapshot());
  });
}

/** Restores a snapshot in a fresh platform: nothing was forgotten, and the rest of the run is what it would have been. */
function differencesOf(valid: ValidScenario, snapshots: readonly Snapshot[], whole: string): string[] {
  return snapshots.flatMap((snapshot) => {
    const restored = restore(valid, snapshot);
    const where = `${valid.name} after ${snapshot.events} events`;
    if (!isDeepStrictEqual(restored.snapshot(), snapshot)) return [`${where}: the restored state is another one`];
    return ending(restored) === whole ? [] : [`${where}: the rest of the run is another one`];
  });
}

describe("restored and run on, a run is the uninterrupted one", () => {
  const streams = new Streams(20_261_124, 0);
  let points = 0;
  const all = committedScenarios().filter((_, place) => isLong || place % 3 === 0);
  for (const valid of all) {
    it(`${valid.name}, at any event`, () => {
      const uninterrupted = start(valid);
      const whole = ending(uninterrupted);
      const stream = streams.open(valid.name);
      const events = Array.from({ length: pointsEach }, () => Math.floor(streams.uniform(stream) * (uninterrupted.events + 1)));
      const live = start(valid);
      const snapshots = snapshotsOf(
        live,
        events.sort((a, b) => a - b),
      );
      points += snapshots.length;
      expect(ending(live), "taking snapshots is without effect").toBe(whole);
      expect(differencesOf(valid, snapshots, whole)).toEqual([]);
    });
  }

  it("many points were tried", () => {
    if (isLong) console.log(`${points} snapshots of ${all.length} scenarios`);
    expect(points).toBeGreaterThanOrEqual(isLong ? 1000 : 60);
  });

  it("generated scenarios too, with every fact, after any event and any instant", () => {
    fc.assert(
      fc.property(anyScenario, fc.array(fc.nat({ max: 999_999 }), { minLength: 3, maxLength: 3 }), (scenario, places) => {
        const valid = validate(scenario);
        const uninterrupted = start(valid, { everyFact: true });
        const whole = ending(uninterrupted);
        const live = start(valid, { everyFact: true });
        const events = places.map((place) => Math.floor((place / 1e6) * (uninterrupted.events + 1))).sort((a, b) => a - b);
        const snapshots = snapshotsOf(live, events);
        if (live.now < live.horizon) live.advanceTo(Math.floor((live.now + live.horizon) / 2));
        snapshots.push(live.snapshot());
        expect(ending(live)).toBe(whole);
        const before = structuredClone(snapshots);
        expect(differencesOf(valid, snapshots, whole)).toEqual([]);
        expect(isDeepStrictEqual(snapshots, before), "running on changes no snapshot").toBe(true);
      }),
      { seed: 4, numRuns: isLong ? 300 : 40 },
    );
  });
});

const scenario: Scenario = {
  name: "busy",
  preset: "ideal",
  horizon: "2min",
  service: { roles: { web: { kind: "web", instances: 2, concurrency: 1, service: "exponential(800ms)" } } },
  clients: { a: { endpoint: "web", arrivals: "poisson(2/s)", timeout: "3s" } },
  faults: [{ every: "exponential(1min)", kind: "app-crash", instance: "each(web)", repairAfter: "exponential(5s)" }],
  measure: { warmUp: "10s", to: "100s" },
};

test("a run that is driven in chunks, step by step or in one go is the run of the library", () => {
  const byLibrary = run(scenario);
  const inOneGo = start(scenario);
  const byStep = start(scenario);
  while (byStep.step());
  const inChunks = start(scenario);
  for (let at = 0; at <= 3 * minute; at += 7 * second) inChunks.advanceTo(Math.max(at, inChunks.now));
  for (const live of [inOneGo, byStep, inChunks]) {
    const { facts, summary } = live.finish();
    expect(summary).toEqual(byLibrary.summary);
    expect(facts).toEqual(byLibrary.facts);
    expect(live.isOver).toBe(true);
    expect(live.step()).toBe(false);
    expect(live.finish()).toBe(live.stop());
  }
});

test("a longer run begins as a shorter one does", () => {
  const short = start({ ...scenario, horizon: "100s", measure: {} }, { everyFact: true });
  const long = start({ ...scenario, measure: {} }, { everyFact: true });
  for (const live of [short, long]) live.advanceTo(100 * second);
  expect(long.fingerprint).toBe(short.fingerprint);
  expect(long.facts()).toEqual(short.facts());
});

test("stopped early, the figures are of the part that was run", () => {
  const live = start(scenario);
  live.advanceTo(55 * second);
  const { summary } = live.stop();
  expect(summary.availability.time).toBe(1);
  expect(summary.requests.offered).toBeGreaterThan(60);
  expect(summary.requests.offered).toBeLessThan(120);
});

test("a snapshot can be restored many times, and another replication has another story", () => {
  const live = start(scenario, { replication: 2, seed: 9 });
  live.advanceTo(30 * second);
  const snapshot = live.snapshot();
  const endings = [0, 1].map(() => ending(restore(scenario, snapshot)));
  expect(endings).toEqual([ending(live), ending(live)]);
  expect(endings[0]).not.toBe(ending(start(scenario, { seed: 9 })));
});

test("a restored run can keep the facts of requests too, from there on", () => {
  const live = start(scenario);
  live.advanceTo(30 * second);
  const restored = restore(scenario, live.snapshot(), { everyFact: true });
  const before = restored.facts().length;
  restored.advanceTo(31 * second);
  expect(restored.facts().length).toBeGreaterThan(before);
  expect(restored.finish().summary).toEqual(live.finish().summary);
});

test("what cannot be restored is refused with words", () => {
  const live = start(scenario);
  live.advanceTo(30 * second);
  const snapshot = live.snapshot();
  const other = { ...scenario, name: "other" };
  expect(() => restore(other, snapshot)).toThrow(/^the snapshot is of busy \(hash .{8}\), and this is other \(hash .{8}\)/);
  expect(() => restore(scenario, { ...snapshot, version: "0.0.1" })).toThrow(/taken by Nines 0\.0\.1, and this is Nines /);
  expect(() => restore(scenario, { ...snapshot, format: 2 as 1 })).toThrow(/format 2 cannot be read: this version reads format 1/);
  expect(() => live.advanceTo(29 * second)).toThrow(/does not go back/);
  expect(() => live.advanceTo(30.5)).toThrow(/a whole number of microseconds/);
  live.finish();
  expect(() => live.snapshot()).toThrow(SnapshotRefused);
});
