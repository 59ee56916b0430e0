import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { program } from "../cli/build.ts";
import { environment, root } from "../cli/nines.ts";

/** What a command printed and returned. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
}

/**
 * A project of somebody's, outside this one and gone after the test, that has installed the package as it is built, and of the packages of
 * this project those named; with the files of these folders in it.
 */
export function scratchProject(packages: readonly string[], ...suites: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "nines-project-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const installed = join(folder, "node_modules");
  const nines = join(installed, "nines");
  mkdirSync(nines, { recursive: true });
  cpSync(join(root, "package.json"), join(nines, "package.json"));
  cpSync(dirname(dirname(program)), join(nines, "dist"), { recursive: true });
  for (const name of packages) symlinkSync(join(root, "node_modules", name), join(installed, name));
  for (const suite of suites) for (const file of readdirSync(suite)) cpSync(join(suite, file), join(folder, file), { recursive: true });
  return folder;
}

/** Runs Node in a folder and waits for its end. */
export function node(folder: string, ...args: readonly string[]): Ran {
  const { NODE_TEST_CONTEXT: _, VITEST: __, ...env } = environment({ NO_COLOR: "1" });
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" });
  return { code: status, out: stdout + stderr };
}
