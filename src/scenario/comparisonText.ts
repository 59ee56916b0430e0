/** A text of the form `what >= value`, taken apart; offsets count from 0. */
export interface Comparison {
  /** Without the space around it. */
  readonly what: string;
  readonly whatAt: number;
  readonly operator: ">=" | "<=" | ">" | "<";
  /** Without the space around it; never empty. */
  readonly value: string;
  readonly valueAt: number;
}

const sign = />=|<=|≥|≤|>|</g;

/** Takes a comparison apart at its first operator; undefined when the text is none. Takes time in proportion to its length, whatever it holds. */
export function readComparison(text: string): Comparison | undefined {
  const whatAt = text.search(/\S/);
  if (whatAt < 0) return undefined;
  // what is compared has at least one character
  sign.lastIndex = whatAt + 1;
  const found = sign.exec(text);
  if (found === null) return undefined;
  const after = found.index + found[0].length;
  const value = text.slice(after).trim();
  if (value === "") return undefined;
  const operator = found[0] === "≥" ? ">=" : found[0] === "≤" ? "<=" : (found[0] as Comparison["operator"]);
  return { what: text.slice(whatAt, found.index).trimEnd(), whatAt, operator, value, valueAt: after + text.slice(after).search(/\S/) };
}
