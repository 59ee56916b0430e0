import { describe, expect, it } from "vitest";
import type { RunResult } from "../../../src/experiment/result.ts";
import { FactKind, factKindNames } from "../../../src/model/facts.ts";
import { InstanceState } from "../../../src/model/status.ts";
import { factWords } from "../../../src/report/export/factWords.ts";
import { ndjson } from "../../../src/report/export/ndjson.ts";
import { cast, made, replayScenario, scenarios } from "./made.ts";

interface Told {
  readonly id: number;
  readonly t: number;
  readonly type: string;
  readonly subject: string | number | null;
  readonly value: string | number | null;
  readonly cause: number | null;
}

function read(result: RunResult): { header: Record<string, unknown>; facts: Told[] } {
  const lines = [...ndjson(result)].join("").split("\n");
  expect(lines.pop()).toBe("");
  const [header, ...facts] = lines.map((line) => JSON.parse(line));
  return { header, facts };
}

describe("NDJSON", () => {
  it("begins with a header that says which run it is and how much is missing", () => {
    const result = made([[7, 1, "faultStruck", 0, 0, -1]], 7);
    const { scenario, seed, fingerprint, version } = result.summary;
    expect(read(result).header).toEqual({ format: 1, scenario, seed, fingerprint, version, facts: 1, dropped: 7, leftOut: 0 });
  });

  it("ends with a line that says what is missing, where something is", () => {
    const whole = made([[7, 1, "faultStruck", 0, 0, -1]]);
    expect(read(whole).facts).toHaveLength(1);
    const { facts } = read({ ...whole, facts: { ...whole.facts, leftOut: 12, leftOutFrom: 3_000_000 } });
    expect(facts.at(-1)).toEqual({ type: "missing", dropped: 0, leftOut: 12, leftOutFrom: 3_000_000 });
    expect(read(made([[7, 1, "faultStruck", 0, 0, -1]], 7)).facts.at(-1)).toEqual({
      type: "missing",
      dropped: 7,
      leftOut: 0,
      leftOutFrom: 0,
    });
  });

  it("tells ids by the names they stand for and leaves measures as numbers", () => {
    const { facts } = read(
      made([
        [1, 1, "faultStruck", 0, 0, -1],
        [2, 1, "hostChanged", 0, 1, 1],
        [3, 1, "instanceChanged", 0, InstanceState.dead, 2],
        [4, 1.5, "requestFailed", 17, 3, 1],
        [5, 2, "requestArrived", 18, 0, -1],
        [6, 2, "requestSent", 18, 1, 5],
        [7, 2.25, "requestSucceeded", 18, 250_000, 5],
        [8, 3, "queueDepthChanged", 0, 4, -1],
        [9, 4, "instancePlaced", 0, 2, 3],
        [10, 5, "operationRefused", 0, 0, -1],
        [11, 6, "instancesAsked", 1, 4, -1],
        [12, 7, "slotsSwapped", 1, -1, -1],
      ]),
    );
    expect(facts.map(({ subject, value, cause }) => [subject, value, cause])).toEqual([
      ["host-failure of host 0", "host 0", null],
      ["host 0", "down", 1],
      ['web "1"/0', "dead", 2],
      [17, "timeout-silent", 1],
      [18, "browsers", null],
      [18, 'web "1"/1@v2', 5],
      [18, 250_000, 5],
      ["orders\n2", 4, null],
      ['web "1"/0', "host 2", 3],
      ["scale web to 4", "no <room>", null],
      ['web "1" of deployment 1', 4, null],
      [1, null, null],
    ]);
    expect(facts[3].t).toBe(1_500_000);
  });

  it("has words for every kind of fact", () => {
    const words = factWords({ cast });
    for (const [name, kind] of Object.entries(FactKind)) expect(words[kind], name).toBeDefined();
  });

  it.each(scenarios)("holds every kept fact of %s on a line of its own", (name) => {
    const result = replayScenario(name, { everyFact: name === "rack-failure" });
    const { header, facts: lines } = read(result);
    const facts = lines.filter(({ type }) => type !== "missing");
    expect(facts.length).toBe(result.facts.length);
    expect(header.facts).toBe(result.facts.length);
    const ids = new Set(facts.map(({ id }) => id));
    expect(ids.size).toBe(facts.length);
    // what happened has a cause that is kept too
    expect(facts.filter(({ cause }) => cause !== null && !ids.has(cause))).toEqual([]);
    expect(facts.filter(({ t }, place) => place > 0 && t < facts[place - 1].t)).toEqual([]);
    expect(facts.filter(({ type }) => !factKindNames.includes(type))).toEqual([]);
    const told = facts.filter(({ type }) => type === "instanceChanged");
    expect(told.filter(({ subject }) => !result.cast.instances.some((instance) => instance.name === subject))).toEqual([]);
  });
});
