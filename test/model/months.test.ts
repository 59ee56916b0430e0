import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { day, hour } from "../../src/kernel/time.ts";
import { monthsOf } from "../../src/model/months.ts";

/** The days of a month by the calendar of the engine, which is proleptic Gregorian too. */
function daysByDate(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

describe("the months of a run", () => {
  it("are those of the calendar, whatever year it is", () => {
    const epoch = fc.record({ year: fc.integer({ min: 1900, max: 2400 }), month: fc.integer({ min: 1, max: 12 }) });
    fc.assert(
      fc.property(epoch, fc.integer({ min: 1, max: 60 }), ({ year, month }, count) => {
        const expected = Array.from({ length: count }, (_, place) => {
          const [inYear, inMonth] = [year + Math.floor((month - 1 + place) / 12), ((month - 1 + place) % 12) + 1];
          return { label: `${inYear}-${String(inMonth).padStart(2, "0")}`, days: daysByDate(inYear, inMonth) };
        });
        const to = expected.reduce((sum, { days }) => sum + days * day, 0);
        const found = monthsOf({ epoch: { year, month, day: 1 }, from: 0, to } as Parameters<typeof monthsOf>[0]);
        expect(found.map((of) => ({ label: of.label, days: (of.to - of.from) / day }))).toEqual(expected);
        expect(found.every(({ isWhole }) => isWhole)).toBe(true);
      }),
      { seed: 1 },
    );
  });

  it("know February of leap years, of centuries and of every fourth century", () => {
    const lengthOf = (year: number) => {
      const [february] = monthsOf({ epoch: { year, month: 2, day: 1 }, from: 0, to: 29 * day } as Parameters<typeof monthsOf>[0]);
      return february === undefined ? 0 : (february.to - february.from) / day;
    };
    expect([2023, 2024, 2100, 2000].map(lengthOf)).toEqual([28, 29, 28, 29]);
  });

  it("are cut to what is measured, and the cut ones are not whole", () => {
    const design = { epoch: { year: 2027, month: 1, day: 30 }, from: 3 * day + hour, to: 40 * day };
    expect(monthsOf(design as Parameters<typeof monthsOf>[0])).toEqual([
      { name: "2", label: "2027-02", from: 3 * day + hour, to: 30 * day, isWhole: false },
      { name: "3", label: "2027-03", from: 30 * day, to: 40 * day, isWhole: false },
    ]);
  });

  it("have thirty days each without a calendar, and are numbered from the start of the run, not of the measuring", () => {
    expect(monthsOf({ from: 45 * day, to: 95 * day } as Parameters<typeof monthsOf>[0])).toEqual([
      { name: "2", label: "month 2", from: 45 * day, to: 60 * day, isWhole: false },
      { name: "3", label: "month 3", from: 60 * day, to: 90 * day, isWhole: true },
      { name: "4", label: "month 4", from: 90 * day, to: 95 * day, isWhole: false },
    ]);
  });
});
