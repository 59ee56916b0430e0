import { describe, expect, it } from "vitest";
import { compileLaw, type LawSpec } from "../../src/random/lawSpec.ts";
import { readArrivals } from "../../src/scenario/arrivalsText.ts";
import { readExpectation } from "../../src/scenario/expectText.ts";
import { lawNames, laws, readLaw } from "../../src/scenario/lawText.ts";
import { readSelector, selectorForms, selects } from "../../src/scenario/selectorText.ts";
import { validate } from "../../src/scenario/validate.ts";

describe("a law", () => {
  it("is a name with its parameters in order", () => {
    expect(readLaw("lognormal(80ms, 1.2)")).toEqual({ law: "lognormal", mean: 80_000, cv: 1.2 });
    expect(readLaw("erlang(2s,3)")).toEqual({ law: "erlang", mean: 2_000_000, stages: 3 });
    expect(readLaw("uniform( 1s , 2s )")).toEqual({ law: "uniform", min: 1_000_000, max: 2_000_000 });
  });

  it("is constant when it is a bare duration", () => {
    expect(readLaw("1h30min")).toEqual({ law: "constant", value: 5_400_000_000 });
  });

  it("can come from a file", () => {
    expect(readLaw("empirical(times.csv, column work, in ms)")).toEqual({
      law: "empirical",
      file: "times.csv",
      column: "work",
      unit: "ms",
    });
  });

  it("can be a mapping with named parameters, alike for every law", () => {
    for (const name of Object.keys(laws) as (keyof typeof laws)[]) {
      const values = laws[name].parameters.map(({ name: parameter, type }) => [parameter, type === "duration" ? "2s" : 2] as const);
      const asText = `${name}(${values.map(([, value]) => value).join(", ")})`;
      const service = { law: name, ...Object.fromEntries(values) };
      expect(serviceOf(service)).toEqual(readLaw(asText));
      expect(() => compileLaw(readLaw(asText) as LawSpec)).not.toThrow();
    }
    expect(serviceOf({ law: "empirical", values: ["1s", "3s"] })).toEqual({ law: "empirical", values: [1_000_000, 3_000_000] });
    expect(lawNames).toContain("empirical");
  });

  it("is refused outside its range", () => {
    expect(() => readLaw("gamma(1s, 0)")).toThrow("cv of gamma is a number above 0, not 0");
    expect(() => readLaw("weibull(1s, 0)")).toThrow("shape of weibull is a number from 0.05 to 1000, not 0");
    expect(() => readLaw("pareto(1s, fast)")).toThrow('shape of pareto is a plain number, not "fast"');
    expect(() => readLaw("exponential(-1s)")).toThrow("a duration cannot be negative");
    expect(() => readLaw("exponential(1s")).toThrow('the text ends before ")"');
    expect(() => readLaw("exponential(1s) s")).toThrow('nothing can follow the last ")"');
  });
});

describe("arrivals", () => {
  it("are Poisson, evenly spaced, or spaced by any law", () => {
    expect(readArrivals("poisson(50/s)")).toEqual({ kind: "renewal", interarrival: { law: "exponential", mean: 20_000 } });
    expect(readArrivals("constant(50/s)")).toEqual({ kind: "renewal", interarrival: { law: "constant", value: 20_000 } });
    expect(readArrivals("every erlang(2s, 3)")).toEqual({ kind: "renewal", interarrival: { law: "erlang", mean: 2_000_000, stages: 3 } });
    expect(readArrivals("every 2s")).toEqual({ kind: "renewal", interarrival: { law: "constant", value: 2_000_000 } });
  });

  it("can be counts or instants of a file", () => {
    expect(readArrivals("counts(requests.csv, every 1min, from 28d)")).toEqual({
      kind: "countsFile",
      file: "requests.csv",
      column: undefined,
      every: 60_000_000,
      from: 28 * 86_400_000_000,
    });
    expect(readArrivals("instants(trace.csv, in s, column at, demand work)")).toEqual({
      kind: "instantsFile",
      file: "trace.csv",
      column: "at",
      demand: "work",
      unit: "s",
      from: 0,
    });
  });

  it("can be mappings", () => {
    const daily = {
      rates: [
        { from: "0s", rate: "1/s" },
        { from: "8h", rate: "9/s" },
      ],
      period: "1d",
    };
    expect(arrivalsOf(daily)).toEqual({
      kind: "piecewise",
      starts: [0, 28_800_000_000],
      rates: [1 / 1e6, 9 / 1e6],
      period: 86_400_000_000,
    });
    const bursts = {
      bursts: [
        { rate: "1/s", for: "exponential(5min)" },
        { rate: "50/s", for: "10s" },
      ],
    };
    expect(arrivalsOf(bursts)).toEqual({
      kind: "bursts",
      rates: [1 / 1e6, 50 / 1e6],
      sojourns: [
        { law: "exponential", mean: 300_000_000 },
        { law: "constant", value: 10_000_000 },
      ],
    });
    expect(arrivalsOf({ counts: [3, 0, 4], every: "1min" })).toEqual({ kind: "counts", counts: [3, 0, 4], every: 60_000_000, offset: 0 });
    expect(arrivalsOf({ instants: ["0s", "3s"], demands: ["8s", "1s"] })).toEqual({
      kind: "instants",
      at: [0, 3_000_000],
      demands: [8_000_000, 1_000_000],
    });
  });
});

describe("a selector", () => {
  it("names instances, hosts and fault domains", () => {
    expect(readSelector("web/0").selector).toEqual({ select: "instance", role: "web", index: 0, slot: "production" });
    expect(readSelector("hostOf(staging:web/2)").selector).toEqual({ select: "hostOf", role: "web", index: 2, slot: "staging" });
    expect(readSelector("faultDomain(1)").selector).toEqual({ select: "faultDomain", id: 1 });
    expect(readSelector("random(host)").selector).toEqual({ select: "random", among: "host" });
    expect(readSelector("each(web)").selector).toEqual({ select: "each", among: "instance", role: "web" });
  });

  it("selects what the reference page says, in every form", () => {
    for (const { form, selects: what } of selectorForms) expect(selects(readSelector(form).selector)).toBe(what);
  });

  it("knows where its role and its index stand", () => {
    const { roleAt, indexAt } = readSelector("faultDomainOf( staging:web/12 )");
    expect([roleAt, indexAt]).toEqual([23, 27]);
  });

  it("is refused when it selects nothing", () => {
    expect(() => readSelector("web")).toThrow('"web" does not name an instance');
    expect(() => readSelector("host(x)")).toThrow('"x" is not a number from 0 on');
    expect(() => readSelector("host(1, 2)")).toThrow("host takes one argument");
    expect(() => readSelector("each(a b)")).toThrow('each takes host, faultDomain, instance, store, queue or a role, not "a b"');
  });
});

describe("an expectation", () => {
  const names = { roles: ["web", "web.api"], clients: ["all"], queues: ["orders"], stores: ["db"] };

  it("has its target in the unit of the metric", () => {
    expect(readExpectation("availability.request >= 99.9%", names)).toMatchObject({ operator: ">=", target: 0.999, unit: "ratio" });
    expect(readExpectation("latency.p99 <= 1s", names)).toMatchObject({ operator: "<=", target: 1000, unit: "ms" });
    expect(readExpectation("requests.failed < 5", names)).toMatchObject({ operator: "<", target: 5, unit: "count" });
    expect(readExpectation("roles.web.degraded ≤ 2min", names)).toMatchObject({ operator: "<=", target: 120, unit: "seconds" });
  });

  it("knows the way to its figure in the summary, whatever the name", () => {
    expect(readExpectation("queues.orders.age.p99.9 <= 1min", names).path).toEqual(["queues", "orders", "ageMs", "p999"]);
    expect(readExpectation("roles.web.api.availability >= 9%", names).path).toEqual(["byRole", "web.api", "availability"]);
    expect(readExpectation("requests.failed.no-backend <= 0", names).path).toEqual(["requests", "failedByCause", "no-backend"]);
  });
});

function serviceOf(service: unknown): unknown {
  const { design } = validate({ name: "a", horizon: "1h", service: { roles: { web: { kind: "web", service } } } });
  return design.service.roles[0]?.handler.map((step) => (step.step === "compute" ? step.demand : undefined))[0];
}

function arrivalsOf(arrivals: unknown): unknown {
  const service = { roles: { web: { kind: "web" } } };
  return validate({ name: "a", horizon: "1h", service, clients: { all: { endpoint: "web", arrivals } } }).design.clients[0]?.arrivals;
}
