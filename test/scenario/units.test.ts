import { describe, expect, it } from "vitest";
import { day, hour, minute, never, second, year } from "../../src/kernel/time.ts";
import { TextError } from "../../src/scenario/textError.ts";
import { readDuration, readExactDuration, readPercent, readRate, readSize, writeDuration } from "../../src/scenario/units.ts";

describe("a duration", () => {
  it("is whole microseconds in every unit", () => {
    const texts = ["1us", "1ms", "1s", "1min", "1h", "1d", "1y"];
    expect(texts.map(readDuration)).toEqual([1, 1000, second, minute, hour, day, 365.25 * day]);
  });

  it("can be combined, with or without spaces", () => {
    expect(readDuration("2y31d4h")).toBe(2 * year + 31 * day + 4 * hour);
    expect(readDuration("1min 30s")).toBe(90 * second);
  });

  it("can be a decimal, exact to the microsecond", () => {
    expect(readDuration("1.5h")).toBe(90 * minute);
    expect(readDuration("0.1s")).toBe(100_000);
    expect(readDuration("1.1y")).toBe(34713360 * second);
    expect(readDuration("0.3us")).toBe(0);
  });

  it("keeps fractions of a microsecond as the parameter of a law", () => {
    expect(readExactDuration("0.3us")).toBe(0.3);
  });

  it("needs a unit, and says how to write one", () => {
    const error = thrown(() => readDuration("10"));
    expect(error.message).toBe("a duration needs a unit: us ms s min h d y");
    expect(error.hint).toBe("write 10s or 10min");
  });

  it("is refused when it is negative, no duration, or too long to count", () => {
    expect(() => readDuration("-1s")).toThrow("a duration cannot be negative");
    expect(() => readDuration("soon")).toThrow('"soon" is not a duration');
    expect(() => readDuration("300y")).toThrow("a duration of more than 285 y cannot be counted in microseconds");
  });

  it("points at the unit that is wrong", () => {
    const error = thrown(() => readDuration("1h30mn"));
    expect([error.message, error.at, error.length]).toEqual(['"mn" is not a unit of a duration: us ms s min h d y', 4, 2]);
  });

  it("is written the way it is read", () => {
    for (const text of ["1h30min", "45d", "250us", "2y31d4h", "0s", "1s500ms"]) expect(writeDuration(readDuration(text))).toBe(text);
    expect(writeDuration(never)).toBe("never");
  });
});

describe("a rate", () => {
  it("is arrivals per microsecond", () => {
    expect(readRate("200/s")).toBeCloseTo(200e-6, 15);
    expect(readRate("12/y") * year).toBeCloseTo(12, 9);
  });

  it("needs a unit", () => {
    expect(() => readRate("60")).toThrow("a rate needs a unit: /ms /s /min /h /d /y");
    expect(() => readRate("60/sec")).toThrow('"/sec" is not a unit of a rate');
    expect(() => readRate("many")).toThrow('"many" is not a rate');
  });
});

describe("a size", () => {
  it("is in MiB", () => {
    expect(["512MiB", "1GiB", "2TiB", "512KiB"].map(readSize)).toEqual([512, 1024, 2 * 1024 * 1024, 0.5]);
  });

  it("needs a unit of two to the ten", () => {
    expect(() => readSize("512")).toThrow("a size needs a unit: KiB MiB GiB TiB");
    expect(() => readSize("1GB")).toThrow('"GB" is not a unit of a size');
  });
});

describe("a share", () => {
  it("is a percentage, exact in decimal", () => {
    expect(["99%", "99.95 %", "0%", "100%"].map(readPercent)).toEqual([0.99, 0.9995, 0, 1]);
  });

  it("needs its sign", () => {
    expect(() => readPercent("0.99")).toThrow("a share needs a percent sign");
    expect(() => readPercent("most")).toThrow('"most" is not a percentage');
  });
});

function thrown(act: () => unknown): TextError {
  try {
    act();
  } catch (error) {
    if (error instanceof TextError) return error;
  }
  throw new Error("no TextError");
}
