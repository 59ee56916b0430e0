import { setTimeout as wait } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import { serve } from "../../../src/node/poolWorker.ts";

/** What the thread of the tests can be told to do. */
export type OddTask = { readonly square: number; readonly afterMs?: number } | "exit" | "throw" | "hang" | "fill";

serve<OddTask, string>(async (task) => {
  if (task === "exit") process.exit(7);
  if (task === "throw") throw new RangeError("no such thing");
  if (task === "hang") for (;;);
  if (task === "fill") for (const kept: number[][] = []; ; ) kept.push(new Array(100_000).fill(kept.length));
  await wait(task.afterMs ?? 0);
  return `${workerData} ${task.square * task.square}`;
});
