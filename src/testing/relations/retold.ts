import { type Fact, type FactLog, factAt } from "../../model/factLog.ts";
import { FactKind } from "../../model/facts.ts";

/** Facts at which a record that is given out again gets a new owner: a request or attempt, a message, a session. */
const births: ReadonlyMap<number, Pool> = new Map([
  [FactKind.requestArrived, "request"],
  [FactKind.attemptStarted, "request"],
  [FactKind.messageEnqueued, "message"],
  [FactKind.sessionStarted, "session"],
]);

type Pool = "request" | "message" | "session" | "incident";

const subjects: ReadonlyMap<number, Pool> = new Map([
  ...births,
  [FactKind.requestSent, "request"],
  [FactKind.requestSucceeded, "request"],
  [FactKind.requestFailed, "request"],
  [FactKind.attemptFailed, "request"],
  [FactKind.messageTaken, "message"],
  [FactKind.messageCompleted, "message"],
  [FactKind.messageDuplicated, "message"],
  [FactKind.messagePoisoned, "message"],
  [FactKind.messageReappeared, "message"],
  [FactKind.messageDeadLettered, "message"],
  [FactKind.messageExpired, "message"],
  [FactKind.messageLost, "message"],
  [FactKind.sessionEnded, "session"],
  [FactKind.faultStruck, "incident"],
  [FactKind.faultEnded, "incident"],
]);

const values: ReadonlyMap<number, Pool> = new Map([
  [FactKind.attemptStarted, "request"],
  [FactKind.messageLost, "incident"],
  [FactKind.hostReported, "incident"],
]);

/**
 * Facts of a run without those that are left out, numbered anew: facts, requests, messages, sessions and incidents in the order in which they
 * come. The cause of a fact is then the last one that is not left out. Two runs of which one has more of something are told alike.
 */
export function retold(facts: FactLog, isLeftOut: (fact: Fact) => boolean): FactLog {
  const places = new Map<number, number>();
  const numbers: Readonly<Record<Pool, Map<number, number>>> = {
    request: new Map(),
    message: new Map(),
    session: new Map(),
    incident: new Map(),
  };
  const counts: Record<Pool, number> = { request: 0, message: 0, session: 0, incident: 0 };
  const numberOf = (pool: Pool, id: number, isNew: boolean): number => {
    const known = numbers[pool].get(id);
    if (known !== undefined && !isNew) return known;
    numbers[pool].set(id, counts[pool]);
    return counts[pool]++;
  };
  const told: Fact[] = [];
  for (let place = 0; place < facts.length; place++) {
    const fact = factAt(facts, place);
    const { kind } = fact;
    const cause = places.get(fact.cause) ?? -1;
    if (isLeftOut(fact)) {
      places.set(fact.id, cause);
      continue;
    }
    places.set(fact.id, told.length);
    const [ofSubject, ofValue] = [subjects.get(kind), values.get(kind)];
    const value = ofValue === undefined || fact.value < 0 ? fact.value : numberOf(ofValue, fact.value, false);
    const subject = ofSubject === undefined ? fact.subject : numberOf(ofSubject, fact.subject, births.has(kind));
    told.push({ ...fact, id: told.length, subject, value, cause });
  }
  const column = (key: keyof Fact): Float64Array => Float64Array.from(told, (fact) => fact[key]);
  return {
    length: told.length,
    dropped: 0,
    leftOut: 0,
    leftOutFrom: 0,
    id: column("id"),
    at: column("at"),
    kind: Uint8Array.from(told, ({ kind }) => kind),
    subject: column("subject"),
    value: column("value"),
    cause: column("cause"),
  };
}
