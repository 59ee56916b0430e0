import type { DifferencePart, VariantDifference, VariantResult } from "../../experiment/variants.ts";
import { html, type Markup, table } from "../page/markup.ts";
import { mark, page } from "../page/page.ts";
import { expectationText, measuredText, verdict } from "../verdict.ts";
import { notes } from "../verdictTable.ts";
import { contest } from "./contest.ts";
import { amountText, differenceRows, differenceText, partText, variantRows } from "./rows.ts";

/**
 * The page that lays the variants of a scenario side by side, with a link to the report of each in the folder of its name; of scenarios of their
 * own it says too which is better.
 */
export function renderVariantsPage(
  scenario: string,
  title: string,
  variants: readonly VariantResult[],
  differences: readonly VariantDifference[],
  isContest = false,
): string {
  const { text, isGood } = verdict(variants.flatMap(({ result }) => result.summary.expectations));
  const version = variants[0]?.result.summary.version;
  return page(`${scenario} · Nines`, [
    html`<header class="top"><b>Nines</b><span class="mono">${version === undefined ? scenario : `${scenario} · Nines ${version}`}</span></header>`,
    html`<h1>${title.trim().replace(/\.$/, "")}</h1><p class="sub">The ${isContest ? "designs" : "variants"} were replayed on the same draws. Each name leads to its report.</p>`,
    html`<section class="verdict"><div><h2>${isGood === null ? null : mark(isGood)}${text}</h2></div></section>`,
    html`<main class="variants">${figureTable(variants)}</main>`,
    html`<ul class="notes">${variants.flatMap(({ name, result }) => notes([result.summary]).map((note) => html`<li>${name}: ${note}</li>`))}</ul>`,
    ...variants.flatMap(expectationTable),
    ...differences.map((difference) => differenceSection(difference, isContest)),
  ]);
}

function figureTable(variants: readonly VariantResult[]): Markup {
  const rows = variantRows(variants).map(({ cells, depth, isHeading, label }) => {
    const name = isHeading ? html`<b>${label}</b>` : depth > 1 ? html`<span class="mono">${label}</span>` : label;
    return [name, ...variants.map((_, place) => cells[place] ?? null)];
  });
  const links = variants.map(({ name }) => html`<a href="${encodeURIComponent(name)}/report.html">${name}</a>`);
  const columns = [{ heading: "" }, ...links.map((heading) => ({ heading, isFigure: true }))];
  return table(columns, rows, "Variants");
}

function expectationTable({ name, result }: VariantResult): readonly Markup[] {
  const { expectations } = result.summary;
  if (expectations.length === 0) return [];
  const columns = [{ heading: "" }, { heading: "Expectation" }, { heading: "Measured", isFigure: true }];
  const rows = expectations.map((expectation) => [
    mark(expectation.met),
    html`<span class="mono">${expectationText(expectation)}</span>`,
    measuredText(expectation, result.summary) ?? "not measured",
  ]);
  return [
    html`<section class="row"><div><h3>Expected of ${name}</h3></div><div>${table(columns, rows, `Expected of ${name}`)}</div></section>`,
  ];
}

function differenceSection(of: VariantDifference, isContest: boolean): Markup {
  const { against, downtime, failed, variant } = of;
  const note = `What makes ${variant} differ from ${against}: the parts add up to the whole.`;
  const words = isContest ? contest(of).map((line) => html`<p>${line}</p>`) : [];
  const content = [
    ...words,
    figureDifferences(of),
    partTable("Failed requests", "count", failed.difference, failed.parts, against, variant),
    partTable("Down time", "seconds", downtime.difference, downtime.parts, against, variant),
  ];
  return html`<section class="row"><div><h3>${variant} against ${against}</h3><p>${note}</p></div><div>${content}</div></section>`;
}

function figureDifferences(of: VariantDifference): Markup | null {
  const rows = differenceRows(of).map(({ difference, interval, name }) => [name, difference, interval]);
  if (rows.length === 0) return null;
  const columns = ["Figure", "Difference", "95 % interval, paired"].map((heading, place) => ({ heading, isFigure: place > 0 }));
  return table(columns, rows, `Figures, ${of.variant} against ${of.against}`);
}

function partTable(
  what: string,
  unit: "count" | "seconds",
  difference: number,
  parts: readonly DifferencePart[],
  against: string,
  variant: string,
): Markup {
  if (parts.length === 0) return html`<p>${what}: none in both.</p>`;
  const columns = [what, against, variant, "Difference"].map((heading, place) => ({ heading, isFigure: place > 0 }));
  const rows = parts.map((part) => [
    partText(part),
    amountText(part.first, unit),
    amountText(part.other, unit),
    differenceText(part.difference, unit),
  ]);
  return table(
    columns,
    [
      ...rows,
      [html`<b>all causes</b>`, sumOf(parts, "first", unit), sumOf(parts, "other", unit), html`<b>${differenceText(difference, unit)}</b>`],
    ],
    `${what}, ${variant} against ${against}`,
  );
}

function sumOf(parts: readonly DifferencePart[], of: "first" | "other", unit: "count" | "seconds"): Markup {
  let sum = 0;
  for (const part of parts) sum += part[of];
  return html`<b>${amountText(sum, unit)}</b>`;
}
