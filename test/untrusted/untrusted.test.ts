import { afterAll, describe, expect, it } from "vitest";
import { attempt } from "./attempt.ts";
import { allBombs } from "./bombs.ts";
import { failureText, tryReader } from "./campaign.ts";
import { isWholeUntouched } from "./prototypes.ts";
import { allReaders } from "./readers.ts";

const readers = allReaders();
/** All of them in the recorded run: npx tsx test/untrusted/main.ts */
const inputs = process.env.NINES_LONG === "1" ? 40_000 : 2500;
const shares = readers.reduce((sum, { share }) => sum + share, 0);

const known = new Set([
  'scenario: only "]"',
  'scenario: only "\\""',
  'scenario: only "%a\\n"',
  'scenario: only "!"',
  "scenario: many anchors and aliases",
  "scenario: roles and clients that miss each other",
  "scenario: stores",
  "scenario: variants of nothing",
  'scenario: a long text: always of " "',
  'scenario: a long text: expect of "@"',
  'scenario: a long text: base of "a"',
  "csdef: a long element name with a bad attribute",
  "csdef: probes",
  "experiment: targets that are not there",
  "experiment: actions after what is not there",
  "csv: counts: quoted quotes",
  "csv: counts: short lines",
  "csv: counts: a header of names that are nearly right",
  "counterexample JSON: a deep scenario",
  "counterexample JSON: deep mappings twice",
  "counterexample JSON: a prototype",
]);

afterAll(() => expect(isWholeUntouched()).toBe(true));

describe("what a stranger wrote", () => {
  it.each(readers)("$name: most seeds are valid", (reader) => {
    const valid = reader.seeds.filter((seed) => attempt(reader, seed).isRead);
    expect(valid.length).toBeGreaterThan(0.7 * reader.seeds.length);
  });

  it.each(readers)("$name: a changed file is read or refused, in our words and at a place", (reader) => {
    const { failures } = tryReader(reader, { seed: 7, inputs: Math.ceil((inputs * reader.share) / shares) });
    expect(failures.map(failureText)).toEqual([]);
  });
});

describe("a large file made to hurt", () => {
  // one in twelve, and those that once did: the recorded run has them all
  const bombs = allBombs().filter(
    ({ name, reader }, at) => known.has(`${reader}: ${name}`) || (at % 12 === 0 && !/^csv: (?!counts)/.test(reader)),
  );

  it.each([...new Set(bombs.map(({ reader }) => reader))])("%s: it is refused, or read, whatever it holds", (name) => {
    const reader = readers.find((one) => one.name === name);
    if (reader === undefined) throw new Error(`there is no reader ${name}`);
    const failed = bombs
      .filter((bomb) => bomb.reader === name)
      .flatMap((bomb) => {
        const { failure } = attempt(reader, new TextEncoder().encode(bomb.input()));
        return failure === undefined ? [] : [`${bomb.name}: ${failure}`];
      });
    expect(failed).toEqual([]);
  });
});
