import { tellFailure } from "../../src/cli/failure.ts";
import { program } from "../../src/cli/program.ts";
import { palette, type Terminal } from "../../src/cli/terminal.ts";
import { type Called, root } from "./nines.ts";

/** As `nines`, in this process: in less time, and seen by whoever measures what the tests take. What is of a process (signals, environment, pipes) needs `nines`. */
export async function here(args: readonly string[], { cwd = root }: { readonly cwd?: string } = {}): Promise<Omit<Called, "seconds">> {
  const said = { out: [] as string[], err: [] as string[] };
  const plain = palette(false);
  const terminal: Terminal = {
    out: (text) => said.out.push(text),
    err: (text) => said.err.push(text),
    isWatched: false,
    isColoured: false,
    colours: { out: plain, err: plain },
  };
  const before = { folder: process.cwd(), code: process.exitCode };
  process.chdir(cwd);
  process.exitCode = 0;
  try {
    await program(terminal).parseAsync([process.execPath, "nines", ...args]);
  } catch (error) {
    process.exitCode = tellFailure(error, terminal);
  }
  try {
    return { code: Number(process.exitCode), out: said.out.join(""), err: said.err.join("") };
  } finally {
    process.chdir(before.folder);
    process.exitCode = before.code;
  }
}
