import { expect, test } from "vitest";
import type { RoleCallSummary } from "../../src/metrics/roleCalls.ts";
import { callsText } from "../../src/report/stores.ts";

const calls: RoleCallSummary = {
  from: "web",
  to: "back",
  offered: 1200,
  retries: 0,
  succeeded: 1200,
  failed: 0,
  failedByCause: {},
  abandoned: 0,
  meanMs: 12,
};

test("calls between roles are told with what became of them", () => {
  expect(callsText(calls)).toBe("1,200 calls");
  expect(callsText({ ...calls, succeeded: 1185, failed: 12, failedByCause: { refused: 7, crash: 5 }, abandoned: 3, retries: 9 })).toBe(
    "1,200 calls, 12 failed (refused 7, crash 5), 3 given up with their callers, tried again 9 times",
  );
});
