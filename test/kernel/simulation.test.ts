import { expect, test } from "vitest";
import { Calendar } from "../../src/kernel/calendar.ts";
import { InvariantError, invariant } from "../../src/kernel/invariant.ts";
import { type Handler, Simulation } from "../../src/kernel/simulation.ts";
import { after, day, maxHorizon, microsecond, never, second, year } from "../../src/kernel/time.ts";

interface Diary {
  readonly calendar: Calendar;
  readonly entries: string[];
}

const tick: Handler<Diary> = ({ calendar, entries }, target, arg) => {
  entries.push(`${calendar.now} tick ${target} ${arg}`);
  calendar.schedule(calendar.now + 10, 0, target, arg + 1);
};
const stop: Handler<Diary> = ({ calendar }, target) => invariant(target !== 13, `unlucky at ${calendar.now}`);

function begin() {
  const calendar = new Calendar();
  const diary: Diary = { calendar, entries: [] };
  return { calendar, diary, simulation: new Simulation(calendar, [tick, stop], diary) };
}

test("events at exactly the end of a run are processed, and the clock stands there", () => {
  const { calendar, diary, simulation } = begin();
  calendar.schedule(5, 0, 1);
  simulation.runUntil(15);
  expect(diary.entries).toEqual(["5 tick 1 0", "15 tick 1 1"]);
  simulation.runUntil(24);
  expect(diary.entries).toHaveLength(2);
  expect(calendar.now).toBe(24);
});

test("stepping, running in slices and running at once are the same run", () => {
  const prints = [[100], [33, 66, 100]].map((ends) => {
    const { calendar, simulation } = begin();
    calendar.schedule(5, 0, 1);
    for (const end of ends) simulation.runUntil(end);
    return calendar.fingerprintHex();
  });
  const { calendar, simulation } = begin();
  calendar.schedule(5, 0, 1);
  while (calendar.peek() <= 100) simulation.step();
  expect([...prints, calendar.fingerprintHex()]).toEqual([prints[0], prints[0], prints[0]]);
});

test("a step without events does nothing", () => {
  expect(begin().simulation.step()).toBe(false);
});

test("a broken invariant tells the instant, the event and the fingerprint", () => {
  const { calendar, simulation } = begin();
  calendar.schedule(7, 1, 13);
  let caught: unknown;
  try {
    simulation.runUntil(100);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(InvariantError);
  expect(caught).toMatchObject({ message: "unlucky at 7", at: 7, event: "event kind 1, target 13, arg 0" });
  expect((caught as InvariantError).fingerprint).toBe(calendar.fingerprintHex());
});

test("a broken invariant of a run within a run keeps the instant and the event of the inner one", () => {
  const inner = begin();
  inner.calendar.schedule(7, 1, 13);
  const calendar = new Calendar();
  calendar.schedule(100, 0, 1);
  const outer = new Simulation(calendar, [() => inner.simulation.runUntil(50)], {});
  expect(() => outer.step()).toThrow(expect.objectContaining({ at: 7, event: "event kind 1, target 13, arg 0" }));
});

test("an error that is no broken invariant goes through as it is", () => {
  const calendar = new Calendar();
  calendar.schedule(5, 0, 1);
  const mistake = new TypeError("of the handler");
  const simulation = new Simulation(
    calendar,
    [
      () => {
        throw mistake;
      },
    ],
    {},
  );
  expect(() => simulation.runUntil(10)).toThrow(mistake);
  expect(Object.keys(mistake)).toEqual([]);
});

test("a sum of instants that cannot be counted exactly is never", () => {
  expect(after(1, 2)).toBe(3);
  expect(after(never - 1, 5)).toBe(never);
  expect(after(5, Infinity)).toBe(never);
  expect(second / microsecond).toBe(1e6);
  expect(year / day).toBe(365.25);
  expect(maxHorizon).toBeLessThan(never);
  expect(maxHorizon + year).toBeGreaterThan(never);
});
