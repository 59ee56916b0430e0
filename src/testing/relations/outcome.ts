import { Course, type CourseOptions } from "../../experiment/course.ts";
import { type Replayed, replayedBy, replayInSlices } from "../../experiment/replay.ts";
import type { Checks } from "../../invariants/watcher.ts";
import { type Figures, figuresOf } from "../../metrics/summarise.ts";
import type { Design } from "../../model/design.ts";
import { type Fact, type FactLog, factAt } from "../../model/factLog.ts";
import { factKindNames } from "../../model/facts.ts";
import type { Policy } from "../../model/policies/own.ts";
import type { KeptFacts } from "../../model/trace.ts";
import { firstDifference } from "./difference.ts";
import { BrokenRelation, type Relation, type Tools } from "./relation.ts";

/** How a replay differs from the usual one: the first replication, in one piece, all facts kept, nobody watching. */
export interface ReplayWishes {
  readonly replication?: number;
  readonly keep?: KeptFacts;
  /** The run is interrupted after about so many events, again and again. */
  readonly eventsASlice?: number;
  readonly checks?: Checks;
  /** Drives the run by hand and returns the course to be ended: the same, or one that goes on from its state. */
  drive?(course: Course, options: CourseOptions): Course;
}

/** One replication, replayed. */
export interface Outcome {
  /** What the run is, in words: "the first run". */
  readonly name: string;
  readonly replayed: Replayed;
  /** The facts that were kept. */
  readonly facts: FactLog;
  readonly figures: Figures;
  readonly fingerprint: string;
  readonly events: number;
}

/** The tools that replay as the simulator does. */
export const honestTools: Tools = toolsFor([]);

/** The same for scenarios that name policies of the user's own. */
export function toolsFor(policies: readonly Policy[]): Tools {
  return { replay: (name, design, seed, wishes) => replay(policies, name, design, seed, wishes) };
}

function replay(policies: readonly Policy[], name: string, design: Design, seed: number, wishes: ReplayWishes = {}): Outcome {
  const { replication = 0, keep = "all", eventsASlice = Number.POSITIVE_INFINITY, checks } = wishes;
  const options = { design, seed, replication, keep, checks, policies };
  const replayed = wishes.drive === undefined ? inSlices(options, eventsASlice) : byHand(options, wishes.drive);
  const { measured, platform } = replayed;
  const { calendar, trace } = platform;
  return {
    name,
    replayed,
    facts: trace.log(),
    figures: figuresOf(measured, platform),
    fingerprint: calendar.fingerprintHex(),
    events: calendar.processed,
  };
}

function inSlices(options: CourseOptions, eventsASlice: number): Replayed {
  const slices = replayInSlices(options, eventsASlice);
  let slice = slices.next();
  while (!slice.done) slice = slices.next(true);
  return slice.value;
}

function byHand(options: CourseOptions, drive: NonNullable<ReplayWishes["drive"]>): Replayed {
  const course = drive(new Course(options), options);
  course.advanceTo(Math.max(course.platform.calendar.now, options.design.horizon));
  course.end();
  return replayedBy(course);
}

/** Refuses two runs whose traces, fingerprints or figures are not the same, bit by bit. */
export function expectSame(relation: Relation, first: Outcome, second: Outcome): void {
  expectSameFacts(relation, first, second);
  if (first.fingerprint !== second.fingerprint || first.events !== second.events) {
    const words = ({ events, fingerprint }: Outcome) => `${events} events with fingerprint ${fingerprint}`;
    throw new BrokenRelation(relation, { runs: [first.name, second.name] }, `${words(first)}, and ${words(second)}`);
  }
  expectSameFigures(relation, first, second);
}

/** Refuses two runs that do not tell the same facts, the first `length` of them when it is given. */
export function expectSameFacts(relation: Relation, first: Outcome, second: Outcome, length?: number): void {
  const count = length ?? Math.max(first.facts.length, second.facts.length);
  for (let place = 0; place < count; place++) {
    const [a, b] = [factOf(first.facts, place), factOf(second.facts, place)];
    if (a !== undefined && b !== undefined && sameFact(a, b)) continue;
    const at = Math.min(a?.at ?? Number.POSITIVE_INFINITY, b?.at ?? Number.POSITIVE_INFINITY);
    throw new BrokenRelation(relation, { runs: [first.name, second.name], at, fact: place }, `${wordsOf(a)}, and ${wordsOf(b)}`);
  }
}

/** Refuses two runs whose figures differ. */
export function expectSameFigures(relation: Relation, first: Outcome, second: Outcome): void {
  const found = firstDifference(first.figures, second.figures);
  if (found !== undefined) {
    throw new BrokenRelation(relation, { runs: [first.name, second.name] }, `${found.path} is ${found.first}, and ${found.second}`);
  }
}

function factOf(facts: FactLog, place: number): Fact | undefined {
  return place < facts.length ? factAt(facts, place) : undefined;
}

function sameFact(a: Fact, b: Fact): boolean {
  return a.id === b.id && a.at === b.at && a.kind === b.kind && a.subject === b.subject && a.value === b.value && a.cause === b.cause;
}

/** A fact, told to who looks for a difference. */
function wordsOf(fact: Fact | undefined): string {
  if (fact === undefined) return "no further fact";
  const { at, cause, id, kind, subject, value } = fact;
  return `fact ${id} at ${at} us: ${factKindNames[kind]} of ${subject}, value ${value}, cause ${cause}`;
}
