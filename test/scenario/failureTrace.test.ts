import { describe, expect, it } from "vitest";
import { runScenario } from "../../src/experiment/run.ts";
import { factAt } from "../../src/model/factLog.ts";
import { FactKind } from "../../src/model/facts.ts";
import { readInstant } from "../../src/scenario/instant.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";

const log = `system,node,started,fixed,severity,cause
20,7,2005-02-28T23:00,2005-03-01T01:00,0.5,hardware
20,3,2005-02-28T22:00,2005-02-28T22:30,0.2,software
2,3,2005-02-28T20:00,2005-02-28T22:30,1,hardware
20,8,2005-03-01T00:00,2005-03-01T00:10,1,hardware
`;

function struck(trace: object, more: object = {}, text = log): string[] {
  const scenario = {
    name: "records",
    preset: "ideal",
    horizon: "10h",
    datacenter: { faultDomains: 1, hostsPerFaultDomain: 5 },
    service: { roles: { work: { kind: "worker", instances: 1 } } },
    faults: [{ kind: "host-failure", host: "each(host)", trace: { file: "log.csv", start: "started", end: "fixed", ...trace }, ...more }],
  } as unknown as Scenario;
  const valid = validate(scenario, { files: { read: () => new TextEncoder().encode(text) } });
  const { facts, cast } = runScenario(valid);
  const told: string[] = [];
  for (let place = 0; place < facts.length; place++) {
    const { at, kind, subject } = factAt(facts, place);
    if (kind === FactKind.faultStruck) told.push(`${at / 60e6} ${cast.incidents[subject]?.target}`);
    if (kind === FactKind.faultEnded) told.push(`${at / 60e6} ${cast.incidents[subject]?.target} ends`);
  }
  return told;
}

describe("records of failures", () => {
  it("strike the machines they name, modulo the number of targets, and end when the records say so", () => {
    expect(struck({ node: "node", only: { system: "20" } })).toEqual([
      "0 host 3",
      "30 host 3 ends",
      "60 host 2",
      "120 host 3",
      "130 host 3 ends",
      "180 host 2 ends",
    ]);
  });

  it("leave out what is too mild or too early, and can be told faster", () => {
    expect(struck({ node: "node", severity: { column: "severity", min: 0.5 }, from: "1h" })).toEqual([
      "120 host 2",
      "180 host 3",
      "190 host 3 ends",
      "240 host 2 ends",
    ]);
    expect(struck({ node: "node", only: { system: "20", cause: "hardware" }, scale: 0.5 })).toEqual([
      "0 host 2",
      "30 host 3",
      "35 host 3 ends",
      "60 host 2 ends",
    ]);
  });

  it("strike a share of the targets when their severity is one, and last as long as repairAfter says without an end", () => {
    const three = "start_time,end_time,status\n0.0,1200.0,0.6\n3600,3660,1\n";
    const columns = { start: "start_time", end: "end_time", severity: { column: "status", asShare: true } };
    const told = struck(columns, {}, three);
    expect(told.filter((line) => line.startsWith("0 "))).toHaveLength(3);
    expect(told.filter((line) => line.startsWith("20 ") && line.endsWith("ends"))).toHaveLength(3);
    expect(told.filter((line) => line.startsWith("60 "))).toHaveLength(5);
    expect(struck({ ...columns, end: "none" }, { repairAfter: "2min" }, three).filter((line) => line.startsWith("2 "))).toHaveLength(3);
  });

  it("have their mistakes told at the line of the file", () => {
    const wrong = (row: string) => () => struck({ node: "node" }, {}, `${log}${row}\n`);
    expect(wrong("20,1,2005-13-01T00:00,2005-03-01T00:10,1,x")).toThrow(
      'log.csv:6:1: error: a time is a number or an instant such as 2005-06-21T10:54, not "2005-13-01T00:00"',
    );
    expect(wrong("20,1,2005-03-01T00:20,2005-03-01T00:10,1,x")).toThrow("the failure ends 10min before it begins");
    expect(() => struck({ node: "nod" })).toThrow('there is no column "nod", did you mean "node"?');
    expect(() => struck({ severity: { column: "cause" } })).toThrow('a severity is a number, not "hardware"');
    expect(() => struck({}, { at: "5s" })).toThrow("records of failures stand in place of at and every");
  });

  it("count days by the calendar, leap days included", () => {
    const day = 24 * 60 * 60e6;
    expect(readInstant("2004-03-01T00:00") - readInstant("2004-02-28T00:00")).toBe(2 * day);
    expect(readInstant("2100-03-01 00:00") - readInstant("2100-02-28 00:00")).toBe(day);
    expect(readInstant("2005-12-31T23:59:30Z") - readInstant("2005-01-01T00:00")).toBe(365 * day - 30e6);
    expect(readInstant("2005-00-31T23:59")).toBeNaN();
  });
});
