import { describe, expect, test } from "vitest";
import { explore, longRun, meanTimeTo } from "../../src/theory/chain.ts";
import { atLeastUp, fewerUp } from "../../src/theory/kOfN.ts";
import { closedNetwork, openNetwork } from "../../src/theory/networks.ts";
import { whereAfter } from "../../src/theory/transient.ts";

const closeTo = (value: number, exact: number, relative = 1e-9): void => expect(Math.abs(value / exact - 1)).toBeLessThan(relative);

/** Parts of some kinds: how many of each are down, with a crew for each part, or one for all. */
const parts = (counts: readonly number[], fails: readonly number[], repairs: readonly number[], crews = Number.POSITIVE_INFINITY) =>
  explore(
    counts.map(() => 0),
    function* (down) {
      for (let kind = 0; kind < counts.length; kind++) {
        const to = (by: number) => down.map((value, k) => (k === kind ? value + by : value));
        if (down[kind] < counts[kind]) yield [to(1), (counts[kind] - down[kind]) * fails[kind]] as const;
        if (down[kind] > 0) yield [to(-1), Math.min(down[kind], crews) * repairs[kind]] as const;
      }
    },
    (down) => down.join(),
  );

describe("chains", () => {
  test("two parts and one crew: how often both are down, and when first", () => {
    const chain = parts([2], [1 / 1000], [1 / 4], 1);
    closeTo(longRun(chain)[2], 3.17450239675e-5);
    closeTo(
      meanTimeTo(chain, (state) => state === 2),
      126500,
    );
  });

  test("spares and one crew last until the fourth failure at once", () => {
    const fails = 10 / 100;
    const chain = explore<number>(
      0,
      function* (down) {
        if (down < 4) yield [down + 1, fails] as const;
        if (down > 0 && down < 4) yield [down - 1, 1] as const;
      },
      String,
    );
    closeTo(
      meanTimeTo(chain, (state) => chain.meaning[state] === 4),
      12340,
    );
  });

  test("an outage of nine nines has all its digits", () => {
    const own = parts([3], [1 / 1000], [1]);
    closeTo(longRun(own)[3], 9.9700599001e-10);
    closeTo(
      meanTimeTo(own, (state) => own.meaning[state][0] === 3),
      3.345018e8,
      1e-6,
    );
    closeTo(longRun(parts([3], [1 / 1000], [1], 1))[3], 5.9820180179e-9);
  });

  test("two racks, three hosts and their processes: the six nines of case A", () => {
    // racks 2 of 1 and 1 host; each host with its process: what is down, one bit each
    const [host, rack, process] = [0, 3, 5];
    const rate = (bit: number): readonly [number, number] =>
      bit < rack ? [1 / 1000, 1] : bit < process ? [1 / 8760, 1 / 2] : [1 / 200, 1 / 0.1];
    const chain = explore<number>(
      0,
      function* (down) {
        for (let bit = 0; bit < 8; bit++) yield [down ^ (1 << bit), rate(bit)[(down >> bit) & 1]] as const;
      },
      String,
    );
    const isOut = (down: number) =>
      [0, 1, 2].every((i) => ((down >> (host + i)) & 1) + ((down >> (process + i)) & 1) + ((down >> (rack + (i < 2 ? 0 : 1))) & 1) > 0);
    const share = longRun(chain);
    let out = 0;
    chain.meaning.forEach((down, state) => {
      if (isOut(down)) out += share[state];
    });
    closeTo(out, 3.9788633501e-7);
    closeTo(
      meanTimeTo(chain, (state) => isOut(chain.meaning[state])),
      6.180644e5,
      1e-6,
    );
  });

  test("a part that starts up is less and less likely to be up", () => {
    const chain = parts([1], [1 / 1000], [1 / 8]);
    const exact: readonly (readonly [number, number, number])[] = [
      [1, 0.999060435292, 0.999520354826],
      [8, 0.994959905924, 0.997063585393],
      [24, 0.99244925717, 0.99456043083],
      [720, 0.992063492063, 0.992150975617],
    ];
    for (const [hours, at, until] of exact) {
      const { at: then, spent } = whereAfter(chain, hours);
      closeTo(then[0], at);
      closeTo(spent[0], until);
    }
  });

  test("a queue that begins empty takes long to fill", () => {
    const chain = explore<number>(
      0,
      function* (n) {
        if (n < 400) yield [n + 1, 0.9] as const;
        if (n > 0) yield [n - 1, 1] as const;
      },
      String,
    );
    const { at } = whereAfter(chain, 100);
    closeTo(at[0], 0.118816262815);
    let mean = 0;
    at.forEach((p, state) => {
      mean += p * chain.meaning[state];
    });
    closeTo(mean, 6.44392087667);
  });

  test("no time at all leaves a chain where it is", () => {
    const { at, spent } = whereAfter(parts([1], [1], [1]), 0);
    expect([...at, ...spent]).toEqual([1, 0, 1, 0]);
  });

  test("a chain that falls apart, or never arrives, is refused", () => {
    const oneWay = explore<number>(
      0,
      function* (n) {
        if (n === 0) yield [1, 1] as const;
      },
      String,
    );
    expect(() => longRun(oneWay)).toThrow("falls apart");
    expect(() => meanTimeTo(oneWay, () => false)).toThrow("not reached");
    expect(meanTimeTo(oneWay, (state) => state === 0)).toBe(0);
    expect(() =>
      explore<number>(
        0,
        function* (n) {
          yield [n + 1, 1] as const;
        },
        String,
      ),
    ).toThrow("more than 2000 states");
  });
});

describe("independent parts", () => {
  test("k of five", () => {
    const five = Array.from({ length: 5 }, () => 0.995);
    closeTo(atLeastUp(3, five), 0.999998759356);
    closeTo(atLeastUp(4, five), 0.999752490638);
    closeTo(atLeastUp(5, five), 0.975248753122);
  });

  test("what is rarely missing is known to its last digit", () => {
    closeTo(fewerUp(2, [0.999, 0.999, 0.999]), 2.998e-6, 1e-6);
    closeTo(
      fewerUp(
        8,
        Array.from({ length: 10 }, () => 0.995),
      ),
      1.461094e-5,
      1e-6,
    );
    expect(fewerUp(0, [0.5])).toBe(0);
    expect(atLeastUp(2, [0.5])).toBe(0);
  });
});

describe("networks", () => {
  test("an open network with feedback", () => {
    const figures = openNetwork(
      [
        { arrivalRate: 4, serviceRate: 8, servers: 1 },
        { arrivalRate: 1, serviceRate: 5, servers: 2 },
        { arrivalRate: 0, serviceRate: 7, servers: 1 },
      ],
      [
        [0, 0.5, 0.3],
        [0, 0, 0.6],
        [0.2, 0, 0],
      ],
    );
    for (const [i, exact] of [4.68181818182, 3.34090909091, 3.40909090909].entries()) closeTo(figures.throughput[i], exact);
    for (const [i, exact] of [0.585227272727, 0.334090909091, 0.487012987013].entries()) closeTo(figures.utilisation[i], exact);
    for (const [i, exact] of [1.41095890411, 0.75213237902, 0.949367088608].entries()) closeTo(figures.inSystem[i], exact);
    closeTo(figures.sojourn, 0.622491674347);
  });

  test("a network that nothing leaves is refused", () => {
    expect(() => openNetwork([{ arrivalRate: 1, serviceRate: 2, servers: 1 }], [[1]])).toThrow("ever leaves");
  });

  test.each([
    [1, 0.47619047619, 0.1],
    [10, 4.71881825889, 0.119174643176],
    [40, 17.1799183874, 0.328299768253],
    [60, 19.9544367572, 1.00685009204],
    [100, 19.9999999996, 3.00000000009],
  ])("%i users who think for two seconds", (users, throughput, response) => {
    const figures = closedNetwork([0.05, 0.03, 0.02], 2, users);
    closeTo(figures.throughput, throughput);
    closeTo(figures.response, response);
  });
});
