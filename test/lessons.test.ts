import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runScenario } from "../src/experiment/run.ts";
import { filesBeside } from "../src/node/files.ts";
import { filled, notMeasured } from "../src/report/lesson.ts";
import { parse } from "../src/scenario/parse.ts";
import { validate } from "../src/scenario/validate.ts";

const folder = join(import.meta.dirname, "..", "scenarios", "lessons");
const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
/** A student's name gives any seed: what a lesson says must not hang on luck. */
const seeds = [42, 2_553_128_073, 7];

describe("the lessons", () => {
  for (const name of names) {
    it(`${name} proves what it says, whoever plays it`, () => {
      const parsed = parse(readFileSync(join(folder, name), "utf8"), { file: name });
      for (const seed of seeds) {
        const valid = validate(parsed, { seed, files: filesBeside(join(folder, name), []) });
        const runs = (valid.variants.length > 0 ? valid.variants : [valid]).map((one) => ({
          variant: one.variant,
          result: runScenario(one),
        }));
        for (const { result, variant } of runs) {
          const missed = result.summary.expectations.filter(({ met }) => !met);
          expect({ variant, missed }).toEqual({ variant, missed: [] });
        }
        const { happens = [], why = [] } = valid.lesson ?? {};
        expect(filled([...happens, ...why], runs)).not.toContain(notMeasured);
      }
    });
  }
});
