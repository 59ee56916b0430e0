import { readFileSync } from "node:fs";
import type { Cast, RunResult } from "../../../src/experiment/result.ts";
import { type RunOptions, runScenario } from "../../../src/experiment/run.ts";
import type { Summary } from "../../../src/metrics/summary.ts";
import { FactKind } from "../../../src/model/facts.ts";
import { parse } from "../../../src/scenario/parse.ts";
import { validate } from "../../../src/scenario/validate.ts";

/** A fact as a test writes it: id, seconds, kind, subject, value, cause. */
export type Line = readonly [id: number, second: number, kind: keyof typeof FactKind, subject: number, value: number, cause: number];

const quiet = `
name: made
horizon: 100s
preset: ideal
datacenter: { faultDomains: 3, hostsPerFaultDomain: 1 }
service: { roles: { web: { kind: web, size: Small, instances: 1 } } }
`;

const base = replay(quiet);

/** Two web instances, three hosts in three fault domains, a queue and a fault, all with names that need care. */
export const cast: Cast = {
  instances: [
    { name: 'web "1"/0', role: 'web "1"', faultDomain: 2, upgradeDomain: 0 },
    { name: 'web "1"/1@v2', role: 'web "1"', faultDomain: 1, upgradeDomain: 1 },
  ],
  hosts: [{ faultDomain: 0 }, { faultDomain: 1 }, { faultDomain: 2 }],
  roles: ['web "1"'],
  queues: ["orders\n2"],
  stores: [],
  clients: ["browsers"],
  incidents: [{ kind: "host-failure", target: "host 0" }],
  operations: [{ kind: "scale", title: "scale web to 4" }],
  reasons: ["no <room>"],
};

/** A run of 100 seconds in which just these facts were kept. */
export function made(lines: readonly Line[], dropped = 0, summary: Partial<Summary> = {}): RunResult {
  const column = (of: (line: Line) => number): Float64Array => Float64Array.from(lines, of);
  return {
    ...base,
    summary: { ...base.summary, ...summary },
    cast,
    facts: {
      length: lines.length,
      dropped,
      leftOut: 0,
      leftOutFrom: 0,
      id: column(([id]) => id),
      at: column(([, second]) => second * 1e6),
      kind: Uint8Array.from(lines, ([, , kind]) => FactKind[kind]),
      subject: column(([, , , subject]) => subject),
      value: column(([, , , , value]) => value),
      cause: column(([, , , , , cause]) => cause),
    },
  };
}

/** The scenarios that tests replay, by name. */
export const scenarios = ["hardware-failure", "rack-failure", "rolling-upgrade", "scale-out", "zero-downtime-swap"] as const;

/** Replays one of the project's scenarios. */
export function replayScenario(name: (typeof scenarios)[number], options?: RunOptions): RunResult {
  return replay(readFileSync(`scenarios/${name}.yaml`, "utf8"), options);
}

function replay(text: string, options?: RunOptions): RunResult {
  return runScenario(validate(parse(text)), options);
}
