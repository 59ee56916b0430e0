#!/usr/bin/env node
import { tellFailure } from "./failure.ts";
import { program } from "./program.ts";
import { processTerminal } from "./terminal.ts";

const terminal = processTerminal();

// somebody who reads only the first lines of the output has seen enough
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

try {
  await program(terminal).parseAsync(process.argv);
} catch (error) {
  process.exitCode = tellFailure(error, terminal);
}
