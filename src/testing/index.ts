/** The entry `nines/testing`: what property-based test suites import. fast-check is a peer dependency of this entry alone. */

export type { Evidence } from "../experiment/evidence.ts";
export { run } from "../experiment/library.ts";
export type { RunResult } from "../experiment/result.ts";
export { BrokenInvariant, type Invariant } from "../invariants/invariant.ts";
export { always, type Condition } from "../invariants/own/always.ts";
export type { Moment } from "../invariants/own/moment.ts";
export type { FactPattern } from "../invariants/own/pattern.ts";
export { FactKind } from "../model/facts.ts";
export type { AutoscalePolicy, AutoscalePolicyView } from "../model/policies/autoscale/policy.ts";
export type { BalancingPolicy, BalancingView } from "../model/policies/balancing/policy.ts";
export { type OwnBalancingPolicy, type Policy, PolicyError } from "../model/policies/own.ts";
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
export { campaign } from "./campaign/campaign.ts";
export type { Counts, Coverage, CoverageCounts } from "./campaign/coverage.ts";
export type { CampaignOptions } from "./campaign/options.ts";
export type { Distribution, SizeDistributions } from "./campaign/sizes.ts";
export type { CampaignReport, Mistake, RelationCount } from "./campaign/tally.ts";
export { type CheckOptions, type CheckReport, check, type Property } from "./check.ts";
export { type CommandOptions, commands, runCommands, type SimCommand } from "./commands/index.ts";
export { type AskedModel, askedModel } from "./commands/model.ts";
export { Sim } from "./commands/sim.ts";
export {
  type Counterexample,
  counterexampleJson,
  counterexampleName,
  counterexampleOf,
  counterexampleYaml,
  type Finding,
} from "./counterexample/counterexample.ts";
export { type Minimised, minimise } from "./minimise/minimise.ts";
export { leadsTo } from "./properties/leadsTo.ts";
export { type Occasion, reachable, sometimes } from "./properties/sometimes.ts";
export { unreachable } from "./properties/unreachable.ts";
export { type CheckedRelation, checkRelations } from "./relations/checkRelations.ts";
export { relations } from "./relations/index.ts";
export { BrokenRelation, type Relation } from "./relations/relation.ts";
export { settling } from "./settling.ts";
export type { PartedAccounts } from "./ties/account.ts";
export { type ShuffleOptions, shuffleTies, type TieDependence, type TieReport } from "./ties/shuffleTies.ts";
