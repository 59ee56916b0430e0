import type { Run } from "../../experiment/live.ts";
import type { Snapshot } from "../../experiment/snapshot.ts";
import { branch, start } from "../../experiment/start.ts";
import { OperationStatus } from "../../model/fabric/locks.ts";
import type { FaultInput } from "../../scenario/schema/faults.ts";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import type { Operation } from "../arbitraries/operations.ts";

/** An operation without its instant, which is now. */
export type Asked = Operation extends infer One ? (One extends Operation ? Omit<One, "at"> : never) : never;

/** What became of an operation so far: a refused one changes nothing. */
export type Outcome = "waits" | "runs" | "done" | "refused" | "replaced";

const outcomeOf = new Map<number, Outcome>([
  [OperationStatus.due, "waits"],
  [OperationStatus.running, "runs"],
  [OperationStatus.succeeded, "done"],
  [OperationStatus.refused, "refused"],
  [OperationStatus.replaced, "replaced"],
]);

/** A simulation under way to which things are done from outside; each becomes a line of its scenario, which repeats the run. */
export class Sim {
  /** The run as it is now; another one after everything that is done to it. */
  run: Run;
  /** What was given, with everything that was done since. */
  scenario: Scenario;
  private saved: { readonly snapshot: Snapshot; readonly scenario: Scenario } | undefined;

  /** Begins a scenario without operations, faults and autoscaler. Throws RangeError for one with them, ScenarioError for one with mistakes. */
  constructor(scenario: Scenario) {
    const { autoscale, faults = [], operations = [] } = scenario;
    if (autoscale !== undefined || faults.length > 0 || operations.length > 0)
      throw new RangeError("commands begin with a scenario without faults, operations and autoscale");
    this.scenario = scenario;
    this.run = start(scenario);
    this.run.advanceTo(0);
  }

  /** Lets so many whole seconds pass. */
  advance(seconds: number): void {
    this.run.advanceTo(this.run.now + seconds * 1e6);
  }

  /** Asks for an operation now, as the scenario would; returns its number. */
  ask(asked: Asked): number {
    const operation = { at: `${this.run.now}us`, ...asked } as Operation;
    this.go({ ...this.scenario, operations: [...(this.scenario.operations ?? []), operation] });
    return this.run.platform.design.operations.length - 1;
  }

  /** Lets a fault strike now; returns its number. */
  inject(fault: Omit<FaultInput, "at" | "every">): number {
    const { faults } = this.scenario;
    const line = { at: `${this.run.now}us`, ...fault } as FaultInput;
    this.go({ ...this.scenario, faults: [...(Array.isArray(faults) ? faults : []), line] });
    return this.run.platform.design.faults.length - 1;
  }

  /** What became of an operation. */
  outcome(operation: number): Outcome {
    return outcomeOf.get(this.run.platform.world.operations[operation].status) ?? "waits";
  }

  /** At how many targets a fault is open now, and how often it has struck. */
  fault(fault: number): { readonly open: number; readonly struck: number } {
    const incidents = this.run.platform.world.incidents.filter((incident) => incident.fault === fault);
    const sum = (count: (incident: (typeof incidents)[number]) => number) => incidents.reduce((total, one) => total + count(one), 0);
    return { open: sum(({ open }) => open), struck: sum(({ occurrences }) => occurrences) };
  }

  /** Instances asked for in production and in staging, by role; null where nothing is deployed. */
  slots(): readonly (Readonly<Record<string, number>> | null)[] {
    const { design, world } = this.run.platform;
    return world.vips.map((deployment) => {
      if (deployment < 0) return null;
      const { firstGroup } = world.deployments[deployment];
      return Object.fromEntries(design.service.roles.map(({ name }, role) => [name, world.groups[firstGroup + role].asked]));
    });
  }

  /** Keeps this instant, to go back to; nothing changes by it. */
  save(): void {
    this.saved = { snapshot: this.run.snapshot(), scenario: this.scenario };
  }

  /** Goes back to the instant that was saved last. Throws RangeError when none was. */
  restore(): void {
    if (this.saved === undefined) throw new RangeError("nothing was saved");
    const { scenario, snapshot } = this.saved;
    this.scenario = scenario;
    this.run = branch(snapshot);
    if (this.run.fingerprint !== snapshot.fingerprint) throw new Error("what was restored is not what was saved");
  }

  private go(changed: Scenario): void {
    this.run = branch(this.run.snapshot(), changed);
    this.scenario = changed;
    this.run.advanceTo(this.run.now);
  }
}
