import type { RunResult } from "../../experiment/result.ts";
import { factKindNames } from "../../model/facts.ts";
import { factWords } from "./factWords.ts";

/** Grows when a reader of an older trace would misunderstand it. */
const format = 1;

/**
 * The trace of the first run as NDJSON: a header, then one fact a line, oldest first; `t` and durations are in microseconds. Where facts are
 * missing, the last line says how many, and since when. Yields lines.
 */
export function* ndjson(result: Pick<RunResult, "summary" | "facts" | "cast">): Generator<string> {
  const { summary, facts } = result;
  const { scenario, seed, fingerprint, version } = summary;
  const { dropped, leftOut, leftOutFrom } = facts;
  yield `${JSON.stringify({ format, scenario, seed, fingerprint, version, facts: facts.length, dropped, leftOut })}\n`;
  const words = factWords(result);
  const types = factKindNames.map((name) => JSON.stringify(name));
  for (let place = 0; place < facts.length; place++) {
    const kind = facts.kind[place];
    const subject = facts.subject[place];
    const value = facts.value[place];
    const cause = facts.cause[place];
    const told = words[kind];
    const who = told === undefined ? subject : told.subject(subject, subject);
    const what = told === undefined ? value : told.value(value, subject);
    yield `{"id":${facts.id[place]},"t":${facts.at[place]},"type":${types[kind]},"subject":${who},"value":${what},"cause":${cause < 0 ? "null" : cause}}\n`;
  }
  if (leftOut > 0 || dropped > 0) yield `${JSON.stringify({ type: "missing", dropped, leftOut, leftOutFrom })}\n`;
}
