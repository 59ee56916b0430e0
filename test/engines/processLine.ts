import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ended } from "./ended.ts";
import type { Line } from "./session.ts";

/** Starts an engine that is a command, such as Node or Bun, on the program in a file. */
export function processLine(command: string, flags: readonly string[], programFile: string): Line {
  const child = spawn(command, [...flags, join(import.meta.dirname, "host.mjs"), programFile], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  let take: ((line: string) => void) | undefined;
  let refuse: ((error: Error) => void) | undefined;
  const fail = (message: string): void => refuse?.(new Error(message));
  lines.on("line", (line) => take?.(line));
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code, signal) => fail(`it ended with ${signal ?? `exit code ${code}`}`));
  child.stdin.on("error", (error) => fail(error.message));
  return {
    send: (question) =>
      new Promise((resolve, reject) => {
        take = resolve;
        refuse = reject;
        child.stdin.write(`${question}\n`);
      }),
    async close() {
      refuse = undefined;
      child.stdin.end();
      await ended(child);
    },
  };
}
