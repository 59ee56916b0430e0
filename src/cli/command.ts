import type { Command } from "commander";
import type { Terminal } from "./terminal.ts";

/** A command of `nines`. What it needs is loaded when it is called, so that `--help` is quick. */
export interface CliCommand {
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  /** Declares arguments, options and action; the action sets `process.exitCode` unless all is well. */
  configure(command: Command, terminal: Terminal): void;
}
