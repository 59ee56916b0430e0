import { readFileSync } from "node:fs";
import type { ServiceFile } from "../../../src/scenario/import/service.ts";

/** A service file of test/fixtures/import, as bytes. */
export function fixture(file: string): ServiceFile {
  return { file, bytes: readFileSync(new URL(`../../fixtures/import/${file}`, import.meta.url)) };
}
