import type { RunResult } from "../../experiment/result.ts";
import type { SlaService } from "../../metrics/sla/figures.ts";
import { counted } from "../numbers.ts";
import type { Page } from "../terminalPage.ts";
import { allMonthsLine, detectionLine, hasSlaStory, monthLine, paperLine, promise, type SlaLine, shownMonths } from "./words.ts";

/** Prints what agreements on uptime say of a run, where they say something. */
export function slaSection(page: Page, result: RunResult): void {
  const { sla, runs } = result.summary;
  if (!hasSlaStory(result) || sla.compute === null) return;
  page.section("Monthly uptime");
  service(page, sla.compute, runs);
  if (sla.singles !== null) service(page, sla.singles, runs);
  for (const line of [paperLine(result), detectionLine(sla)]) if (line !== undefined) row(page, line, "    ");
}

function service(page: Page, of: SlaService, runs: number): void {
  page.hang("   ", 3, promise(of), 4);
  const { months, neverDown, otherDown } = shownMonths(of);
  for (const month of months) row(page, monthLine(month, runs), "      ");
  const rest = [
    otherDown > 0 ? `${counted(otherDown, "more month")} with no less` : "",
    neverDown > 0 ? `${counted(neverDown, "month")} never down` : "",
  ].filter((text) => text !== "");
  const all = allMonthsLine(of, runs);
  if (all !== undefined) row(page, all, "      ");
  if (rest.length > 0) page.lines.push(`      ${page.ink.faint(rest.join(", "))}`);
}

function row(page: Page, { figure, label, notes }: SlaLine, indent: string): void {
  const [value = "", unit = ""] = figure.split(" ");
  page.row(`${indent}${label}`, value, unit, notes);
}
