import { workerData } from "node:worker_threads";
import { type Replication, replicate } from "../experiment/estimate/replication.ts";
import { serve } from "../node/poolWorker.ts";
import { type ChosenScenario, loadChosen } from "./scenarioFile.ts";

/** What a thread that replicates a scenario is told at its start: where it is read, and what it must turn out to be. */
export interface ReplicationSettings {
  readonly chosen: ChosenScenario;
  readonly hash: string;
}

const { chosen, hash }: ReplicationSettings = workerData;
const scenario = await loadChosen(chosen);
if (scenario.hash !== hash) throw new Error(`${chosen.file} was changed while it was replicated`);

serve<number, Replication>((number) => {
  const steps = replicate(scenario, number);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
});
