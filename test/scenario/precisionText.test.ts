import { describe, expect, test } from "vitest";
import { readPrecisions } from "../../src/scenario/precisionText.ts";
import { TextError } from "../../src/scenario/textError.ts";

const names = { roles: ["web"], clients: ["users"], queues: ["orders"], stores: [] };

function complaint(text: string): TextError {
  try {
    readPrecisions(text, names);
  } catch (error) {
    if (error instanceof TextError) return error;
  }
  throw new Error(`${text} was read`);
}

describe("a wish for precision", () => {
  test("is a list of metrics and half-widths, in their unit or as a part of themselves", () => {
    const [request, p99, age] = readPrecisions("availability.request ±1e-5, latency.p99 +-2%,queues.orders.age.p50 ± 5ms", names);
    expect(request).toMatchObject({
      metric: "availability.request",
      halfWidth: 1e-5,
      isRelative: false,
      path: ["availability", "request"],
    });
    expect(p99).toMatchObject({ metric: "latency.p99", halfWidth: 0.02, isRelative: true });
    expect(age).toMatchObject({
      halfWidth: 5,
      isRelative: false,
      path: ["queues", "orders", "ageMs", "p50"],
      text: "queues.orders.age.p50 ±5ms",
    });
  });

  test("of down time is in seconds, of a count in plain numbers", () => {
    expect(readPrecisions("downtime ±1min", names)[0]?.halfWidth).toBe(60);
    expect(readPrecisions("requests.failed ±.5", names)[0]?.halfWidth).toBe(0.5);
  });

  test.each([
    ["availability.request", 0, "a precision is a metric"],
    ["latency.p99 ±2%, ", 16, "a precision is a metric"],
    ["latency.p99 ±2%, availability.reqest ±1", 17, "did you mean"],
    ["latency.p99 ±5", 13, "is a time, such as 5ms"],
    ["latency.p99 ±0%", 13, "above 0"],
    ["requests.failed ±x", 17, '"x" is not a number'],
    ["queues.mails.age.p50 ±1s", 7, 'no queue "mails"'],
  ])("%s is refused at column %i", (text, at, words) => {
    const error = complaint(text);
    expect(error.at).toBe(at);
    expect(error.message).toContain(words);
  });
});
