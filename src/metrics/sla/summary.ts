import type { Design } from "../../model/design.ts";
import type { Month } from "../../model/months.ts";
import type { DetectionMetric } from "./detection.ts";
import type { SlaMonth, SlaService, SlaSummary } from "./figures.ts";
import type { MonthTimes, SlaMetric } from "./sla.ts";
import { allowedMinutes, creditAt, hostingTerms, type SlaTerms, storeTerms } from "./terms.ts";

/** Of dead processes, so many must be noticed within two minutes. */
const detectionTarget = 0.999;

/** One run's minutes of a month, of one kind of role. */
interface Minutes {
  readonly maximum: number;
  readonly down: number;
}

/** What the agreements on uptime say of the runs. */
export function slaSummary(sla: SlaMetric, detection: DetectionMetric, design: Design): SlaSummary {
  const terms = hostingTerms[design.hosting.kind];
  const named = (instances: "several" | "one"): readonly string[] =>
    sla.rolesWith(instances).map((role) => design.service.roles[role].name);
  const several = serviceOf(sla, terms, terms.several, terms.what, named("several"), ({ severalDown, severalTime }) =>
    minutes(severalTime, severalDown),
  );
  const what = "roles with a single instance";
  const single = serviceOf(sla, terms, terms.single, what, named("one"), ({ singleDown, singleTime }) => minutes(singleTime, singleDown));
  const compute = several ?? single;
  const stores = storesOf(sla, design);
  const targets = [compute?.target ?? null, ...stores.map(({ target }) => target)];
  const { crashes, noticedInTime } = detection;
  return {
    compute,
    singles: several === null ? null : single,
    stores,
    worstMonth: compute?.worstMonth ?? null,
    paper: targets.reduce((product, target) => (product === null || target === null ? null : product * target), 1),
    detection: { crashes, noticedInTime, ratio: crashes > 0 ? noticedInTime / crashes : null, target: detectionTarget },
  };
}

/** Minutes of the roles of which uptime is promised, over all months and runs. */
export function totalMinutes({ runs }: SlaMetric, { hosting }: Design): { readonly maximum: number; readonly down: number } {
  let [time, down] = [0, 0];
  const isSinglePromised = hostingTerms[hosting.kind].single !== null;
  for (const months of runs) {
    for (const month of months) {
      time += month.severalTime;
      down += month.severalDown;
      if (!isSinglePromised) continue;
      time += month.singleTime;
      down += month.singleDown;
    }
  }
  return minutes(time, down);
}

function minutes(time: number, down: number): Minutes {
  return { maximum: Math.floor(time / 60e6), down };
}

function serviceOf(
  { months, runs }: SlaMetric,
  terms: SlaTerms,
  target: number | null,
  what: string,
  roles: readonly string[],
  minutesOf: (times: MonthTimes) => Minutes,
): SlaService | null {
  const table = months.map((month, place) => ({ month, runs: runs.map((times) => minutesOf(times[place])) }));
  return serviceFrom(table, terms, target, what, roles, terms.name);
}

function serviceFrom(
  table: readonly { readonly month: Month; readonly runs: readonly Minutes[] }[],
  terms: SlaTerms,
  target: number | null,
  what: string,
  roles: readonly string[],
  name: string,
): SlaService | null {
  const there = table.filter(({ runs: each }) => each.some(({ maximum }) => maximum > 0));
  if (there.length === 0) return null;
  const summaries = there.map(({ month, runs: each }) => monthSummary(month, each, terms, target));
  const whole = there.filter(({ month }) => month.isWhole);
  const worst = (whole.length > 0 ? whole : there).flatMap(({ runs: each }) => each.flatMap((run) => uptimeOf(run) ?? []));
  return {
    name,
    roles,
    what,
    target,
    allowedMinutes: target === null ? null : allowedMinutes(target),
    recalled: terms.recalled,
    worstMonth: worst.length === 0 ? null : worst.reduce((least, uptime) => Math.min(least, uptime), 1),
    months: summaries,
  };
}

function monthSummary({ isWhole, label, name }: Month, runs: readonly Minutes[], terms: SlaTerms, target: number | null): SlaMonth {
  let [maximum, down, met, credits] = [0, 0, 0, 0];
  for (const run of runs) {
    maximum += run.maximum;
    down += run.down;
    const uptime = uptimeOf(run);
    if (uptime === null || target === null) continue;
    if (uptime >= target) met++;
    credits += creditAt(uptime, terms, target);
  }
  return {
    name,
    label,
    isWhole,
    maximumMinutes: maximum,
    downtimeMinutes: down,
    uptime: uptimeOf({ maximum, down }),
    runsMet: target === null ? null : met,
    credit: target === null ? null : credits / runs.length,
  };
}

/** (Maximum available minutes - down time) / maximum available minutes. */
function uptimeOf({ down, maximum }: Minutes): number | null {
  return maximum > 0 ? (maximum - down) / maximum : null;
}

/** What the service stands on, each with its promise and what was kept of it. */
function storesOf({ months, outsideRuns }: SlaMetric, { queues, stores }: Design): readonly SlaService[] {
  const all = [
    ...stores.map(({ kind, name }) => ({ name, terms: storeTerms[kind] })),
    ...queues.map(({ kind, name }) => ({ name, terms: storeTerms[kind === "service-bus" ? kind : "queue"] })),
  ];
  return all.map(({ name, terms }, id) => {
    const table = months.map((month, place) => ({
      month,
      runs: outsideRuns.map((run) => minutes(month.to - month.from, run[id][place])),
    }));
    return serviceFrom(table, terms, terms.several, terms.name, [], name) ?? nothingMeasured(terms, name);
  });
}

function nothingMeasured(terms: SlaTerms, name: string): SlaService {
  const { name: what, recalled, several } = terms;
  return { name, what, target: several, allowedMinutes: allowedMinutes(several), recalled, roles: [], worstMonth: null, months: [] };
}
