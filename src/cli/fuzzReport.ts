import { join } from "node:path";
import { invariants } from "../invariants/index.ts";
import { operationKinds } from "../model/fabric/operationKinds.ts";
import { factKindNames } from "../model/facts.ts";
import { faults } from "../model/faults/index.ts";
import { instanceStateNames } from "../model/status.ts";
import { printable, wrapped } from "../report/ink.ts";
import { counted, grouped } from "../report/numbers.ts";
import type { Counts } from "../testing/campaign/coverage.ts";
import type { CampaignReport, Mistake } from "../testing/campaign/tally.ts";
import { version } from "../version.ts";
import type { FuzzSettings } from "./fuzzCampaign.ts";
import { againCommand, nameOf } from "./fuzzFiles.ts";
import { bothEnds, lineWidth, type Terminal } from "./terminal.ts";

/** How a campaign ended, and how it was asked for. */
export interface FuzzEnd {
  readonly report: CampaignReport;
  readonly again: FuzzSettings;
  /** The folder with the counterexamples. */
  readonly out: string;
  readonly workers: number;
  /** Whether one scenario alone was wanted. */
  readonly isOnly: boolean;
  readonly isInterrupted: boolean;
}

/** The report as one JSON object with a line break: `timing` apart, the same for the same scenarios, whatever the number of workers. */
export function fuzzJson({ again, isInterrupted, out, report, workers }: FuzzEnd): string {
  const { coverage, events, hits, missed, mistakes, newest, relations, scenarios, seconds, seed, sizes } = report;
  const told = {
    version,
    seed,
    scenarios,
    events,
    ...(isInterrupted ? { interrupted: true } : {}),
    counterexamples: mistakes.map((mistake) => ({
      mistake: mistake.mistake,
      found: mistake.found,
      first: mistake.first,
      scenarios: mistake.scenarios,
      file: join(out, `${nameOf(mistake)}.yaml`),
      replay: replayCommand(mistake, out),
      drawn: againCommand(mistake.first, again),
    })),
    sizes,
    occasions: hits,
    missed,
    relations,
    coverage: {
      newest,
      operations: sorted(coverage.operations),
      faults: sorted(coverage.faults),
      facts: sorted(coverage.facts),
      changes: sorted(coverage.changes),
      meetings: sorted(coverage.meetings),
      underFaults: sorted(coverage.underFaults),
    },
    timing: { seconds, scenariosPerSecond: scenarios / Math.max(seconds, 1e-9), workers },
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}

/** The report for a person: findings first, then what was tried. */
export function fuzzWords(end: FuzzEnd, terminal: Terminal): string {
  const { report, workers } = end;
  const { events, scenarios, seconds, seed } = report;
  const { faint } = terminal.colours.out;
  const speed = `${seconds.toFixed(0)} s, ${(scenarios / Math.max(seconds, 1e-9)).toFixed(1)} scenarios/s`;
  const isMany = !end.isOnly;
  return [
    bothEnds(`  ${counted(scenarios, "scenario")}, ${counted(events, "event")}`, speed),
    faint(bothEnds(`  ${watchedText(report)}`, `seed ${seed}, ${workers === 1 ? "1 worker" : `${workers} workers`}`)),
    ...(end.isInterrupted ? ["  Interrupted: the report is of what there was by then."] : []),
    "",
    ...findings(end, terminal),
    ...(scenarios === 0 ? [] : ["", ...sizesTable(end)]),
    ...(isMany || Object.values(report.hits).some((count) => count > 0) ? ["", ...occasionLines(end, terminal)] : []),
    ...(report.coverage.operations.size === 0 ? [] : ["", ...operationsTable(report)]),
    ...(scenarios === 0 ? [] : ["", ...coverageLines(report)]),
    "",
  ].join("\n");
}

function watchedText({ relations }: CampaignReport): string {
  const held = Object.values(relations).filter((count) => count.held > 0).length;
  return `${invariants.length} invariants in each, ${held} of ${Object.keys(relations).length} relations`;
}

function findings({ again, out, report }: FuzzEnd, { colours }: Terminal): readonly string[] {
  const { bad, good } = colours.out;
  if (report.mistakes.length === 0) return [good("  ✓ 0 counterexamples")];
  return report.mistakes.flatMap((mistake) => [
    ...wrapped(printable(`${mistake.mistake}: ${mistake.found}`), lineWidth - 4).map((line, place) =>
      bad(`${place === 0 ? "  ✕ " : "    "}${line}`),
    ),
    `    in ${mistake.scenarios === 1 ? "1 scenario" : `${grouped(mistake.scenarios)} scenarios`}, made small of number ${mistake.first}`,
    `    ${replayCommand(mistake, out)}`,
    `    ${againCommand(mistake.first, again)}`,
  ]);
}

function replayCommand(mistake: Mistake, out: string): string {
  return `nines replay ${join(out, `${nameOf(mistake)}.yaml`)}`;
}

function sizesTable({ isOnly, report: { sizes } }: FuzzEnd): readonly string[] {
  const entries = Object.entries(sizes);
  if (isOnly) return [`  ${entries.map(([name, { most }]) => counted(most, name.replace(/s$/, ""))).join(", ")}`];
  const row = (name: string, cells: readonly string[]): string => `  ${name.padEnd(24)}${cells.map((cell) => cell.padStart(12)).join("")}`;
  return [
    row("Sizes", ["least", "median", "9 in 10", "most"]),
    ...entries.map(([name, { least, median, most, nineInTen }]) => row(`  ${name}`, [least, median, nineInTen, most].map(grouped))),
  ];
}

function occasionLines({ isOnly, report: { hits } }: FuzzEnd, { colours }: Terminal): readonly string[] {
  const lines = Object.entries(hits).flatMap(([name, count]) => {
    if (count > 0) return [bothEnds(`  ✓ ${printable(name)}`, grouped(count))];
    return isOnly ? [] : [colours.out.bad(bothEnds(`  ✕ ${printable(name)}`, "never"))];
  });
  return [bothEnds("  Occasions", "times"), ...lines];
}

/** Each kind of operation, and in what company it was begun. */
function operationsTable({ coverage }: CampaignReport): readonly string[] {
  const row = (name: string, cells: readonly string[]): string => `  ${name.padEnd(27)}${cells.map((cell) => cell.padStart(11)).join("")}`;
  const names = [...coverage.operations.keys()].sort();
  return [
    row("Operations begun", ["scenarios", "states", "pairs", "in faults"]),
    ...names.map((name) => {
      const met = [...coverage.meetings.keys()].filter((key) => key.startsWith(`${name}: `)).map((key) => key.slice(name.length + 2));
      const states = new Set(met.flatMap((pair) => pair.split(" + ")));
      const faults = [...coverage.underFaults.keys()].filter((key) => key.startsWith(`${name}: `));
      return row(`  ${name}`, [coverage.operations.get(name) ?? 0, states.size, met.length, faults.length].map(grouped));
    }),
    ...wrapped(
      "states, and pairs of them, in which instances were when an operation was begun; kinds of faults that were not over",
      lineWidth - 4,
    ).map((line) => `    ${line}`),
  ];
}

function coverageLines({ coverage, newest, relations, scenarios }: CampaignReport): readonly string[] {
  const isOne = scenarios === 1;
  const of = (names: readonly string[], counts: Counts): string => {
    const missing = names.filter((name) => !counts.has(name));
    if (isOne) return `${names.length - missing.length} of ${names.length}`;
    return `${names.length - missing.length} of ${names.length}${missing.length === 0 ? "" : `, never ${missing.join(", ")}`}`;
  };
  const asked = Object.entries(relations).filter(([, { held }]) => held > 0);
  const lines: readonly (readonly [name: string, text: string])[] = [
    ["States", of(instanceStateNames, statesIn(coverage.changes))],
    ["Changes", `${grouped(coverage.changes.size)} of a state under an operation or none`],
    ["Meetings", `${grouped(coverage.meetings.size)} of a pair of states with an operation`],
    ["Operations", of(Object.keys(operationKinds), coverage.operations)],
    ["Faults", of(faultNames, coverage.faults)],
    ["Facts", of(factNames, coverage.facts)],
    ["Newest", `something happened for the first time in scenario ${grouped(newest)}, not later`],
    ["Relations", asked.map(([id, { held }]) => `${id} ${grouped(held)}`).join(", ")],
  ];
  const shown = lines.filter(([name]) => (name !== "Newest" || (newest >= 0 && !isOne)) && (name !== "Relations" || asked.length > 0));
  return shown.flatMap(([name, text]) =>
    wrapped(text, lineWidth - 14).map((line, place) => `  ${(place === 0 ? name : "").padEnd(12)}${line}`),
  );
}

const faultNames = faults.map(({ kind }) => kind);
/** Numbers of facts that were given up have no name. */
const factNames = factKindNames.filter((name) => name !== "");

/** The states into which instances have come. */
function statesIn(changes: Counts): Counts {
  return new Map(
    [...changes].flatMap(([key, count]) => (key.startsWith("instance ") ? [[key.replace(/.* > |,.*/g, ""), count] as const] : [])),
  );
}

/** By name, so that the order does not tell who was first. */
function sorted(counts: Counts): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
