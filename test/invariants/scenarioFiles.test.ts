import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../../src/experiment/library.ts";
import { invariants } from "../../src/invariants/index.ts";
import { filesBeside } from "../../src/node/files.ts";
import { parse } from "../../src/scenario/parse.ts";
import { validate } from "../../src/scenario/validate.ts";

const folder = fileURLToPath(new URL("../../scenarios/", import.meta.url));
const files = ["", "lessons"].flatMap((within) =>
  readdirSync(join(folder, within))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => join(within, name)),
);

test("there are scenarios to watch", () => {
  expect(files.length).toBeGreaterThan(30);
});

for (const file of files) {
  test(`no invariant breaks in ${file}, nor in a variant of it`, { timeout: 120_000 }, () => {
    const path = join(folder, file);
    const whole = validate(parse(readFileSync(path, "utf8"), { file }), { files: filesBeside(path, []) });
    for (const one of whole.variants.length > 0 ? whole.variants : [whole]) run(one, { runs: 1, checks: { invariants } });
  });
}
