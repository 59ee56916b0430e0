import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { comparableFigures } from "../../src/experiment/comparable.ts";
import { runVariants } from "../../src/experiment/library.ts";
import { parse } from "../../src/scenario/parse.ts";
import { validate } from "../../src/scenario/validate.ts";

const folder = new URL("../../scenarios/", import.meta.url);
const files = { read: (path: string) => readFileSync(new URL(path, folder)) };
const scenario = validate(parse(readFileSync(new URL("migration.yaml", folder), "utf8"), { file: "migration.yaml" }), {
  files,
  set: ["clients.browsers.arrivals=poisson(2/min)"],
});

describe("the move of a service from Cloud Services", () => {
  const { differences, variants } = runVariants(scenario);
  const summaries = variants.map(({ result }) => result.summary);

  it("sees one load and one schedule of faults under three hosting models", () => {
    expect(variants.map(({ name }) => name)).toEqual(["cloud-service", "virtual-machines", "app-service"]);
    expect(new Set(summaries.map(({ requests }) => requests.offered)).size).toBe(1);
    expect(summaries.flatMap(({ expectations }) => expectations).filter(({ met }) => !met)).toEqual([]);
  });

  it("has availability by five definitions, p99 and cost of each", () => {
    const keys = comparableFigures.filter(({ key }) => /^availability|p99|cost.total/.test(key));
    for (const summary of summaries) expect(keys.map((figure) => figure.of(summary)).filter((value) => value === null)).toEqual([]);
    expect(keys).toHaveLength(7);
  });

  it("explains every difference by causes that add up", () => {
    const [first, ...others] = summaries;
    differences.forEach(({ failed }, place) => {
      expect(failed.difference).toBe((others[place]?.requests.failed ?? 0) - (first?.requests.failed ?? 0));
      expect(failed.parts.reduce((sum, part) => sum + part.difference, 0)).toBe(failed.difference);
    });
  });

  it("shows who detects, who patches and what a swap is", () => {
    const swaps = summaries.map(({ operations }) => operations.find(({ kind }) => kind === "swap")?.outcome);
    expect(swaps).toEqual(["succeeded", "refused", "succeeded"]);
    const patches = summaries.map(({ operations }) => operations.filter(({ kind }) => kind.endsWith("-update")).map(({ kind }) => kind));
    expect(patches).toEqual([["host-os-update", "guest-os-update", "guest-agent-update"], ["guest-os-update"], []]);
    const [onCloud, onMachines, inAppService] = summaries.map(({ sla }) => sla.detection.ratio);
    expect([onCloud, onMachines, inAppService]).toEqual([1, 0, 1]);
    const hang = (place: number) =>
      summaries[place]?.requests.failedByAttribution
        .filter(({ kind }) => kind === "app-hang")
        .reduce((sum, { failed }) => sum + failed, 0) ?? 0;
    expect(hang(2)).toBeLessThan(hang(0) / 2);
  });
});
