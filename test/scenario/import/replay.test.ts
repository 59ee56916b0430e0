import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runScenario } from "../../../src/experiment/run.ts";
import { vmSizeNames } from "../../../src/model/hardware/sizes.ts";
import { importService } from "../../../src/scenario/import/service.ts";
import { scenarioFromService } from "../../../src/scenario/import/toYaml.ts";
import { parse } from "../../../src/scenario/parse.ts";
import { validate } from "../../../src/scenario/validate.ts";

interface Pair {
  readonly definition: string;
  readonly configuration: string;
}

/** Imports a pair of files, writes its scenario and replays it, as `nines import` and `nines run` do. */
function replayPair(folder: string, { definition, configuration }: Pair) {
  const read = (file: string) => ({ file, bytes: readFileSync(join(folder, file)) });
  const yaml = scenarioFromService(importService(read(definition), read(configuration), vmSizeNames));
  return runScenario(validate(parse(yaml, { file: "imported.yaml" }))).summary;
}

const corpus = join(import.meta.dirname, "../../../../shared/corpus/cloud-service-config");

describe.skipIf(!existsSync(corpus))("every pair of files of the corpus", () => {
  const { services } = existsSync(corpus)
    ? (JSON.parse(readFileSync(join(corpus, "expected.json"), "utf8")) as { services: Record<string, Pair[]> })
    : { services: {} };
  for (const [folder, pairs] of Object.entries(services)) {
    for (const pair of pairs) {
      it(`${folder}/${pair.configuration} runs for a simulated hour`, () => {
        const summary = replayPair(join(corpus, folder), pair);
        expect(summary.simulatedSeconds).toBe(3600);
        const served = summary.requests.succeeded + summary.queues.reduce((sum, queue) => sum + queue.completed, 0);
        expect(served).toBeGreaterThan(3000);
        expect(summary.instances.every((instance) => instance.host !== null)).toBe(true);
      });
    }
  }
});

describe("our own pair of files", () => {
  const fixtures = join(import.meta.dirname, "../../fixtures/import");

  it("runs for a simulated hour", () => {
    const summary = replayPair(fixtures, { definition: "shop.csdef", configuration: "shop.cscfg" });
    expect(summary.simulatedSeconds).toBe(3600);
    expect(summary.requests.succeeded).toBeGreaterThan(3000);
  });
});
