import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { program } from "./build.ts";
import { emptyFolder, environment, nines } from "./nines.ts";

/** What a thread does wrong is up to the plugin: it is told of every change of an instance. */
const plugin = (observe: string): string => `export const invariants = [{
  id: "U1", name: "no-crash", statement: "No instance ever recycles.",
  watch: ({ broken, platform }) => ({ listensTo: [19], observe: ({ value }) => { if (value === 11) ${observe} } }),
}];\n`;
const breaks = plugin('broken("an instance recycles")');

function folderWith(text: string): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, "mine.mjs"), text);
  return cwd;
}

/** A report without what no two calls have in common. */
function told(args: readonly string[], cwd: string) {
  const { code, err, out } = nines(["fuzz", "--json", ...args], { cwd });
  expect(err).toBe("");
  const { timing, ...report } = JSON.parse(out);
  return { code, timing, report, bytes: JSON.stringify(report) };
}

describe("nines fuzz", () => {
  it("prints what it met, and writes counterexamples that nines replay breaks again", () => {
    const cwd = folderWith(breaks);
    const args = ["--scenarios", "10", "--seed", "3", "--workers", "2", "--plugin", "mine.mjs", "--out", "found"];
    const { code, out } = nines(["fuzz", ...args], { cwd });
    expect(code).toBe(98);
    expect(out).toMatch(/10 scenarios, [\d,]+ events +\d+ s, [\d.]+ scenarios\/s/);
    expect(out).toMatch(/✕ U1 no-crash: an instance recycles\n {4}in \d+ scenarios?, made small of number \d\n/);
    expect(out).toMatch(/ {4}nines replay found\/counterexample-[0-9a-f]{8}\.yaml\n {4}nines fuzz --seed 3 --only \d --plugin mine.mjs\n/);
    const files = readdirSync(join(cwd, "found"));
    expect(files.map((name) => name.replace(/.*\./, ""))).toEqual(["json", "yaml"]);
    for (const name of files) {
      const replayed = nines(["replay", join("found", name), "--plugin", "mine.mjs"], { cwd });
      expect([replayed.code, replayed.err]).toEqual([98, expect.stringContaining("It is what was found")]);
    }
    const { scenario, shrink } = JSON.parse(readFileSync(join(cwd, "found", files[0] ?? ""), "utf8"));
    expect([...(scenario.faults ?? []), ...(scenario.operations ?? [])].length).toBeLessThanOrEqual(2);
    expect(shrink.steps.length).toBeGreaterThan(0);
  });

  it("draws the same scenarios and tells the same of them for 1 and 3 workers", () => {
    const cwd = folderWith(breaks);
    const args = ["--scenarios", "9", "--seed", "5", "--plugin", "mine.mjs"];
    const [one, three] = ["1", "3"].map((workers) => told([...args, "--workers", workers], cwd));
    expect(one?.bytes).toBe(three?.bytes);
    expect([one?.timing.workers, three?.timing.workers]).toEqual([1, 3]);
    expect(one?.report).toMatchObject({ scenarios: 9, seed: 5 });
  });

  it("adds up what single scenarios have shown", () => {
    const cwd = emptyFolder();
    const whole = told(["--scenarios", "3", "--seed", "11"], cwd).report;
    const parts = [0, 1, 2].map((index) => told(["--only", `${index}`, "--seed", "11"], cwd));
    const sum = (of: (report: typeof whole) => Readonly<Record<string, number>>) => {
      const counts: Record<string, number> = {};
      for (const { report } of parts) for (const [name, count] of Object.entries(of(report))) counts[name] = (counts[name] ?? 0) + count;
      return counts;
    };
    expect(parts.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(whole.events).toBe(parts.reduce((events, { report }) => events + report.events, 0));
    for (const part of ["operations", "faults", "facts", "changes", "meetings", "underFaults"])
      expect(sum(({ coverage }) => coverage[part])).toEqual(whole.coverage[part]);
    expect(sum(({ occasions }) => occasions)).toEqual(whole.occasions);
    expect(whole.sizes.events.most).toBe(Math.max(...parts.map(({ report }) => report.sizes.events.most)));
  });

  it("makes a counterexample of what is thrown, and replays it", () => {
    const cwd = folderWith(plugin('throw new TypeError("x is 17, not a list");'));
    const { code, report } = told(["--scenarios", "2", "--seed", "3", "--plugin", "mine.mjs", "--relations", "none"], cwd);
    const [first] = report.counterexamples;
    expect([code, first.mistake, first.found]).toEqual([98, "TypeError: x is N, not a list", "TypeError: x is 17, not a list"]);
    const again = nines(["replay", first.file, "--plugin", "mine.mjs"], { cwd });
    expect(again.code).toBe(98);
    expect(again.err).toContain("✕ error run-to-its-end does not hold");
    expect(again.err).toContain("It is what was found: the same invariant, instant, event and fingerprint.");
  });

  it("keeps the scenario of a worker that dies, and of one that hangs", () => {
    const dead = 'platform.world.instances.count > 6 ? process.exit(9) : "";';
    const cases = [
      [dead, "30s", "worker died", /exit code 9/],
      ["for (;;);", "3s", "hang", /longer than 3 s/],
    ] as const;
    for (const [observe, patience, mistake, found] of cases) {
      const cwd = folderWith(plugin(observe));
      const args = ["--scenarios", "4", "--seed", "3", "--patience", patience, "--plugin", "mine.mjs", "--relations", "none"];
      const { code, report } = told(args, cwd);
      expect(code).toBe(98);
      const [first] = report.counterexamples;
      expect(first).toMatchObject({ mistake, found: expect.stringMatching(found) });
      expect(first.drawn).toBe(`nines fuzz --seed 3 --only ${first.first} --relations none --plugin mine.mjs`);
      const text = readFileSync(join(cwd, first.file), "utf8");
      // what throws is a counterexample, which replays; of a dead or endless worker there is only its scenario
      const isThrown = mistake.startsWith("TypeError");
      expect(text).toContain(isThrown ? "# found: TypeError: x is 17, not a list" : `: ${mistake}.\n# found: `);
      const again = isThrown ? ["replay", first.file, "--plugin", "mine.mjs"] : ["validate", first.file];
      expect(nines(again, { cwd }).code).toBe(isThrown ? 98 : 0);
      expect(report.scenarios).toBe(4);
    }
  });

  it("writes the report so far at Ctrl+C", async () => {
    const child = spawn(process.execPath, [program, "fuzz", "--for", "1h", "--json", "--workers", "2"], {
      cwd: emptyFolder(),
      env: environment(),
    });
    let out = "";
    child.stdout.on("data", (piece: Buffer) => {
      out += piece.toString();
    });
    await wait(6000);
    child.kill("SIGINT");
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    const report = JSON.parse(out);
    expect([code, report.interrupted]).toEqual([130, true]);
    expect(report.sizes.events.most > 0).toBe(report.scenarios > 0);
  });

  it.each([
    [["--for", "soon"], "--for is a time such as 10min"],
    [["--workers", "0"], '--workers is a whole number from 1 to 256, not "0"'],
    [["--only", "1", "--scenarios", "2"], "--only is one scenario"],
    [["--relations", "few"], "some, all, none"],
    [["--plugin", "none.mjs"], "none.mjs"],
  ])("refuses %j", (args, message) => {
    expect(nines(["fuzz", ...args], { cwd: emptyFolder() })).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});
