import type { SourceFile } from "./sources.ts";

/** A cycle of value imports, first file first and last; empty when there is none. Types and lazy imports close no cycle. */
export function cycleOf(files: ReadonlyMap<string, SourceFile>): readonly string[] {
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (path: string): readonly string[] => {
    if (done.has(path)) return [];
    const start = way.indexOf(path);
    if (start >= 0) return [...way.slice(start), path];
    way.push(path);
    for (const { to, isType, isLazy } of files.get(path)?.imports ?? []) {
      if (isType || isLazy || !files.has(to)) continue;
      const cycle = visit(to);
      if (cycle.length > 0) return cycle;
    }
    way.pop();
    done.add(path);
    return [];
  };
  for (const path of files.keys()) {
    const cycle = visit(path);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
