import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

const web = (instances: number, more: object = {}): Plot["service"] => ({ roles: { web: { kind: "web", instances, ...more } } });
const probe = { interval: "15s", phase: "7s" };
const at = (...instants: string[]) => ({ endpoint: "web", arrivals: { instants } });

test("a role configured with one instance stays in rotation whatever its status", () => {
  const { lines } = tell({
    service: web(1),
    balancer: { probe },
    faults: [{ at: "25s", kind: "app-crash", instance: "web/0" }],
    clients: { a: at("2min") },
  });
  expect(lines(/out$|a 1/)).toEqual(["120 a 1 arrives", "120 a 1 to web/0", "120 a 1 refused"]);
});

test("one instance stays in rotation through a planned stop too: requests are refused", () => {
  const { lines } = tell({
    service: web(1, { onStop: "10s", service: "1s" }),
    fabric: { install: "30s" },
    operations: [{ at: "1min", kind: "upgrade", version: "v2" }],
    clients: { a: at("65s", "80s", "101s") },
  });
  expect(lines(/web\/0 (in|out)$|a \d (ok|refused)/)).toEqual(["65 a 1 refused", "80 a 2 refused", "102 a 3 ok"]);
});

test("a single instance without a living VM meets requests with silence", () => {
  const { lines } = tell({
    service: web(1),
    faults: [{ at: "25s", kind: "vm-failure", instance: "web/0" }],
    clients: { a: { ...at("1min"), timeout: "10s" } },
  });
  expect(lines(/out$|a 1 t/)).toEqual(["60 a 1 to web/0", "70 a 1 timeout-silent"]);
});

test("from 1 to 2 instances the probe rule applies at once: one that probes would have evicted leaves", () => {
  const { lines } = tell({
    service: web(1),
    balancer: { probe },
    faults: [{ at: "25s", kind: "app-crash", instance: "web/0" }],
    operations: [{ at: "2min", kind: "scale", role: "web", instances: 2 }],
  });
  expect(lines(/(in|out)$/)).toEqual(["120 web/0 out", "127 web/1 in"]);
});

test("from 1 to 2 instances nobody knows more than the probes: a death not noticed yet is noticed when it is due", () => {
  const { lines } = tell({
    service: web(1),
    balancer: { probe },
    faults: [{ at: "2min", kind: "vm-failure", instance: "web/0" }],
    operations: [{ at: "121s", kind: "scale", role: "web", instances: 2 }],
  });
  expect(lines(/(in|out)$/)).toEqual(["127 web/1 in", "143 web/0 out"]);
});

test("from 2 to 1 the survivor enters at once", () => {
  const { lines } = tell({
    service: web(2),
    balancer: { probe },
    faults: [{ at: "25s", kind: "app-crash", instance: "web/0" }],
    operations: [{ at: "2min", kind: "scale", role: "web", instances: 1 }],
  });
  expect(lines(/(in|out)$/)).toEqual(["37 web/0 out", "120 web/0 in", "120 web/1 out"]);
});

test("from 2 to 1 the leaving instance is out of rotation at once, even while it drains", () => {
  const { lines } = tell({
    service: web(2, { service: "30s" }),
    balancer: { probe, policy: "round-robin" },
    operations: [{ at: "1min", kind: "scale", role: "web", instances: 1 }],
    clients: { a: at("50s", "51s", "62s", "63s") },
  });
  expect(lines(/out$|a \d to|deleted/)).toEqual([
    "50 a 1 to web/0",
    "51 a 2 to web/1",
    "60 web/1 out",
    "62 a 3 to web/0",
    "63 a 4 to web/0",
    "81 web/1 deleted",
  ]);
});

test("a survivor that enters dead keeps its failures attributed to what killed it", () => {
  const { summary } = tell({
    service: web(2),
    balancer: { probe },
    faults: [{ at: "25s", kind: "host-failure", host: "hostOf(web/0)" }],
    operations: [{ at: "2min", kind: "scale", role: "web", instances: 1 }],
    clients: { a: { ...at("3min"), timeout: "10s" } },
  });
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "host-failure of host 0", cause: "timeout-silent", failed: 1 }]);
});

test("an empty rotation fails the attempt at once as no-backend, attributed to what emptied it", () => {
  const { lines, summary } = tell({
    service: web(2),
    faults: [{ at: "25s", kind: "app-crash", instance: "each(web)" }].flatMap((fault) => [
      { ...fault, instance: "web/0" },
      { ...fault, at: "40s", instance: "web/1" },
    ]),
    clients: { a: at("50s") },
  });
  expect(lines(/a 1/)).toEqual(["50 a 1 arrives", "50 a 1 no-backend"]);
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "app-crash of web/0", cause: "no-backend", failed: 1 }]);
});

test("leaving rotation cuts no request in flight", () => {
  const { lines } = tell({
    service: web(2, { service: "1min" }),
    balancer: { probe: { ...probe, asks: "application" }, policy: "round-robin" },
    faults: [{ at: "25s", kind: "pause", instance: "web/0", repairAfter: "40s" }],
    clients: { a: at("20s") },
  });
  expect(lines(/(in|out)$|ok/)).toEqual(["53 web/0 out", "67 web/0 in", "120 a 1 ok"]);
});

test("an instance that hangs before it is readmitted keeps its failures attributed to the hang", () => {
  const { lines, summary } = tell({
    service: web(2),
    balancer: { probe, policy: "round-robin" },
    faults: [
      { at: "25s", kind: "app-crash", instance: "web/0", repairAfter: "20s" },
      { at: "46s", kind: "app-hang", instance: "web/0" },
    ],
    clients: { a: { ...at("1min"), timeout: "5s" } },
  });
  expect(lines(/web\/0 (in|out)$/)).toEqual(["37 web/0 out", "52 web/0 in"]);
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "app-hang of web/0", cause: "timeout-silent", failed: 1 }]);
});
