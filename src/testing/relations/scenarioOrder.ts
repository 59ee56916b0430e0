import { validate } from "../../scenario/validate.ts";
import { expectSame } from "./outcome.ts";
import type { Relation } from "./relation.ts";

/** M12. */
export const scenarioOrder: Relation = {
  id: "M12",
  name: "scenario-order",
  statement:
    "A scenario whose keys stand in the opposite order, those of roles, clients, queues and stores included, gives the same facts, fingerprint and figures. (Lists keep their order, faults and operations among them, and so do the endpoints and the local storage of a role, which are numbered as they stand.)",
  exactness: "exact",
  applies: ({ declared }) => (declared === undefined ? "only the design is known, not how it was declared" : true),
  check({ declared, design, files, seed }, { replay }) {
    const { variants: _, ...whole } = declared as { readonly variants?: unknown };
    const reordered = validate(reversed(whole) as object, files === undefined ? {} : { files });
    expectSame(
      scenarioOrder,
      replay("the scenario as it stands", design, seed),
      replay("the scenario with its keys reversed", reordered.design, seed),
    );
  },
};

/** Keys whose entries are numbered in the order in which they stand. */
const numbered: ReadonlySet<string> = new Set(["endpoints", "localStorage"]);

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, numbered.has(key) ? inner : reversed(inner)]);
  return Object.fromEntries(entries.toReversed());
}
