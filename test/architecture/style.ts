import type { SourceFile } from "./sources.ts";

/** Functions of Math whose results the standard fixes to the last bit. */
const exactMath = ["abs", "ceil", "clz32", "floor", "fround", "imul", "max", "min", "round", "sign", "sqrt", "trunc"];

const banned =
  /\*\*|\bMath\.\w+|\b(?:Date|performance|process|Intl|globalThis|setTimeout|setInterval|setImmediate|queueMicrotask|fetch|console|crypto|require)\b(?!\s*[:?(]?\s*:)|\.(?:toLocale\w+|localeCompare)\b/g;

/** What a file of the engine must not use: the host, the clock, chance, inexact mathematics. */
export function bannedIn({ code }: SourceFile): readonly string[] {
  return Array.from(code.matchAll(banned)).flatMap((match) => {
    const [what] = match;
    if (what.startsWith("Math.") && (exactMath.includes(what.slice(5)) || /^Math\.[A-Z0-9_]+$/.test(what))) return [];
    // a property or method of that name is not the global
    if (/^\w+$/.test(what) && code[match.index - 1] === ".") return [];
    return [`line ${lineOf(code, match.index)}: ${what}`];
  });
}

/** Exports without a comment above them that ends a sentence; further overloads of a function share its comment, and so does the type of a constant of the same name. */
export function undocumented({ text, code }: SourceFile): readonly string[] {
  const lines = text.split("\n");
  const found = code.matchAll(/^export (?:declare |abstract )*(?:async )?(?:function\*?|const|let|class|interface|type) (\w+)/gm);
  const before = new Set<string>();
  return Array.from(found).flatMap((match) => {
    const [whole, name = ""] = match;
    const line = lineOf(code, match.index);
    const isKnown = before.has(name);
    before.add(name);
    return isKnown || /[.:)"`][\s*/]*$/.test(commentAbove(lines, line - 1)) ? [] : [`line ${line}: ${whole}`];
  });
}

/** The comment that ends right above a line, or nothing. */
function commentAbove(lines: readonly string[], line: number): string {
  let last = line - 1;
  while (/^@|^\/\/ biome-ignore/.test(lines[last] ?? "")) last--;
  if (!(lines[last] ?? "").trimEnd().endsWith("*/")) return "";
  let first = last;
  while (first > 0 && !(lines[first] ?? "").trimStart().startsWith("/**")) first--;
  return lines.slice(first, last + 1).join("\n");
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}
