import alea from "seedrandom/lib/alea.js";
import { describe, expect, test } from "vitest";
import { Streams } from "../../src/random/streams.ts";

const draws = (streams: Streams, id: number, count: number) => Array.from({ length: count }, () => streams.uniform(id));

describe("a stream", () => {
  test("draws what the library draws for the same name, bit for bit", () => {
    const streams = new Streams(42, 3);
    const ids = [streams.open("host", 7, "failure"), streams.open("host", 8, "failure")];
    const library = [alea("2:v12:421:34:host1:77:failure"), alea("2:v12:421:34:host1:87:failure")];
    for (let i = 0; i < 50_000; i++) {
      const which = i % 2;
      expect(streams.double(ids[which])).toBe(library[which].double());
    }
    expect(streams.uint32(ids[0])).toBe(Math.floor(library[0].double() * 2 ** 32));
    expect(streams.double(ids[0])).toBe(library[0].double());
  });

  test("stays inside (0, 1) when the library's draw is 0 or the last one below 1", () => {
    const streams = new Streams(1, 0);
    const id = streams.open("edge");
    streams.load(Float64Array.of(0, 0, 0, 0, 0, 0, 0, 0));
    expect(streams.uniform(id)).toBe(2 ** -54);
    for (let i = 0; i < 1000; i++) expect(streams.uniform(id)).toBeGreaterThan(0);
    // s0 and s1 chosen so that both halves of the draw are all ones: 2091639 is odd, so it has an inverse modulo 2^32.
    const allOnes = Number((0xffffffffn * inverse(2091639n)) % 2n ** 32n);
    const carry = Math.floor((2091639 * allOnes) / 2 ** 32);
    const second = Number(((0xffffffffn - BigInt(carry) + 2n ** 32n) * inverse(2091639n)) % 2n ** 32n);
    streams.load(Float64Array.of(0, allOnes / 2 ** 32, second / 2 ** 32, 0, 0.5, 0, 0, 0));
    expect(streams.double(id)).toBe(0.5);
    expect(streams.double(id)).toBe(1 - 2 ** -53);
    streams.load(Float64Array.of(0, allOnes / 2 ** 32, second / 2 ** 32, 0, 0.5, 0, 0, 0));
    expect(streams.double(id)).toBe(0.5);
    expect(streams.uniform(id)).toBeLessThan(1);
  });

  test("goes on from a saved state as if nothing had happened", () => {
    const streams = new Streams("seed", 0, 1);
    const ids = Array.from({ length: 100 }, (_, i) => streams.open("entity", i));
    for (const id of ids) draws(streams, id, id % 7);
    const state = structuredClone(streams.save());
    const first = ids.map((id) => draws(streams, id, 5));
    streams.open("later");
    streams.load(state);
    expect(ids.map((id) => draws(streams, id, 5))).toEqual(first);
    const elsewhere = new Streams("seed", 0, 1);
    elsewhere.load(state);
    expect(ids.map((id) => draws(elsewhere, id, 5))).toEqual(first);
    expect(elsewhere.length).toBe(100);
  });

  test("does not depend on which other streams are open or drawn from", () => {
    const alone = new Streams(5, 0);
    const crowded = new Streams(5, 0);
    for (let i = 0; i < 50; i++) draws(crowded, crowded.open("other", i), i);
    expect(draws(crowded, crowded.open("host", 1, "repair"), 20)).toEqual(draws(alone, alone.open("host", 1, "repair"), 20));
  });
});

describe("the name of a stream", () => {
  test("tells parts apart that look alike when joined or repeated", () => {
    const streams = new Streams(1, 0);
    const names = [["12"], ["1212"], ["12", "12"], ["1", "2"], ["1", "212"], ["a", ""], ["", "a"], ["a"], ["1:a"], []];
    const first = names.map((parts) => streams.uniform(streams.open(...parts)));
    expect(new Set(first).size).toBe(names.length);
  });

  test("includes seed and replication", () => {
    const seeds = [
      [1, 0],
      [1, 1],
      [10, 0],
      ["1x", 0],
      [11, 0],
    ] as const;
    expect(new Set(seeds.map(([seed, replication]) => new Streams(seed, replication).once("a"))).size).toBe(seeds.length);
    expect(new Streams(1, 0).once("a")).toBe(new Streams("1", 0).once("a"));
  });

  test("gives a single draw that is the first of the stream", () => {
    const streams = new Streams(9, 0);
    expect(streams.once("host", 3, "phase")).toBe(streams.uniform(streams.open("host", 3, "phase")));
  });

  test("can be opened once only where names are checked", () => {
    const streams = new Streams(9, 0, 8, true);
    streams.open("host", 3);
    expect(() => streams.open("host", 3)).toThrow("stream host/3 is open already");
    expect(streams.open("host", 4)).toBe(1);
  });

  test("does not show in the numbers: first draws of neighbouring names are uniform, uncorrelated and distinct", () => {
    for (const parts of [
      (i: number) => ["host", i, "failure"],
      (i: number) => [`host-${String(i).padStart(6, "0")}`],
      (i: number) => [i],
    ]) {
      const streams = new Streams(42, 0, 20_000);
      const first = Array.from({ length: 20_000 }, (_, i) => streams.uniform(streams.open(...parts(i))));
      expect(new Set(first).size).toBe(20_000);
      const bins = new Array(100).fill(0);
      for (const u of first) bins[Math.floor(100 * u)]++;
      const chiSquare = bins.reduce((sum, seen) => sum + (seen - 200) ** 2 / 200, 0);
      expect(chiSquare).toBeGreaterThan(60);
      expect(chiSquare).toBeLessThan(150);
      let product = 0;
      for (let i = 1; i < first.length; i++) product += (first[i] - 0.5) * (first[i - 1] - 0.5);
      expect(Math.abs(product * 12) / Math.sqrt(first.length)).toBeLessThan(4);
    }
  });
});

function inverse(odd: bigint): bigint {
  let x = 1n;
  for (let i = 0; i < 6; i++) x = (x * (2n - odd * x)) % 2n ** 32n;
  return ((x % 2n ** 32n) + 2n ** 32n) % 2n ** 32n;
}
