import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { program } from "./build.ts";
import { type Called, emptyFolder, environment, small } from "./nines.ts";

/** Starts a run that lasts for minutes, presses Ctrl+C once it is well under way, and waits for its end. */
async function interrupted(cwd: string, args: readonly string[]): Promise<Omit<Called, "seconds">> {
  writeFileSync(join(cwd, "long.yaml"), small.replace("horizon: 10min", "horizon: 10y"));
  const child = spawn(process.execPath, [program, "run", "long.yaml", ...args], { cwd, env: environment() });
  const out = textOf(child.stdout);
  const err = textOf(child.stderr);
  await underWay(child);
  child.kill("SIGINT");
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, out: await out, err: await err };
}

/** Two seconds of work of its own mean that it has long left its start behind; where nobody can tell, wait longer. */
async function underWay({ pid }: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    await wait(100);
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      if (Number(fields[11]) > 150) return;
    } catch {
      return wait(4000);
    }
  }
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = "";
  for await (const piece of stream ?? []) text += piece.toString();
  return text;
}

describe("Ctrl+C during a run", () => {
  it("ends it at once with exit code 130 and prints what there is by then", async () => {
    const { code, out, err } = await interrupted(emptyFolder(), []);
    expect(code).toBe(130);
    expect(out).toContain("interrupted after");
    expect(out).toContain("Requests");
    expect(err).toMatch(/Interrupted after \d+\.\d %, the figures are of that part +exit code 130/);
  });

  it("leaves a complete JSON object and complete files, marked as interrupted", async () => {
    const cwd = emptyFolder();
    const { code, out } = await interrupted(cwd, ["--json", "--trace", "long.perfetto.json"]);
    const summary = JSON.parse(out) as { simulatedSeconds: number; requests: { offered: number } };
    expect(code).toBe(130);
    expect(summary).toMatchObject({ interrupted: true, runs: 1 });
    expect(summary.simulatedSeconds).toBeLessThan(10 * 365 * 86_400);
    expect(summary.requests.offered).toBeGreaterThan(1000);
    expect(() => JSON.parse(readFileSync(join(cwd, "long.perfetto.json"), "utf8"))).not.toThrow();
  });
});
