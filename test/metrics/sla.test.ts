import { expect, test } from "vitest";
import { tell } from "../model/story.ts";

test("an endpoint that gives each instance a port of its own is up while any instance is ready, whatever its probes say", () => {
  const months = (endpoint: string) =>
    tell({
      service: {
        roles: {
          web: { kind: "web", instances: 2, roleStart: "90s", endpoints: { public: {}, debug: { instanceInput: true } } },
        },
      },
      // ready again at 7 min, but the probe does not see that before 11 min
      balancer: { probe: { interval: "6min", phase: "5min", misses: 1, responseTimeout: "1us" } },
      faults: [{ at: "30s", kind: "vm-failure", instance: "each(web)", repairAfter: "5min" }],
      clients: { users: { endpoint, arrivals: "constant(1/s)" } },
      horizon: "30min",
    }).summary.sla.compute?.months.map(({ downtimeMinutes }) => downtimeMinutes);
  expect([months("web/public"), months("web/debug/0")]).toEqual([[10], [6]]);
});
