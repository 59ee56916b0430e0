import { Worker } from "node:worker_threads";
import type { Answer, Order } from "./poolWorker.ts";
import { tsxBeside } from "./tsx.ts";

/** What a pool runs its work with. */
export interface PoolOptions {
  /** The file that each thread runs; it calls `serve`. */
  readonly module: URL;
  /** How many threads, 1 or more. */
  readonly size: number;
  /** Plain data that every thread is given at its start, as `workerData`. */
  readonly data?: unknown;
  /** Seconds that one task may take, the start of its thread apart; without end when absent. */
  readonly patience?: number;
  /** Memory of each thread in MiB; what Node gives when absent. */
  readonly memoryMiB?: number;
}

/** Why a task came to nothing. `died`: its thread ended; `slow`: it took too long, its thread was ended; `closed`: the pool was. */
export type Lost = "died" | "slow" | "closed";

/** A task that came to nothing, or that threw an error: then `lost` is undefined. The pool goes on with a fresh thread. */
export class TaskLost extends Error {
  /** Undefined when the task itself threw. */
  readonly lost: Lost | undefined;

  /** `message` says what happened in words. */
  constructor(message: string, lost?: Lost) {
    super(message);
    this.lost = lost;
  }
}

/** How a task ended. */
export type Settled<Result> = { readonly value: Result } | { readonly error: TaskLost };

interface Waiting<Task, Result> {
  readonly task: Task;
  readonly patience: number | undefined;
  settle(settled: Settled<Result>): void;
}

/**
 * Threads that work on plain data, one task at a time each: a task and its result are copied. What a task comes to must not depend on the thread
 * that takes it, nor on the tasks before it; `inOrder` then gives the same for 1, 2 and more threads.
 *
 * A thread that dies, or takes longer than its patience, loses that one task and is replaced. The thread that calls stays free for signals.
 */
export class Pool<Task, Result> {
  readonly size: number;
  private readonly options: PoolOptions;
  private readonly queue: Waiting<Task, Result>[] = [];
  private readonly idle: Thread<Task, Result>[] = [];
  private readonly threads = new Set<Thread<Task, Result>>();
  private isClosed = false;

  constructor(options: PoolOptions) {
    this.options = options;
    this.size = options.size;
  }

  /** Works on a task as soon as a thread is free, in the order of asking; never rejects. `patience` in place of the pool's own, in seconds. */
  run(task: Task, patience = this.options.patience): Promise<Settled<Result>> {
    return new Promise((settle) => {
      this.queue.push({ task, patience, settle });
      this.deal();
    });
  }

  /** Works on tasks side by side, no more at once than threads, and gives what came of them in the order of the tasks. */
  async *inOrder(tasks: Iterable<Task>): AsyncGenerator<Settled<Result>, void, void> {
    const source = tasks[Symbol.iterator]();
    const done: Promise<Settled<Result>>[] = [];
    let underWay = 0;
    let isOver = false;
    const more = (): void => {
      while (!isOver && underWay < this.size && done.length < ahead * this.size) {
        const next = source.next();
        if (next.done === true) isOver = true;
        else {
          underWay++;
          const settled = this.run(next.value).finally(() => {
            underWay--;
            more();
          });
          done.push(settled);
        }
      }
    };
    more();
    for (let first = done[0]; first !== undefined; first = done[0]) {
      const settled = await first;
      done.shift();
      more();
      yield settled;
    }
  }

  /** Ends all threads; tasks that are not done are lost. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const { settle } of this.queue.splice(0)) settle(closed);
    await Promise.all([...this.threads].map((thread) => thread.end("closed")));
  }

  private deal(): void {
    for (let waiting = this.queue[0]; waiting !== undefined; waiting = this.queue[0]) {
      if (this.isClosed) {
        waiting.settle(closed);
        this.queue.shift();
        continue;
      }
      const thread = this.idle.pop() ?? (this.threads.size < this.size ? this.begin() : undefined);
      if (thread === undefined) return;
      this.queue.shift();
      thread.take(waiting);
    }
  }

  private begin(): Thread<Task, Result> {
    const thread = new Thread<Task, Result>(this.options, (isAlive) => {
      if (isAlive) this.idle.push(thread);
      else {
        this.threads.delete(thread);
        if (this.idle.includes(thread)) this.idle.splice(this.idle.indexOf(thread), 1);
      }
      this.deal();
    });
    this.threads.add(thread);
    return thread;
  }
}

/** So many results for each thread may wait for one before them. */
const ahead = 50;
const closed = { error: new TaskLost("the work was broken off", "closed") };

/** A program that runs a file in TypeScript: only where the simulator itself is worked on. */
function throughTsx(url: string): string {
  const [tsx, file] = [tsxBeside(url), url].map((each) => JSON.stringify(each));
  return `import(${tsx}).then(({ register }) => { register(); return import(${file}); })`;
}

class Thread<Task, Result> {
  private readonly worker: Worker;
  private readonly free: (isAlive: boolean) => void;
  private waiting: Waiting<Task, Result> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isReady = false;
  private reason: TaskLost | undefined;

  constructor({ data, memoryMiB, module }: PoolOptions, free: (isAlive: boolean) => void) {
    const isSource = module.pathname.endsWith(".ts");
    this.worker = new Worker(isSource ? throughTsx(module.href) : module, {
      workerData: data,
      eval: isSource,
      ...(memoryMiB === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: memoryMiB } }),
    });
    this.free = free;
    this.worker.on("message", (answer: Answer<Result>) => this.answered(answer));
    this.worker.on("error", (error: Error) => {
      this.reason ??= new TaskLost(error.message.split("\n")[0] ?? "", "died");
    });
    this.worker.on("exit", (code) => {
      this.settle({ error: this.reason ?? new TaskLost(`the thread ended with exit code ${code}`, "died") });
      this.free(false);
    });
  }

  take(waiting: Waiting<Task, Result>): void {
    this.waiting = waiting;
    this.worker.postMessage({ task: waiting.task } satisfies Order<Task>);
    if (this.isReady) this.startClock();
  }

  async end(lost: Lost): Promise<void> {
    this.reason ??= lost === "closed" ? closed.error : new TaskLost(`it takes longer than ${this.waiting?.patience} s`, lost);
    await this.worker.terminate();
  }

  /** What a thread needs to start is not the task's fault. */
  private startClock(): void {
    const patience = this.waiting?.patience;
    if (patience !== undefined) this.timer = setTimeout(() => void this.end("slow"), patience * 1000);
  }

  private answered(answer: Answer<Result>): void {
    if (answer === "ready") {
      this.isReady = true;
      this.startClock();
      return;
    }
    this.settle("error" in answer ? { error: new TaskLost(answer.error) } : answer);
    this.free(true);
  }

  private settle(settled: Settled<Result>): void {
    clearTimeout(this.timer);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.settle(settled);
  }
}
