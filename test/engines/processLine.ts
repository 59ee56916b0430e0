import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ended } from "./ended.ts";
import type { Line } from "./session.ts";

/** Starts an engine that is a command, such as Node or Bun, on the program in a file. */
export function processLine(command: string, flags: readonly string[], programFile: string): Line {
  const child = spawn(command, [...flags, join(import.meta.dirname, "host.mjs"), programFile], { stdio: "pipe" });
  const lines = createInterface({ input: child.stdout });
  let take: ((line: string) => void) | undefined;
  let refuse: ((error: Error) => void) | undefined;
  let over: Error | undefined;
  const fail = (message: string): void => {
    over ??= new Error(message);
    refuse?.(over);
  };
  lines.on("line", (line) => take?.(line));
  child.on("error", (error) => fail(error.message));
  // warnings are of no interest, the last words of an engine that ends are
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = `${said}${text}`.slice(-1000);
  });
  child.on("close", (code, signal) => fail(`it ended with ${signal ?? `exit code ${code}`}: ${said.trim().split("\n").at(-1) ?? ""}`));
  // the exit that follows says more
  child.stdin.on("error", () => {});
  return {
    send: (question) =>
      new Promise((resolve, reject) => {
        if (over !== undefined) return reject(over);
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
