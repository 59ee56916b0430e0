import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder, nines } from "./nines.ts";

const six = ["app-crash", "hardware-failure", "rack-failure", "rolling-upgrade", "scale-out", "zero-downtime-swap"];

describe("nines start", () => {
  it("replays the six scenarios from any folder and leaves a report of each, with an index", () => {
    const cwd = emptyFolder();
    const { code, out, err } = nines(["start"], { cwd });
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toContain("Six scenarios replayed, every expectation met");
    for (const name of six) {
      expect(out).toMatch(new RegExp(`^ {2}✓ ${name} `, "m"));
      expect(readdirSync(join(cwd, "out", name))).toEqual(
        expect.arrayContaining(["report.html", "summary.json", "trace.ndjson", "windows.csv"]),
      );
    }
    const index = readFileSync(join(cwd, "out", "index.html"), "utf8");
    for (const name of six) expect(index).toContain(`${name}/report.html`);
    expect(out).toContain(join("out", "index.html"));
  });

  it("says what the swap carried, and why one was refused", () => {
    const cwd = emptyFolder();
    const { out } = nines(["start", "--out", "reports"], { cwd });
    const [, requests, sessions] = /Swap at [\d:]+: (\d+) requests? and (\d+) sessions in flight, none lost\./.exec(out) ?? [];
    expect(Number(requests)).toBeGreaterThan(0);
    expect(Number(sessions)).toBeGreaterThan(0);
    expect(out).toMatch(/Swap refused at [\d:]+: web\/\d in staging is \w+\./);
    expect(readdirSync(cwd)).toEqual(["reports"]);
  });
});
