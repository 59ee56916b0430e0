import { describe, expect, it } from "vitest";
import { compareVariants } from "../../../src/experiment/variants.ts";
import { renderVariantsPage } from "../../../src/report/variants/page.ts";
import { renderVariants } from "../../../src/report/variants/terminal.ts";
import { runOf, summary } from "../fixture.ts";

const failedByAttribution = [
  { source: "load", kind: "load", fault: null, atSeconds: null, occurrences: 0, cause: "queue-full", failed: 600, held: 0 },
] as const;
const busy = runOf({
  summary: {
    requests: { ...summary.requests, succeeded: 107_155, failed: 600, failedByCause: { "queue-full": 600 }, failedByAttribution },
    availability: { ...summary.availability, request: 107_155 / 107_755, sla: null },
    downtime: { seconds: 75, outages: 0, byAttribution: [{ source: "app-crash of web/0", kind: "app-crash", seconds: 75 }] },
    expectations: [],
  },
});
const variants = [
  { name: "large", result: runOf() },
  { name: "<small>", result: busy },
];
const differences = compareVariants(variants);

describe("the comparison of variants", () => {
  const text = renderVariants(variants, differences, {
    colour: false,
    scenario: "shop",
    title: "A shop.",
    reproduce: "nines run shop.yaml",
  });

  it("puts variants that do not fit beside each other below each other, each with all its figures", () => {
    const many = Array.from({ length: 8 }, (_, place) => ({ name: `a-long-name-of-a-variant-${place}`, result: runOf() }));
    const wide = renderVariants(many, [], { colour: false, scenario: "shop", title: "A shop." });
    const table = wide.slice(0, wide.indexOf("Expectations")).split("\n");
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(100);
    for (const { name } of many) expect(table.filter((line) => line.includes(name))).toHaveLength(1);
    expect(
      table
        .filter((line) => line.includes("by requests"))
        .join(" ")
        .match(/99\.583 %/g),
    ).toHaveLength(8);
  });

  it("has a column for each variant and a row for each figure and cause", () => {
    expect(text).toMatch(/ large +<small>\n/);
    expect(text).toMatch(/by requests +99\.583 % +99\.443 %/);
    expect(text).toMatch(/sla +100 % +no SLA/);
    expect(text).toMatch(/timeout-silent +449 +0\n +queue-full +0 +600/);
    expect(text).toMatch(/down +0 s +1 min 15 s/);
    expect(text).toContain("✓ Both expectations met");
  });

  it("says what the differences come from, largest first", () => {
    expect(text).toMatch(
      /<small> against large\n +failed requests: \+151, which is\n +\+600 {2}load, queue-full \(0 to 600\)\n +-449 {2}host-failure/,
    );
    expect(text).toMatch(/down: \+1 min 15 s, which is\n +\+1 min 15 s {2}app-crash/);
  });

  it("is a page with links to the reports, and escapes what it is told", () => {
    const page = renderVariantsPage("shop", "A shop.", variants, differences);
    expect(page).toContain('<a href="large/report.html">large</a>');
    expect(page).toContain("&lt;small&gt; against large");
    expect(page).not.toContain("<small>");
    expect(page).toContain("all causes");
  });

  it("of designs says in words which is better for sure, on the page with the interval of each difference", () => {
    const interval = { low: 1, high: 3 };
    const figures = { "requests.failed": { difference: 2, interval, varianceReduction: 8 } };
    const [first] = differences;
    if (first === undefined) throw new Error("two variants differ");
    const told = [{ ...first, variant: "small", figures }];
    const page = renderVariantsPage("compare", "large or small?", variants, told, true);
    expect(page).toContain("The designs were replayed on the same draws.");
    expect(page).toContain("Better, each at 95 % confidence: large, by requests.failed.");
    expect(page).toContain("The same draws are worth 8 times as many runs as luck of their own");
    expect(page).toMatch(/<td[^>]*>failed<\/td><td[^>]*>\+2<\/td><td[^>]*>\+1 to \+3<\/td>/);
    expect(renderVariantsPage("shop", "A shop.", variants, told)).not.toContain("Better, each");
  });
});
