import { describe, it } from "vitest";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { plant } from "./cases.ts";
import { expectExact, missing, replicate } from "./replications.ts";

type Faults = NonNullable<Scenario["faults"]>;

const seed = 2;

function hostFailures(every: string, repairAfter: string): Exclude<Faults, "default"> {
  return [{ every: `exponential(${every})`, kind: "host-failure", host: "each(host)", repairAfter: `exponential(${repairAfter})` }];
}

describe.concurrent("five instances that fail and are repaired alone", () => {
  // each is up for 199 h out of 200 h; at least 4 of 5: 0.995^5 + 5 * 0.995^4 * 0.005
  it("are fewer than four for the exact share of time", async () => {
    const faults = hostFailures("199h", "1h");
    const scenario = plant({ name: "four-of-five", faultDomains: 1, hostsPerFaultDomain: 5, faults, atLeast: 4, horizon: "52y" });
    const { estimates } = await replicate(scenario, { seed, runs: 40 }, ({ availability }) => ({
      fewer: missing(availability.atLeast),
      down: missing(availability.capacity),
    }));
    expectExact(estimates, { down: 0.005 }, 0.01);
    expectExact(estimates, { fewer: 1 - 0.999752490638 }, 0.05);
  });
});

describe.concurrent("four instances, each on its own host, over one, two and four racks", () => {
  // given which racks have power, the hosts behind them are up independently, 500 h out of 501 h; a rack for 2000 h out of 2001 h
  const faults = [
    { every: "exponential(2000h)", kind: "rack-power", faultDomain: "each(faultDomain)", repairAfter: "exponential(1h)" },
    ...hostFailures("500h", "1h"),
  ];
  it.each([
    { faultDomains: 1, exact: 1 - 0.999476421072, tolerance: 0.03, horizon: "120y" },
    { faultDomains: 2, exact: 1 - 0.998976932606, tolerance: 0.05, horizon: "24y" },
    { faultDomains: 4, exact: 1 - 0.999962781117, tolerance: 0.05, horizon: "280y" },
  ])("are fewer than three for the exact share of time: $faultDomains", async ({ faultDomains, exact, tolerance, horizon }) => {
    const scenario = plant({ name: "racks", faultDomains, hostsPerFaultDomain: 4 / faultDomains, faults, atLeast: 3, horizon });
    const { estimates } = await replicate(scenario, { seed, runs: 40 }, ({ availability }) => ({
      fewer: missing(availability.atLeast),
    }));
    expectExact(estimates, { fewer: exact }, tolerance);
  });
});

describe.concurrent("two instances and one repair crew", () => {
  // three states; MTTF 1000 and MTTR 4, told in seconds so that thousands of double failures fit into a run: both are down for
  // 2 l^2 / (m^2 + 2 l m + 2 l^2) of the time, twice as long as with a crew for each
  it("are both down for the exact share of time", async () => {
    const faults = hostFailures("1000s", "4s");
    const scenario = plant({
      name: "one-crew",
      faultDomains: 1,
      hostsPerFaultDomain: 2,
      faults,
      atLeast: 1,
      horizon: "6y",
      repairCrews: 1,
    });
    const { estimates } = await replicate(scenario, { seed, runs: 40 }, ({ availability }) => ({
      bothDown: missing(availability.atLeast),
    }));
    expectExact(estimates, { bothDown: 3.17450239675e-5 }, 0.02);
  });
});
