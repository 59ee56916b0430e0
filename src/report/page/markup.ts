/** Markup that needs no escaping any more. */
export interface Markup {
  readonly html: string;
}

type Part = Markup | string | number | null | undefined | readonly Part[];

/** Markup out of a template; whatever is put in is escaped unless it is markup. Null and undefined leave nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { html: strings.reduce((all, text, place) => all + text + (place < parts.length ? written(parts[place]) : ""), "") };
}

/** Markup that is trusted as it stands; only for what this program wrote itself. */
export function trusted(text: string): Markup {
  return { html: text };
}

/** A text as it may stand in an element or in a quoted attribute. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

function written(part: Part): string {
  if (part === null || part === undefined) return "";
  if (typeof part === "string") return escaped(part);
  if (typeof part === "number") return String(part);
  return "html" in part ? part.html : part.map(written).join("");
}

/** A column of a table: its heading, and whether its cells are figures. */
export interface Column {
  readonly heading: string | Markup;
  readonly isFigure?: boolean;
}

/** A table of texts; null cells are empty. */
export function table(columns: readonly Column[], rows: readonly (readonly (Part | null)[])[], caption: string): Markup {
  const cell = (name: "th" | "td", column: Column, part: Part): Markup => {
    const attributes = trusted(`${name === "th" ? ' scope="col"' : ""}${column.isFigure ? ' class="r"' : ""}`);
    return html`<${trusted(name)}${attributes}>${part}</${trusted(name)}>`;
  };
  return html`<div class="scroll"><table><caption class="hidden">${caption}</caption><thead><tr>${columns.map((column) => cell("th", column, column.heading))}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map((part, place) => cell("td", columns[place], part))}</tr>`)}</tbody></table></div>`;
}
