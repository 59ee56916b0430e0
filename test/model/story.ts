import type { RunResult } from "../../src/experiment/result.ts";
import { runScenario } from "../../src/experiment/run.ts";
import type { Summary } from "../../src/metrics/summary.ts";
import { factAt } from "../../src/model/factLog.ts";
import { FactKind } from "../../src/model/facts.ts";
import type { Policy } from "../../src/model/policies/own.ts";
import { readLoss } from "../../src/model/roles/disks.ts";
import { failureCauses, HostState, instanceStateNames } from "../../src/model/status.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";

/** A scenario with all that a rule does not need left out: preset ideal, ten minutes. */
export type Plot = Omit<Scenario, "name" | "horizon"> & { readonly horizon?: string };

/** What happened, and the figures. */
interface Story {
  readonly summary: Summary;
  readonly result: RunResult;
  /** The lines that match, such as "12 web/0 dead" (seconds first); what is true from the start (second 0) only with `fromStart`. */
  lines(pattern: RegExp, fromStart?: boolean): string[];
}

const hostStates = Object.keys(HostState) as (keyof typeof HostState)[];

/** Replays a plot and tells it. */
export function tell(plot: Plot, seed = 7, policies: readonly Policy[] = []): Story {
  const valid = validate({ name: "story", preset: "ideal", horizon: "10min", ...plot } as Scenario, { seed, policies });
  const result = runScenario(valid, { everyFact: true });
  const told = inWords(result);
  return {
    summary: result.summary,
    result,
    lines: (pattern, fromStart = false) => told.filter((line) => pattern.test(line) && (fromStart || !line.startsWith("0 "))),
  };
}

/** What the words of a fact are made of. */
interface Tale {
  readonly result: RunResult;
  /** A request or message from now on: numbered from 1 for each client or queue, in the order of arrival. */
  born(what: "request" | "attempt" | "message", owner: string | undefined, id: number): string;
  request(id: number): string;
  message(id: number): string;
  instance(id: number): string;
}

const ofIncident = (outcome: string) => (tale: Tale, id: number) => {
  const incident = tale.result.cast.incidents[id];
  return `${incident?.kind} of ${incident?.target} ${outcome}`;
};
const ofOperation = (outcome: string) => (tale: Tale, id: number) => `${tale.result.cast.operations[id]?.title} ${outcome}`;

/** Words for each kind of fact: a function of its subject and value. */
const words: Partial<Record<FactKind, (tale: Tale, subject: number, value: number) => string>> = {
  [FactKind.requestArrived]: (tale, id, client) => `${tale.born("request", tale.result.cast.clients[client], id)} arrives`,
  [FactKind.attemptStarted]: (tale, id, whole) => `${tale.born("attempt", tale.request(whole), id)} starts`,
  [FactKind.attemptFailed]: (tale, id, cause) => `${tale.request(id)} ${failureCauses[cause]}`,
  [FactKind.circuitChanged]: (tale, id, circuit) =>
    `circuit of ${tale.result.cast.clients[id]} ${["closed", "open", "half-open"][circuit]}`,
  [FactKind.requestSent]: (tale, id, to) => `${tale.request(id)} to ${tale.instance(to)}`,
  [FactKind.requestSucceeded]: (tale, id) => `${tale.request(id)} ok`,
  [FactKind.requestFailed]: (tale, id, cause) => `${tale.request(id)} ${failureCauses[cause]}`,
  [FactKind.messageEnqueued]: (tale, id, queue) => `${tale.born("message", tale.result.cast.queues[queue], id)} enqueued`,
  [FactKind.messageTaken]: (tale, id, by) => `${tale.message(id)} taken by ${tale.instance(by)}`,
  [FactKind.messageCompleted]: (tale, id) => `${tale.message(id)} completed`,
  [FactKind.messageDuplicated]: (tale, id) => `${tale.message(id)} duplicated`,
  [FactKind.messagePoisoned]: (tale, id) => `${tale.message(id)} poisoned`,
  [FactKind.messageReappeared]: (tale, id) => `${tale.message(id)} visible again`,
  [FactKind.messageDeadLettered]: (tale, id, count) => `${tale.message(id)} dead-lettered after ${count} deliveries`,
  [FactKind.messageExpired]: (tale, id, kept) => `${tale.message(id)} expired${kept === 1 ? " to the dead letters" : ""}`,
  [FactKind.messageLost]: (tale, id, incident) =>
    `${tale.message(id)} lost to ${tale.result.cast.incidents[incident]?.kind ?? "its handler"}`,
  [FactKind.storeChanged]: ({ result }, store, up) => `store ${result.cast.stores[store]} ${up === 1 ? "available" : "out"}`,
  [FactKind.queueChanged]: ({ result }, queue, up) => `queue ${result.cast.queues[queue]} ${up === 1 ? "available" : "out"}`,
  [FactKind.faultStruck]: ofIncident("strikes"),
  [FactKind.faultEnded]: ofIncident("ends"),
  [FactKind.hostChanged]: (_, host, state) => `host ${host} ${hostStates[state]}`,
  [FactKind.hostDeclaredDead]: (_, host) => `host ${host} declared dead`,
  [FactKind.hostRestartEnded]: (_, host, works) => `host ${host} restart ${works === 1 ? "succeeds" : "fails"}`,
  [FactKind.instanceChanged]: (tale, id, state) => `${tale.instance(id)} ${instanceStateNames[state]}`,
  [FactKind.instancePlaced]: (tale, id, host) => `${tale.instance(id)} on host ${host}`,
  [FactKind.rotationChanged]: (tale, id, inside) => `${tale.instance(id)} ${inside === 1 ? "in" : "out"}`,
  [FactKind.crashNoticed]: (tale, id) => `${tale.instance(id)} crash noticed`,
  [FactKind.guestDeclaredDead]: (tale, id) => `${tale.instance(id)} guest declared dead`,
  [FactKind.hangNoticed]: (tale, id) => `${tale.instance(id)} hang noticed`,
  [FactKind.ownerActed]: (tale, id) => `${tale.instance(id)} restarted by its owner`,
  [FactKind.instanceExcluded]: (tale, id) => `${tale.instance(id)} excluded`,
  [FactKind.instanceReplaced]: (tale, id) => `${tale.instance(id)} replaced`,
  [FactKind.operationStarted]: ofOperation("starts"),
  [FactKind.operationFinished]: ofOperation("done"),
  [FactKind.operationRefused]: ({ result }, id, reason) => `${result.design.operations[id]?.kind} refused: ${result.cast.reasons[reason]}`,
  [FactKind.operationReplaced]: ofOperation("gives way"),
  [FactKind.roleChanging]: (tale, id, what) => `${tale.instance(id)} Changing ${what === 0 ? "settings" : "topology"}`,
  [FactKind.roleChanged]: (tale, id, what) => `${tale.instance(id)} Changed ${what === 0 ? "settings" : "topology"}`,
  [FactKind.operationStuck]: (tale, id, domain) => `${tale.result.cast.operations[id]?.title} stuck at domain ${domain}`,
  [FactKind.upgradeDomainStarted]: (_, __, domain) => `upgrade domain ${domain} starts`,
  [FactKind.startupTaskFailed]: (tale, id, task) => `${tale.instance(id)} startup task ${task + 1} fails`,
  [FactKind.onStartFailed]: (tale, id) => `${tale.instance(id)} OnStart fails`,
  [FactKind.roleThrew]: (tale, id) => `${tale.instance(id)} throws`,
  [FactKind.runReturned]: (tale, id) => `${tale.instance(id)} Run returns`,
  [FactKind.controllerSilent]: () => "the controller falls silent",
  [FactKind.controllerBack]: (_, waited) => `the controller decides again, ${waited} waited`,
  [FactKind.connectionsShut]: (_, __, time) => `connections refused for ${time / 1e6} s`,
  [FactKind.autoscaleDecided]: ({ result }, _, words) => result.cast.reasons[words] ?? "nothing",
  [FactKind.strayStopped]: (tale, id, host) => `${tale.instance(id)} stopped on host ${host}`,
  [FactKind.hostReported]: (_, host) => `host ${host} reports a fault`,
  [FactKind.hostRepairStep]: (_, host, step) => `host ${host} repair step ${step}`,
  [FactKind.localWritesLost]: (tale, id, value) =>
    `${tale.instance(id)} loses ${readLoss(value).count} local writes: ${readLoss(value).event}`,
  [FactKind.changedByHand]: (tale, id, change) => `${tale.instance(id)} changed by hand: ${tale.result.cast.reasons[change]}`,
  [FactKind.changesLost]: (tale, id, value) => `${tale.instance(id)} loses ${readLoss(value).count} changes: ${readLoss(value).event}`,
  // without a slash, because it follows every stop: who looks for what happens to web/0 need not see it
  [FactKind.onStopReturned]: (tale, id, time) => `OnStop of ${tale.instance(id).replace("/", " ")} returns after ${time / 1e6}`,
  [FactKind.onStopCut]: (tale, id) => `${tale.instance(id)} OnStop cut`,
  [FactKind.slotsSwapped]: () => "slots swapped",
};

function inWords(result: RunResult): string[] {
  const numbers = new Map<string, number>();
  const names = new Map<string, string>();
  const tale: Tale = {
    result,
    born(what, owner, id) {
      const number = (numbers.get(`${what} ${owner}`) ?? 0) + 1;
      numbers.set(`${what} ${owner}`, number);
      const name = what === "attempt" ? `${owner}.${number}` : `${owner} ${number}`;
      names.set(`${what === "message" ? what : "request"} ${id}`, name);
      return name;
    },
    request: (id) => names.get(`request ${id}`) ?? "nobody",
    message: (id) => names.get(`message ${id}`) ?? "nothing",
    instance: (id) => result.cast.instances[id]?.name ?? "nobody",
  };
  const lines: string[] = [];
  for (let index = 0; index < result.facts.length; index++) {
    const { at, kind, subject, value } = factAt(result.facts, index);
    const told = words[kind as FactKind]?.(tale, subject, value);
    if (told !== undefined) lines.push(`${at / 1e6} ${told}`);
  }
  return lines;
}
