import type { RunResult } from "../experiment/result.ts";
import type { ChartView, NotePart } from "./charts/chart.ts";
import { charts } from "./charts/index.ts";
import { counted, fingerprintGroups } from "./numbers.ts";
import { attemptTable, hasAttempts } from "./page/attempts.ts";
import { figures } from "./page/figures.ts";
import { reason, setting } from "./page/lead.ts";
import { html, type Markup, table, trusted } from "./page/markup.ts";
import { callRows, costRows, stateRows } from "./page/outside.ts";
import { mark, page } from "./page/page.ts";
import { details, eventList, failureTable, groupTable, instanceTable, operationTable, windowTable } from "./page/tables.ts";
import { validityNotes } from "./page/validity.ts";
import { asFigure, renderSvg } from "./render.ts";
import { slaRows } from "./sla/page.ts";
import { type Story, tellStory } from "./story/story.ts";
import { duration } from "./times.ts";
import { allowanceText, expectationText, measuredText, verdict } from "./verdict.ts";

/** A result as one HTML file that opens offline: no script, nothing loaded, the same bytes for the same result. */
export async function renderReport(result: RunResult): Promise<string> {
  const story = tellStory(result);
  const views = charts.flatMap((chart) => chart.views({ result, story }));
  const rows: Markup[] = [];
  // a picture whose figures would be off a phone's screen has a table in its place there
  for (const view of views) {
    const narrow = view.id === "failures" ? html`<div class="narrow">${failureTable(result)}</div>` : null;
    rows.push(chartRow(view, asFigure(await renderSvg(view.spec), view.label), narrow));
  }
  const title = withoutStop(result.title === "" ? result.summary.scenario : result.title);
  return page(`${result.summary.scenario} · Nines`, [
    topLine(result),
    html`<h1>${title}</h1><p class="sub">${setting(result, story)}</p>`,
    verdictSection(result, story),
    figureSection(result),
    ...rows,
    ...stateRows(result),
    ...callRows(result),
    ...attemptRows(result),
    ...operationRows(result),
    ...slaRows(result),
    ...costRows(result),
    dataRow(result, story),
    notesRow(result, story),
    footer(result),
  ]);
}

function topLine({ summary }: RunResult): Markup {
  const { scenario, seed, runs, simulatedSeconds, version } = summary;
  const many = runs === 1 ? "one run, so no intervals" : `${counted(runs, "run")}, 95 % intervals`;
  const parts = [scenario, `seed ${seed}`, many, `${duration(simulatedSeconds * 1e6)} simulated`, `Nines ${version}`];
  return html`<header class="top"><b>Nines</b><span class="mono">${parts.join(" · ")}</span></header>`;
}

function verdictSection(result: RunResult, story: Story): Markup {
  const { summary } = result;
  const { text, isGood } = verdict(summary.expectations);
  const columns = [
    { heading: "" },
    { heading: "Expectation" },
    { heading: "Measured", isFigure: true },
    { heading: "Allowance used", isFigure: true },
  ];
  const rows = summary.expectations.map((expectation) => [
    mark(expectation.met),
    html`<span class="mono">${expectationText(expectation)}</span>`,
    measuredText(expectation, summary) ?? "not measured",
    allowanceText(expectation, summary),
  ]);
  const judged = rows.length === 0 ? null : html`<div>${table(columns, rows, "Expectations")}</div>`;
  return html`<section class="verdict"><div><h2>${isGood === null ? null : mark(isGood)}${text}</h2><p>${reason(result, story)}</p></div>${judged}</section>`;
}

function figureSection(result: RunResult): Markup {
  const tiles = figures(result).map(({ name, value, unit, notes }) => {
    const lines = notes.map((note, place) => (place === 0 ? html`${note}` : html`<br>${note}`));
    return html`<div><span>${name}</span><b>${value} <small>${unit}</small></b><span>${lines}</span></div>`;
  });
  return html`<section class="nums" aria-label="Main figures">${tiles}</section>`;
}

function chartRow({ id, heading, note }: ChartView, svg: string, narrow: Markup | null): Markup {
  const kind = id === "what-happened" ? "row strip" : "row";
  return html`<section class="${kind}" id="${id}"><div><h3>${heading}</h3><p>${note.map(notePart)}</p></div><div><div class="chart">${trusted(svg)}</div>${narrow}</div></section>`;
}

function notePart(part: NotePart): Markup {
  if (typeof part === "string") return html`${part}`;
  return html`<b class="${part.tone === "dead" ? "no" : "accent"}">${part.words}</b>`;
}

function operationRows(result: RunResult): readonly Markup[] {
  if (result.summary.operations.length === 0) return [];
  const note = "What was asked of the platform, when, what it carried at that moment, and what it answered.";
  return [
    html`<section class="row" id="operations"><div><h3>Operations</h3><p>${note}</p></div><div>${operationTable(result)}</div></section>`,
  ];
}

function attemptRows(result: RunResult): readonly Markup[] {
  if (!hasAttempts(result.summary)) return [];
  const note = "What clients sent for their requests: tries after the first, and second ones beside a slow one.";
  return [html`<section class="row" id="attempts"><div><h3>Attempts</h3><p>${note}</p></div><div>${attemptTable(result)}</div></section>`];
}

/** What the pictures show, as lists and tables. */
function dataRow(result: RunResult, story: Story): Markup {
  const { windows, intervals, requests } = result.summary;
  const note = `What the charts show, in words and tables${intervals === null ? "" : ", with intervals"}.`;
  const parts = [
    story.events.length === 0 ? null : details("What happened, in words", eventList(story)),
    windows.length === 0 ? null : details(`Requests, latency and queues in ${counted(windows.length, "window")}`, windowTable(result)),
    story.lines.length === 0 ? null : details("States of the instances", instanceTable(result, story)),
    requests.failed === 0 ? null : details("Failures by cause and attribution", failureTable(result)),
    details("Roles and clients", groupTable(result)),
  ];
  return html`<section class="row" id="data"><div><h3>Data</h3><p>${note}</p></div><div>${parts}</div></section>`;
}

function notesRow(result: RunResult, story: Story): Markup {
  const notes = validityNotes(result, story).map((note) => html`<li>${note}</li>`);
  return html`<section class="row" id="validity"><div><h3>How far to trust it</h3></div><ul class="notes">${notes}</ul></section>`;
}

function footer({ summary }: RunResult): Markup {
  const { reproduce, fingerprint, events } = summary;
  const groups = fingerprintGroups(fingerprint).map((group) => html`<span>${group}</span>`);
  const command = reproduce === "" ? null : html`<pre>${reproduce}</pre>`;
  return html`<footer class="foot"><h3>Reproduce</h3><div>${command}Fingerprint <span class="mono fingerprint">${groups}</span> · ${counted(events, "event")} · the same bytes on any machine</div></footer>`;
}

function withoutStop(text: string): string {
  return text.trim().replace(/\.$/, "");
}
