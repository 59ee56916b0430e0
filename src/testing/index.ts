/** The entry `nines/testing`: what property-based test suites import. fast-check is a peer dependency of this entry alone. */
export { run } from "../experiment/library.ts";
export type { RunResult } from "../experiment/result.ts";
export { writeScenario } from "../scenario/export/scenarioText.ts";
export type { FaultInput } from "../scenario/schema/faults.ts";
export type { Scenario } from "../scenario/schema/scenario.ts";
export { validate } from "../scenario/validate.ts";
export type { Clients } from "./arbitraries/clients.ts";
export type { FaultOptions } from "./arbitraries/faults.ts";
export { arb } from "./arbitraries/index.ts";
export type { Size, SizeOptions } from "./arbitraries/limits.ts";
export type { Operation, OperationOptions } from "./arbitraries/operations.ts";
export type { ScenarioOptions } from "./arbitraries/scenario.ts";
export type { Service } from "./arbitraries/service.ts";
export type { Topology } from "./arbitraries/topology.ts";
export { type CheckedRelation, checkRelations } from "./relations/checkRelations.ts";
export { relations } from "./relations/index.ts";
export { BrokenRelation, type Relation } from "./relations/relation.ts";
