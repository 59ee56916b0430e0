export { type Comparable, type ComparableFigure, comparableFigures } from "./experiment/comparable.ts";
export { run, runVariants, type ScenarioRunOptions, type VariantsResult } from "./experiment/library.ts";
export { Run } from "./experiment/live.ts";
export type { Cast, RunResult } from "./experiment/result.ts";
export type { RunOptions } from "./experiment/run.ts";
export { type Snapshot, SnapshotRefused } from "./experiment/snapshot.ts";
export { branch, restore, type StartOptions, start } from "./experiment/start.ts";
export type { DifferencePart, FigureDifference, VariantDifference, VariantResult } from "./experiment/variants.ts";
export { invariants } from "./invariants/index.ts";
export { BrokenInvariant, type Invariant, type Monitor, type WatchedRun } from "./invariants/invariant.ts";
export type { Checks } from "./invariants/watcher.ts";
export { InvariantError } from "./kernel/invariant.ts";
export type { DowntimeSummary } from "./metrics/downtime.ts";
export type { RoleCallSummary } from "./metrics/roleCalls.ts";
export type { SlaMonth, SlaService, SlaSummary } from "./metrics/sla/figures.ts";
export type { QueueSummary, StoreSummary } from "./metrics/storageSummary.ts";
export type {
  AttributionSummary,
  AutoscaleSummary,
  AvailabilitySummary,
  ClientSummary,
  CostSummary,
  ExpectationSummary,
  GroupSummary,
  InstanceSummary,
  Interval,
  Intervals,
  LatencySummary,
  LocalWritesSummary,
  OperationOutcomes,
  OperationSummary,
  RoleSummary,
  Summary,
  TraceSummary,
  WindowSummary,
} from "./metrics/summary.ts";
export { type Fact, type FactLog, factAt, findFact } from "./model/factLog.ts";
export { FactKind, factKindNames } from "./model/facts.ts";
export type { AutoscalePolicy, AutoscalePolicyView } from "./model/policies/autoscale/policy.ts";
export type { BalancingPolicy, BalancingView } from "./model/policies/balancing/policy.ts";
export { type OwnBalancingPolicy, type Policy, PolicyError } from "./model/policies/own.ts";
export type { FailureCauseName } from "./model/status.ts";
export type { ScenarioFiles } from "./scenario/files.ts";
export { FileRefused } from "./scenario/files.ts";
export { type ParsedScenario, parse } from "./scenario/parse.ts";
export { describeProblem, type Problem, ScenarioError } from "./scenario/problem.ts";
export type { Scenario } from "./scenario/schema/scenario.ts";
export { type ValidateOptions, type ValidScenario, validate } from "./scenario/validate.ts";
export { version } from "./version.ts";
