import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { here } from "./here.ts";
import { emptyFolder, small } from "./nines.ts";

function folder(): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, "small.yaml"), small);
  writeFileSync(join(cwd, "later.yaml"), small.replace("at: 3min", "at: 4min"));
  return cwd;
}

it("prints where two scenario files part, what led to it, and the figures that differ, and returns 3", async () => {
  const { code, out, err } = await here(["diff", "small.yaml", "later.yaml"], { cwd: folder() });
  expect(code).toBe(3);
  expect(err).toBe("");
  expect(out).toContain("✕ The two runs are the same until 3:00.000");
  expect(out).toContain("exit code 3");
  expect(out).toMatch(/other {3}[0-9a-f]{16} {2}small \(later\.yaml\)/);
  expect(out).toMatch(/first {3}3:00\.000 {2}the process of web\/0 crashes/);
});

it("returns 0 for the same run, and compares one file with itself under another seed or value", async () => {
  const cwd = folder();
  const same = await here(["diff", "small.yaml", "small.yaml"], { cwd });
  expect(same.code).toBe(0);
  expect(same.out).toContain("✓ The two runs are the same");
  expect((await here(["diff", "small.yaml", "--seed", "42"], { cwd })).code).toBe(0);
  const { code, out } = await here(["diff", "small.yaml", "--set", "faults.0.at=2min", "--json"], { cwd });
  expect(code).toBe(3);
  expect(JSON.parse(out)).toMatchObject({ isEqual: false, difference: { at: 120_000_000 }, first: { scenario: "small", seed: 42 } });
});

it("refuses to compare a run with nothing, and a variant that is not there", async () => {
  const cwd = folder();
  const alone = await here(["diff", "small.yaml"], { cwd });
  expect(alone).toMatchObject({ code: 2, out: "" });
  expect(alone.err).toContain("a run is compared with another one: give a second scenario, --seed, --set or --variant");
  expect((await here(["diff", "small.yaml", "--variant", "x"], { cwd })).err).toContain("small has no variants");
});
