import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder, nines, small } from "./nines.ts";

function folderWith(text: string): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, "small.yaml"), text);
  return folder;
}

function withoutMachine(json: string): string {
  const { wallSeconds: _, peakMiB: __, ...rest } = JSON.parse(json) as Record<string, unknown>;
  return JSON.stringify(rest);
}

describe("nines run", () => {
  it("prints one JSON object and nothing else with --json", () => {
    const { code, out, err } = nines(["run", "scenarios/hardware-failure.yaml", "--seed", "7", "--json"]);
    const summary = JSON.parse(out) as Record<string, unknown>;
    expect(code === 0 || code === 99).toBe(true);
    expect(err).toBe("");
    expect(summary).toMatchObject({ scenario: "hardware-failure", seed: 7, runs: 1, simulatedSeconds: 1800, intervals: null });
    expect(summary.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(summary.peakMiB).toBeGreaterThan(10);
    expect(summary.wallSeconds).toBeGreaterThan(0);
    expect(summary.reproduce).toBe("nines run scenarios/hardware-failure.yaml --seed 7 --runs 1");
  });

  it("prints the same bytes twice but for wallSeconds and peakMiB, and others for another seed", () => {
    const cwd = folderWith(small);
    const [first, second, third] = ["7", "7", "8"].map((seed) => nines(["run", "small.yaml", "--seed", seed, "--json"], { cwd }).out);
    expect(withoutMachine(second ?? "")).toBe(withoutMachine(first ?? ""));
    expect((JSON.parse(third ?? "") as { fingerprint: string }).fingerprint).not.toBe(
      (JSON.parse(first ?? "") as { fingerprint: string }).fingerprint,
    );
  });

  it("tells the verdict, the figures and how to repeat them", () => {
    const cwd = folderWith(small);
    const { code, out } = nines(["run", "small.yaml"], { cwd });
    expect(code).toBe(0);
    expect(out).toContain("✓");
    expect(out).toContain("availability.request ≥ 90 %");
    expect(out).toContain("nines run small.yaml --seed 42 --runs 1");
  });

  it("returns 99 when an expectation is missed", () => {
    const cwd = folderWith(small);
    const { code, out } = nines(["run", "small.yaml", "--set", "expect=[latency.p50 <= 1ms]"], { cwd });
    expect(code).toBe(99);
    expect(out).toContain("✕ latency.p50 ≤ 1 ms");
  });

  it("changes values with --set and repeats them in the command", () => {
    const cwd = folderWith(small);
    const plain = nines(["run", "small.yaml", "--json"], { cwd });
    const args = [
      "run",
      "small.yaml",
      "--set",
      "service.roles.web.instances=1",
      "--set",
      "clients.browsers.arrivals=poisson(2/s)",
      "--json",
    ];
    const changed = nines(args, { cwd });
    const summary = JSON.parse(changed.out) as { fingerprint: string; instances: unknown[]; reproduce: string };
    expect(summary.instances).toHaveLength(1);
    expect(summary.fingerprint).not.toBe((JSON.parse(plain.out) as { fingerprint: string }).fingerprint);
    expect(summary.reproduce).toBe(
      "nines run small.yaml --set service.roles.web.instances=1 --set 'clients.browsers.arrivals=poisson(2/s)' --seed 42 --runs 1",
    );
  });

  it("replays several runs and gives an interval for every figure", () => {
    const cwd = folderWith(small);
    const summary = JSON.parse(nines(["run", "small.yaml", "--runs", "3", "--json"], { cwd }).out) as Record<string, never>;
    expect(summary.runs).toBe(3);
    expect(summary.simulatedSeconds).toBe(1800);
    expect(summary).toMatchObject({ intervals: { availability: { request: { low: expect.any(Number), high: expect.any(Number) } } } });
  });

  it("writes report, summary, series and trace with --out, whole or not at all", () => {
    const cwd = folderWith(small);
    const { code } = nines(["run", "small.yaml", "--out", "out/deep"], { cwd });
    const names = readdirSync(join(cwd, "out", "deep"));
    expect(code).toBe(0);
    expect(names).toEqual(expect.arrayContaining(["report.html", "summary.json", "trace.ndjson", "windows.csv"]));
    expect(names.filter((name) => name.startsWith("."))).toEqual([]);
    const read = (name: string): string => readFileSync(join(cwd, "out", "deep", name), "utf8");
    expect(JSON.parse(read("summary.json"))).toMatchObject({ scenario: "small" });
    const facts = read("trace.ndjson")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(facts.length).toBeGreaterThan(1000);
    expect(read("report.html")).toMatch(/^<!doctype html>/i);
    expect(read("windows.csv").split("\n").length).toBeGreaterThan(5);
  });

  it("writes what --facts asks for into the trace, and says in its last line, the summary and the terminal what is left out", () => {
    const cwd = folderWith(small);
    const traced = (facts: string): readonly { readonly type?: string; readonly leftOut?: number }[] => {
      const text = readFileSync(join(cwd, facts, "trace.ndjson"), "utf8");
      return text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as { type?: string });
    };
    const printed = (facts: string): string => nines(["run", "small.yaml", "--out", facts, "--facts", facts], { cwd }).out;
    const whole = printed("all");
    expect(whole).not.toContain("left out");
    expect(traced("all").at(-1)?.type).not.toBe("missing");
    const told = traced("all").length - 1;
    for (const facts of ["control", "100"]) {
      const words = printed(facts).replace(/\s+/g, " ");
      const lines = traced(facts);
      const left = told - (lines.length - 2);
      expect(lines.at(-1)).toMatchObject({ type: "missing", dropped: 0, leftOut: left });
      expect(words).toContain(`${left.toLocaleString("en")} facts of requests and messages`);
      const summary = JSON.parse(readFileSync(join(cwd, facts, "summary.json"), "utf8")) as Record<string, unknown>;
      expect(summary.trace).toMatchObject({ facts: told - left, leftOut: left });
    }
  });

  it("writes a trace for Perfetto with --trace", () => {
    const cwd = folderWith(small);
    nines(["run", "small.yaml", "--trace", "small.perfetto.json"], { cwd });
    const { traceEvents } = JSON.parse(readFileSync(join(cwd, "small.perfetto.json"), "utf8")) as { traceEvents: { ph: string }[] };
    expect(traceEvents.map(({ ph }) => ph)).toEqual(expect.arrayContaining(["M", "X"]));
  });

  it("writes the same report twice", () => {
    const cwd = folderWith(small);
    for (const out of ["a", "b"]) nines(["run", "small.yaml", "--out", out], { cwd });
    const read = (out: string, name: string): string => readFileSync(join(cwd, out, name), "utf8");
    for (const name of ["trace.ndjson", "windows.csv", "report.html"])
      expect([name, read("b", name) === read("a", name)]).toEqual([name, true]);
    expect(existsSync(join(cwd, "out"))).toBe(false);
  });

  it("replays variants on the same draws: one table, one of them, JSON of all, and a report of each", () => {
    const variants = "variants:\n  three: {}\n  one: { service: { roles: { web: { instances: 1 } } }, expect: [latency.p50 <= 1ms] }\n";
    const cwd = folderWith(small + variants);
    const table = nines(["run", "small.yaml"], { cwd });
    expect(table.code).toBe(99);
    expect(table.out).toMatch(/ three +one\n/);
    expect(table.out).toContain("one against three");
    const one = nines(["run", "small.yaml", "--variant", "one", "--json"], { cwd });
    const all = nines(["run", "small.yaml", "--json", "--out", "all"], { cwd });
    const { variants: summaries } = JSON.parse(all.out) as { variants: Record<string, { fingerprint: string; reproduce: string }> };
    expect(Object.keys(summaries)).toEqual(["three", "one"]);
    expect(summaries.one?.fingerprint).toBe((JSON.parse(one.out) as { fingerprint: string }).fingerprint);
    expect(summaries.one?.reproduce).toBe("nines run small.yaml --variant one --seed 42 --runs 1");
    expect(readdirSync(join(cwd, "all")).sort()).toEqual(["index.html", "one", "three", "variants.json"]);
    expect(existsSync(join(cwd, "all", "one", "report.html"))).toBe(true);
    const wrong = nines(["run", "small.yaml", "--variant", "thre"], { cwd });
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('did you mean "three"?')]);
  });
});
