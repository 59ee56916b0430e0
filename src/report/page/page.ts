import { patternDefs } from "../charts/stateLooks.ts";
import { html, type Markup, trusted } from "./markup.ts";
import { style, styleHash } from "./style.ts";

/** Nothing is loaded, nothing runs, and only the page's own style applies. */
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'`;

/** A whole page in one file, for reading offline. */
export function page(title: string, body: readonly Markup[]): string {
  const { html: text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<svg class="defs" width="0" height="0" aria-hidden="true"><defs>${trusted(patternDefs)}</defs></svg>
${body.map((part) => html`${part}\n`)}</body>
</html>
`;
  return text;
}

/** A tick or a cross, with the word for those who do not see it. */
export function mark(isGood: boolean): Markup {
  const path = isGood ? "m2.5 7.5 3 3 6-7" : "m3 3 8 8m0-8-8 8";
  const word = isGood ? "met" : "missed";
  return html`<svg class="i ${isGood ? "ok" : "no"}" viewBox="0 0 14 14" role="img" aria-label="${word}"><path d="${path}" stroke="currentColor" stroke-width="2" fill="none"/></svg>`;
}
