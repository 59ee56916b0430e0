import { parse, resetSVGDefIds, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { ChartSpec } from "./charts/chart.ts";
import { tones } from "./charts/palette.ts";

/** Draws a specification as SVG, with the colours that it names; the same bytes for the same specification. */
export async function renderSvg(spec: ChartSpec): Promise<string> {
  // ids of gradients and clips count up over all pictures of the process
  resetSVGDefIds();
  const view = new View(parse(compile(spec as unknown as TopLevelSpec).spec), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

const variables: ReadonlyMap<string, string> = new Map(Object.values(tones).map(({ name, light }) => [light, `var(--${name})`]));

/** A drawn chart for the report: an image with a name, in the page's colours, without what the page says already. */
export function asFigure(svg: string, label: string): string {
  return svg
    .replace(/<svg [^>]*?width="(\d+)" height="(\d+)"[^>]*>/, (_, width: string, height: string) => {
      return `<svg role="img" aria-label="${escaped(label)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`;
    })
    .replace(/(fill|stroke)="(#[0-9A-F]{6})"/g, (whole, attribute: string, colour: string) => {
      const variable = variables.get(colour);
      return variable === undefined ? whole : `${attribute}="${variable}"`;
    })
    .replace(/ font-family="Inter, [^"]*"/g, "")
    .replace(/ (?:aria-hidden="true"|pointer-events="none"|opacity="1"|class="[^"]*")/g, "")
    .replace(/<path d="M0,0h[\d.]+v[\d.]+h-?[\d.]+Z"\/>/g, "")
    .replace(/<path d="" display="none"\/>/g, "");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
