import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { here } from "./here.ts";
import { emptyFolder, root, small } from "./nines.ts";

const example = join(root, "test/examples/counterexample.yaml");

it("nines replay breaks the same invariant of a counterexample at the same event, and exits with 98", async () => {
  const { code, err } = await here(["replay", "test/examples/counterexample.yaml"]);
  expect(code).toBe(98);
  expect(err).toContain("✕ own roles.web.ready >= 1 does not hold");
  expect(err).toMatch(/ {2}What led to it\n(.*\n)* +\d+:\d\d\.\d{3} {2}fault struck of \d+, value \d+\n/);
  // its number is that of the event at which it broke
  const [, number = ""] = /number ([\d,]+)/.exec(err) ?? [];
  expect(/ {2}The last events\n((?: +.*\n)+)/.exec(err)?.[1]?.trimEnd().split("\n").at(-1)?.split(/ {2,}/)).toContain(number);
  expect(err).toContain("It is what was found: the same invariant, instant, event and fingerprint.");
  expect(err).toMatch(/Reproduce +nines replay test\/examples\/counterexample.yaml\n/);
});

it("nines replay says that a counterexample breaks elsewhere, or no longer", async () => {
  const cwd = emptyFolder();
  const text = readFileSync(example, "utf8");
  writeFileSync(join(cwd, "moved.yaml"), text.replace("80s", "81s"));
  writeFileSync(join(cwd, "mended.yaml"), text.replace("80s", "4min"));
  const moved = await here(["replay", "moved.yaml"], { cwd });
  expect([moved.code, moved.err]).toEqual([
    98,
    expect.stringContaining("It is not what was found: own roles.web.ready >= 1 broke at 1:20.000"),
  ]);
  const mended = await here(["replay", "mended.yaml"], { cwd });
  expect([mended.code, mended.err]).toEqual([0, ""]);
  expect(mended.out).toMatch(/✓ own roles.web.ready >= 1 holds in mended.yaml; when it was found it broke at 1:20.000, event \d+/);
});

it("nines replay watches the whole catalogue in a scenario that says nothing of what broke", async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, "small.yaml"), small);
  const { code, out } = await here(["replay", "small.yaml"], { cwd });
  expect([code, out]).toEqual([0, expect.stringContaining("✓ Every invariant holds in small.yaml")]);
});

it("nines replay asks for the plugin with the invariant, and refuses other JSON", async () => {
  const cwd = emptyFolder();
  writeFileSync(
    join(cwd, "own.yaml"),
    readFileSync(example, "utf8").replace("# invariant: own roles.web.ready >= 1", "# invariant: U1 mine"),
  );
  writeFileSync(join(cwd, "other.json"), "{}");
  const own = await here(["replay", "own.yaml"], { cwd });
  expect([own.code, own.err]).toEqual([2, expect.stringContaining('the invariant "mine" is neither of the catalogue nor in the scenario')]);
  const other = await here(["replay", "other.json"], { cwd });
  expect([other.code, other.err]).toEqual([
    2,
    expect.stringContaining('"other.json" cannot be replayed: it is not a counterexample of format 1'),
  ]);
});
