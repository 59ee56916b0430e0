import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

const plot = (client: object, role: object = {}, more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 2, concurrency: 1, service: "4s", ...role } } },
    balancer: { policy: "round-robin" },
    clients: { a: { endpoint: "web", arrivals: { instants: ["1s"] }, ...client } },
    ...more,
  });

test("an attempt that is slow gets a second one beside it, and the first answer is the request's", () => {
  const { lines, summary } = plot(
    { hedge: "1s" },
    {},
    { faults: [{ at: "1500ms", kind: "pause", instance: "web/0", repairAfter: "20s" }] },
  );
  expect(lines(/a 1/)).toEqual(["1 a 1 arrives", "1 a 1.1 starts", "1 a 1.1 to web/0", "2 a 1.2 starts", "2 a 1.2 to web/1", "6 a 1 ok"]);
  expect(summary.requests).toMatchObject({ offered: 1, succeeded: 1, attempts: 2, hedges: 1, retries: 0, attemptsFailedByCause: {} });
  expect(summary.latencyMs.max).toBe(5000);
});

test("the other attempt is stopped with cancelOnTimeout, and goes on for nobody without", () => {
  // the hedge of the first request is on web/1 when web/0 answers at 5 s; the third request is sent to web/1
  const third = (cancelOnTimeout: boolean) =>
    plot({ arrivals: { instants: ["1s", "5200ms", "5300ms"] }, hedge: "1s" }, { cancelOnTimeout }).lines(/a 3 ok/);
  expect(third(true)).toEqual(["9.3 a 3 ok"]);
  expect(third(false)).toEqual(["10 a 3 ok"]);
});

test("a hedge that waits in a queue when the other one is answered leaves it", () => {
  const { lines } = plot({ hedge: "1s", arrivals: { instants: ["1s", "5s"] } }, { instances: 1 });
  expect(lines(/ ok/)).toEqual(["5 a 1 ok", "9 a 2 ok"]);
});

test("a request fails when both attempts have failed, by the cause of the last one", () => {
  const { lines, summary } = plot({ hedge: "1s", timeout: "3s" });
  expect(lines(/timeout/)).toEqual(["4 a 1.1 timeout-slow", "5 a 1.2 timeout-slow", "5 a 1 timeout-slow"]);
  expect(summary.requests).toMatchObject({ failed: 1, attempts: 2, attemptsFailedByCause: { "timeout-slow": 2 } });
});

test("an attempt answered before its hedge is due is not hedged", () => {
  expect(plot({ hedge: "4s" }).summary.requests).toMatchObject({ attempts: 1, hedges: 0, amplification: 1 });
});

test("hedges go round a slow instance: the tail is cut for a few more attempts", () => {
  const run = (hedge: string) =>
    plot(
      { arrivals: "poisson(20/s)", hedge },
      { instances: 10, concurrency: 8, service: "exponential(50ms)", cancelOnTimeout: true },
      { balancer: { policy: "random" }, faults: [{ at: "0s", kind: "slow", instance: "web/0", factor: 20 }] },
    ).summary;
  const [plain, hedged] = [run("never"), run("300ms")];
  expect(hedged.requests.amplification).toBeLessThan(1.1);
  expect(plain.latencyMs.p99).toBeGreaterThan(1000);
  expect(hedged.latencyMs.p99).toBeLessThan(800);
});
