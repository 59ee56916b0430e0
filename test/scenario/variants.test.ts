import { describe, expect, it } from "vitest";
import type { ScenarioFiles } from "../../src/scenario/files.ts";
import { parse } from "../../src/scenario/parse.ts";
import { headline, ScenarioError } from "../../src/scenario/problem.ts";
import { type ValidateOptions, validate } from "../../src/scenario/validate.ts";

const text = `name: shop
summary: A shop.
horizon: 30min
service: { roles: { web: { kind: web, instances: 3, concurrency: 4 } } }
clients: { all: { endpoint: web, arrivals: poisson(6/s), timeout: 10s } }
faults:
  - { at: 5min, kind: app-crash, instance: web/0 }
  - { at: 6min, kind: app-crash, instance: web/1 }
expect: [availability.request >= 99%]
variants:
  small:
    service: { roles: { web: { instances: 2 } } }
    faults: [{ at: 7min, kind: app-crash, instance: web/1 }]
  calm: { faults: null, expect: null, summary: A calm shop. }
`;

const read = (more: string, options: ValidateOptions = {}) => validate(parse(text + more, { file: "shop.yaml" }), options);

function mistakesOf(more: string, options: ValidateOptions = {}): readonly string[] {
  try {
    read(more, options);
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems.map(headline);
    throw error;
  }
}

describe("variants of a scenario", () => {
  it("join mappings, replace lists and remove with null, each on the scenario as it stands", () => {
    const { design, variants } = read("");
    expect(design.service.roles[0]?.instances).toBe(3);
    expect(variants.map((one) => [one.variant, one.name, one.summary])).toEqual([
      ["small", "shop (small)", "small: A shop."],
      ["calm", "shop (calm)", "A calm shop."],
    ]);
    const [small, calm] = variants;
    expect(small?.design.service.roles[0]).toMatchObject({ instances: 2, concurrency: 4 });
    expect(small?.design.faults.map(({ at }) => at)).toEqual([420e6]);
    expect(small?.expectations).toHaveLength(1);
    expect(calm?.design.faults).toEqual([]);
    expect(calm?.expectations).toEqual([]);
  });

  it("share seed and runs, and have hashes of their own", () => {
    const { hash, variants } = read("", { seed: 9, runs: 3 });
    expect(variants.map(({ seed, runs }) => [seed, runs])).toEqual([
      [9, 3],
      [9, 3],
    ]);
    expect(new Set([hash, ...variants.map((one) => one.hash)]).size).toBe(3);
  });

  it("stand on what the file is based on, whose variants they change", () => {
    const files: ScenarioFiles = { read: () => new TextEncoder().encode(text) };
    const top =
      "name: top\nbase: shop.yaml\nvariants: { small: { faults: null }, calm: null, large: { service: { roles: { web: { instances: 9 } } } } }\n";
    const { variants } = validate(parse(top, { file: "top.yaml" }), { files });
    expect(variants.map((one) => [one.variant, one.design.service.roles[0]?.instances, one.design.faults.length])).toEqual([
      ["small", 2, 2],
      ["large", 9, 2],
    ]);
  });

  it("lie below options, which can change one of them too", () => {
    const set = ["service.roles.web.concurrency=7", "variants.small.service.roles.web.instances=5", "faults.0.at=9min"];
    const { variants } = read("", { set: set.slice(0, 2) });
    expect(variants.map((one) => [one.design.service.roles[0]?.instances, one.design.service.roles[0]?.concurrency])).toEqual([
      [5, 7],
      [3, 7],
    ]);
    // an entry of a list is one of the variant's own list, and calm has none
    expect(mistakesOf("", { set: set.slice(2) })).toEqual(["--set:1:1: error: faults is default or a list, found a mapping"]);
  });

  it("tell a mistake where it stands, and one of the scenario once", () => {
    const wrong =
      "  bad:\n    balancer: { policy: hsh }\n    faults: [{ at: 5min, kind: app-crash, instance: web/8 }]\nmeasure: { ready: 0 }\n";
    expect(mistakesOf(wrong)).toEqual([
      'shop.yaml:16:25: error: policy cannot be "hsh", did you mean "hash"?',
      'shop.yaml:17:57: error: role "web" has 3 instances, numbered from 0',
      "shop.yaml:18:19: error: ready is a whole number from 1 to 1,000,000, not 0",
    ]);
  });

  it("cannot change what makes runs comparable", () => {
    const wrong = "  bad: { seed: 4, runs: 2, horizon: 1h, name: x, variants: {} }\n";
    expect(mistakesOf(wrong).map((line) => line.replace(/^.*error: /, ""))).toEqual([
      "variants are replayed on the same draws: seed stands at the top of the file",
      "variants are replayed on the same draws: runs stands at the top of the file",
      "variants are compared over the same time: horizon stands at the top of the file",
      "a variant is named by its key under variants",
      "a variant has no variants of its own",
    ]);
    expect(mistakesOf("  bad: 4\n")).toEqual(["shop.yaml:15:8: error: bad is a mapping of names, not 4"]);
  });
});
