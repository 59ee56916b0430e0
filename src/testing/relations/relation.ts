import { InvariantError } from "../../kernel/invariant.ts";
import type { Micros } from "../../kernel/time.ts";
import type { Design } from "../../model/design.ts";
import type { ScenarioFiles } from "../../scenario/files.ts";
import type { Outcome, ReplayWishes } from "./outcome.ts";

/** A scenario whose runs are compared. */
export interface Subject {
  readonly seed: number;
  readonly design: Design;
  /** The scenario as it was declared, its layers put together; absent when only the design is known. */
  readonly declared?: object | undefined;
  /** Where files are read from that it names. */
  readonly files?: ScenarioFiles | undefined;
}

/** What a relation compares runs with; a test hands in tools that doctor a run. */
export interface Tools {
  /** Replays one replication of a design to its end. */
  replay(name: string, design: Design, seed: number, wishes?: ReplayWishes): Outcome;
}

/** A statement about two or more runs that belong together. One file each; its statement is its documentation. */
export interface Relation {
  /** Its place in the catalogue, "M1" to "M15". */
  readonly id: string;
  /** Its name in words joined by hyphens. */
  readonly name: string;
  /** What must hold between the runs, exactly, with its conditions. */
  readonly statement: string;
  /** Whether it holds for every scenario, for the part of one that the statement names, or only on average. */
  readonly exactness: "exact" | "in expectation" | "conditional";
  /** True, or in words why it says nothing about a scenario. */
  applies(subject: Subject): true | string;
  /** Replays what it compares; throws BrokenRelation at the first difference. */
  check(subject: Subject, tools: Tools): void;
}

/** Where two runs part. */
export interface Parting {
  /** What the two runs were, in words. */
  readonly runs: readonly [first: string, second: string];
  /** The instant of the first difference in microseconds; absent of figures of the whole run. */
  readonly at?: Micros | undefined;
  /** Place of the first fact that differs, in the trace as it was compared. */
  readonly fact?: number | undefined;
}

/** A relation of the catalogue does not hold between two runs. */
export class BrokenRelation extends InvariantError {
  /** Id of the relation. */
  readonly invariant: string;
  /** Its statement. */
  readonly statement: string;
  /** Its name in words. */
  readonly title: string;
  /** What was found: the two runs, and where they part. */
  readonly found: string;
  /** The two runs. */
  readonly runs: readonly [first: string, second: string];
  /** Place of the first fact that differs; absent when it is a figure. */
  readonly fact: number | undefined;

  /** `difference` says what was found in place of what. */
  constructor({ id, name, statement }: Relation, { at, fact, runs }: Parting, difference: string) {
    const when = at === undefined ? "" : ` at ${at / 1e6} s`;
    const found = `${runs[0]} and ${runs[1]} differ${when}: ${difference}`;
    super(`${id} ${name}: ${found}`);
    this.invariant = id;
    this.title = name;
    this.found = found;
    this.statement = statement;
    this.runs = runs;
    this.fact = fact;
    if (at !== undefined) this.at = at;
  }
}
