import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const project = join(import.meta.dirname, "..", "..");

/** Files of people, where they lie beside the project. They are read, never kept. */
const corpus = join(project, "..", "shared", "corpus");

/** Contents of the files of the project with one of these endings, at most 24 KiB each, in a fixed order. */
export function filesOf(folders: readonly string[], ...endings: readonly string[]): readonly Uint8Array[] {
  return folders.flatMap((folder) => below(join(project, folder), endings));
}

/** The same of what lies beside the project, if it does. */
export function corpusFiles(...endings: readonly string[]): readonly Uint8Array[] {
  return existsSync(corpus) ? below(corpus, endings) : [];
}

/** The bytes of texts. */
export function bytesOf(texts: readonly string[]): readonly Uint8Array[] {
  return texts.map((text) => new TextEncoder().encode(text));
}

function below(folder: string, endings: readonly string[]): Uint8Array[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return below(path, endings);
      const bytes = endings.some((ending) => name.endsWith(ending)) ? Uint8Array.from(readFileSync(path)) : new Uint8Array();
      return bytes.length > 0 && bytes.length <= 24 * 1024 ? [bytes] : [];
    });
}
