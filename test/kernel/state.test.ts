import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError } from "../../src/kernel/invariant.ts";
import { Ring } from "../../src/kernel/ring.ts";
import { capture, restore } from "../../src/kernel/state.ts";

class Counter {
  count = 0;
  readonly seen: number[] = [];
  readonly platform: object;

  constructor(platform: object) {
    this.platform = platform;
  }
}

const data = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.double(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.float64Array({ maxLength: 4 }),
    fc.int32Array({ maxLength: 4 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== "#" && key !== "__proto__"),
      tie("value"),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

describe("state", () => {
  it("any data is captured and restored into any other data, and stays as it is", () => {
    fc.assert(
      fc.property(data, data, (value, other) => {
        const holder = { value };
        const target = { value: other, more: 1 };
        const state = structuredClone(capture(holder));
        restore(target, state);
        expect(target).toStrictEqual({ value });
        expect(capture(target)).toStrictEqual(state);
        expect(holder).toStrictEqual({ value });
      }),
    );
  });

  it("the copy has nothing in common with the original, and can be restored again", () => {
    const original = { list: [1, 2], column: new Int32Array([3]), record: { deep: { at: 5 } } };
    const state = capture(original);
    original.list.push(9);
    original.column[0] = 9;
    original.record.deep.at = 9;
    for (let time = 0; time < 2; time++) {
      const { list, column, record } = original;
      restore(original, state);
      expect(original).toEqual({ list: [1, 2], column: new Int32Array([3]), record: { deep: { at: 5 } } });
      list.push(7);
      column[0] = 7;
      record.deep.at = 7;
    }
  });

  it("an object that two paths lead to is one object again, and a circle ends", () => {
    const shared = { at: 1 };
    const circle: { self?: object; a: object; b: object[] } = { a: shared, b: [shared] };
    circle.self = circle;
    const target: typeof circle = { a: {}, b: [] };
    restore(target, structuredClone(capture(circle)));
    expect(target.b[0]).toBe(target.a);
    expect(target.self).toBe(target);
  });

  it("two objects stay two, although the target had one in their places", () => {
    const one = { at: 0 };
    const target = { a: one, b: one };
    restore(target, capture({ a: { at: 1 }, b: { at: 2 } }));
    expect(target).toEqual({ a: { at: 1 }, b: { at: 2 } });
    const list = [0];
    const lists = { a: list, b: list };
    restore(lists, capture({ a: [1], b: [2, 3] }));
    expect(lists).toEqual({ a: [1], b: [2, 3] });
  });

  it("an object of a class cannot stand for two, as there is no making another one", () => {
    const one = new Counter({});
    const two = { a: new Counter(one.platform), b: new Counter(one.platform) };
    expect(() => restore({ a: one, b: one }, capture(two))).toThrow(/stands for two/);
  });

  it("holes of arrays and the order of maps are kept", () => {
    const sparse: number[] = [];
    sparse[3] = 1;
    const map = new Map([
      ["b", 1],
      ["a", 2],
    ]);
    const target = { sparse: [1, 2, 3, 4, 5], map: new Map([["a", 9]]) };
    restore(target, structuredClone(capture({ sparse, map })));
    expect(Object.keys(target.sparse)).toEqual(["3"]);
    expect(target.sparse).toHaveLength(4);
    expect([...target.map]).toEqual([...map]);
  });

  it("objects of classes keep their identity, and what is outside stays", () => {
    const [here, there] = [{ design: 1 }, { design: 2 }];
    const counter = new Counter(here);
    counter.count = 3;
    counter.seen.push(1, 2);
    const ring = new Ring();
    ring.push(5);
    const state = structuredClone(capture({ counters: [counter], ring }, new Set([here])));
    const target = { counters: [new Counter(there)], ring: new Ring() };
    const [kept] = target.counters;
    restore(target, state);
    expect(target.counters).toEqual([{ count: 3, seen: [1, 2], platform: there }]);
    expect(target.counters[0]).toBe(kept);
    expect(kept?.platform).toBe(there);
    expect(target.ring.at(0)).toBe(5);
  });

  it("what is no data is refused, and so is an object of a class that nothing stands ready for", () => {
    for (const value of [() => 0, new Set([1]), new Date(0), Symbol("a"), { "#": 1 }])
      expect(() => capture({ value })).toThrow(InvariantError);
    expect(() => restore({ rings: [] }, capture({ rings: [new Ring()] }))).toThrow(/no object to put a state of kind "saved" into/);
    expect(() => restore({ rings: [{}] }, capture({ rings: [new Ring()] }))).toThrow(/no object with a method load/);
    expect(() => restore({ map: {} }, capture({ map: new Map() }))).toThrow(/no map/);
    expect(() => restore({ map: 1 }, capture({ map: new Map() }))).toThrow(InvariantError);
    expect(() => restore([], capture({}))).toThrow(InvariantError);
  });
});
