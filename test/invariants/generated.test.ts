import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { run } from "../../src/experiment/library.ts";
import { runScenario } from "../../src/experiment/run.ts";
import { invariants } from "../../src/invariants/index.ts";
import { parse } from "../../src/scenario/parse.ts";
import { validate } from "../../src/scenario/validate.ts";
import { anyScenario } from "../model/anyScenario.ts";

test("whatever happens, no invariant of the catalogue breaks", () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      run(scenario, { checks: { invariants, lookEvery: 50 } });
    }),
    { numRuns: 150, seed: 20261124 },
  );
});

const folder = join(import.meta.dirname, "../../scenarios");
// one that is made of other files is read with them, by its own test
const scenarios = readdirSync(folder).filter((file) => file.endsWith(".yaml") && file !== "migration.yaml");

test.each(scenarios)("no invariant of the catalogue breaks in %s", (name) => {
  const file = join(folder, name);
  const valid = validate(parse(readFileSync(file, "utf8"), { file }), { runs: 1 });
  const { summary } = runScenario(valid, { checks: { invariants, lookEvery: 1000 } });
  expect(summary.fingerprint).toBe(runScenario(valid).summary.fingerprint);
});
