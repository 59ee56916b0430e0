import { attributedGroups } from "../attribution.ts";
import { counted, grouped } from "../numbers.ts";
import { failureRows } from "../verdict.ts";
import type { Chart, ChartData, ChartSpec } from "./chart.ts";
import { cut, framed, layer, painted, pixel, plot } from "./frame.ts";
import { tones } from "./palette.ts";

const rowHeight = 36;
const mostRows = 10;
/** What an attribution takes: pixels from line to line, and characters that end before the bars. */
const lineHeight = 15;
const lineLength = 48;
/** Left ends of the columns and the right end of the figures, in pixels from the plot's left end. */
const columns = { cause: -plot.left, source: 72, bar: 440, barWidth: 218, count: 750 } as const;

/** Failed requests by cause and by what they are put down to. */
export const failuresByCause: Chart = {
  name: "failuresByCause",
  summary: "Failed requests by cause and attribution.",
  views(data) {
    const { requests, runs } = data.result.summary;
    const { failed, failedByAttribution } = requests;
    if (failed === 0) return [];
    const [most] = attributedGroups(failedByAttribution, runs);
    return [
      {
        id: "failures",
        heading: "Failures by cause",
        note: ["Every failed request has one cause and one attribution; the sums are exact."],
        label: `${counted(failed, "request")} failed; most, ${grouped(most?.failed ?? failed)}, by ${most?.cause ?? "unknown"}: ${most?.source ?? ""}.`,
        spec: spec(data),
      },
    ];
  },
};

/** A text in one line where it ends before the bars, else in two. */
function inTwoLines(text: string): readonly string[] {
  if (text.length <= lineLength) return [text];
  const space = text.lastIndexOf(" ", lineLength);
  const end = space > 0 ? space : lineLength;
  return [text.slice(0, end), cut(text.slice(end).trim(), lineLength)];
}

function spec({ result: { summary } }: ChartData): ChartSpec {
  const { failed } = summary.requests;
  const all = failureRows(summary);
  const rest = all.slice(mostRows);
  const others = {
    cause: "others",
    source: counted(rest.length, "more attribution"),
    failed: rest.reduce((sum, row) => sum + row.failed, 0),
  };
  const rows = rest.length > 0 ? [...all.slice(0, mostRows), others] : all;
  const most = Math.max(...rows.map((row) => row.failed));
  const height = 24 + (rows.length + 1) * rowHeight;
  const placed = rows.map((row, place) => ({ ...row, middle: 24 + place * rowHeight + rowHeight / 2 }));
  const bars = placed.map(({ failed: count, middle }) => ({
    from: columns.bar,
    to: columns.bar + Math.max(2, (count / most) * columns.barWidth),
    top: middle - 5,
    bottom: middle + 5,
  }));
  const totalAt = height - rowHeight / 2;
  const texts = [
    ...[
      ["Cause", columns.cause],
      ["Attributed to", columns.source],
    ].map(([text, left]) => ({ text, left, middle: 10, ink: tones.ink3.light })),
    ...placed.flatMap(({ source, middle }) =>
      inTwoLines(source).map((text, line, { length }) => ({
        text,
        left: columns.source,
        middle: middle + (line - (length - 1) / 2) * lineHeight,
        ink: tones.ink.light,
      })),
    ),
  ];
  const figures = [
    { text: "Requests", left: columns.count, middle: 10, ink: tones.ink3.light },
    ...placed.map(({ failed: count, middle }) => ({ text: grouped(count), left: columns.count, middle, ink: tones.ink.light })),
  ];
  const total = [{ text: "All causes", left: columns.cause, middle: totalAt, ink: tones.ink.light }];
  const mono = placed.map(({ cause, middle }) => ({ text: cause, left: columns.cause, middle, ink: tones.ink.light }));
  const rules = Array.from({ length: rows.length + 1 }, (_, place) => ({
    from: columns.cause,
    to: columns.count,
    top: 24 + place * rowHeight,
  }));
  const x = (field: string): ChartSpec => ({ field, type: "quantitative", scale: null, axis: null });
  const written = (values: readonly object[], mark: ChartSpec): ChartSpec =>
    layer(
      values,
      { type: "text", baseline: "middle", fontSize: 14, ...mark },
      { x: x("left"), y: pixel("middle"), text: { field: "text" }, fill: painted("ink") },
    );
  return framed(
    height,
    [
      layer(rules, { type: "rule", stroke: tones.line.light }, { x: x("from"), x2: { field: "to" }, y: pixel("top") }),
      layer(
        bars,
        { type: "rect", fill: tones.loss.light, cornerRadius: 2 },
        { x: x("from"), x2: { field: "to" }, y: pixel("top"), y2: { field: "bottom" } },
      ),
      written(texts.slice(0, 2), { align: "left", fontSize: 12.5, fontWeight: 500 }),
      written(texts.slice(2), { align: "left" }),
      written(mono, {
        align: "left",
        fontSize: 12.6,
        font: "ui-monospace, 'JetBrains Mono', 'SF Mono', Menlo, 'DejaVu Sans Mono', monospace",
      }),
      written(figures.slice(0, 1), { align: "right", fontSize: 12.5, fontWeight: 500 }),
      written(figures.slice(1), { align: "right" }),
      written(total, { align: "left", fontWeight: 600 }),
      written([{ text: grouped(failed), left: columns.count, middle: totalAt, ink: tones.ink.light }], { align: "right", fontWeight: 600 }),
    ],
    2,
    0,
  );
}
