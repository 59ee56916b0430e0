import { expect } from "vitest";
import type { FactLog } from "../../src/model/factLog.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { subjectOf } from "../../src/testing/relations/checkRelations.ts";
import { relations } from "../../src/testing/relations/index.ts";
import { honestTools, type Outcome } from "../../src/testing/relations/outcome.ts";
import { BrokenRelation, type Tools } from "../../src/testing/relations/relation.ts";

/** Tools that change what the replay of that number came to, from 0. */
export function doctored(number: number, change: (outcome: Outcome) => Outcome): Tools {
  let replays = 0;
  return {
    replay: (...of) => {
      const outcome = honestTools.replay(...of);
      return replays++ === number ? change(outcome) : outcome;
    },
  };
}

/** Checks a relation of a scenario with other tools, and returns how it broke. */
export function brokenBy(id: string, scenario: Scenario, tools: Tools): BrokenRelation {
  const relation = relations.find((candidate) => candidate.id === id);
  const subject = subjectOf(scenario);
  expect(relation?.applies(subject)).toBe(true);
  try {
    relation?.check(subject, tools);
  } catch (error) {
    if (error instanceof BrokenRelation) return error;
    throw error;
  }
  throw new Error(`${id} holds`);
}

/** The outcome with a number of one of its facts changed: of the fact at a share 0..1 of them. */
export function withFact(outcome: Outcome, share: number, column: "at" | "subject" | "value" | "cause", by: number): Outcome {
  const facts: FactLog = { ...outcome.facts, [column]: outcome.facts[column].slice() };
  facts[column][Math.floor(share * (facts.length - 1))] += by;
  return { ...outcome, facts };
}
