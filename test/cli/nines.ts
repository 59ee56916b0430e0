import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { program } from "./build.ts";

/** What a call of the program printed and returned. */
export interface Called {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
}

/** The folder of the project. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Starts the program in a folder and waits for its end. */
export function nines(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Called {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: options.cwd ?? root,
    env: environment(options.env),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, err: stderr, seconds: (performance.now() - started) / 1000 };
}

/** The environment of this process without what decides about colours. */
export function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, NINES_DEBUG: ____, ...rest } = process.env;
  return { ...rest, ...more };
}

/** An empty folder that is gone after the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "nines-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A small scenario with an application crash, as YAML. */
export const small = `name: small
horizon: 10min
service:
  roles:
    web: { kind: web, size: Small, instances: 3, concurrency: 8, service: "lognormal(80ms, 1.2)" }
clients:
  browsers: { endpoint: web, arrivals: poisson(5/s), timeout: 10s }
faults:
  - { at: 3min, kind: app-crash, instance: web/0 }
expect: [availability.request >= 90%]
`;
