/** The entry `nines/testing`: what property-based test suites import. fast-check is a peer dependency of this entry alone. */
export { run } from "../experiment/library.ts";
export type { RunResult } from "../experiment/result.ts";
export type { Scenario } from "../scenario/schema/scenario.ts";
export { validate } from "../scenario/validate.ts";
export { arb } from "./arbitraries/index.ts";
export type { Size, SizeOptions } from "./arbitraries/limits.ts";
export type { Topology } from "./arbitraries/topology.ts";
export { type CheckedRelation, checkRelations } from "./relations/checkRelations.ts";
export { relations } from "./relations/index.ts";
export { BrokenRelation, type Relation } from "./relations/relation.ts";
