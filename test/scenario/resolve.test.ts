import { describe, expect, it } from "vitest";
import { day, hour, minute, never, second, year } from "../../src/kernel/time.ts";
import { parse } from "../../src/scenario/parse.ts";
import type { ScenarioError } from "../../src/scenario/problem.ts";
import { usualWindow } from "../../src/scenario/resolve/measure.ts";
import { validate } from "../../src/scenario/validate.ts";

const example = `name: hardware-failure
summary: A physical server dies under a three-instance web role.
horizon: 30min
datacenter: { faultDomains: 4, hostsPerFaultDomain: 5, host: { cores: 16, memory: 112GiB } }
service:
  roles:
    web: { kind: web, size: Small, instances: 3, concurrency: 8, queueLimit: 200, service: "lognormal(80ms, 1.2)" }
clients:
  browsers: { endpoint: web, arrivals: poisson(60/s), timeout: 10s }
faults:
  - { at: 5min, kind: host-failure, host: hostOf(web/0), repairAfter: 1h }
expect: [availability.request >= 99%, latency.p99 <= 1s]
`;

describe("a scenario", () => {
  it("is resolved to plain data with every default filled in", () => {
    const { design, expectations, hash, seed, summary, warnings } = validate(parse(example));
    expect([seed, summary, warnings]).toEqual([42, "A physical server dies under a three-instance web role.", []]);
    expect(hash).toMatch(/^[0-9a-f]{8}$/);
    expect(expectations.map(({ metric, target }) => [metric, target])).toEqual([
      ["availability.request", 0.99],
      ["latency.p99", 1000],
    ]);
    expect(design.service.roles[0]).toMatchObject({ concurrency: 8, queueLimit: 200, speed: 1, endpoints: [{ name: "web" }] });
    expect(design.measure).toEqual({ from: 0, to: 30 * minute, window: 5 * second, ready: 1, latencyThreshold: second, atLeast: 0 });
    expect(JSON.parse(JSON.stringify(design))).toEqual(JSON.parse(JSON.stringify(design)));
  });

  it("is the same whatever the order of its names, and another one when a value changes", () => {
    const roles = (order: readonly string[]) => ({
      ...two,
      service: { roles: Object.fromEntries(order.map((name) => [name, two.service.roles[name as "web"]])) },
    });
    expect(validate(roles(["web", "jobs"])).hash).toBe(validate(roles(["jobs", "web"])).hash);
    expect(validate({ ...two, horizon: "2h" }).hash).not.toBe(validate(two).hash);
    expect(validate({ ...two, seed: 3 }).hash).toBe(validate(two).hash);
  });

  it("is validated in little more time than copying what comes of it takes", () => {
    const scenario = parse(example).value as object;
    const { design } = validate(scenario);
    const copy = (): unknown => JSON.parse(JSON.stringify(design));
    // the least of many turns, one after another, tells what the work takes by itself, however busy the machine is
    let [validating, copying] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let turn = 0; turn < 60; turn++) {
      validating = Math.min(
        validating,
        timeOf(() => validate(scenario)),
      );
      copying = Math.min(copying, timeOf(copy));
    }
    // about three times in practice, and a sixth of a millisecond
    expect(validating / copying).toBeLessThan(15);
  });
});

function timeOf(work: () => unknown): number {
  const before = performance.now();
  for (let run = 0; run < 10; run++) work();
  return performance.now() - before;
}

const two = {
  name: "two",
  horizon: "1h",
  queues: { orders: null },
  stores: { "orders-db": { kind: "sql" } },
  service: {
    roles: {
      web: {
        kind: "web",
        size: "Standard_D2",
        handler: [{ compute: "20ms" }, { store: "orders-db", operation: "write" }, { enqueue: "orders" }],
      },
      jobs: { kind: "worker", queue: "orders", poll: { min: "1s", max: "1min" } },
    },
  },
  clients: { all: { endpoint: "web", users: 20 } },
} as const;

describe("roles", () => {
  it("have handlers of several steps, a speed and a concurrency by their size", () => {
    const [jobs, web] = validate(two).design.service.roles;
    expect(web).toMatchObject({ speed: 1.6, concurrency: 16 });
    expect(web?.handler).toMatchObject([
      { step: "compute", demand: { law: "constant", value: 20_000 } },
      { step: "store", store: "orders-db", operation: "write" },
      { step: "enqueue", queue: "orders" },
    ]);
    expect(jobs).toMatchObject({ queue: "orders", poll: { min: second, max: minute }, endpoints: [], iis: { idleTimeout: never } });
  });

  it("have endpoints with probes of their own on top of the balancer's", () => {
    const endpoints = { B: { probe: { asks: "application", interval: "5s" } }, A: null, C: { probe: "none" } };
    const scenario = {
      ...two,
      service: { roles: { web: { kind: "web", endpoints } } },
      clients: { all: { endpoint: "web/B", users: 1 } },
      stores: {},
      queues: {},
    };
    const { balancer, clients, service } = validate(scenario).design;
    expect(clients[0]).toMatchObject({ role: "web", endpoint: "B" });
    expect(service.roles[0]?.endpoints).toEqual([
      { name: "A" },
      { name: "B", probe: { ...balancer.probe, asks: "application", interval: 5 * second, responseTimeout: 5 * second } },
      { name: "C", probe: { ...balancer.probe, kind: "none" } },
    ]);
  });
});

describe("a probe", () => {
  const probeOf = (probe: unknown) => validate({ ...two, balancer: { probe } }).design.balancer.probe;

  it("has a longer time for silence where its interval is long", () => {
    expect(probeOf({ interval: "5s" }).evictAfter).toBe(31 * second);
    expect(probeOf({ interval: "1min" }).evictAfter).toBe(121 * second);
  });

  it("has phases that are drawn, even or fixed", () => {
    expect(["uniform", "even", "3s"].map((phase) => probeOf({ phase }).phase)).toEqual([
      { kind: "uniform" },
      { kind: "even" },
      { kind: "fixed", at: 3 * second },
    ]);
  });
});

describe("operations", () => {
  const operations = [
    { at: "30min", kind: "upgrade", version: "v3", roles: { web: { handler: [{ compute: "9ms" }] } } },
    { at: "5min", kind: "scale", role: "web", instances: 5 },
    { at: "10min", kind: "deploy", version: "v2", roles: { web: { service: "40ms" }, jobs: null } },
    { at: "20min", kind: "swap" },
    { at: "40min", kind: "upgrade", version: "v4", slot: "staging", only: ["jobs"] },
    { at: "50min", kind: "reboot", instance: "staging:web/4" },
  ];
  const { design, warnings } = validate({ ...two, operations });

  it("stay in the order of the file, with the roles as they then are and the changes on top", () => {
    const seen = design.operations.map((operation) => {
      if (operation.kind !== "deploy" && operation.kind !== "upgrade") return operation.kind;
      const web = operation.roles.find((role) => role.name === "web");
      const work = web?.handler[0]?.step === "compute" ? web.handler[0].demand : undefined;
      return [operation.kind, operation.slot, operation.version, web?.instances, web?.handler.length, work];
    });
    const law = (value: number) => ({ law: "constant", value });
    expect(seen).toEqual([
      ["upgrade", "production", "v3", 5, 1, law(9000)],
      "scale",
      ["deploy", "staging", "v2", 5, 1, law(40_000)],
      "swap",
      ["upgrade", "staging", "v4", 5, 3, law(20_000)],
      "reboot",
    ]);
    expect(warnings).toEqual([]);
  });

  it("warn when nothing will be where they aim", () => {
    const told = (operation: object) => validate({ ...two, operations: [operation] }).warnings.map(({ message }) => message);
    expect(told({ at: "1min", kind: "swap" })).toEqual([
      "operations.0: nothing is deployed to staging before this swap: it will be refused",
    ]);
    expect(told({ at: "2h", kind: "swap" })).toContain("operations.0.at: this never happens: it is after the horizon");
    expect(told({ at: "1min", kind: "reboot", instance: "staging:web/0" })).toEqual([
      "operations.0.instance: nothing is ever deployed to staging: this strikes nobody",
    ]);
  });
});

describe("warnings", () => {
  const told = (change: object) => validate({ ...two, ...change }).warnings.map(({ message, severity }) => `${severity}: ${message}`);

  it("tell what is allowed and probably not meant", () => {
    expect(told({ faults: [{ at: "2h", kind: "app-crash", instance: "web/0" }] })).toEqual([
      "warning: faults.0.at: this never happens: it is after the horizon",
    ]);
    expect(told({ stores: { "orders-db": { kind: "sql", read: "exponential(50us)" } } })).toEqual([
      "warning: stores.orders-db.read: a mean of 50us is distorted by rounding to whole microseconds: stay above 100us",
    ]);
    expect(told({ queues: { orders: {}, other: {} } })).toEqual(["warning: queues.other: nobody takes messages from other"]);
    expect(told({ datacenter: { host: { cores: 1 } } })).toEqual([
      "warning: service.roles.web.size: no host has room for a Standard_D2: the instances of web stay pending",
    ]);
    expect(told({ datacenter: { faultDomains: 1, hostsPerFaultDomain: 1, host: { cores: 4 } } })).toEqual([
      "warning: service.roles: the instances need 6 cores, the datacenter has 4: some stay pending",
    ]);
    expect(told({ clients: { all: { endpoint: "web", users: 1, slot: "staging" } } })).toEqual([
      "warning: clients.all.slot: nothing is ever deployed to staging: every request fails",
    ]);
    expect(told({ measure: { ready: 3 } })).toContain("warning: measure.ready: web has 2 instances: it never has 3 ready");
  });
});

describe("faults: default", () => {
  it("switches the rates of the preset on, for every component there is", () => {
    const { faults } = validate({ ...two, faults: "default" }).design;
    expect(faults.map(({ kind, target }) => `${kind} ${target.select} ${"among" in target ? target.among : ""}`)).toEqual([
      "app-crash each instance",
      "app-hang each instance",
      "vm-failure each instance",
      "host-failure each host",
      "host-failure each host",
      "rack-power each faultDomain",
    ]);
  });
});

describe("windows", () => {
  it("are about 360, on a step of the clock", () => {
    const of = (horizon: number) => usualWindow(horizon);
    expect([of(10 * minute), of(30 * minute), of(hour), of(day)]).toEqual([2 * second, 5 * second, 10 * second, 5 * minute]);
    expect([of(7 * day), of(year), of(250 * year)]).toEqual([30 * minute, 2 * day, 500 * day]);
    for (const horizon of [second, 90 * second, 5 * hour, 3 * day, 40 * day, 7 * year, 285 * year])
      expect(horizon / of(horizon)).toBeLessThanOrEqual(360);
  });
});

describe("months", () => {
  const months = (change: object, ...expect: string[]) => {
    try {
      return validate({ ...two, horizon: "90d", ...change, expect }).expectations.map(({ path }) => path.join(" "));
    } catch (error) {
      return (error as ScenarioError).problems.map(({ message }) => message);
    }
  };

  it("are those that are measured, of the calendar where there is one", () => {
    expect(months({}, "sla.month.1 >= 9%", "sla.month.3 >= 9%")).toEqual(["sla compute months 1 uptime", "sla compute months 3 uptime"]);
    expect(months({}, "sla.month.4 >= 9%")).toEqual(["expect.0: month 4 is not measured, months 1 to 3 are"]);
    expect(months({ measure: { warmUp: "31d", to: "40d" } }, "sla.month.1 >= 9%")).toEqual([
      "expect.0: month 1 is not measured, only month 2 is",
    ]);
    // from the last of January on, ninety days end with April
    expect(months({ measure: { epoch: "2027-01-31" } }, "sla.month.4 >= 9%")).toEqual(["sla compute months 4 uptime"]);
    expect(months({ measure: { epoch: "2027-01-31" } }, "sla.month.5 >= 9%")).toEqual([
      "expect.0: month 5 is not measured, months 1 to 4 are",
    ]);
  });

  it("are checked in the figures of a lesson, too", () => {
    const lesson = { question: "?", choices: ["a", "b"], answer: 1, happens: "{sla.month.7}", why: "because" };
    expect(months({ lesson }, "sla.month.1 >= 9%")).toEqual(["lesson.happens: month 7 is not measured, months 1 to 3 are"]);
  });
});
