import { closeSync, ftruncateSync, mkdirSync, openSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { here } from "./here.ts";
import { emptyFolder, nines, small } from "./nines.ts";

const shop = `name: shop
summary: A shop.
horizon: 30min
service:
  roles:
    web:
      kind: web
      size: Smal
      instance: 3
clients:
  browsers:
    endpoint: web
    arrivals: poisson(60/s)
    timeout: 10
faults:
  - { at: 5min, kind: host-failure, host: hostOf(wbe/0) }
expect: [availability.requst >= 99%]
`;

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = emptyFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe("mistakes in a scenario", () => {
  it("are printed all at once with line, column and the nearest name, and nothing is run", async () => {
    const { code, out, err } = await here(["run", "shop.yaml"], { cwd: folderWith({ "shop.yaml": shop }) });
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err.split("\n").filter((line) => line.startsWith("shop.yaml:"))).toEqual([
      'shop.yaml:8:13: error: size cannot be "Smal", did you mean "Small"?',
      'shop.yaml:9:7: error: unknown key "instance", did you mean "instances"?',
      "shop.yaml:14:14: error: a duration needs a unit: us ms s min h d y",
      'shop.yaml:16:50: error: there is no role "wbe", did you mean "web"?',
      'shop.yaml:17:10: error: there is no metric "availability.requst", did you mean "availability.request"?',
    ]);
    expect(err).toContain("\n  ✕ 5 mistakes in shop.yaml, nothing was run                    exit code 2\n");
    expect(err).toContain("  What a key means:  nines explain clients.timeout\n");
  });

  it("are shown up to twenty, and the rest is counted", async () => {
    const many = `${small}${Array.from({ length: 33 }, (_, index) => `odd${index}: 1\n`).join("")}`;
    const { code, err } = await here(["validate", "many.yaml"], { cwd: folderWith({ "many.yaml": many }) });
    expect(code).toBe(2);
    expect(err.match(/^many\.yaml:/gm)).toHaveLength(20);
    expect(err).toContain("\nand 13 more\n");
    expect(err).toContain("33 mistakes in many.yaml");
  });

  it("are the same for validate and run", async () => {
    const cwd = folderWith({ "shop.yaml": shop });
    expect((await here(["validate", "shop.yaml"], { cwd })).err).toBe((await here(["run", "shop.yaml"], { cwd })).err);
  });

  it("are coloured only when somebody wants it", () => {
    const cwd = folderWith({ "shop.yaml": shop });
    const sequence = "\u001B[";
    expect(nines(["run", "shop.yaml"], { cwd }).err).not.toContain(sequence);
    expect(nines(["run", "shop.yaml"], { cwd, env: { FORCE_COLOR: "1" } }).err).toContain(sequence);
    expect(nines(["run", "shop.yaml"], { cwd, env: { FORCE_COLOR: "1", NO_COLOR: "1" } }).err).not.toContain(sequence);
  });
});

describe("things that are too large", () => {
  /** What the program takes for something small, on this machine, now. */
  const usual = (): number => nines(["validate", "small.yaml"], { cwd: folderWith({ "small.yaml": small }) }).seconds;

  it("a YAML file of 100 MB is refused without reading it, in the time that a small one takes", () => {
    const cwd = emptyFolder();
    const file = openSync(join(cwd, "huge.yaml"), "w");
    ftruncateSync(file, 100_000_000);
    closeSync(file);
    const { code, err, seconds } = nines(["run", "huge.yaml"], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('the file "huge.yaml" has 95.4 MiB, at most 1 MiB are read');
    expect(seconds).toBeLessThan(3 * usual());
  });

  it("a million million instances are refused in the time that three take", () => {
    const { code, err, seconds } = nines(["run", "small.yaml", "--set", "service.roles.web.instances=1e12"], {
      cwd: folderWith({ "small.yaml": small }),
    });
    expect(code).toBe(2);
    expect(err).toContain("--set:1:29: error: instances is a whole number from 0 to 1,000,000, not 1,000,000,000,000");
    expect(seconds).toBeLessThan(3 * usual());
  });
});

describe("mistakes in a call", () => {
  it.each([
    [["run", "x.yaml", "--sed", "4"], 'unknown option "--sed", did you mean "--seed" or "--set"?'],
    [["rnu", "x.yaml"], 'unknown command "rnu", did you mean "run"?'],
    [["run"], 'missing required argument "scenario"'],
    [["run", "small.yml"], 'there is no file "small.yml", did you mean "small.yaml"?'],
    [["run", "."], '"." is a folder, not a file'],
    [["run", "small.yaml", "--seed", "abc"], '--seed is a whole number from 0 on, not "abc"'],
    [["run", "small.yaml", "--seed", "-1"], '--seed is a whole number from 0 on, not "-1"'],
    [["run", "small.yaml", "--seed", "1e3"], '--seed is a whole number from 0 on, not "1e3"'],
    [["run", "small.yaml", "--runs", "0"], '--runs is a whole number from 1 to 1,000,000, not "0"'],
    [["run", "small.yaml", "--runs", "1.5"], '--runs is a whole number from 1 to 1,000,000, not "1.5"'],
    [["run", "small.yaml", "--facts", "some", "--out", "o"], '--facts is all, control or how many at most, such as 500000, not "some"'],
    [["run", "small.yaml", "--facts", "all"], "--facts says what goes into the trace that --out writes"],
    [["run", "small.yaml", "--data", "nowhere"], 'there is no folder "nowhere"'],
    [["run", "small.yaml", "--out", "small.yaml/out"], '"small.yaml" is a file, not a folder'],
    [["run", "small.yaml", "--out", "small.yaml"], '"small.yaml" is a file, not a folder'],
    [["run", "small.yaml", "--data", "small.yaml"], '"small.yaml" is a file, not a folder'],
    [["run", "small.yaml", "--trace", "."], '"." is a folder, not a file'],
    [["explain", "clients.timout"], 'there is no "clients.timout", did you mean "clients.timeout"?'],
    [["list", "fault"], 'there is no topic "fault", did you mean "faults"?'],
    [["import", "a.csdef", "b.cscfg"], 'there is no file "a.csdef"'],
  ])("%j is answered with what is meant", async (args, message) => {
    const { code, out, err } = await here(args, { cwd: folderWith({ "small.yaml": small }) });
    expect(err).toContain(`  ✕ ${message}`);
    expect(err).toContain("exit code 2");
    expect(out).toBe("");
    expect(code).toBe(2);
  });
});

describe("files that a scenario names", () => {
  const withData = (file: string): string => small.replace("poisson(5/s)", `"counts(${file}, every 1min)"`);
  const counts = `requests\n${"300\n".repeat(10)}`;

  it("are read beside it, and in a folder that --data permits", async () => {
    const cwd = folderWith({ "beside.yaml": withData("counts.csv"), "counts.csv": counts, "there.yaml": withData("there.csv") });
    mkdirSync(join(cwd, "data"));
    writeFileSync(join(cwd, "data", "there.csv"), counts);
    expect(await here(["validate", "beside.yaml"], { cwd })).toMatchObject({ code: 0 });
    expect(await here(["validate", "there.yaml"], { cwd })).toMatchObject({ code: 2 });
    expect(await here(["validate", "there.yaml", "--data", "data"], { cwd })).toMatchObject({ code: 0 });
  });

  it("are not read from anywhere else", async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, "own"));
    writeFileSync(join(cwd, "secret.csv"), counts);
    symlinkSync(join(cwd, "secret.csv"), join(cwd, "own", "link.csv"));
    symlinkSync(cwd, join(cwd, "own", "up"));
    for (const name of ["../secret.csv", "up/secret.csv", "link.csv", join(cwd, "secret.csv"), "sub/../../secret.csv"]) {
      writeFileSync(join(cwd, "own", "s.yaml"), withData(name));
      const { code, err } = await here(["run", "own/s.yaml", "--json"], { cwd });
      expect([name, code]).toEqual([name, 2]);
      expect(err).toMatch(/own\/s\.yaml:7:\d+: error: .*(folder|absolute path)/);
    }
    expect(
      (await here(["validate", "own/s.yaml", "--set", "clients.browsers.arrivals=counts(link.csv, every 1min)", "--data", "."], { cwd }))
        .code,
    ).toBe(0);
  });
});
