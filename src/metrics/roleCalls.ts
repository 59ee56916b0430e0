import { type FailureCauseName, failureCauses } from "../model/status.ts";
import type { Platform } from "../model/world.ts";
import { ratio, total } from "./arithmetic.ts";
import type { Metric } from "./metric.ts";

/** Calls of one role to another that began in the measured time, over all runs. */
export interface RoleCallSummary {
  readonly from: string;
  readonly to: string;
  readonly offered: number;
  /** Tries after the first. */
  readonly retries: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly failedByCause: Partial<Record<FailureCauseName, number>>;
  /** Given up because the caller was stopped or died, or open at the end: offered is succeeded + failed + abandoned. */
  readonly abandoned: number;
  /** From the first try to the answer, on average over those that succeeded. */
  readonly meanMs: number | null;
}

interface Counts {
  offered: number;
  retries: number;
  succeeded: number;
  time: number;
  readonly failedByCause: Float64Array;
}

/** What roles call of each other; the model counts it. */
export class RoleCallMetric implements Metric {
  readonly listensTo = [];
  readonly links: Counts[] = [];

  begin(): void {}

  observe(): void {}

  finish({ world }: Platform): void {
    for (const { failedByCause, offered, retries, succeeded, time } of world.links)
      this.links.push({ offered, retries, succeeded, time, failedByCause: failedByCause.slice() });
  }

  /** Adds another run's counts to this one's. */
  merge(other: RoleCallMetric): void {
    this.links.forEach((link, id) => {
      const more = other.links[id];
      for (const key of ["offered", "retries", "succeeded", "time"] as const) link[key] += more[key];
      more.failedByCause.forEach((count, cause) => {
        link.failedByCause[cause] += count;
      });
    });
  }
}

/** The calls between roles, as figures. */
export function roleCallSummaries({ links }: RoleCallMetric, { catalogue }: Platform): RoleCallSummary[] {
  return links.map(({ failedByCause, offered, retries, succeeded, time }, id) => {
    const failed = total([...failedByCause]);
    const mean = ratio(time, succeeded);
    return {
      ...catalogue.links[id],
      offered,
      retries,
      succeeded,
      failed,
      failedByCause: Object.fromEntries(
        failureCauses.flatMap((cause, index) => (failedByCause[index] > 0 ? [[cause, failedByCause[index]]] : [])),
      ),
      abandoned: offered - succeeded - failed,
      meanMs: mean === null ? null : mean / 1000,
    };
  });
}

/** The calls of other roles to one. */
export function callsTo(role: string, calls: readonly RoleCallSummary[]): { readonly calls: number; readonly callsFailed: number } {
  const own = calls.filter(({ to }) => to === role);
  return { calls: total(own.map(({ offered }) => offered)), callsFailed: total(own.map(({ failed }) => failed)) };
}
