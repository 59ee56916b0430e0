import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, nines, small } from "./nines.ts";

function folder(): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, "small.yaml"), small);
  writeFileSync(
    join(cwd, "slow.yaml"),
    small.replace("name: small", "name: slow").replace("lognormal(80ms, 1.2)", "lognormal(120ms, 1.2)"),
  );
  return cwd;
}

it("says which design is better, how sure that is and why, and what the same draws are worth", () => {
  const { code, out } = nines(["compare", "small.yaml", "slow.yaml", "--runs", "5"], { cwd: folder() });
  expect(code).toBe(0);
  expect(out).toContain("small or slow?");
  expect(out).toContain("2 designs on the same draws");
  expect(out).toMatch(/Better, each at 95 % confidence: small, by [^.]*latency\.p50/);
  expect(out).toMatch(/The same draws are worth \d/);
  expect(out).toContain("nines compare small.yaml slow.yaml --seed 42 --runs 5");
});

it("gives designs without names of their own those of their files, and writes a report of each", () => {
  const cwd = folder();
  writeFileSync(join(cwd, "again.yaml"), small);
  const { out } = nines(["compare", "small.yaml", "again.yaml", "--runs", "2", "--json", "--out", "there"], { cwd });
  const { designs, differences } = JSON.parse(out);
  expect(Object.keys(designs)).toEqual(["small", "again"]);
  // the same design on the same draws: no difference, in any run
  expect(differences[0].figures["requests.failed"]).toEqual({ difference: 0, interval: { low: 0, high: 0 }, varianceReduction: null });
  expect(readFileSync(join(cwd, "there", "index.html"), "utf8")).toContain("small or again?");
  expect(readFileSync(join(cwd, "there", "again", "report.html"), "utf8")).toContain("<html");
});

it("refuses to compare a design with nothing, or over another time", () => {
  const cwd = folder();
  expect(nines(["compare", "small.yaml"], { cwd })).toMatchObject({ code: 2, out: "" });
  writeFileSync(join(cwd, "longer.yaml"), small.replace("horizon: 10min", "horizon: 11min"));
  const { code, err } = nines(["compare", "small.yaml", "longer.yaml"], { cwd });
  expect(code).toBe(2);
  expect(err).toContain("over the same time");
});
