import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Calendar, type CalendarState, type EventId } from "../../src/kernel/calendar.ts";
import { InvariantError } from "../../src/kernel/invariant.ts";
import { never } from "../../src/kernel/time.ts";

interface Expected {
  readonly at: number;
  readonly id: EventId;
  readonly kind: number;
  readonly target: number;
  readonly arg: number;
}

/** What a calendar should do, told by a sorted array. */
class Model {
  now = 0;
  pending: Expected[] = [];
  gone: EventId[] = [];

  schedule(event: Expected): void {
    const behind = this.pending.findIndex((other) => other.at > event.at);
    this.pending.splice(behind < 0 ? this.pending.length : behind, 0, event);
  }
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ op: fc.constant("schedule" as const), delay: fc.nat(20), arg: fc.integer() }) },
  { weight: 4, arbitrary: fc.record({ op: fc.constant("pop" as const) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("popUntil" as const), delay: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant("cancel" as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("cancelStale" as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("peek" as const) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("reload" as const) }) },
);

describe("a calendar", () => {
  test("behaves as an array sorted by time and order of scheduling, whatever is done to it", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300, size: "max" }), (steps) => {
        let calendar = new Calendar(1);
        const model = new Model();
        const popped = (due: boolean, did: boolean) => {
          expect(did).toBe(due);
          if (!due) return;
          const event = model.pending.shift()!;
          model.now = event.at;
          model.gone.push(event.id);
          const { now, kind, target, arg } = calendar;
          expect({ now, kind, target, arg }).toEqual({ now: event.at, kind: event.kind, target: event.target, arg: event.arg });
        };
        for (const [index, action] of steps.entries()) {
          if (action.op === "schedule") {
            const event = { at: model.now + action.delay, kind: index % 7, target: index, arg: action.arg };
            model.schedule({ ...event, id: calendar.schedule(event.at, event.kind, event.target, event.arg) });
          } else if (action.op === "pop") popped(model.pending.length > 0, calendar.pop());
          else if (action.op === "popUntil") {
            const limit = model.now + action.delay;
            popped(model.pending.length > 0 && model.pending[0].at <= limit, calendar.popUntil(limit));
          } else if (action.op === "cancel" && model.pending.length > 0) {
            const [event] = model.pending.splice(action.which % model.pending.length, 1);
            expect(calendar.timeOf(event.id)).toBe(event.at);
            expect(calendar.cancel(event.id)).toBe(true);
            model.gone.push(event.id);
          } else if (action.op === "cancelStale" && model.gone.length > 0) {
            expect(calendar.cancel(model.gone[action.which % model.gone.length])).toBe(false);
          } else if (action.op === "peek") {
            expect(calendar.peek()).toBe(model.pending[0]?.at ?? never);
          } else if (action.op === "reload") {
            const fingerprint = calendar.fingerprintHex();
            const state = calendar.save();
            calendar = new Calendar(1);
            calendar.load(state);
            expect(calendar.fingerprintHex()).toBe(fingerprint);
          }
          expect(calendar.size).toBe(model.pending.length);
          expect(calendar.now).toBe(model.now);
          for (const event of model.pending) expect(calendar.isPending(event.id)).toBe(true);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("keeps the handles of events that were scheduled before it doubled", () => {
    const calendar = new Calendar(1);
    const ids: EventId[] = [];
    for (let i = 0; i < 5000; i++) {
      ids.push(calendar.schedule(10 + i, 0, i));
      // Uses slots up, so that their generations differ.
      if (i % 3 === 0) calendar.cancel(calendar.schedule(5, 0, 0));
    }
    expect(new Set(ids).size).toBe(ids.length);
    for (let i = 0; i < 5000; i++) expect(calendar.timeOf(ids[i])).toBe(10 + i);
    for (const id of ids) expect(calendar.cancel(id)).toBe(true);
    for (const id of ids) expect(calendar.cancel(id)).toBe(false);
    expect(calendar.size).toBe(0);
  });

  test("lets events of equal instants happen in the order of their scheduling", () => {
    const calendar = new Calendar();
    for (let i = 0; i < 1000; i++) calendar.schedule(i % 2, 0, i);
    const order: number[] = [];
    while (calendar.pop()) order.push(calendar.target);
    const even = Array.from({ length: 500 }, (_, i) => 2 * i);
    expect(order).toEqual([...even, ...even.map((i) => i + 1)]);
  });

  test("puts an event scheduled for now behind those already due now", () => {
    const calendar = new Calendar();
    for (let i = 0; i < 3; i++) calendar.schedule(5, 0, i);
    calendar.pop();
    calendar.schedule(5, 0, 3);
    const order: number[] = [];
    while (calendar.pop()) order.push(calendar.target);
    expect(order).toEqual([1, 2, 3]);
  });

  test("stores nothing that happens at never or beyond", () => {
    const calendar = new Calendar();
    expect(calendar.schedule(never, 0, 0)).toBe(-1);
    expect(calendar.schedule(Infinity, 0, 0)).toBe(-1);
    expect(calendar.size).toBe(0);
    expect(calendar.peek()).toBe(never);
    expect(calendar.pop()).toBe(false);
    expect(calendar.cancel(-1)).toBe(false);
    expect(calendar.timeOf(-1)).toBe(never);
    calendar.schedule(never - 1, 0, 0);
    expect(calendar.pop()).toBe(true);
    expect(calendar.now).toBe(never - 1);
  });

  test("refuses the past, parts of a microsecond, NaN and arguments that are not int32", () => {
    const calendar = new Calendar();
    calendar.advanceTo(10);
    expect(() => calendar.schedule(9, 0, 0)).toThrow(InvariantError);
    expect(() => calendar.schedule(10.5, 0, 0)).toThrow(InvariantError);
    expect(() => calendar.schedule(Number.NaN, 0, 0)).toThrow(InvariantError);
    expect(() => calendar.schedule(10, 0, 0, 2 ** 31)).toThrow(InvariantError);
    expect(calendar.schedule(10, 0, 0, 2 ** 31 - 1)).toBeGreaterThanOrEqual(0);
    expect(calendar.size).toBe(1);
  });

  test("does not advance past a pending event, nor back", () => {
    const calendar = new Calendar();
    calendar.schedule(10, 0, 0);
    expect(() => calendar.advanceTo(11)).toThrow(InvariantError);
    calendar.advanceTo(10);
    expect(() => calendar.advanceTo(9)).toThrow(InvariantError);
  });
});

describe("the fingerprint of a calendar", () => {
  const printOf = (events: readonly (readonly [number, number, number, number])[]) => {
    const calendar = new Calendar();
    for (const [at, kind, target, arg] of events) calendar.schedule(at, kind, target, arg);
    while (calendar.pop());
    return calendar.fingerprintHex();
  };

  test("is sixteen hex digits and depends on every part of an event", () => {
    const base = printOf([[1, 2, 3, 4]]);
    expect(base).toMatch(/^[0-9a-f]{16}$/);
    const others = [
      [2, 2, 3, 4],
      [1 + 2 ** 32, 2, 3, 4],
      [1, 3, 3, 4],
      [1, 2, 4, 4],
      [1, 2, 3, 5],
      [1, 3, 2, 4],
      [1, 2, 4, 3],
    ] as const;
    const prints = new Set([base, ...others.map((event) => printOf([event]))]);
    expect(prints.size).toBe(others.length + 1);
  });

  test("collides for none of a hundred thousand neighbouring events", () => {
    const prints = new Set<string>();
    for (let at = 0; at < 10; at++)
      for (let kind = 0; kind < 10; kind++)
        for (let target = 0; target < 100; target++)
          for (let arg = 0; arg < 10; arg++) {
            const calendar = new Calendar(16);
            calendar.schedule(at, kind, target, arg);
            calendar.pop();
            prints.add(calendar.fingerprintHex());
          }
    expect(prints.size).toBe(100_000);
  });

  test("depends on the order of events and on numbers mixed in, to the last bit", () => {
    expect(
      printOf([
        [1, 0, 1, 0],
        [1, 0, 2, 0],
      ]),
    ).not.toBe(
      printOf([
        [1, 0, 2, 0],
        [1, 0, 1, 0],
      ]),
    );
    const mixed = (value: number) => {
      const calendar = new Calendar();
      calendar.mix(value);
      return calendar.fingerprintHex();
    };
    expect(mixed(1)).not.toBe(mixed(1 + Number.EPSILON));
    expect(mixed(0)).not.toBe(mixed(-0));
    expect(mixed(Number.NaN)).toBe(mixed(-Number.NaN));
  });

  test("is the same after going back to a saved state and running again", () => {
    const calendar = new Calendar(4);
    const run = (steps: number) => {
      for (let i = 0; i < steps && calendar.pop(); i++) {
        calendar.schedule(calendar.now + ((calendar.target * 7919 + i) % 101), calendar.kind, (calendar.target * 31 + i) % 1000, i);
        if (i % 5 === 0) calendar.cancel(calendar.schedule(calendar.now + 50, 1, i));
      }
    };
    for (let i = 0; i < 40; i++) calendar.schedule(i % 5, i % 3, i);
    run(500);
    const state: CalendarState = structuredClone(calendar.save());
    run(1000);
    const first = calendar.fingerprintHex();
    calendar.load(state);
    run(1000);
    expect(calendar.fingerprintHex()).toBe(first);
    expect(calendar.processed).toBe(1500);
  });

  test("draws the order of events at equal instants when asked, and never puts one before what brought it about", () => {
    const orderOf = (ties: number) => {
      const calendar = new Calendar();
      calendar.shuffleTies(ties);
      for (let target = 0; target < 6; target++) calendar.schedule(5, 1, target);
      calendar.schedule(4, 2, 0);
      const order: number[] = [];
      while (calendar.pop()) {
        order.push(calendar.kind === 2 ? -1 : calendar.target);
        if (calendar.target === 3) calendar.schedule(5, 1, 103);
      }
      return order;
    };
    expect(orderOf(0)).toEqual([-1, 0, 1, 2, 3, 4, 5, 103]);
    const orders = Array.from({ length: 50 }, (_, ties) => orderOf(ties + 1));
    for (const order of orders) {
      expect(order[0]).toBe(-1);
      expect(order.indexOf(103)).toBeGreaterThan(order.indexOf(3));
      expect(order.toSorted((a, b) => a - b)).toEqual([-1, 0, 1, 2, 3, 4, 5, 103]);
    }
    expect(new Set(orders.map(String)).size).toBeGreaterThan(40);
    for (let first = 0; first < 6; first++) expect(orders.some((order) => order[1] === first)).toBe(true);
  });

  test("draws the same order on after it was saved and loaded", () => {
    const calendar = new Calendar();
    calendar.shuffleTies(7);
    calendar.schedule(5, 1, 0);
    const other = new Calendar();
    other.load(calendar.save());
    for (const each of [calendar, other]) for (let target = 1; target < 6; target++) each.schedule(5, 1, target);
    while (calendar.pop()) {
      expect(other.pop()).toBe(true);
      expect(other.target).toBe(calendar.target);
    }
  });
});
