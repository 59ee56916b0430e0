import type { RunResult } from "../../experiment/result.ts";
import type { Fact } from "../../model/factLog.ts";
import { FactKind, factKindNames } from "../../model/facts.ts";
import { factWords } from "../export/factWords.ts";
import { controlFacts } from "../story/causes.ts";
import { narrate } from "../story/narrator.ts";
import { words } from "../story/words.ts";
import { duration } from "../times.ts";

type Sentence = (subject: string, value: string, number: number) => string;

/** How facts are told that a story passes over. */
const sentences: Readonly<Record<number, Sentence>> = {
  [FactKind.requestArrived]: (request, client) => `request ${request} of ${client} arrives`,
  [FactKind.requestSent]: (request, instance) => `request ${request} goes to ${instance}`,
  [FactKind.requestSucceeded]: (request, _, latency) => `request ${request} succeeds after ${duration(latency)}`,
  [FactKind.requestFailed]: (request, cause) => `request ${request} fails: ${cause}`,
  [FactKind.messageEnqueued]: (message, queue) => `message ${message} is put into ${queue}`,
  [FactKind.messageTaken]: (message, instance) => `${instance} takes message ${message}`,
  [FactKind.messageCompleted]: (message, _, age) => `message ${message} is completed, ${duration(age)} old`,
  [FactKind.instanceChanged]: (instance, state) => `${instance} is ${state}`,
  [FactKind.instancePlaced]: (instance, host) => `${instance} is placed on ${host}`,
  [FactKind.rotationChanged]: (instance, _, isIn) => `${instance} ${isIn === 1 ? "comes into" : "leaves"} rotation`,
  [FactKind.hostChanged]: (host, state) => `${host} is ${state}`,
  [FactKind.faultStruck]: (incident) => `${incident} strikes`,
  [FactKind.faultEnded]: (incident) => `${incident} ends`,
};

/** Tells any fact of a run in a clause: as its story does, or else by its kind and its two numbers. */
export function factTeller(result: RunResult): (fact: Fact) => string {
  const named = factWords(result);
  const told = new Map(narrate(result, controlFacts(result.facts)).tellings.map((telling) => [telling.fact.id, telling]));
  return (fact) => {
    const telling = told.get(fact.id);
    if (telling !== undefined) return words(telling, result);
    const { kind, subject, value } = fact;
    const subjectText = plain(named[kind]?.subject(subject, subject) ?? String(subject));
    const valueText = plain(named[kind]?.value(value, subject) ?? String(value));
    const sentence = sentences[kind];
    if (sentence !== undefined) return sentence(subjectText, valueText, value);
    return `${(factKindNames[kind] ?? "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}: ${subjectText}, ${valueText}`;
  };
}

/** A name or a number out of its JSON text. */
function plain(json: string): string {
  const value: unknown = JSON.parse(json);
  return value === null ? "nobody" : String(value);
}
