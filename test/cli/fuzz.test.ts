import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, nines } from "./nines.ts";

const plugin = `export const invariants = [{
  id: "U1", name: "no-crash", statement: "No instance ever recycles.",
  watch: ({ broken }) => ({ listensTo: [19], observe: ({ value }) => value === 11 && broken("an instance recycles") }),
}];\n`;

it("nines fuzz prints what it met, and writes counterexamples that nines replay breaks again", () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, "mine.mjs"), plugin);
  const { code, out } = nines(["fuzz", "--runs", "20", "--seed", "3", "--plugin", "mine.mjs", "--out", "found"], { cwd });
  expect(code).toBe(98);
  expect(out).toMatch(/\d+ scenarios, [\d,]+ events +\d+ s, [\d.]+ scenarios\/s/);
  expect(out).toMatch(/✕ U1 no-crash: an instance recycles\n {4}nines replay found\/counterexample-[0-9a-f]{8}\.yaml/);
  const files = readdirSync(join(cwd, "found"));
  expect(files.map((name) => name.replace(/.*\./, ""))).toEqual(["json", "yaml"]);
  for (const name of files) {
    const replayed = nines(["replay", join("found", name), "--plugin", "mine.mjs"], { cwd });
    expect([replayed.code, replayed.err]).toEqual([98, expect.stringContaining("It is what was found")]);
  }
});

it("nines fuzz refuses a time that is none", () => {
  expect(nines(["fuzz", "--for", "soon"])).toMatchObject({ code: 2, err: expect.stringContaining("--for is a time such as 10min") });
});
