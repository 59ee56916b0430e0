import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { start } from "../../src/experiment/start.ts";
import { minute } from "../../src/kernel/time.ts";
import { parse } from "../../src/scenario/parse.ts";
import { here } from "./here.ts";
import { emptyFolder, small } from "./nines.ts";

function folder(): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, "small.yaml"), small);
  return cwd;
}

it("--until stops there, with the fingerprint of that instant, and judges no expectation", async () => {
  const cwd = folder();
  const { code, out, err } = await here(["run", "small.yaml", "--until", "4min30s", "--set", "expect=[latency.p50 <= 1ms]"], { cwd });
  const live = start(parse(small, { file: "small.yaml" }), { set: ["expect=[latency.p50 <= 1ms]"] });
  live.advanceTo(4.5 * minute);
  expect(code).toBe(0);
  expect(out).toContain(`Fingerprint  ${live.fingerprint}`);
  expect(out).toContain("(stopped at 4 min 30 s of 10 min)");
  expect(out).toContain("4 min 30 s simulated");
  expect(out.replaceAll(/\s+/g, " ")).toContain("nines run small.yaml --until 4min30s --set");
  expect(out).not.toContain("✕");
  expect(err).toContain("Stopped at 4 min 30 s: figures and fingerprint are of that part");
  const json = JSON.parse((await here(["run", "small.yaml", "--until", "4min30s", "--json"], { cwd })).out) as object;
  expect(json).toMatchObject({ stoppedAtSeconds: 270, simulatedSeconds: 270, fingerprint: live.fingerprint, events: live.events });
});

it("--until refuses what is no time within the run", async () => {
  const cwd = folder();
  const refused = (until: string) => here(["run", "small.yaml", "--until", until], { cwd });
  expect(await refused("10min")).toMatchObject({ code: 2, out: "" });
  expect((await refused("10min")).err).toContain("--until 10min stops nothing: small ends at 10min");
  expect((await refused("5")).err).toContain('--until "5": a duration needs a unit: us ms s min h d y, write 5s or 5min');
  expect((await refused("0s")).err).toContain("--until stops a run after some time, not before it begins");
});
