import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The program as it is built for the tests: where its packages and its scenarios are found, and dist/ is left alone. */
export const program = join(root, "node_modules", ".cache", "nines-test", "cli", "main.js");

/** Builds the program once, before the first test that starts it. */
export function setup(): void {
  const target = dirname(dirname(program));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts", "build.mjs"), target], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the program cannot be built\n${stdout}${stderr}`);
}
