import type { RunResult } from "../../experiment/result.ts";
import type { SlaService, SlaSummary } from "../../metrics/sla/figures.ts";
import { decimal, grouped, percent, share } from "../numbers.ts";
import { html, type Markup, table } from "../page/markup.ts";
import { allMonthsLine, detectionLine, hasSlaStory, paperLine, promise, promised, shownMonths } from "./words.ts";

/** More months than these are not listed one by one. */
const mostListed = 60;

/** The row of a report on what is promised and what was kept; empty where agreements have nothing to say. */
export function slaRows(result: RunResult): readonly Markup[] {
  const { sla, runs } = result.summary;
  const { compute, singles } = sla;
  if (compute === null || !hasSlaStory(result)) return [];
  const lines = [paperLine(result), detectionLine(sla)].filter((line) => line !== undefined);
  const content = [
    ...[compute, singles].flatMap((of) => (of === null ? [] : [html`<h4>${promise(of)}</h4>`, monthTable(of, runs), allMonths(of, runs)])),
    definitionTable(result),
    sla.stores.length === 0 ? null : storeTable(sla),
    html`<ul class="notes">${lines.map(({ figure, label, notes }) => html`<li>${label}: ${figure}, ${notes.join(", ")}</li>`)}</ul>`,
  ];
  const note =
    "Monthly uptime is (maximum available minutes - down time) / maximum available minutes. A minute is down when throughout it nothing in rotation accepted a connection.";
  return [html`<section class="row" id="sla"><div><h3>What is promised</h3><p>${note}</p></div><div>${content}</div></section>`];
}

function monthTable(of: SlaService, runs: number): Markup {
  const headings = [
    "Month",
    "Maximum, min",
    "Down, min",
    "Uptime",
    ...(of.target === null ? [] : ["Bill back"]),
    ...(runs > 1 ? ["Kept in"] : []),
  ];
  const { months } = of;
  if (months.length > 2 && months.every(({ downtimeMinutes }) => downtimeMinutes === 0))
    return html`<p>${grouped(months.length)} months, never down.</p>`;
  const listed = months.length <= mostListed ? months : shownMonths(of).months;
  const rows = listed.map(({ credit, downtimeMinutes, isWhole, label, maximumMinutes, runsMet, uptime }) => [
    isWhole ? label : `${label}, a part`,
    grouped(maximumMinutes),
    grouped(downtimeMinutes),
    uptime === null ? null : percent(uptime),
    ...(of.target === null ? [] : [credit === null || credit === 0 ? "nothing" : share(credit)]),
    ...(runs > 1 ? [runsMet === null ? "no SLA" : `${grouped(runsMet)} of ${grouped(runs)}`] : []),
  ]);
  const columns = headings.map((heading, place) => ({ heading, isFigure: place > 0 }));
  const left = months.length - listed.length;
  const note = left > 0 ? html`<p>The months with the lowest uptime; ${grouped(left)} more are in summary.json.</p>` : null;
  return html`${note}${table(columns, rows, "Monthly uptime")}`;
}

function allMonths(of: SlaService, runs: number): Markup | null {
  const line = allMonthsLine(of, runs);
  return line === undefined ? null : html`<p>All months: ${line.figure}, ${line.notes.join("; ")}.</p>`;
}

/** The same run by several definitions: they differ, and none is wrong. */
function definitionTable({ summary }: RunResult): Markup {
  const { availability, sla } = summary;
  const rows: readonly (readonly [string, number | null, string])[] = [
    ["Connectivity, as agreements count", availability.sla, sla.compute?.target === null ? "no SLA" : "clock minutes"],
    ["Requests", availability.request, "succeeded of offered"],
    ["Fast requests", availability.latency, "succeeded within the threshold"],
    ["Rotation", availability.reachable, "time in which it was not empty"],
    ["Instances", availability.time, "time in which enough were ready"],
    ["Capacity", availability.capacity, "ready of asked"],
  ];
  const cells = rows
    .filter(([, ratio]) => ratio !== null)
    .map(([name, ratio, what]) => [name, ratio === null ? null : percent(ratio), what]);
  return table(
    [{ heading: "Availability of" }, { heading: "Measured", isFigure: true }, { heading: "" }],
    cells,
    "Availability by definition",
  );
}

function storeTable({ stores }: SlaSummary): Markup {
  const rows = stores.map(({ allowedMinutes, name, recalled, target, what, worstMonth }) => [
    name,
    `${what}${recalled ? " (recalled)" : ""}`,
    target === null ? "no SLA" : promised(target),
    allowedMinutes === null ? null : `${decimal(allowedMinutes, 2)} min`,
    worstMonth === null ? null : percent(worstMonth),
  ]);
  const columns = [
    { heading: "Stands on" },
    { heading: "Service" },
    { heading: "Promised", isFigure: true },
    { heading: "Down in 30 d", isFigure: true },
    { heading: "Worst month", isFigure: true },
  ];
  return table(columns, rows, "Promises of stores");
}
