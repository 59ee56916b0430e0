/** Colours of printed text by what they mean; nothing depends on them to be understood. */
export interface Ink {
  good(text: string): string;
  bad(text: string): string;
  accent(text: string): string;
  warn(text: string): string;
  faint(text: string): string;
  strong(text: string): string;
}

/** Ink that colours with the sixteen colours of every terminal, or that leaves text as it is. */
export function inkFor(isColoured: boolean): Ink {
  const code =
    (open: number, close: number) =>
    (text: string): string =>
      isColoured && text !== "" ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return { good: code(32, 39), bad: code(31, 39), accent: code(36, 39), warn: code(33, 39), faint: code(2, 22), strong: code(1, 22) };
}

/** A text in lines of at most `width` characters, broken at spaces; a longer word keeps a line of its own. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** A line in lines of at most `width` characters, those after the first set in by two more than it. */
export function hanging(line: string, width: number): readonly string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  const [first = "", ...rest] = wrapped(line.slice(indent.length), width - indent.length - 2);
  return [indent + first, ...rest.map((text) => `${indent}  ${text}`)];
}

/** A text without characters that would steer a terminal. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, " ");
}
