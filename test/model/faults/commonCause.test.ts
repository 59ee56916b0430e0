import { describe, expect, test } from "vitest";
import type { Scenario } from "../../../src/scenario/schema/scenario.ts";
import { validate } from "../../../src/scenario/validate.ts";
import { type Plot, tell } from "../story.ts";

const plot = (faults: Plot["faults"], more: Partial<Plot> = {}) =>
  tell({ service: { roles: { web: { kind: "web", instances: 4 } } }, faults, horizon: "100s", ...more });
const strikes = (lines: readonly string[]) => lines.filter((line) => line.includes("strikes"));

describe("a shock", () => {
  test("that hits with certainty strikes all of its targets at one instant, with one clock for them together", () => {
    const { lines } = plot([{ every: "40s", kind: "app-hang", instance: "each(web)", repairAfter: "5s", shock: { hits: "100%" } }]);
    expect(lines(/strikes/)).toEqual([40, 80].flatMap((at) => [0, 1, 2, 3].map((id) => `${at} app-hang of web/${id} strikes`)));
  });

  test("hits each target with its probability, at an instant of its own within the time given", () => {
    const { lines } = plot([{ at: "10s", kind: "app-hang", instance: "each(web)", shock: { hits: "50%", within: "30s" } }], {
      service: { roles: { web: { kind: "web", instances: 400 } } },
      datacenter: { hostsPerFaultDomain: 100 },
    });
    const instants = lines(/strikes/).map((line) => Number(line.split(" ")[0]));
    expect(Math.abs(instants.length - 200)).toBeLessThan(30);
    expect(Math.min(...instants)).toBeLessThan(11);
    expect(Math.max(...instants)).toBeGreaterThan(39);
    expect(Math.max(...instants)).toBeLessThan(40);
  });

  test("of fewer hits spares targets and moves none", () => {
    const at = (hits: string) =>
      strikes(plot([{ at: "10s", kind: "app-hang", instance: "each(web)", shock: { hits, within: "30s" } }]).lines(/strikes/));
    expect(at("100%")).toHaveLength(4);
    expect(at("100%")).toEqual(expect.arrayContaining(at("60%")));
  });
});

describe("a common cause by beta factor", () => {
  test("keeps each target's failure rate, whatever its share", () => {
    const count = (commonCause: string) =>
      plot([{ every: "exponential(100s)", kind: "app-hang", instance: "each(web)", repairAfter: "0s", commonCause }], {
        horizon: "50000s",
      }).lines(/strikes/).length;
    for (const share of ["0%", "20%", "100%"]) expect(Math.abs(count(share) / 2000 - 1)).toBeLessThan(share === "100%" ? 0.15 : 0.1);
  });

  test("makes the share of strikes that hit all targets together", () => {
    const { lines } = plot(
      [{ every: "exponential(100s)", kind: "app-hang", instance: "each(web)", repairAfter: "0s", commonCause: "25%" }],
      { horizon: "50000s" },
    );
    const instants = lines(/strikes/).map((line) => line.split(" ")[0]);
    const together = instants.filter((instant) => instants.filter((other) => other === instant).length === 4);
    expect(Math.abs(together.length / instants.length - 0.25)).toBeLessThan(0.05);
  });

  test("needs several targets, and a law", () => {
    const mistake = (fault: object) => () =>
      validate({
        name: "a",
        horizon: "1min",
        service: { roles: { web: { kind: "web" } } },
        faults: [{ kind: "app-hang", ...fault }],
      } as unknown as Scenario);
    expect(mistake({ every: "1h", instance: "web/0", commonCause: "10%" })).toThrow("a common cause needs several targets: each(...)");
    expect(mistake({ at: "1s", instance: "each(web)", commonCause: "10%" })).toThrow("how often do they happen?");
    expect(mistake({ every: "1h", instance: "each(web)", commonCause: "10%", shock: { hits: "5%" } })).toThrow(
      "give commonCause or shock, not both",
    );
  });
});

describe("clocks by other laws than the exponential", () => {
  const hosts = (every: string, horizon: string) =>
    tell({
      horizon,
      datacenter: { faultDomains: 1, hostsPerFaultDomain: 2000 },
      service: { roles: { work: { kind: "worker", instances: 1 } } },
      faults: [{ every, kind: "slow-host", host: "each(host)", repairAfter: "0s" }],
    })
      .lines(/strikes/)
      .map((line) => line.split(" of ")[1]);

  test("a Weibull clock of shape 2 has struck before its mean with probability 1 - exp(-pi/4)", () => {
    const struck = new Set(hosts("weibull(1000s, 2)", "1000s")).size / 2000;
    expect(Math.abs(struck - 0.544062)).toBeLessThan(0.034);
  });

  test("the renewals of an Erlang clock of two stages up to t are t/m - 1/4 + exp(-4t/m)/4 on average", () => {
    expect(Math.abs(hosts("erlang(1000s, 2)", "1000s").length / 2000 - 0.754579)).toBeLessThan(0.05);
    expect(Math.abs(hosts("erlang(1000s, 2)", "3000s").length / 2000 - 2.750002)).toBeLessThan(0.09);
  });
});
