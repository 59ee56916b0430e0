import type { RunResult } from "../../src/experiment/result.ts";
import { runScenario } from "../../src/experiment/run.ts";
import type { Summary } from "../../src/metrics/summary.ts";
import { type Fact, factAt } from "../../src/model/factLog.ts";
import { FactKind } from "../../src/model/facts.ts";
import { failureCauses, HostState, instanceStateNames } from "../../src/model/status.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";

/** A scenario with all that a rule does not need left out: preset ideal, ten minutes. */
export type Plot = Omit<Scenario, "name" | "horizon"> & { readonly horizon?: string };

/** What happened, and the figures. */
export interface Story {
  readonly summary: Summary;
  readonly result: RunResult;
  /** The lines that match, such as "12 web/0 dead" (seconds first); what is true from the start (second 0) only with `fromStart`. */
  lines(pattern: RegExp, fromStart?: boolean): string[];
}

const hostStates = Object.keys(HostState) as (keyof typeof HostState)[];

/** Replays a plot and tells it; options are those of `validate`. */
export function tell(plot: Plot, seed = 7): Story {
  const valid = validate({ name: "story", preset: "ideal", horizon: "10min", ...plot } as Scenario, { seed });
  const result = runScenario(valid, { everyFact: true });
  const told = inWords(result);
  return {
    summary: result.summary,
    result,
    lines: (pattern, fromStart = false) => told.filter((line) => pattern.test(line) && (fromStart || !line.startsWith("0 "))),
  };
}

/** Requests and messages are numbered from 1 in the order of their arrival: "browsers 1", "orders 1". */
function inWords({ facts, cast, design }: RunResult): string[] {
  const numbers = new Map<string, number>();
  const names = new Map<string, string>();
  const born = (what: string, owner: string, id: number): string => {
    const number = (numbers.get(`${what} ${owner}`) ?? 0) + 1;
    numbers.set(`${what} ${owner}`, number);
    names.set(`${what} ${id}`, `${owner} ${number}`);
    return `${owner} ${number}`;
  };
  const instance = (id: number): string => cast.instances[id]?.name ?? "nobody";
  const words = (fact: Fact): string | undefined => {
    const { kind, subject, value } = fact;
    const request = names.get(`request ${subject}`);
    const message = names.get(`message ${subject}`);
    switch (kind) {
      case FactKind.requestArrived:
        return `${born("request", cast.clients[value] ?? "", subject)} arrives`;
      case FactKind.requestSent:
        return `${request} to ${instance(value)}`;
      case FactKind.requestSucceeded:
        return `${request} ok`;
      case FactKind.requestFailed:
        return `${request} ${failureCauses[value]}`;
      case FactKind.messageEnqueued:
        return `${born("message", cast.queues[value] ?? "", subject)} enqueued`;
      case FactKind.messageTaken:
        return `${message} taken by ${instance(value)}`;
      case FactKind.messageCompleted:
        return `${message} completed`;
      case FactKind.messageDuplicated:
        return `${message} duplicated`;
      case FactKind.messagePoisoned:
        return `${message} poisoned`;
      case FactKind.messageReappeared:
        return `${message} visible again`;
      case FactKind.faultStruck:
      case FactKind.faultEnded:
        return `${cast.incidents[subject]?.kind} of ${cast.incidents[subject]?.target} ${kind === FactKind.faultStruck ? "strikes" : "ends"}`;
      case FactKind.hostChanged:
        return `host ${subject} ${hostStates[value]}`;
      case FactKind.hostDeclaredDead:
        return `host ${subject} declared dead`;
      case FactKind.hostRestartEnded:
        return `host ${subject} restart ${value === 1 ? "succeeds" : "fails"}`;
      case FactKind.instanceChanged:
        return `${instance(subject)} ${instanceStateNames[value]}`;
      case FactKind.instancePlaced:
        return `${instance(subject)} on host ${value}`;
      case FactKind.rotationChanged:
        return `${instance(subject)} ${value === 1 ? "in" : "out"}`;
      case FactKind.crashNoticed:
        return `${instance(subject)} crash noticed`;
      case FactKind.guestDeclaredDead:
        return `${instance(subject)} guest declared dead`;
      case FactKind.hangNoticed:
        return `${instance(subject)} hang noticed`;
      case FactKind.operationStarted:
        return `${cast.operations[subject]?.title} starts`;
      case FactKind.operationFinished:
        return `${cast.operations[subject]?.title} done`;
      case FactKind.operationRefused:
        return `${design.operations[subject]?.kind} refused: ${cast.reasons[value]}`;
      case FactKind.upgradeDomainStarted:
        return `upgrade domain ${value} starts`;
      case FactKind.slotsSwapped:
        return "slots swapped";
      default:
        return undefined;
    }
  };
  const lines: string[] = [];
  for (let index = 0; index < facts.length; index++) {
    const fact = factAt(facts, index);
    const told = words(fact);
    if (told !== undefined) lines.push(`${fact.at / 1e6} ${told}`);
  }
  return lines;
}
