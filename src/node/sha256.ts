import { createHash } from "node:crypto";

/** The SHA-256 of a text in UTF-8, in base64, as content security policies write it. */
export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("base64");
}
