import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSections, writeFacts } from "./sections.ts";

const sections = await readSections();

describe("the facts of the platform", () => {
  for (const { facts, number, tested } of sections) {
    it(`section ${number}: every fact is shown by a test or says why it is not modelled`, () => {
      const missing = facts.filter(({ id, notModelled }) => notModelled === undefined && !tested.has(id));
      expect(missing.map(({ id, text }) => `${id} ${text}`)).toEqual([]);
      const both = facts.filter(({ id, notModelled }) => notModelled !== undefined && tested.has(id));
      expect(both.map(({ id }) => id)).toEqual([]);
      expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
      expect(facts.every(({ id }) => id.startsWith(`${number}.`))).toBe(true);
    });
  }

  it("scenarios/FACTS.md is what the facts say", () => {
    const file = join(import.meta.dirname, "..", "..", "scenarios", "FACTS.md");
    expect(readFileSync(file, "utf8")).toBe(writeFacts(sections));
  });
});
