/** The places of a text that are code; comments, and unless wanted the contents of strings, are blanked, so that offsets and lines stay. */
export function mask(text: string, keepStrings: boolean): string {
  const out = text.split("");
  const blank = (from: number, to: number): void => {
    for (let at = from; at < to; at++) if (out[at] !== "\n") out[at] = " ";
  };
  const braces: boolean[] = [];
  let at = 0;
  let before = "";
  while (at < text.length) {
    const end = endOfComment(text, at);
    if (end > at) {
      blank(at, end);
      at = end;
      continue;
    }
    const character = text[at] ?? "";
    const closesTemplate = character === "}" && braces.pop() === true;
    if (character === "`" || closesTemplate) {
      const stop = endOfTemplate(text, at + 1);
      if (!keepStrings) blank(at + 1, stop);
      if (text.startsWith("${", stop)) braces.push(true);
      at = stop + (text.startsWith("${", stop) ? 2 : 1);
      before = "`";
      continue;
    }
    if (character === "{") braces.push(false);
    if (character === '"' || character === "'" || (character === "/" && startsRegex(before, text.slice(0, at)))) {
      const stop = character === "/" ? endOfRegex(text, at + 1) : endOfString(text, at + 1, character);
      if (!keepStrings || character === "/") blank(at + 1, stop);
      at = stop + 1;
      before = '"';
      continue;
    }
    if (!/\s/.test(character)) before = character;
    at++;
  }
  return out.join("");
}

function endOfComment(text: string, at: number): number {
  if (text.startsWith("//", at)) return until(text, "\n", at);
  if (text.startsWith("/*", at)) return until(text, "*/", at) + 2;
  return at;
}

function until(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found < 0 ? text.length : found;
}

function endOfTemplate(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== "`" && !text.startsWith("${", at)) at += text[at] === "\\" ? 2 : 1;
  return at;
}

function endOfString(text: string, from: number, quote: string): number {
  let at = from;
  while (at < text.length && text[at] !== quote && text[at] !== "\n") at += text[at] === "\\" ? 2 : 1;
  return at;
}

function endOfRegex(text: string, from: number): number {
  let inClass = false;
  let at = from;
  while (at < text.length && (inClass || text[at] !== "/") && text[at] !== "\n") {
    if (text[at] === "[") inClass = true;
    if (text[at] === "]") inClass = false;
    at += text[at] === "\\" ? 2 : 1;
  }
  return at;
}

/** A slash divides after a value, and starts a pattern elsewhere. */
function startsRegex(before: string, code: string): boolean {
  return before === "" || "(,=:[!&|?{};+<>".includes(before) || /\b(return|typeof|case)\s*$/.test(code.slice(-12));
}
