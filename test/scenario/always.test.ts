import { describe, expect, it } from "vitest";
import { run } from "../../src/experiment/library.ts";
import { BrokenInvariant } from "../../src/invariants/invariant.ts";
import { alwaysForms, readAlways } from "../../src/scenario/alwaysText.ts";
import { ScenarioError } from "../../src/scenario/problem.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";

const scenario = (...always: string[]): Scenario =>
  ({
    name: "always",
    preset: "ideal",
    horizon: "5min",
    datacenter: { faultDomains: 2, hostsPerFaultDomain: 1 },
    service: { roles: { web: { kind: "web", instances: 2 }, "web.ready": { kind: "worker", queue: "jobs", instances: 1 } } },
    queues: { jobs: { arrivals: "constant(1/min)" } },
    faults: [{ kind: "host-failure", at: "1min", host: "host(0)", repairAfter: "1min" }],
    always,
  }) as unknown as Scenario;

function broken(...always: string[]): BrokenInvariant | ScenarioError | undefined {
  try {
    run(scenario(...always));
    return undefined;
  } catch (error) {
    if (error instanceof BrokenInvariant || error instanceof ScenarioError) return error;
    throw error;
  }
}

describe("always", () => {
  it("ends the run where a condition is false, whatever else is watched", () => {
    expect(broken("hosts.up >= 1", "requests.open <= 0", "roles.web.asked > 1")).toBeUndefined();
    expect(broken("hosts.up >= 2")).toMatchObject({ invariant: "own", title: "hosts.up >= 2", found: "it is 1", at: 60e6 });
    expect(broken("roles.web.ready >= 2")).toMatchObject({ at: 60e6, found: "it is 1" });
    expect(broken("queues.jobs.stored < 1")).toMatchObject({ title: "queues.jobs.stored < 1" });
  });

  it("knows roles with names like its own words", () => {
    expect(readAlways("roles.web.ready.ready ≥ 1", { roles: ["web", "web.ready"], queues: [] })).toMatchObject({
      name: "web.ready",
      operator: ">=",
    });
  });

  it("can ask for every quantity", () => {
    for (const { form } of alwaysForms)
      expect(broken(`${form.replace("NAME", form.startsWith("roles") ? "web" : "jobs")} >= 0`), form).toBeUndefined();
  });

  it.each([
    ["roles.wbe.ready >= 1", 'there is no role "wbe", did you mean "web"?'],
    ["roles.web.raedy >= 1", 'there is no quantity "roles.web.raedy"'],
    ["hosts.up >= many", '"many" is not a number'],
    ["hosts.up", "what always holds is a quantity, one of >= <= > <, and a number"],
  ])("refuses %s", (text, message) => {
    const error = broken(text);
    expect(error).toBeInstanceOf(ScenarioError);
    expect(error?.message).toContain(message);
  });

  it("changes nothing in what happens", () => {
    expect(run(scenario("hosts.up >= 0")).summary.fingerprint).toBe(run(scenario()).summary.fingerprint);
  });
});
