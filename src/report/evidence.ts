import type { Evidence } from "../experiment/evidence.ts";
import { printable } from "./ink.ts";
import { grouped } from "./numbers.ts";
import { instant } from "./times.ts";

/** So many of the last events are shown, and so many of the last causes. */
const mostShown = 8;
/** Column in which instants end. */
const instantEnd = 15;

/** The evidence as `nines replay` prints it: what led to the last fact, first cause first, and the last events; titles are printed in `strong`. */
export function renderEvidence({ causalChain, lastEvents }: Evidence, strong: (text: string) => string): string {
  const lines = [
    ...section(strong("What led to it"), causalChain, ({ fact, subject, value }) => `${inWords(fact)} of ${subject}, value ${value}`),
    ...section(
      strong("The last events"),
      lastEvents,
      ({ arg, event, kind, target }) => `${grouped(event).padStart(9)}  ${inWords(kind)}, target ${target}, arg ${arg}`,
    ),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function section<T extends { readonly at: number }>(title: string, all: readonly T[], tell: (one: T) => string): readonly string[] {
  if (all.length === 0) return [];
  const shown = all.slice(-mostShown);
  const before = all.length - shown.length;
  return [
    "",
    `  ${title}`,
    ...(before === 0 ? [] : [`${" ".repeat(instantEnd)}  ${grouped(before)} more before`]),
    ...shown.map((one) => `${instant(one.at).padStart(instantEnd)}  ${printable(tell(one))}`),
  ];
}

/** "faultStruck" as "fault struck". */
function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
