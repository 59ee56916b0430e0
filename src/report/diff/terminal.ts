import type { RunDiff, Side, ToldDifference } from "../../experiment/diff.ts";
import { inkFor, printable } from "../ink.ts";
import { grouped } from "../numbers.ts";
import { Page } from "../terminalPage.ts";
import { instant } from "../times.ts";
import { variantRows } from "../variants/rows.ts";

/** How the difference of two runs is printed. */
export interface DiffOptions {
  readonly colour: boolean;
  /** The runs in words, as "rack-failure, seed 42"; each is the other's by what stands in it. */
  readonly names: readonly [first: string, other: string];
  /** What is said at the right of the verdict. */
  readonly right: string;
}

const width = 79;
/** Column in which what a run tells begins. */
const textColumn = 22;
/** Causes of one fact that are told: the first ones, as the fact itself is told anyway. */
const mostCauses = 6;
const columnNames = ["first", "other"] as const;

/** Whether two runs tell the same and measure the same. */
export function areEqual({ difference, first, other }: RunDiff): boolean {
  return difference === null && changedRows(first, other).length === 0;
}

/** What `nines diff` prints: the first difference, what led to it in each run, and the figures that differ. */
export function renderDiff(diff: RunDiff, { colour, names, right }: DiffOptions): string {
  const page = new Page(inkFor(colour), width);
  const { ink } = page;
  const { difference, first, other } = diff;
  const isEqual = areEqual(diff);
  const verdict = isEqual
    ? "The two runs are the same"
    : difference === null
      ? "The two runs tell the same and measure differently"
      : `The two runs are the same until ${instant(difference.at)}`;
  const gap = " ".repeat(Math.max(2, width - 5 - verdict.length - right.length));
  page.lines.push(`  ${isEqual ? ink.good("✓") : ink.bad("✕")} ${ink.strong(verdict)}${right === "" ? "" : gap + ink.faint(right)}`, "");
  for (const [place, name] of names.entries()) {
    const { fingerprint } = (place === 0 ? first : other).summary;
    page.lines.push(`  ${columnNames[place]}   ${fingerprint}  ${printable(name)}`);
  }
  if (difference !== null) {
    page.section(`The first difference, after ${grouped(difference.same)} facts that are the same`);
    side(page, "first", difference.first);
    side(page, "other", difference.other);
  }
  figures(page, diff);
  return `${page.lines.join("\n")}\n`;
}

function side(page: Page, name: string, { causes, fact }: Side): void {
  const { ink } = page;
  if (fact === null) page.lines.push(`    ${name.padEnd(7)}${ink.faint("tells nothing for some time")}`);
  else tell(page, name, fact);
  if (causes.length === 0) return;
  const shown = causes.length > mostCauses ? causes.slice(0, mostCauses) : causes;
  for (const [place, cause] of shown.entries()) tell(page, place === 0 ? "  from" : "", cause);
  if (shown.length < causes.length)
    page.lines.push(`${" ".repeat(textColumn)}${ink.faint(`and ${causes.length - shown.length} more on the way`)}`);
}

function tell(page: Page, lead: string, { at, text }: ToldDifference): void {
  const start = `    ${lead.padEnd(7)}${instant(at).padStart(9)}`;
  page.hang(start, start.length, text, textColumn);
}

/** The figures that differ, each of both runs. */
function figures(page: Page, { first, other }: RunDiff): void {
  const rows = changedRows(first, other);
  page.section(rows.length === 0 ? "The figures are the same" : "The figures that differ");
  if (rows.length === 0) return;
  const columns = columnNames.map((name, place) => Math.max(name.length, ...rows.map(({ cells }) => (cells[place] ?? "").length)) + 3);
  const labels = Math.max(...rows.map(({ label }) => label.length)) + 2;
  const line = (label: string, cells: readonly string[]): string =>
    `    ${label.padEnd(labels)}${cells.map((cell, place) => cell.padStart(columns[place] ?? 0)).join("")}`;
  page.lines.push(line("", columnNames));
  for (const { cells, label } of rows) page.lines.push(line(label, cells));
}

function changedRows(first: RunDiff["first"], other: RunDiff["other"]) {
  let heading = "";
  const rows = variantRows([
    { name: "first", result: first },
    { name: "other", result: other },
  ]);
  return rows.flatMap(({ cells, depth, isHeading, label }) => {
    if (isHeading) heading = label.toLowerCase();
    const isChanged = !isHeading && cells[0] !== cells[1];
    return isChanged ? [{ cells, label: depth > 1 ? `  ${label}` : `${heading} ${label}` }] : [];
  });
}
