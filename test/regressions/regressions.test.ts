import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "../../src/scenario/parse.ts";
import { check } from "../../src/testing/check.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

test("every scenario that once broke an invariant says what was wrong", () => {
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(readFileSync(folder + file, "utf8")).toMatch(/^# \w/);
});

for (const file of files) {
  test(`no invariant breaks in ${file} any more, and a replay and a snapshot make no difference`, { timeout: 60_000 }, () => {
    const text = readFileSync(folder + file, "utf8");
    const scenario = parse(text, { file });
    const [, relation] = /^# (M\d+):/.exec(text) ?? [];
    if (relation !== undefined) check(scenario, { invariants: [relation] });
    const { events } = check(scenario, { lookEvery: 10, snapshotAt: 0.5 });
    expect(events).toBeGreaterThan(0);
  });
}
