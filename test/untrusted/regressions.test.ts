import { describe, expect, it } from "vitest";
import { vmSizeNames } from "../../src/model/hardware/sizes.ts";
import { readExperiment } from "../../src/scenario/chaos/importExperiment.ts";
import { importService } from "../../src/scenario/import/service.ts";
import { parse } from "../../src/scenario/parse.ts";
import { headline, ScenarioError } from "../../src/scenario/problem.ts";
import { validate } from "../../src/scenario/validate.ts";
import { readCounterexample } from "../../src/testing/counterexample/counterexample.ts";

/** What each of these once did was to end in a RangeError, or not within minutes; what bounds them now is a size, not a clock. */
function refusal(act: () => unknown): readonly string[] {
  try {
    act();
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(headline);
  }
}

const roles = { web: { kind: "web" } } as const;
const base = { name: "a", horizon: "1h", service: { roles } };
const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);

describe("a scenario", () => {
  it("has at most 64 levels, as an object too", () => {
    expect(refusal(() => validate({ ...base, x: nested(100_000) }))[0]).toMatch(/more than 64 levels of nesting$/);
    expect(refusal(() => validate({ ...base, x: nested(9000), variants: { v: { x: nested(9000) } } }))[0]).toMatch(/64 levels/);
  });

  it("has no key __proto__, as an object too", () => {
    const hidden = JSON.parse('{"__proto__":{"name":"a","horizon":"1h","service":{"roles":{"web":{"kind":"web"}}}}}') as object;
    expect(refusal(() => validate(hidden))).toEqual(['scenario:1:1: error: __proto__: "__proto__" cannot be a key']);
    const inside = JSON.parse('{"__proto__":{"instances":7},"kind":"web"}') as object;
    expect(refusal(() => validate({ ...base, service: { roles: { web: inside } } }))[0]).toContain("service.roles.web.__proto__");
  });

  it("has at most 100 variants, with no more in all of them than one scenario may have", () => {
    const named = <T>(count: number, value: T) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`n${at}`, value]));
    expect(refusal(() => validate({ ...base, variants: named(101, {}) }))[0]).toContain("101 variants, a scenario has at most 100");
    const large = { ...base, queues: named(900, {}), variants: named(100, {}) };
    expect(refusal(() => validate(large))[0]).toMatch(/keys and values in all/);
  });

  it("says what is wrong when YAML splits a text whose beginning is valid by itself", () => {
    const text = "name: a\nhorizon: 1h\nservice: { roles: { web: { kind: web } } }\npricing: { file: ll(,1), currency: USD }\n";
    expect(refusal(() => validate(parse(text))).join("\n")).toMatch(/scenario:4:\d+: error: unknown key "1\)"/);
    const operation = "operations: [{ at: 1min, kind: upgrade, version: cts(sv,v2 }]";
    expect(refusal(() => validate(parse(text.replace(/pricing.*/, operation))))[0]).toContain('unknown key "v2"');
  });

  it("is not read on after a hundred mistakes", () => {
    for (const text of ["]", "%a\n", '"\\q" ', "? , "].map((piece) => `a: [${piece.repeat(5000)}`)) {
      const found = refusal(() => parse(text));
      expect(found.length).toBeGreaterThan(0);
      expect(found.length).toBeLessThanOrEqual(100);
    }
  });

  it("repeats little of a long text in its mistakes", () => {
    const long = "a".repeat(500_000);
    for (const text of [`!${long}`, `name: a\nbase: ${long}`, `name: a\nhorizon: ${long}`]) {
      expect(refusal(() => validate(parse(text), { files: { read: () => new Uint8Array() } })).join("\n").length).toBeLessThan(5000);
    }
  });

  it("compares in time that grows with its texts, whatever they hold", () => {
    const spaces = " ".repeat(200_000);
    const always = [`hosts.up >= 1${spaces}b`, `a${spaces}`, `a${spaces}b >= 1`];
    expect(refusal(() => validate({ ...base, always })).length).toBe(3);
    const expect_ = ["@".repeat(200_000), `a@${spaces}b`, `requests.failed @${".".repeat(200_000)} x >= 1`];
    expect(refusal(() => validate({ ...base, expect: expect_ })).length).toBe(3);
  });
});

describe("an option --set", () => {
  it("has a path of at most 32 names", () => {
    expect(refusal(() => validate(base, { set: [`${"a.".repeat(5000)}a=1`] }))[0]).toMatch(/more than 32 names/);
  });
});

describe("a data file", () => {
  const counts = (text: string) => () =>
    validate(
      { ...base, clients: { all: { endpoint: "web", arrivals: "counts(data.csv, every 1min)" } } },
      { files: { read: () => new TextEncoder().encode(text) } },
    );

  it("has lines of at most 16,384 characters, quotes included", () => {
    expect(refusal(counts(`a,b\n${'"'.repeat(9_000_000)}`))).toEqual([
      "data.csv:2:1: error: a line has at most 16384 characters, this one has 9000000",
    ]);
  });

  it("has at most a million lines", () => {
    expect(refusal(counts(`a\n${"1\n".repeat(1_000_001)}`))).toEqual(["data.csv:1000002:1: error: at most 1000000 lines of data are read"]);
  });

  it("is read again for every use, until the scenario has read enough", () => {
    const text = `a\n${"1\n".repeat(900_000)}`;
    const clients = Object.fromEntries(
      Array.from({ length: 9 }, (_, at) => [`c${at}`, { endpoint: "web", arrivals: "counts(data.csv, every 1min)" }]),
    );
    const found = refusal(() => validate({ ...base, clients }, { files: { read: () => new TextEncoder().encode(text) } }));
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toContain('with "data.csv" the data that this scenario reads is too much');
  });
});

describe("service files", () => {
  const read = (inside: string) => () =>
    importService(
      { file: "a.csdef", bytes: `<ServiceDefinition name="a">${inside}</ServiceDefinition>` },
      {
        file: "a.cscfg",
        bytes: '<ServiceConfiguration serviceName="a"><Role name="w"><Instances count="1"/></Role></ServiceConfiguration>',
      },
      vmSizeNames,
    );

  it("have names of at most 200 characters", () => {
    expect(refusal(read(`<${"a".repeat(500_000)} b="&bad;"/>`))).toEqual([
      "a.csdef:1:29: error: an element's name has at most 200 characters",
    ]);
  });

  it("have no more roles, endpoints and probes than can be compared", () => {
    const role = (at: number) => `<WorkerRole name="r${at}"/>`;
    expect(refusal(read(Array.from({ length: 4000 }, (_, at) => role(at)).join("")))[0]).toMatch(/has 4000 roles, .*at most 300 are read/);
  });
});

describe("an experiment", () => {
  const mistakesIn = (experiment: object) => refusal(() => readExperiment(parse(JSON.stringify(experiment), { file: "e.json" })));

  it("notes two hundred mistakes", () => {
    expect(mistakesIn({ steps: Array.from({ length: 5000 }, () => ({})) }).length).toBe(200);
  });

  it("takes the longest way to an action that waits for several, whatever their order", () => {
    const wait = (duration: string, ...startAfter: string[]) => ({ actionId: "aws:fis:wait", parameters: { duration }, startAfter });
    const actions = { d: wait("PT1M", "b", "c", "c"), b: wait("PT2M", "a"), c: wait("PT5M", "a", "b"), a: wait("PT10M") };
    expect(readExperiment(parse(JSON.stringify({ targets: {}, actions }))).end).toBe(18 * 60_000_000);
    expect(mistakesIn({ targets: {}, actions: { a: wait("PT1M", "b"), b: wait("PT1M", "a"), c: wait("PT1M", "a") } }).length).toBe(3);
  });
});

describe("a counterexample", () => {
  it("that is none is refused with an error of ours", () => {
    for (const text of ["", "[".repeat(1_000_000), "[]", '{"__proto__":{"format":1}}'])
      expect(() => readCounterexample(text)).toThrow(expect.objectContaining({ name: "NoCounterexample" }));
  });
});
