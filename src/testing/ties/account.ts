import { type FactLog, factAt } from "../../model/factLog.ts";
import { FactKind, factKindNames } from "../../model/facts.ts";

/** Facts whose subject is a record that is given out again: which one it was depends on who asked first, and nothing else does. */
const pooled: ReadonlySet<number> = new Set([
  FactKind.requestArrived,
  FactKind.requestSent,
  FactKind.requestSucceeded,
  FactKind.requestFailed,
  FactKind.sessionStarted,
  FactKind.sessionEnded,
  FactKind.attemptStarted,
  FactKind.attemptFailed,
  FactKind.messageEnqueued,
  FactKind.messageTaken,
  FactKind.messageCompleted,
  FactKind.messageDuplicated,
  FactKind.messagePoisoned,
  FactKind.messageReappeared,
  FactKind.messageDeadLettered,
  FactKind.messageExpired,
  FactKind.messageLost,
]);

/** Facts whose subject is an incident: those are numbered as they strike. */
const ofIncidents: ReadonlySet<number> = new Set([FactKind.faultStruck, FactKind.faultEnded]);
/** Facts whose value is such a record, an incident or a text, numbered as they come. */
const numberedValue: ReadonlySet<number> = new Set([
  FactKind.attemptStarted,
  FactKind.messageLost,
  FactKind.hostReported,
  FactKind.operationRefused,
  FactKind.autoscaleDecided,
  FactKind.changedByHand,
]);

/** What happened at one instant, in no order. */
export interface Account {
  readonly at: number;
  /** One line for each fact, sorted: what it was and of whom. */
  readonly lines: readonly string[];
}

/** The facts of a run, instant by instant, told so that they are the same for runs that differ in the order within an instant only. */
export function accountOf(facts: FactLog): readonly Account[] {
  const accounts: Account[] = [];
  for (let place = 0; place < facts.length; place++) {
    const { at, kind, subject, value } = factAt(facts, place);
    const who = pooled.has(kind) || ofIncidents.has(kind) ? "" : ` of ${subject}`;
    const what = numberedValue.has(kind) ? "" : `: ${value}`;
    const line = `${factKindNames[kind]}${who}${what}`;
    const last = accounts.at(-1);
    if (last?.at === at) (last.lines as string[]).push(line);
    else accounts.push({ at, lines: [line] });
  }
  for (const { lines } of accounts) (lines as string[]).sort();
  return accounts;
}

/** Where two accounts part first: the instant, and what only one of them tells of it. */
export interface PartedAccounts {
  /** Microseconds. */
  readonly at: number;
  /** Facts that only the first run tells of this instant, at most ten. */
  readonly first: readonly string[];
  readonly second: readonly string[];
}

/** The first instant of which two accounts do not tell the same; undefined when there is none. */
export function partingOf(first: readonly Account[], second: readonly Account[]): PartedAccounts | undefined {
  for (let place = 0; place < Math.max(first.length, second.length); place++) {
    const [a, b] = [first[place], second[place]];
    if (a !== undefined && b !== undefined && a.at === b.at && a.lines.join("\n") === b.lines.join("\n")) continue;
    const at = Math.min(a?.at ?? Number.POSITIVE_INFINITY, b?.at ?? Number.POSITIVE_INFINITY);
    const linesOf = (account: Account | undefined) => (account?.at === at ? account.lines : []);
    return { at, first: without(linesOf(a), linesOf(b)), second: without(linesOf(b), linesOf(a)) };
  }
  return undefined;
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  const only = lines.filter((line) => {
    const place = left.indexOf(line);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
  return only.slice(0, 10);
}
