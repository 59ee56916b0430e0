import { mixNumber } from "../kernel/fingerprint.ts";
import { type Fact, type FactLog, factAt, findFact } from "../model/factLog.ts";
import { FactKind } from "../model/facts.ts";
import type { Observer, ToldFact } from "../model/trace.ts";
import type { ValidScenario } from "../scenario/validate.ts";
import type { Run } from "./live.ts";
import type { RunResult } from "./result.ts";
import type { Snapshot } from "./snapshot.ts";
import { branch, start } from "./start.ts";

/** Tells the facts of a run in words. */
export type Teller = (result: RunResult) => (fact: Fact) => string;

/** A fact in words; its instant is in microseconds. */
export interface ToldDifference {
  readonly at: number;
  readonly text: string;
}

/** What one of two runs tells where they part. */
export interface Side {
  /** Null: nothing more happens in this run. */
  readonly fact: ToldDifference | null;
  /** What led to it, from its beginning on; what requests did long before is not kept. */
  readonly causes: readonly ToldDifference[];
}

/** Where two runs part. */
export interface FirstDifference {
  /** The instant in microseconds. */
  readonly at: number;
  /** How many facts are the same before. */
  readonly same: number;
  readonly first: Side;
  readonly other: Side;
}

/** Two runs beside each other. */
export interface RunDiff {
  /** Null: they tell the same. */
  readonly difference: FirstDifference | null;
  readonly first: RunResult;
  readonly other: RunResult;
}

/** Parts of the time in which two runs are compared: only of one in which they differ every fact is kept. */
const parts = 64;

/**
 * Replays the first run of two scenarios side by side, and finds the first fact in which they differ by what it says: its instant, its words or its
 * cause. Numbers that only name things do not count.
 */
export function diffRuns(first: ValidScenario, other: ValidScenario, tell: Teller): RunDiff {
  const pair = [first, other].map((scenario) => start(scenario)) as [Run, Run];
  const ends = [first, other].map((scenario) => start(scenario, { everyFact: true })) as [Run, Run];
  let difference = firstIn(ends, 0, tell);
  const hashes = pair.map((run) => hashOf(run));
  const horizon = Math.min(pair[0].horizon, pair[1].horizon);
  for (let part = 1; part <= parts + 1 && difference === null; part++) {
    const snapshots = pair.map((run) => run.snapshot());
    const from = pair[0].platform.trace.count;
    for (const hash of hashes) hash.reset();
    const until = part > parts ? undefined : Math.floor((horizon * part) / parts);
    for (const run of pair) drive(run, until);
    if (hashes[0]?.text() !== hashes[1]?.text()) difference = firstIn(again(snapshots, pair, until), from, tell);
  }
  return { difference, first: pair[0].finish(), other: pair[1].finish() };
}

/** Goes on to an instant, or to the end. */
function drive(run: Run, until: number | undefined): void {
  if (until === undefined) run.finish();
  else run.advanceTo(until);
}

/** The same part of both runs once more, every fact kept. */
function again(snapshots: readonly Snapshot[], pair: readonly Run[], until: number | undefined): [Run, Run] {
  return snapshots.map((snapshot, place) => {
    const run = branch(snapshot, undefined, { everyFact: true, policies: pair[place]?.platform.policies ?? [] });
    drive(run, until);
    return run;
  }) as [Run, Run];
}

/** The first difference in the facts from an id on, up to where the runs stand; null when there is none. They are stopped. */
function firstIn(runs: readonly [Run, Run], from: number, tell: Teller): FirstDifference | null {
  const counts = runs.map((run) => run.platform.trace.count);
  const [a, b] = runs.map((run, place) => sideOf(run.stop(), from, counts[place] ?? 0, tell)) as [Telling, Telling];
  for (let place = 0; ; place++) {
    const [one, two] = [a.at(place), b.at(place)];
    if (one === undefined && two === undefined) return null;
    if (one !== undefined && two !== undefined && (sameNumbers(one, two) || sameWords(one, two, a, b))) continue;
    const at = Math.min(one?.at ?? Number.POSITIVE_INFINITY, two?.at ?? Number.POSITIVE_INFINITY);
    return { at, same: from + place, first: a.side(one), other: b.side(two) };
  }
}

/** The facts of one run, for looking at one after the other. */
interface Telling {
  at(place: number): Fact | undefined;
  words(fact: Fact): string;
  side(fact: Fact | undefined): Side;
}

function sideOf(result: RunResult, from: number, to: number, tell: Teller): Telling {
  const { facts } = result;
  const begin = firstFrom(facts, from);
  let told: ((fact: Fact) => string) | undefined;
  const words = (fact: Fact): string => {
    told ??= tell(result);
    return told(fact);
  };
  const telling = (fact: Fact): ToldDifference => ({ at: fact.at, text: words(fact) });
  return {
    at: (place) => (begin + place < facts.length && facts.id[begin + place] < to ? factAt(facts, begin + place) : undefined),
    words,
    side: (fact) => ({
      fact: fact === undefined ? null : telling(fact),
      causes: fact === undefined ? [] : causesOf(facts, fact).map(telling),
    }),
  };
}

/** What led to a fact, oldest first. */
function causesOf(facts: FactLog, fact: Fact): readonly Fact[] {
  const causes: Fact[] = [];
  for (let place = findFact(facts, fact.cause); place >= 0; place = findFact(facts, causes[0]?.cause ?? -1))
    causes.unshift(factAt(facts, place));
  return causes;
}

function firstFrom({ id, length }: FactLog, from: number): number {
  let place = 0;
  while (place < length && id[place] < from) place++;
  return place;
}

function sameNumbers(one: Fact, two: Fact): boolean {
  return (
    one.at === two.at && one.kind === two.kind && one.subject === two.subject && Object.is(one.value, two.value) && one.cause === two.cause
  );
}

function sameWords(one: Fact, two: Fact, a: Telling, b: Telling): boolean {
  return one.at === two.at && one.kind === two.kind && one.cause === two.cause && a.words(one) === b.words(two);
}

interface FactHash extends Observer {
  reset(): void;
  text(): string;
}

/** A hash over the facts that a run tells from now on. */
function hashOf(run: Run): FactHash {
  const hash = new Int32Array(2);
  let count = 0;
  const observer: FactHash = {
    listensTo: Object.values(FactKind),
    observe({ at, cause, kind, subject, value }: Readonly<ToldFact>) {
      count++;
      for (const number of [at, kind, subject, value, cause]) mixNumber(hash, number);
    },
    reset() {
      hash.fill(0);
      count = 0;
    },
    text: () => `${count} ${hash.join(" ")}`,
  };
  run.platform.trace.watch(observer);
  return observer;
}
