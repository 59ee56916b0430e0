import { parentPort } from "node:worker_threads";

/** What a thread of a pool is sent. */
export interface Order<Task> {
  readonly task: Task;
}

/** What it answers: first that it is ready, then for each task the result, or what an error said. */
export type Answer<Result> = "ready" | { readonly value: Result } | { readonly error: string };

/** Serves a pool: the file that a pool runs calls this once, and `work` is given its tasks one after the other. */
export function serve<Task, Result>(work: (task: Task) => Result | Promise<Result>): void {
  const port = parentPort;
  if (port === null) throw new Error("this file is run by the threads of a pool");
  port.on("message", async ({ task }: Order<Task>) => {
    let answer: Answer<Result>;
    try {
      answer = { value: await work(task) };
    } catch (error) {
      answer = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    port.postMessage(answer);
  });
  port.postMessage("ready" satisfies Answer<Result>);
}
