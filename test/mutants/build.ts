import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";
import type { hunt } from "./hunt.ts";
import type { Mutant } from "./mutant.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The hunt in a copy of the simulator with the mistake in it; throws when the text to replace is not there exactly once. */
export async function buildMutant({ file, find, name, replace }: Mutant): Promise<{ readonly hunt: typeof hunt }> {
  const path = join(root, "src", file);
  const source = readFileSync(path, "utf8");
  if (source.split(find).length !== 2) throw new Error(`mutant "${name}": its text stands in ${file} not exactly once`);
  // below node_modules, so that the libraries are found from there
  const cache = join(root, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "mutant-"));
  try {
    await build({
      root,
      configFile: false,
      logLevel: "silent",
      plugins: [{ name: "mutant", enforce: "pre", transform: (code, id) => (id === path ? code.replace(find, () => replace) : undefined) }],
      build: {
        ssr: join(root, "test/mutants/hunt.ts"),
        outDir: folder,
        minify: false,
        rolldownOptions: { output: { entryFileNames: "hunt.mjs" } },
      },
    });
    return await import(pathToFileURL(join(folder, "hunt.mjs")).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
