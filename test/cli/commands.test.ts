import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { program } from "./build.ts";
import { here } from "./here.ts";
import { emptyFolder, nines, root, small } from "./nines.ts";

describe("nines --help", () => {
  it("names every command in a line of its own", async () => {
    const { code, out } = await here(["--help"]);
    expect(code).toBe(0);
    for (const { name, summary } of commands) {
      expect(summary.length).toBeLessThan(100);
      expect(out).toContain(`  ${name} `);
      expect((await here([name, "--help"])).out).toContain(`Usage: nines ${name}`);
    }
  });

  it("loads none of what the commands need", () => {
    const coverage = emptyFolder();
    nines(["--help"], { env: { NODE_V8_COVERAGE: coverage } });
    const loaded = readdirSync(coverage).flatMap((name) => {
      const { result } = JSON.parse(readFileSync(join(coverage, name), "utf8")) as { result: { url: string }[] };
      return result.map(({ url }) => url);
    });
    expect(loaded.some((url) => url.includes("/commander/"))).toBe(true);
    expect(loaded.filter((url) => /\/(zod|yaml|vega|vega-lite|fast-xml-parser|seedrandom)\/|\/(experiment|metrics)\//.test(url))).toEqual(
      [],
    );
  });

  it("prints the version", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    expect(nines(["--version"]).out).toBe(`${version}\n`);
  });
});

describe("nines init", () => {
  it("writes a commented scenario that runs", async () => {
    const cwd = emptyFolder();
    expect(await here(["init"], { cwd })).toMatchObject({ code: 0, err: "" });
    expect(readFileSync(join(cwd, "scenario.yaml"), "utf8")).toContain("# ");
    expect(await here(["validate", "scenario.yaml"], { cwd })).toMatchObject({ code: 0, err: "" });
    expect([0, 99]).toContain((await here(["run", "scenario.yaml", "--json"], { cwd })).code);
  });

  it("leaves a file alone that is there, unless forced", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "mine.yaml"), "mine");
    expect(await here(["init", "mine.yaml"], { cwd })).toMatchObject({ code: 2 });
    expect(readFileSync(join(cwd, "mine.yaml"), "utf8")).toBe("mine");
    expect(await here(["init", "mine.yaml", "--force"], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, "mine.yaml"), "utf8")).not.toBe("mine");
  });
});

describe("nines list and explain", () => {
  it("list names that explain knows", async () => {
    for (const topic of ["presets", "faults", "operations", "policies", "selectors", "arrivals", "laws", "sizes", "metrics"]) {
      const entries = JSON.parse((await here(["list", topic, "--json"])).out) as { name: string; summary: string }[];
      expect(entries.length).toBeGreaterThan(1);
      expect(topic === "sizes" || entries.every(({ summary }) => /\.$|Example: /.test(summary))).toBe(true);
      expect(await here(["explain", entries[0]?.name ?? ""])).toMatchObject({ code: 0, err: "" });
    }
  });

  it("list the scenarios of the package wherever they are called, and those of the folder", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "mine.yaml"), "name: mine\nsummary: A scenario of my own.\nhorizon: 1h\n");
    const { out } = await here(["list", "scenarios"], { cwd });
    expect(out).toContain("hardware-failure.yaml");
    expect(out).toMatch(/mine\.yaml +A scenario of my own\./);
  });

  it("explain prints meaning, unit, default and source", async () => {
    const { code, out } = await here(["explain", "clients.timeout"]);
    expect(code).toBe(0);
    expect(out).toMatch(/Unit: duration[\s\S]*azure: 100s[\s\S]*Microsoft Docs/);
  });
});

describe("nines schema", () => {
  it("prints a JSON Schema in draft 7", async () => {
    const schema = JSON.parse((await here(["schema"])).out) as { $schema: string };
    expect(schema.$schema).toContain("draft-07");
  });
});

describe("nines export", () => {
  const pair = ["test/fixtures/import/shop.csdef", "test/fixtures/import/shop.cscfg"].map((file) => join(root, file));

  it("writes a scenario's service as two files that are read as the service they come from", async () => {
    const cwd = emptyFolder();
    expect((await here(["export", ...pair, "-o", "out"], { cwd })).code).toBe(0);
    const files = ["out/ServiceDefinition.csdef", "out/ServiceConfiguration.cscfg"];
    expect((await here(["import", ...files, "--json"], { cwd })).out).toBe((await here(["import", ...pair, "--json"], { cwd })).out);
    writeFileSync(join(cwd, "small.yaml"), small);
    const { code, err, out } = await here(["export", "small.yaml"], { cwd });
    expect({ code, out }).toEqual({ code: 0, out: "  ✓ ServiceDefinition.csdef and ServiceConfiguration.cscfg are written\n" });
    expect(err).toBe('note: endpoint "web" of role "web" gets port 80: a scenario has no ports\n');
  });

  it("leaves files alone that are there, unless forced, and writes nothing then", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "ServiceConfiguration.cscfg"), "mine");
    const refused = await here(["export", ...pair], { cwd });
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('there is a file "ServiceConfiguration.cscfg" already; nothing was written');
    expect(readdirSync(cwd)).toEqual(["ServiceConfiguration.cscfg"]);
    expect((await here(["export", ...pair, "--force"], { cwd })).code).toBe(0);
    expect(readdirSync(cwd)).toEqual(["ServiceConfiguration.cscfg", "ServiceDefinition.csdef"]);
  });
});

describe("nines import of an experiment", () => {
  const storm = join(root, "test/fixtures/chaos/storm.json");

  it("writes a scenario on top of another one, which runs", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "small.yaml"), small);
    const { code, err, out } = await here(["import", storm, "--service", "small.yaml", "--map", "jobs-1=web/1", "--start", "1min"], {
      cwd,
    });
    expect(code).toBe(0);
    expect(err).toContain("note: not replayed");
    writeFileSync(join(cwd, "storm.yaml"), out);
    expect(await here(["validate", "storm.yaml"], { cwd })).toMatchObject({ code: 0, err: "" });
    const run = await here(["run", "storm.yaml", "--json"], { cwd });
    expect([0, 99]).toContain(run.code);
    expect(run.out).toContain("vm-failure");
  });

  it("says what is missing", async () => {
    expect((await here(["import", storm])).err).toContain("an experiment needs a service that it is replayed on");
    expect((await here(["import", "test/fixtures/import/shop.csdef"])).err).toContain("a service definition needs its configuration");
    expect((await here(["import", storm, "--service", "scenarios/none.yaml"])).code).toBe(2);
  });
});

describe("nines import", () => {
  const pair = ["test/fixtures/import/shop.csdef", "test/fixtures/import/shop.cscfg"];

  it("writes a scenario that runs, on stdout alone", async () => {
    const { code, out } = await here(["import", ...pair]);
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "s.yaml"), out);
    expect(code).toBe(0);
    expect(out).toContain("# assumed");
    const summary = JSON.parse((await here(["run", "s.yaml", "--json"], { cwd })).out) as { simulatedSeconds: number };
    expect(summary.simulatedSeconds).toBe(3600);
  });

  it("prints the service with --json", async () => {
    const service = JSON.parse((await here(["import", ...pair, "--json"])).out) as { roles: { name: string }[] };
    expect(service).toMatchObject({
      serviceName: expect.any(String),
      upgradeDomainCount: expect.any(Number),
      notUnderstood: expect.any(Array),
    });
    expect(service.roles.length).toBeGreaterThan(0);
  });

  it("returns 2 for a definition without a role", async () => {
    const cwd = emptyFolder();
    const ns = "http://schemas.microsoft.com/ServiceHosting/2008/10/Service";
    writeFileSync(join(cwd, "a.csdef"), `<ServiceDefinition name="a" xmlns="${ns}Definition"/>`);
    writeFileSync(join(cwd, "a.cscfg"), `<ServiceConfiguration serviceName="a" xmlns="${ns}Configuration"/>`);
    const { code, out, err } = await here(["import", "a.csdef", "a.cscfg"], { cwd });
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toMatch(/^a\.csdef:1:\d+: error: /m);
  });
});

describe("output that nobody reads to its end", () => {
  it("ends quietly", () => {
    const shell = spawnSync("sh", ["-c", `"${process.execPath}" "${program}" schema | head -c 10 > /dev/null`], {
      encoding: "utf8",
      cwd: root,
    });
    expect(shell.stderr).toBe("");
  });
});
