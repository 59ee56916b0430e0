import { bans, errorWords, tracing } from "./engineDependent.ts";
import type { SourceFile } from "./sources.ts";

/** What a file of the engine must not use: the host, the clock, chance, inexact mathematics, and where traces are made the words of errors. */
export function bannedIn({ code, layer }: SourceFile): readonly string[] {
  const all = tracing.includes(layer) ? [...bans, errorWords] : bans;
  const found = all.flatMap(({ pattern }) => Array.from(code.matchAll(pattern)));
  return found.sort((a, b) => a.index - b.index).map((match) => `line ${lineOf(code, match.index)}: ${match[0].trim()}`);
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
