import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Summary } from "../../src/metrics/summary.ts";
import type { Job, Outcome } from "./simulator.ts";

interface Waiting {
  readonly job: Job;
  readonly resolve: (summary: Summary) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Processes that replay scenarios, one for each core. Exact cases take hundreds of millions of events, and code that a test runner has
 * rewritten takes more than twice as long for each.
 */
export class Farm {
  private readonly waiting: Waiting[] = [];
  private readonly idle: ChildProcess[] = [];
  private readonly all = new Set<ChildProcess>();

  /** The summary of a job, replayed as soon as a process is free; rejects with the reason when the scenario is wrong. */
  simulate(job: Job): Promise<Summary> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ job, resolve, reject });
      this.next();
    });
  }

  /** Lets the processes go; nothing may be waiting. */
  close(): void {
    for (const simulator of this.all) simulator.disconnect();
  }

  private next(): void {
    if (this.waiting.length === 0) return;
    const simulator = this.idle.pop() ?? this.hire();
    const first = simulator && this.waiting.shift();
    if (simulator === undefined || first === undefined) return;
    const gone = (): void => {
      this.all.delete(simulator);
      first.reject(new Error("the simulator stopped"));
      this.next();
    };
    simulator.once("exit", gone);
    simulator.once("message", (outcome: Outcome) => {
      simulator.off("exit", gone);
      this.idle.push(simulator);
      if ("error" in outcome) first.reject(new Error(outcome.error));
      else first.resolve(outcome.summary);
      this.next();
    });
    simulator.send(first.job);
  }

  private hire(): ChildProcess | undefined {
    if (this.all.size >= availableParallelism()) return undefined;
    const path = (of: string): string => fileURLToPath(new URL(of, import.meta.url));
    const simulator = fork(path("./simulator.ts"), { execArgv: ["--import", "tsx"], cwd: path("../..") });
    this.all.add(simulator);
    return simulator;
  }
}
