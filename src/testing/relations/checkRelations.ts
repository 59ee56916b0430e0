import { mergeLayers, objectSource } from "../../scenario/merge.ts";
import { ParsedScenario } from "../../scenario/parse.ts";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { type ValidateOptions, type ValidScenario, validate } from "../../scenario/validate.ts";
import { relations } from "./index.ts";
import { toolsFor } from "./outcome.ts";
import type { Relation, Subject, Tools } from "./relation.ts";

/** What came of one relation that was not broken. */
export interface CheckedRelation {
  readonly id: string;
  /** Why it says nothing about the scenario; absent when it holds. */
  readonly skipped?: string;
}

/**
 * Replays a scenario as often as some relations of the catalogue need, and compares: ids or names, all when absent. Variants are left aside.
 *
 * Throws BrokenRelation at the first difference, RangeError for a name that no relation has, and what `validate` throws.
 */
export function checkRelations(
  scenario: Scenario | ParsedScenario | ValidScenario,
  ids: readonly string[] = relations.map(({ id }) => id),
  options: ValidateOptions = {},
): readonly CheckedRelation[] {
  const subject = subjectOf(scenario, options);
  const tools = toolsFor(options.policies ?? []);
  return ids.map((wanted) => {
    const relation = relations.find(({ id, name }) => id === wanted || name === wanted);
    if (relation === undefined) throw new RangeError(`there is no relation ${wanted}: ${relations.map(({ id }) => id).join(", ")}`);
    return ask(relation, subject, tools);
  });
}

/** Asks one relation of a scenario; throws BrokenRelation. */
export function ask(relation: Relation, subject: Subject, tools: Tools): CheckedRelation {
  const applies = relation.applies(subject);
  if (applies !== true) return { id: relation.id, skipped: applies };
  relation.check(subject, tools);
  return { id: relation.id };
}

/** A scenario as relations see it. */
export function subjectOf(scenario: Scenario | ParsedScenario | ValidScenario, options: ValidateOptions = {}): Subject {
  if (isValid(scenario)) return { design: scenario.design, seed: options.seed ?? scenario.seed };
  const { design, seed } = validate(scenario, options);
  const top = scenario instanceof ParsedScenario ? scenario : objectSource(scenario);
  const { value } = mergeLayers(top, options.set ?? [], options.files).whole;
  const { base: _, ...declared } = value as { readonly base?: unknown };
  return { design, seed, declared, files: options.files };
}

function isValid(scenario: Scenario | ParsedScenario | ValidScenario): scenario is ValidScenario {
  return !(scenario instanceof ParsedScenario) && "design" in scenario && "hash" in scenario;
}
