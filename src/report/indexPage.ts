import type { RunResult } from "../experiment/result.ts";
import { grouped, latency, nines, percent } from "./numbers.ts";
import { html, table } from "./page/markup.ts";
import { mark, page } from "./page/page.ts";
import { headlineText, mainCause, notes } from "./verdictTable.ts";

/** The page that lists the verdicts on several scenarios, each with a link to the report in the folder of its name. */
export function renderIndex(results: readonly RunResult[]): string {
  const columns = [
    { heading: "" },
    { heading: "Scenario" },
    { heading: "What it is" },
    ...["Availability", "Nines", "p99", "Failed"].map((heading) => ({ heading, isFigure: true })),
    { heading: "Mostly" },
  ];
  const summaries = results.map(({ summary }) => summary);
  const rows = results.map(({ summary, title }) => {
    const { scenario, availability, requests, latencyMs, expectations } = summary;
    return [
      mark(expectations.every(({ met }) => met)),
      html`<a href="${encodeURIComponent(scenario)}/report.html">${scenario}</a>`,
      title,
      availability.request === null ? null : percent(availability.request),
      (nines(requests.failed, requests.offered) ?? "").replace(" nines", ""),
      latencyMs.p99 === null ? null : latency(latencyMs.p99),
      grouped(requests.failed),
      html`<span class="mono">${mainCause(summary)}</span>`,
    ];
  });
  return page("Scenarios · Nines", [
    html`<header class="top"><b>Nines</b><span class="mono">${summaries[0] === undefined ? "" : `Nines ${summaries[0].version}`}</span></header>`,
    html`<h1>${headlineText(summaries)}</h1><p class="sub">Each name leads to a report with the reasons.</p>`,
    html`<main class="scenarios">${table(columns, rows, "Scenarios")}</main>`,
    html`<ul class="notes">${notes(summaries).map((note) => html`<li>${note}</li>`)}</ul>`,
  ]);
}
