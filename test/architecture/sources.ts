import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { mask } from "./mask.ts";

/** An import or a re-export of a source file. */
export interface Import {
  /** A path below src/, or the name of a package. */
  readonly to: string;
  /** Gone after compilation. */
  readonly isType: boolean;
  /** Loaded when it is needed. */
  readonly isLazy: boolean;
}

/** A file below src/. */
export interface SourceFile {
  /** Below src/, with slashes: "kernel/time.ts". */
  readonly path: string;
  /** The first folder, or the file itself where there is none. */
  readonly layer: string;
  readonly text: string;
  /** Without comments and the contents of strings; offsets and lines are those of the text. */
  readonly code: string;
  readonly imports: readonly Import[];
}

const src = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "src");

/** Every source file, by path. */
export function readSources(): ReadonlyMap<string, SourceFile> {
  const paths = readdirSync(src, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
  const files = paths.filter((path) => path.endsWith(".ts")).sort();
  return new Map(files.map((path) => [path, sourceFile(path, readFileSync(join(src, path), "utf8"))]));
}

/** A source file with that content. */
export function sourceFile(path: string, text: string): SourceFile {
  return { path, layer: path.split("/")[0] ?? path, text, code: mask(text, false), imports: importsOf(path, mask(text, true)) };
}

function importsOf(path: string, code: string): readonly Import[] {
  const resolved = (name: string): string => (name.startsWith(".") ? posix.normalize(posix.join(posix.dirname(path), name)) : name);
  const statements = code.matchAll(/^(?:import|export)(?<type> type)?(?=[\s{*"])[^;"'=(]*?["'](?<name>[^"']+)["'];/gm);
  const now = Array.from(statements, ({ groups }) => ({
    to: resolved(groups?.name ?? ""),
    isType: groups?.type !== undefined,
    isLazy: false,
  }));
  const later = Array.from(code.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g), ([, name = ""]) => ({
    to: resolved(name),
    isType: false,
    isLazy: true,
  }));
  return [...now, ...later];
}
