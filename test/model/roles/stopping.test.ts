import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

const stopped = (role: object, probe: Plot["balancer"]) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 2, concurrency: 1, onStop: "40s", ...role } } },
    balancer: { policy: "round-robin", ...probe },
    fabric: { guestReboot: "30s" },
    clients: { a: { endpoint: "web", arrivals: { instants: ["50s", "51s", "70s", "71s", "110s", "111s", "112s"] }, timeout: "5s" } },
    operations: [{ at: "60s", kind: "reboot", instance: "web/0" }],
  } as Plot);
const asked = { probe: { asks: "application", phase: "2s" } } as const;

test("a probe that asks the application keeps the traffic coming while OnStop runs, and refusals until it notices the end", () => {
  const { lines, summary } = stopped({ answersWhileStopping: true }, asked);
  expect(lines(/web\/0 (?!starts|done)|to web\/0/)).toEqual([
    "50 a 1 to web/0",
    "60 web/0 stopping",
    "70 a 3 to web/0",
    "100 web/0 rebooting",
    "110 a 5 to web/0",
    "112 a 7 to web/0",
    "123 web/0 out",
    "130 web/0 ready",
    "137 web/0 in",
  ]);
  expect(summary.requests.failedByCause).toEqual({ "timeout-silent": 2 });
});

test("with the probe of the guest agent it leaves the rotation before OnStop", () => {
  const { lines, summary } = stopped({ answersWhileStopping: true }, {});
  expect(lines(/^60 /)).toContain("60 web/0 out");
  expect(summary.requests.failed).toBe(0);
});
