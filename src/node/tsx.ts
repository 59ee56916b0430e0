import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/** The URL of the interface of the tsx that stands beside a file: an older Node strips no types by itself. Throws when there is none. */
export function tsxBeside(url: string): string {
  // what require is given does not work as a module, what import is given lies beside it
  const api = createRequire(url)
    .resolve("tsx/esm/api")
    .replace(/\.cjs$/, ".mjs");
  return pathToFileURL(api).href;
}
