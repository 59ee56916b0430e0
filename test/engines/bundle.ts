import { join } from "node:path";
import { build } from "vite";

/** The conformance program as one script, which leaves `nines` behind: an object with the function `answer`. */
export async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      target: "es2022",
      lib: { entry: join(import.meta.dirname, "conformance.ts"), formats: ["iife"], name: "nines" },
    },
  });
  const [first] = [built].flat();
  if (first === undefined || !("output" in first)) throw new Error("the bundler gave no output");
  return first.output[0].code;
}

/** What `flipped` changes: the upper half of ln 2 in the logarithm and the exponential; bundlers may leave its zero out. */
const constant = /\bln2High = 0?\.6931471803691238\b/g;

/** The same program with the last bit of one constant of its own mathematics flipped; throws when it has no such constant. */
export function flipped(program: string): string {
  const changed = program.replace(constant, "ln2High = 0.6931471803691239");
  if (changed === program) throw new Error("the program has no ln2High to flip");
  return changed;
}
