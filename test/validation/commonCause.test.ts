import { describe, it } from "vitest";
import { plant } from "./cases.ts";
import { expectExact, missing, replicate } from "./replications.ts";

describe.concurrent("two instances whose failures have a common cause in one of ten cases", () => {
  // every 1000 s a failure of each, repaired in 4 s on average: with own failures alone up for a = 1/(1 + 0.9 l/m) of the time, no shock open
  // at one of them for exp(-r) and at neither for exp(-1.5 r), where r = 0.1 l/m, as the longer of two repairs takes 1.5 times the mean
  it("are both down for the exact share of time, which is an order of magnitude above that of independent ones", async () => {
    const faults = [
      {
        every: "exponential(1000s)",
        kind: "host-failure",
        host: "each(host)",
        repairAfter: "exponential(4s)",
        commonCause: "10%",
      },
    ];
    const scenario = plant({ name: "beta", faultDomains: 1, hostsPerFaultDomain: 2, faults, atLeast: 1, horizon: "1y" });
    const { estimates } = await replicate(scenario, { seed: 3, runs: 40 }, ({ availability }) => ({
      bothDown: missing(availability.atLeast),
      down: missing(availability.capacity),
    }));
    const rho = 0.0004;
    const own = 1 / (1 + 0.0036);
    const oneUp = own * (1 - rho + rho ** 2 / 2 - rho ** 3 / 6);
    const bothUp = own * own * (1 - 1.5 * rho + (1.5 * rho) ** 2 / 2 - (1.5 * rho) ** 3 / 6);
    expectExact(estimates, { down: 1 - oneUp }, 0.01);
    expectExact(estimates, { bothDown: 1 - 2 * oneUp + bothUp }, 0.03);
  });
});
