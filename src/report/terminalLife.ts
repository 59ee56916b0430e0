import type { Summary } from "../metrics/summary.ts";
import { printable } from "./ink.ts";
import { decimal, grouped, money } from "./numbers.ts";
import type { Page } from "./terminalPage.ts";
import { driftLines } from "./verdict.ts";

/** Writes to local storage that clients were told of, and what became of them. */
export function localWrites(page: Page, { localWrites: { written, lost, lostBy } }: Summary): void {
  if (written === 0) return;
  const reasons = Object.entries(lostBy).map(([event, count]) => `${grouped(count)} by ${event}`);
  page.row("  Local writes lost", grouped(lost), "", [`of ${grouped(written)} acknowledged`, ...reasons]);
}

/** Instances that somebody has changed by hand: the next one of their kind will not have it. */
export function drift(page: Page, { instances }: Summary): void {
  for (const line of driftLines(instances)) page.hang("    drift", 9, line, 24);
}

/** What the instances cost. */
export function cost(page: Page, { cost: charged, intervals, runs }: Summary): void {
  if (charged.instanceHours === 0) return;
  const hours = `${decimal(charged.instanceHours, 2)} instance-hours${runs > 1 ? " a run" : ""}`;
  if (charged.total === null) {
    page.row("  Instance-hours", decimal(charged.instanceHours, 2), "", ["no price is known for a size"]);
    return;
  }
  const interval = intervals?.cost.total ?? null;
  page.row("  Cost", money(charged.total), charged.currency, [
    interval === null || interval.low === interval.high ? null : `${money(interval.low)} to ${money(interval.high)}`,
    hours,
    charged.staging.total === null || charged.staging.total === 0 ? null : `${money(charged.staging.total)} of it staging`,
    `prices of ${printable(charged.asOf)}`,
  ]);
}
