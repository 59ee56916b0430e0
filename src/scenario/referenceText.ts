import type { DefaultCell, FaultRate } from "./presets.ts";

/** A row of a table. */
export function line(...texts: readonly string[]): string {
  return `| ${texts.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** A text as code. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** Where a default comes from: keys of sources, and a note. */
export function sourceOf({ note, sources: keys }: DefaultCell | FaultRate): string {
  return `${keys.join(", ")}${note === undefined ? "" : ` (${note})`}`;
}
