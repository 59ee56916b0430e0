import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
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
    const outfile = join(folder, "hunt.mjs");
    await build({
      entryPoints: [join(root, "test/mutants/hunt.ts")],
      bundle: true,
      format: "esm",
      platform: "node",
      packages: "external",
      outfile,
      logLevel: "silent",
      plugins: [
        {
          name: "mutant",
          setup(builder) {
            builder.onLoad({ filter: /\.ts$/ }, ({ path: loaded }) =>
              loaded === path ? { contents: source.replace(find, () => replace), loader: "ts" } : undefined,
            );
          },
        },
      ],
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
