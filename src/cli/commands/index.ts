import type { CliCommand } from "../command.ts";
import { compareCommand } from "./compare.ts";
import { diffCommand } from "./diff.ts";
import { estimateCommand } from "./estimate.ts";
import { explainCommand } from "./explain.ts";
import { exportCommand } from "./export.ts";
import { fuzzCommand } from "./fuzz.ts";
import { importCommand } from "./import.ts";
import { initCommand } from "./init.ts";
import { lessonCommand } from "./lesson.ts";
import { listCommand } from "./list.ts";
import { replayCommand } from "./replay.ts";
import { runCommand } from "./run.ts";
import { schemaCommand } from "./schema.ts";
import { startCommand } from "./start.ts";
import { validateCommand } from "./validate.ts";

/** Every command, in the order of the overview. */
export const commands: readonly CliCommand[] = [
  initCommand,
  runCommand,
  estimateCommand,
  compareCommand,
  diffCommand,
  validateCommand,
  replayCommand,
  fuzzCommand,
  importCommand,
  exportCommand,
  schemaCommand,
  explainCommand,
  listCommand,
  lessonCommand,
  startCommand,
];
