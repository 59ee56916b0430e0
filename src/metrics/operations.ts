import { OperationStatus } from "../model/fabric/locks.ts";
import { isStuck } from "../model/fabric/walk.ts";
import type { FactKind } from "../model/facts.ts";
import type { Operation, Platform } from "../model/world.ts";
import type { Metric } from "./metric.ts";
import { operationTitle } from "./operationTitle.ts";
import type { RequestMetric } from "./requests.ts";
import type { OperationOutcomes, OperationSummary } from "./summary.ts";

/** What became of the operations, counted at the end. */
export class OperationMetric implements Metric {
  readonly listensTo: readonly FactKind[] = [];
  readonly outcomes: { -readonly [K in keyof OperationOutcomes]: number } = { succeeded: 0, refused: 0, running: 0, stuck: 0, replaced: 0 };

  begin(): void {
    // what operations do is known by the world
  }

  observe(): void {
    // no fact is needed
  }

  finish(platform: Platform): void {
    for (const operation of platform.world.operations)
      if (operation.startedAt >= 0) this.outcomes[outcomeOf(platform, operation).outcome]++;
  }

  /** Adds another run's counts to this one's. */
  merge(other: OperationMetric): void {
    for (const outcome of Object.keys(this.outcomes) as (keyof OperationOutcomes)[]) this.outcomes[outcome] += other.outcomes[outcome];
  }
}

/** What operations of the first run did; the passes of one kind in the patch calendar are one, as of the first. */
export function operationSummaries(platform: Platform, requests: RequestMetric): OperationSummary[] {
  const passes = new Map<string, Operation[]>();
  const told = platform.world.operations.filter((operation) => {
    const design = platform.design.operations[operation.id];
    if (operation.startedAt < 0) return false;
    if (!("pass" in design) || design.pass < 0) return true;
    const earlier = passes.get(design.kind);
    if (earlier === undefined) passes.set(design.kind, [operation]);
    else earlier.push(operation);
    return earlier === undefined;
  });
  return told.map((operation) => {
    const { kind } = platform.design.operations[operation.id];
    const of = passes.get(kind);
    const all = of?.[0] === operation ? of : [operation];
    const last = all.find(({ status }) => status === OperationStatus.running) ?? all[all.length - 1];
    return {
      id: operation.id,
      kind,
      title: operationTitle(platform, operation.id),
      passes: all.length,
      startedAtSeconds: operation.startedAt / 1e6,
      finishedAtSeconds: last.finishedAt < 0 ? null : last.finishedAt / 1e6,
      ...outcomeOf(platform, last),
      failedRequests: all.reduce((sum, { id }) => sum + requests.failedByOperation[id], 0),
      requestsInFlight: operation.requestsInFlight,
      sessionsInFlight: operation.sessionsInFlight,
    };
  });
}

function outcomeOf(platform: Platform, operation: Operation): Pick<OperationSummary, "outcome" | "reason"> {
  switch (operation.status) {
    case OperationStatus.succeeded:
      return { outcome: "succeeded", reason: null };
    case OperationStatus.refused:
      return { outcome: "refused", reason: operation.reason };
    case OperationStatus.replaced:
      return { outcome: "replaced", reason: operation.reason };
  }
  if (operation.domain < 0 || !isStuck(platform, operation)) return { outcome: "running", reason: null };
  return {
    outcome: "stuck",
    reason: `upgrade domain ${operation.domain} is recycling on ${platform.world.deployments[operation.deployment].version}`,
  };
}
