import fc from "fast-check";
import { expect, expectTypeOf, test } from "vitest";
import { type ColumnsState, defineColumns } from "../../src/kernel/columns.ts";
import { InvariantError } from "../../src/kernel/invariant.ts";
import { Ring } from "../../src/kernel/ring.ts";

const Requests = defineColumns({ arrivedAt: Float64Array, client: Int16Array, state: Uint8Array });

test("each field of a set of columns is a typed array of the kind it was defined with", () => {
  const requests = new Requests(100);
  expectTypeOf(requests.arrivedAt).toEqualTypeOf<Float64Array>();
  expectTypeOf(requests.client).toEqualTypeOf<Int16Array>();
  expect(requests.arrivedAt).toBeInstanceOf(Float64Array);
  expect(requests.state).toHaveLength(100);
});

test("records keep their fields while the columns double", () => {
  const requests = new Requests();
  for (let i = 0; i < 1000; i++) {
    const id = requests.ids.allocate();
    requests.arrivedAt[id] = 1e12 + i;
    requests.client[id] = -i;
  }
  expect(requests.count).toBe(1000);
  expect(requests.arrivedAt[999]).toBe(1e12 + 999);
  expect(requests.client[500]).toBe(-500);
  expect(requests.capacity).toBeGreaterThanOrEqual(1000);
});

test("the id released last is allocated next, and a dead id cannot be released", () => {
  const requests = new Requests();
  const [a, b] = [requests.ids.allocate(), requests.ids.allocate()];
  requests.ids.release(a);
  requests.ids.release(b);
  expect(requests.count).toBe(0);
  expect(requests.ids.isLive(b)).toBe(false);
  expect(() => requests.ids.release(b)).toThrow(InvariantError);
  expect(() => requests.ids.release(99)).toThrow(InvariantError);
  expect([requests.ids.allocate(), requests.ids.allocate()]).toEqual([b, a]);
  expect(requests.ids.isLive(b)).toBe(true);
});

test("saved records come back under their ids, free list included", () => {
  const requests = new Requests();
  for (let i = 0; i < 40; i++) requests.arrivedAt[requests.ids.allocate()] = i;
  for (let i = 0; i < 40; i += 3) requests.ids.release(i);
  const state: ColumnsState = structuredClone(requests.save());
  const next = [requests.ids.allocate(), requests.ids.allocate(), requests.ids.allocate()];
  requests.arrivedAt.fill(0);
  const restored = new Requests();
  restored.load(state);
  expect(restored.count).toBe(26);
  expect(restored.arrivedAt[38]).toBe(38);
  expect([restored.ids.allocate(), restored.ids.allocate(), restored.ids.allocate()]).toEqual(next);
});

test("a set of columns that has grown since a state was saved goes back to it, and what came later is not live", () => {
  const requests = new Requests();
  requests.arrivedAt[requests.ids.allocate()] = 7;
  const state = requests.save();
  for (let i = 0; i < 100; i++) requests.arrivedAt[requests.ids.allocate()] = 9;
  requests.load(state);
  expect([requests.count, requests.arrivedAt[0], requests.ids.isLive(0), requests.ids.isLive(1)]).toEqual([1, 7, true, false]);
  expect(requests.ids.allocate()).toBe(1);
});

test("a column cannot take a name that every set of columns has", () => {
  const Wrong = defineColumns({ count: Int32Array });
  expect(() => new Wrong()).toThrow(InvariantError);
});

test("a ring behaves as an array does, whatever is done to it", () => {
  const step = fc.oneof(
    fc.record({ op: fc.constant("push" as const), id: fc.nat(20) }),
    fc.record({ op: fc.constant("unshift" as const), id: fc.nat(20) }),
    fc.record({ op: fc.constant("shift" as const) }),
    fc.record({ op: fc.constant("reload" as const) }),
    fc.record({ op: fc.constant("remove" as const), id: fc.nat(20) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200, size: "max" }), (steps) => {
      const ring = new Ring(1);
      const model: number[] = [];
      for (const action of steps) {
        if (action.op === "push") {
          ring.push(action.id);
          model.push(action.id);
        } else if (action.op === "unshift") {
          ring.unshift(action.id);
          model.unshift(action.id);
        } else if (action.op === "shift") expect(ring.shift()).toBe(model.shift() ?? -1);
        else if (action.op === "reload") ring.load(ring.save());
        else {
          const index = model.indexOf(action.id);
          expect(ring.remove(action.id)).toBe(index >= 0);
          if (index >= 0) model.splice(index, 1);
        }
        expect([...ring.save()]).toEqual(model);
        expect(ring.length).toBe(model.length);
        expect(ring.at(model.length - 1)).toBe(model.at(-1) ?? -1);
      }
      ring.clear();
      expect(ring.shift()).toBe(-1);
    }),
    { seed: 2, numRuns: 200 },
  );
});
