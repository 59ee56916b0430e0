// Builds dist/ (or the folder given) from src/: into a folder beside it first, so that nothing stale stays and a failed build leaves the old one.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = resolve(root, process.argv[2] ?? "dist");
const fresh = `${target}.${process.pid}`;
const compiler = findCompiler();

if (compiler !== undefined) build();
else if (!existsSync(target)) {
  console.error("dist/ is not built, and TypeScript is not installed: run npm ci with development dependencies");
  process.exitCode = 1;
}

function findCompiler() {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  } catch {
    return undefined;
  }
}

function build() {
  const options = ["-p", join(root, "tsconfig.build.json"), "--outDir", fresh];
  try {
    const { status } = spawnSync(process.execPath, [compiler, ...options], { cwd: root, stdio: "inherit" });
    if (status !== 0) {
      process.exitCode = 1;
      return;
    }
    chmodSync(join(fresh, "cli", "main.js"), 0o755);
    rmSync(target, { recursive: true, force: true });
    renameSync(fresh, target);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
