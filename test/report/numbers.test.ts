import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  counted,
  decimal,
  downtimeAMonth,
  fingerprintGroups,
  grouped,
  latency,
  latencyInterval,
  nines,
  ninesOf,
  percent,
  percentInterval,
  share,
} from "../../src/report/numbers.ts";

const toNumber = (text: string): number => Number(text.replace(" %", ""));

describe("counts", () => {
  it("stand in groups of three", () => {
    expect([0, 999, 1000, 107_755, 1_234_567_890].map(grouped)).toEqual(["0", "999", "1,000", "107,755", "1,234,567,890"]);
  });

  it("carry their noun", () => {
    expect(counted(1, "request")).toBe("1 request");
    expect(counted(1200, "request")).toBe("1,200 requests");
  });

  it("with decimals are cut and lose trailing zeros", () => {
    expect([decimal(17.56, 1), decimal(60, 1), decimal(0.4218, 3), decimal(1234.05, 2)]).toEqual(["17.5", "60", "0.421", "1,234.05"]);
  });
});

describe("availabilities", () => {
  it.each([
    [107_306 / 107_755, "99.583 %"],
    [0.999971, "99.9971 %"],
    [0.9999971, "99.99971 %"],
    [0.9999, "99.9900 %"],
    [0.999, "99.900 %"],
    [0.99, "99.000 %"],
    [0.80513, "80.513 %"],
    [0.5, "50.000 %"],
    [1, "100 %"],
    [0, "0 %"],
    [0.999_999_999_999, "99.999999999900 %"],
    [Number.EPSILON, "0.000 %"],
  ])("%d is shown as %s", (ratio, text) => expect(percent(ratio)).toBe(text));

  it("never look better than they are, and are 100 % only when nothing failed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: 1, max: 2 ** 40 }), (a, b) => {
        const [failed, offered] = [Math.min(a, b), Math.max(a, b)];
        const ratio = (offered - failed) / offered;
        const shown = toNumber(percent(ratio)) / 100;
        expect(shown).toBeLessThan(1);
        expect(shown).toBeLessThanOrEqual(ratio + 1e-15);
        expect(ratio - shown).toBeLessThan(1e-5);
      }),
    );
  });

  it("as intervals are rounded outwards, with the same decimals", () => {
    expect(percentInterval(0.9994349, 0.9995951)).toBe("99.943 to 99.960 %");
    expect(percentInterval(0.99995, 1)).toBe("99.9950 to 100 %");
    expect(percentInterval(0.5, 0.9999999999)).toBe("50.0000000000 to 99.9999999900 %");
  });

  it("as shares of an allowance are rounded up", () => {
    expect([share(0.457), share(0), share(0.4), share(1.001)]).toEqual(["46 %", "0 %", "40 %", "101 %"]);
  });
});

describe("nines", () => {
  it.each([
    [449, 107_755, "2.3 nines"],
    [1, 10, "1.0 nines"],
    [1, 1000, "3.0 nines"],
    [1001, 1_000_000, "2.9 nines"],
    [1, 1, "0.0 nines"],
    [29, 10_000_000, "5.5 nines"],
  ])("of %d failures in %d are %s", (failed, offered, text) => expect(nines(failed, offered)).toBe(text));

  it("are a bound at 95 % when nothing failed: three over the number of requests", () => {
    expect(nines(0, 108_000)).toBe("≥ 4.5 nines");
    expect(nines(0, 3000)).toBe("≥ 3.0 nines");
    expect(nines(0, 29)).toBeNull();
    expect(nines(0, 0)).toBeNull();
  });

  it("are cut, never rounded up", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e9 }), (a, b) => {
        const [failed, offered] = [Math.min(a, b), Math.max(a, b)];
        const shown = Number((nines(failed, offered) ?? "").replace(" nines", ""));
        const exact = -Math.log10(failed / offered);
        expect(shown).toBeLessThanOrEqual(exact + 1e-9);
        expect(exact - shown).toBeLessThan(0.1 + 1e-9);
      }),
    );
  });

  it("of a ratio are those of its failures", () => {
    expect([ninesOf(0.999), ninesOf(0.9999971), ninesOf(1)]).toEqual(["3.0 nines", "5.5 nines", null]);
  });
});

describe("downtime a month", () => {
  it.each([
    [(3 * 3600) / 2_592_000, "3 h 00 min"],
    [449 / 107_755, "3 h 01 min"],
    [342 / 2_592_000, "5 min 42 s"],
    [75 / 2_592_000, "1 min 15 s"],
    [7.2 / 2_592_000, "8 s"],
    [0.0021 / 2_592_000, "3 ms"],
    [1, "30 d 0 h"],
    [0, "0 s"],
  ])("at a rate of %d is %s", (rate, text) => expect(downtimeAMonth(rate)).toBe(text));
});

describe("latencies", () => {
  it.each([
    [457, "457 ms"],
    [3070, "3,070 ms"],
    [12_350, "12.4 s"],
    [4.23, "4.2 ms"],
    [0.05, "50 µs"],
    [0, "0 ms"],
    [9999, "9,999 ms"],
  ])("%d ms is shown as %s", (ms, text) => expect(latency(ms)).toBe(text));

  it("as intervals name a unit once when they share it", () => {
    expect(latencyInterval(465, 479)).toBe("465 to 479 ms");
    expect(latencyInterval(800, 12_000)).toBe("800 ms to 12 s");
  });
});

it("a fingerprint stands in groups of four", () => {
  expect(fingerprintGroups("3fa91c07e85db264")).toEqual(["3fa9", "1c07", "e85d", "b264"]);
});
