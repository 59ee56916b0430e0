import type { ExpectationSummary, Summary } from "../metrics/summary.ts";
import type { FailureCauseName } from "../model/status.ts";
import { type MetricUnit, unitOf } from "../scenario/metrics.ts";
import { attributedGroups } from "./attribution.ts";
import { counted, decimal, downtimeAMonth, factor, grouped, latency, money, nines, percent, share } from "./numbers.ts";
import { duration } from "./times.ts";

/** The verdict on a run's expectations in words; `isGood` is null when there was nothing to judge. */
export function verdict(expectations: readonly ExpectationSummary[]): { readonly text: string; readonly isGood: boolean | null } {
  const { length } = expectations;
  if (length === 0) return { text: "Nothing was expected", isGood: null };
  const missed = expectations.filter(({ met }) => !met);
  if (missed.length === 0) {
    return {
      text: length === 1 ? "The expectation is met" : length === 2 ? "Both expectations met" : `All ${length} expectations met`,
      isGood: true,
    };
  }
  if (missed.every(({ actual }) => actual === null)) return { text: "Cannot tell yet", isGood: false };
  return { text: length === 1 ? "The expectation is missed" : `${missed.length} of ${length} expectations missed`, isGood: false };
}

/** An expectation as it is shown: `availability.request ≥ 99 %`. */
export function expectationText({ text }: ExpectationSummary): string {
  return text
    .replace(/\s*(>=|<=|≥|≤|>|<)\s*/, (_, sign: string) => ` ${prettySign(sign)} `)
    .replace(/(\d)\s*(%|us|ms|s|min|h|d|y)$/, "$1 $2");
}

/** What was measured of an expectation; null when there was nothing. */
export function measuredText({ metric, actual }: ExpectationSummary, { cost }: Pick<Summary, "cost">): string | null {
  if (actual === null) return null;
  const unit = unitOf(metric);
  return unit === "money" ? `${money(actual)} ${cost.currency}` : figureText(unit, actual);
}

/** How much of what an expectation allows was used: `449 of 1,077`, `46 %`, `4,496 of 1,080, 4.2×`; null when it cannot be told. */
export function allowanceText({ metric, target, allowanceUsed, isOfPart }: ExpectationSummary, { requests }: Summary): string | null {
  if (allowanceUsed === null) return null;
  const times = `${decimal(allowanceUsed, 1)}×`;
  if (metric !== "availability.request" || isOfPart) return allowanceUsed > 1 ? times : share(allowanceUsed);
  const allowed = grouped(Math.floor(requests.offered * (1 - target) + 1e-6));
  return `${grouped(requests.failed)} of ${allowed}${allowanceUsed > 1 ? `, ${times}` : ""}`;
}

/** A figure in the unit of its metric: `99.583 %`, `457 ms`, `17 min 32 s`, `449`, `17.28`. */
export function figureText(unit: MetricUnit, value: number): string {
  switch (unit) {
    case "ratio":
      return percent(value);
    case "ms":
      return latency(value);
    case "seconds":
      return duration(value * 1e6);
    case "money":
      return money(value);
    case "count":
      return factor(value);
  }
}

function prettySign(sign: string): string {
  return sign === ">=" ? "≥" : sign === "<=" ? "≤" : sign;
}

/** Failed requests that share a cause and a reason. */
export interface FailureRow {
  readonly cause: FailureCauseName;
  /** What they are put down to, and when in its course they came. */
  readonly source: string;
  readonly failed: number;
  /** Where a fault struck many: how many failures each cost, most first. They add up to `failed`. */
  readonly targets: readonly { readonly name: string; readonly failed: number }[];
}

/**
 * Failures by cause and attribution, one row for all that a line of the scenario struck; where a fault found some requests in an instance's hands
 * and others came later, a row for each.
 */
export function failureRows({ requests, runs }: Pick<Summary, "requests" | "runs">): readonly FailureRow[] {
  return attributedGroups(requests.failedByAttribution, runs).flatMap(({ atSeconds, cause, failed, held, isLoad, source, targets }) => {
    if (held <= 0 || held >= failed || atSeconds === null || isLoad) return [{ cause, source, failed, targets }];
    const part = (of: (target: (typeof targets)[number]) => number): FailureRow["targets"] =>
      targets
        .map((target) => ({ name: target.name, failed: of(target) }))
        .filter((target) => target.failed > 0)
        .sort((a, b) => b.failed - a.failed);
    const when = targets.length === 0 ? "held when it struck" : "held when they were struck";
    const rows = [
      { cause, source: `${source}, sent afterwards`, failed: failed - held, targets: part((target) => target.failed - target.held) },
      { cause, source: `${source}, ${when}`, failed: held, targets: part((target) => target.held) },
    ];
    return rows.sort((a, b) => b.failed - a.failed);
  });
}

const causeWords: Readonly<Record<FailureCauseName, string>> = {
  "no-backend": "found no instance in rotation",
  refused: "were refused by an instance whose process was dead",
  crash: "were lost in the process that crashed",
  "timeout-silent": "were sent to an instance that had fallen silent",
  "timeout-slow": "waited longer than their client would",
  "queue-full": "found the instance's queue full",
  drained: "were cut off by a drain",
  "app-error": "were answered with an error",
  throttled: "were throttled",
  "store-error": "failed in a store",
  rejected: "were rejected",
  unsettled: "were still open at the end",
};

/** What became of so many failed requests, as the rest of a sentence. */
export function causeText(cause: FailureCauseName, count: number): string {
  return count === 1 ? causeWords[cause].replace(/^were/, "was") : causeWords[cause];
}

/** Nines and downtime of the requests: `2.3 nines, 3 h 01 min a month at this rate`; null without requests. */
export function ninesAndDowntime({ offered, failed }: Summary["requests"]): string | null {
  const count = nines(failed, offered);
  if (count === null) return null;
  if (failed === 0) return `${count}, none of ${counted(offered, "request")} failed`;
  return `${count}, ${downtimeAMonth(failed / offered)} a month at this rate`;
}

/** How long a role had fewer ready than asked, or null when it never had: `2 of 3 ready for 17 min 32 s`. */
export function shortageText({ byRole, runs, operations }: Pick<Summary, "byRole" | "runs" | "operations">): string | null {
  const worst = byRole.filter(({ degradedSeconds }) => degradedSeconds > 0).sort((a, b) => b.degradedSeconds - a.degradedSeconds)[0];
  if (worst === undefined) return null;
  const { readyMin, asked, name } = worst;
  // scaled, the number asked is an average that never was asked
  const isScaled = operations.some(({ kind, outcome }) => (kind === "scale" || kind === "autoscale") && outcome !== "refused");
  const fewest = isScaled
    ? `fewer ${name} ready than asked (down to ${grouped(readyMin)})`
    : readyMin === asked - 1
      ? `${grouped(readyMin)} of ${grouped(asked)} ${name} ready`
      : `fewer than ${grouped(asked)} ${name} ready (down to ${grouped(readyMin)})`;
  return `${fewest} for ${duration(worst.degradedSeconds * 1e6)}${runs > 1 ? " in all" : ""}`;
}

/** What differs from its package, in words: "web/0 differs from its package: installed a hotfix". */
export function driftLines(instances: Summary["instances"]): readonly string[] {
  return instances
    .filter(({ drift }) => drift.length > 0)
    .map(({ name, drift }) => `${name} differs from its package: ${drift.join(", ")}`);
}
