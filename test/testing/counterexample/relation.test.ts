import { expect, it } from "vitest";
import type { Scenario } from "../../../src/scenario/schema/scenario.ts";
import { validate } from "../../../src/scenario/validate.ts";
import { counterexampleOf, counterexampleYaml, findingIn } from "../../../src/testing/counterexample/counterexample.ts";
import { replayCounterexample } from "../../../src/testing/counterexample/replay.ts";
import { asInvariant } from "../../../src/testing/relations/asInvariant.ts";
import { subjectOf } from "../../../src/testing/relations/checkRelations.ts";
import { honestTools } from "../../../src/testing/relations/outcome.ts";
import { BrokenRelation } from "../../../src/testing/relations/relation.ts";
import { scenarioOrder } from "../../../src/testing/relations/scenarioOrder.ts";

const scenario = (instances: number): Scenario =>
  ({
    name: "plain",
    preset: "ideal",
    horizon: "2min",
    service: { roles: { web: { kind: "web", instances, service: "100ms" } } },
    clients: { a: { endpoint: "web", arrivals: "poisson(5/s)" } },
  }) as unknown as Scenario;

it("a relation that does not hold is replayed as a relation, to the same run", () => {
  const valid = validate(scenario(2));
  // declared as something else than it is: the order of its keys seems to matter
  const odd = { ...subjectOf(scenario(2)), declared: scenario(3) };
  let broken: unknown;
  try {
    scenarioOrder.check(odd, honestTools);
  } catch (error) {
    broken = error;
  }
  if (!(broken instanceof BrokenRelation)) throw broken;
  const made = counterexampleOf(scenario(2), asInvariant(valid, broken));
  expect(made.finding).toMatchObject({ invariant: "M12", name: "scenario-order" });
  const finding = findingIn(counterexampleYaml(made));
  expect(finding).toEqual(made.finding);
  expect(replayCounterexample(valid, finding, [], odd)).toMatchObject({ isSame: true, error: { found: broken.found } });
  expect(replayCounterexample(valid, finding, [], subjectOf(scenario(2)))).toEqual({ error: undefined, isSame: false });
});
