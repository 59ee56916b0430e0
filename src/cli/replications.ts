import { extname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { type Replication, replicate } from "../experiment/estimate/replication.ts";
import { clock } from "../node/clock.ts";
import { Pool } from "../node/pool.ts";
import type { ValidScenario } from "../scenario/validate.ts";
import type { ReplicationSettings } from "./replicationWorker.ts";
import type { ChosenScenario } from "./scenarioFile.ts";

/** How replications are watched. */
export interface Watch {
  /** How many are wanted at most, and whether more are still wanted. */
  readonly count: number;
  isWanted(): boolean;
  /** Called now and then: draws, and answers whether to go on. */
  goesOn(): boolean;
}

/** How long signals and the terminal may wait for their turn, in seconds. */
const patience = 0.05;

/** The replications of a scenario in their order, computed by so many threads; the same whatever their number. */
export function replications(chosen: ChosenScenario, scenario: ValidScenario, workers: number, watch: Watch): AsyncGenerator<Replication> {
  return workers === 1 ? inTurns(scenario, watch) : inThreads(chosen, scenario, workers, watch);
}

async function* inTurns(scenario: ValidScenario, watch: Watch): AsyncGenerator<Replication> {
  let turnAt = clock() + patience;
  for (let number = 0; number < watch.count && watch.isWanted(); number++) {
    const steps = replicate(scenario, number);
    let step = steps.next();
    while (!step.done) {
      if (clock() >= turnAt) {
        await setImmediate();
        turnAt = clock() + patience;
        if (!watch.goesOn()) return;
      }
      step = steps.next();
    }
    yield step.value;
  }
}

async function* inThreads(chosen: ChosenScenario, { hash }: ValidScenario, size: number, watch: Watch): AsyncGenerator<Replication> {
  const module = new URL(`./replicationWorker${extname(import.meta.url)}`, import.meta.url);
  const pool = new Pool<number, Replication>({ module, size, data: { chosen, hash } satisfies ReplicationSettings });
  let stopped = false;
  const timer = setInterval(() => {
    stopped ||= !watch.goesOn();
    if (stopped) void pool.close();
  }, 100);
  function* numbers(): Generator<number> {
    for (let number = 0; number < watch.count && watch.isWanted() && !stopped; number++) yield number;
  }
  try {
    for await (const settled of pool.inOrder(numbers())) {
      if (stopped) return;
      if ("error" in settled) throw settled.error;
      yield settled.value;
    }
  } finally {
    clearInterval(timer);
    await pool.close();
  }
}
