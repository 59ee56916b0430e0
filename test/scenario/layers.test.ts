import { describe, expect, it } from "vitest";
import { FileRefused, type ScenarioFiles } from "../../src/scenario/files.ts";
import { parse } from "../../src/scenario/parse.ts";
import { headline, ScenarioError } from "../../src/scenario/problem.ts";
import { validate } from "../../src/scenario/validate.ts";

const base = `name: base
horizon: 30min
service:
  roles:
    web: { kind: web, instances: 3, concurrency: 4 }
    Shop.Web: { kind: web }
clients:
  all: { endpoint: web, arrivals: poisson(6/s), timeout: 10s }
faults:
  - { at: 5min, kind: app-crash, instance: web/0 }
  - { at: 6min, kind: app-crash, instance: web/1 }
expect: [availability.request >= 99%]
`;

describe("a scenario on top of another one", () => {
  it("joins mappings and replaces lists and single values", () => {
    const { design, name } = run("name: larger\nbase: base.yaml\nservice: { roles: { web: { instances: 5 } } }\nfaults: []\n");
    expect(name).toBe("larger");
    expect(design.service.roles.map((role) => [role.name, role.instances, role.concurrency])).toEqual([
      ["Shop.Web", 2, 8],
      ["web", 5, 4],
    ]);
    expect(design.faults).toEqual([]);
    expect(design.clients[0]?.timeout).toBe(10_000_000);
  });

  it("removes with null", () => {
    const { design } = run("base: base.yaml\nclients: null\nfaults: null\nservice: { roles: { web: { concurrency: null } } }\n");
    expect(design.clients).toEqual([]);
    expect(design.service.roles[1]?.concurrency).toBe(8);
  });

  it("tells mistakes in the file in which they stand", () => {
    const files = { "base.yaml": base.replace("timeout: 10s", "timeout: 10") };
    expect(mistakes("base: base.yaml\nhorizon: 30\n", files)).toEqual([
      "top.yaml:2:10: error: a duration needs a unit: us ms s min h d y",
      "base.yaml:8:58: error: a duration needs a unit: us ms s min h d y",
    ]);
    expect(mistakes("base: base.yaml\n", { "base.yaml": "a: [\n" })).toEqual([
      "base.yaml:2:1: error: this is not closed, or its indentation does not fit",
    ]);
  });

  it("can stand on several, but not on itself", () => {
    const files = { "a.yaml": "base: b.yaml\nseed: 7\n", "b.yaml": "base: base.yaml\nseed: 5\nruns: 3\n", "base.yaml": base };
    expect(run("base: a.yaml\n", files)).toMatchObject({ name: "base", seed: 7, runs: 3 });
    expect(mistakes("base: a.yaml\n", { "a.yaml": "base: b.yaml\n", "b.yaml": "base: a.yaml\n" })).toEqual([
      'b.yaml:1:7: error: "a.yaml" is based on itself',
    ]);
    expect(mistakes("base: top.yaml\n")).toEqual(['top.yaml:1:7: error: "top.yaml" is based on itself']);
  });

  it("names a file in the same folder that can be read", () => {
    expect(mistakes("base: 3\n")).toEqual(["top.yaml:1:7: error: base is the name of a file in the same folder"]);
    expect(mistakes("base: x/y.yaml\n")).toEqual(["top.yaml:1:7: error: base is a file in the same folder, its name has no slash"]);
    expect(mistakes("base: none.yaml\n")).toEqual(['top.yaml:1:7: error: there is no file "none.yaml"']);
  });
});

describe("--set path=value", () => {
  it("changes single values, new ones too, also of entries of lists and under names with dots", () => {
    const set = [
      "clients.all.timeout=2s",
      "balancer.probe.interval=5s",
      "faults.1.at=7min",
      "service.roles.Shop.Web.instances=4",
      "expect=[]",
    ];
    const { design, expectations } = run("base: base.yaml\n", undefined, set);
    expect(design.clients[0]?.timeout).toBe(2_000_000);
    expect(design.balancer.probe.interval).toBe(5_000_000);
    expect(design.faults.map(({ at }) => at)).toEqual([300_000_000, 420_000_000]);
    expect(design.service.roles[0]?.instances).toBe(4);
    expect(expectations).toEqual([]);
  });

  it("takes quoted laws, bare ones and mappings", () => {
    for (const law of ["lognormal(80ms, 1.2)", '"lognormal(80ms, 1.2)"', "{ law: lognormal, mean: 80ms, cv: 1.2 }"]) {
      const { design } = run("base: base.yaml\n", undefined, [`service.roles.web.service=${law}`]);
      expect(design.service.roles[1]?.handler).toEqual([{ step: "compute", demand: { law: "lognormal", mean: 80_000, cv: 1.2 } }]);
    }
  });

  it("is the last word, the last of several on top", () => {
    expect(run("base: base.yaml\nseed: 3\n", undefined, ["seed=4", "seed=5"]).seed).toBe(5);
  });

  it("points at its own mistakes", () => {
    const set = (...options: string[]) => mistakes("base: base.yaml\n", undefined, options);
    expect(set("clients.all.timeout=10")).toEqual(["--set:1:21: error: a duration needs a unit: us ms s min h d y"]);
    expect(set("seed=4", "clients.all.timeot=10s")).toEqual(['--set:2:13: error: unknown key "timeot", did you mean "timeout"?']);
    expect(set("faults.2.at=1s")).toEqual(["--set:1:8: error: the list has 2 entries, numbered from 0"]);
    expect(set("faults.0.instance=wbe/0")).toEqual(['--set:1:19: error: there is no role "wbe", did you mean "web"?']);
    expect(set("horizon.x=1s")).toEqual(["--set:1:1: error: horizon is a single value, nothing can be set inside it"]);
    expect(set("timeout")).toEqual(["--set:1:1: error: --set needs a path and a value"]);
    expect(set("base=other.yaml")).toEqual(["--set:1:1: error: base stands in the file, an option cannot set it"]);
    expect(set("a..b=1")).toEqual(["--set:1:3: error: a path is names with dots between them"]);
    expect(set("expect=[")).toEqual(["--set:1:9: error: a quote or bracket is not closed"]);
  });
});

describe("options of validate", () => {
  it("replace seed and runs, and are checked", () => {
    expect(validate(parse(base), { seed: 7, runs: 2 })).toMatchObject({ seed: 7, runs: 2 });
    expect(() => validate(parse(base), { seed: 1.5, runs: 0 })).toThrow(
      "--runs:1:1: error: runs is a whole number from 1 to 1,000,000, not 0\n--seed:1:1: error: a seed is a whole number from 0 on, not 1.5",
    );
  });
});

function filesOf(texts: Readonly<Record<string, string>> = { "base.yaml": base }): ScenarioFiles {
  return {
    read(path) {
      const text = texts[path];
      if (text === undefined) throw new FileRefused(`there is no file "${path}"`);
      return new TextEncoder().encode(text);
    },
  };
}

function run(yaml: string, files?: Readonly<Record<string, string>>, set: readonly string[] = []) {
  return validate(parse(yaml, { file: "top.yaml" }), { files: filesOf(files), set });
}

function mistakes(yaml: string, files?: Readonly<Record<string, string>>, set: readonly string[] = []): readonly string[] {
  try {
    run(yaml, files, set);
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems.map(headline);
    throw error;
  }
  return [];
}
