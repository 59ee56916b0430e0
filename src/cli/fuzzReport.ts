import { join } from "node:path";
import { invariants } from "../invariants/index.ts";
import { factKindNames } from "../model/facts.ts";
import { instanceStateNames } from "../model/status.ts";
import { printable, wrapped } from "../report/ink.ts";
import { grouped } from "../report/numbers.ts";
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
    bothEnds(`  ${grouped(scenarios)} scenarios, ${grouped(events)} events`, speed),
    faint(bothEnds(`  ${watchedText(report)}`, `seed ${seed}, ${workers === 1 ? "1 worker" : `${workers} workers`}`)),
    ...(end.isInterrupted ? ["  Interrupted: the report is of what there was by then."] : []),
    "",
    ...findings(end, terminal),
    ...(scenarios === 0 ? [] : ["", ...sizesTable(report)]),
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

function sizesTable({ sizes }: CampaignReport): readonly string[] {
  const row = (name: string, cells: readonly string[]): string => `  ${name.padEnd(24)}${cells.map((cell) => cell.padStart(12)).join("")}`;
  return [
    row("Sizes", ["least", "median", "9 in 10", "most"]),
    ...Object.entries(sizes).map(([name, { least, median, most, nineInTen }]) =>
      row(`  ${name}`, [least, median, nineInTen, most].map(grouped)),
    ),
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
  const never = (names: readonly string[], counts: Counts): string => {
    const missing = names.filter((name) => !counts.has(name));
    return missing.length === 0 || scenarios === 1 ? "" : `, never ${missing.join(", ")}`;
  };
  const asked = Object.entries(relations).filter(([, { held }]) => held > 0);
  const lines: readonly (readonly [string, string])[] = [
    [
      "Changes",
      `${grouped(coverage.changes.size)} of a state with the operation under way, ${grouped(coverage.meetings.size)} meetings of states`,
    ],
    ["States", `${statesIn(coverage.changes)} of ${instanceStateNames.length} states of instances`],
    ["Faults", `${coverage.faults.size} kinds struck`],
    ["Facts", `${coverage.facts.size} of ${factNames.length} kinds${never(factNames, coverage.facts)}`],
    ["Newest", newest < 0 ? "nothing happened" : `scenario ${grouped(newest)} was the last in which something happened for the first time`],
    ...(asked.length === 0 ? [] : [["Relations", asked.map(([id, { held }]) => `${id} ${grouped(held)}`).join(", ")] as const]),
  ];
  return lines.flatMap(([name, text]) =>
    wrapped(text, lineWidth - 14).map((line, place) => `  ${(place === 0 ? name : "").padEnd(12)}${line}`),
  );
}

/** Numbers of facts that were given up have no name. */
const factNames = factKindNames.filter((name) => name !== "");

function statesIn(changes: Counts): number {
  return new Set([...changes.keys()].filter((key) => key.startsWith("instance ")).map((key) => key.split(" > ")[1]?.split(",")[0])).size;
}

/** By name, so that the order does not tell who was first. */
function sorted(counts: Counts): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
