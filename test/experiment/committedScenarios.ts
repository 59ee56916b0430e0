import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { filesBeside } from "../../src/node/files.ts";
import { parse } from "../../src/scenario/parse.ts";
import { type ValidScenario, validate } from "../../src/scenario/validate.ts";

/** Every scenario of the package and every variant of one, lessons included, benchmarks left out. */
export function committedScenarios(): readonly ValidScenario[] {
  return ["scenarios", join("scenarios", "lessons")].flatMap((folder) => {
    const whole = join(import.meta.dirname, "..", "..", folder);
    const names = readdirSync(whole).filter((name) => name.endsWith(".yaml"));
    return names.flatMap((name) => {
      const file = join(whole, name);
      const valid = validate(parse(readFileSync(file, "utf8"), { file }), { runs: 1, files: filesBeside(file, []) });
      return valid.variants.length > 0 ? valid.variants : [valid];
    });
  });
}
