import { type Ink, printable, wrapped } from "./ink.ts";

/** Column in which figures end, and in which what is said about them begins. */
const figureEnd = 31;
const noteStart = 37;

/** The lines of a page for the terminal, as they are written. */
export class Page {
  readonly lines: string[] = [""];
  readonly ink: Ink;
  readonly width: number;

  constructor(ink: Ink, width: number) {
    this.ink = ink;
    this.width = width;
  }

  /** An empty line and a heading. */
  section(title: string): void {
    this.lines.push("", `  ${this.ink.strong(title)}`);
  }

  /** A label, a figure that ends in a fixed column, its unit, and notes beside it; a long label has a line of its own. */
  row(label: string, figure: string, unit: string, notes: readonly (string | null)[]): void {
    const isLong = label.length + figure.length >= figureEnd;
    if (isLong) this.lines.push(label);
    const lead = (isLong ? "" : label).padEnd(figureEnd - figure.length - 1);
    const start = `${lead}${lead.length + figure.length < figureEnd ? " ".repeat(figureEnd - lead.length - figure.length) : " "}`;
    const plain = `${start}${figure}${unit === "" ? "" : ` ${unit}`}`;
    const coloured = start + this.ink.strong(figure) + (unit === "" ? "" : ` ${unit}`);
    const note = notes.filter((part) => part !== null && part !== "").join(", ");
    if (note === "") this.lines.push(coloured);
    else this.hang(coloured, plain.length, note, noteStart);
  }

  /** A text that goes on in the same column. */
  hang(lead: string, leadLength: number, text: string, column: number): void {
    const [first, ...rest] = wrapped(printable(text), this.width - column);
    this.lines.push(lead + " ".repeat(Math.max(1, column - leadLength)) + first);
    for (const line of rest) this.lines.push(" ".repeat(column) + line);
  }
}
