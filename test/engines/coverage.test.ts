import { beforeAll, describe, expect, it } from "vitest";
import { bugSites } from "../../src/model/design/buggify.ts";
import { EventKind } from "../../src/model/events.ts";
import { operationKinds } from "../../src/model/fabric/operationKinds.ts";
import { FactKind } from "../../src/model/facts.ts";
import { faults } from "../../src/model/faults/index.ts";
import { balancingPolicies } from "../../src/model/policies/balancing/index.ts";
import { lawNames } from "../../src/scenario/lawText.ts";
import { jobsOf, seeds } from "./jobs.ts";
import { nothingSeen, witness } from "./witness.ts";

/** Words that choose a way of behaving and are neither events, faults, policies, operations nor laws, by their key in a design. */
const choices: Readonly<Record<string, readonly string[]>> = {
  kind: ["cloud-service", "virtual-machines", "app-service", "web", "worker", "storage", "service-bus"],
  discipline: ["fifo", "processor-sharing"],
  jitter: ["none", "full", "equal", "decorrelated"],
  receiveMode: ["peek-lock", "receive-and-delete"],
  scaleIn: ["highest", "random"],
  topologyChangeDiscovery: ["blast", "upgrade-domain-walk"],
  mode: ["auto", "manual", "simultaneous"],
  sku: ["classic", "standard"],
  asks: ["agent", "application"],
  type: ["simple", "foreground", "background"],
  class: ["hardware", "reboot", "reported"],
  bug: bugSites,
  statistic: ["average", "max", "sum"],
};

const jobs = jobsOf(seeds[0]);
const seen = nothingSeen();
const events = new Map<string, number>();

describe("the set that every engine replays", () => {
  beforeAll(() => {
    for (const job of jobs) events.set(job.name, witness(job, seen));
  });

  const missing = (wanted: readonly string[], found: ReadonlySet<string>) => wanted.filter((name) => !found.has(name));

  it("has at least 24 scenarios and 3 seeds, and no scenario twice", () => {
    expect(events.size).toBe(jobs.length);
    expect(jobs.length).toBeGreaterThanOrEqual(24);
    expect(new Set(seeds).size).toBeGreaterThanOrEqual(3);
  });

  it("has 300,000 events or more in each run", () => {
    expect([...events].filter(([, count]) => count < 300_000)).toEqual([]);
  });

  it("makes every kind of event happen", () => {
    expect(missing(Object.keys(EventKind), seen.events)).toEqual([]);
  });

  it("makes every kind of fact come true", () => {
    expect(missing(Object.keys(FactKind), seen.facts)).toEqual([]);
  });

  it("lets every kind of fault strike", () => {
    const kinds = faults.map(({ kind }) => kind);
    expect(missing(kinds, seen.faults)).toEqual([]);
  });

  it("begins every kind of operation", () => {
    expect(missing(Object.keys(operationKinds), seen.operations)).toEqual([]);
  });

  it("balances by every policy", () => {
    const kinds = balancingPolicies.map(({ kind }) => kind);
    expect(missing(kinds, seen.policies)).toEqual([]);
  });

  it("draws times between faults, between arrivals, and demands from every law", () => {
    expect(missing(lawNames, seen.laws)).toEqual([]);
  });

  it("has every way of behaving that a word chooses", () => {
    const wanted = Object.entries(choices).flatMap(([key, words]) => words.map((word) => `${key}: ${word}`));
    expect(missing(wanted, seen.words)).toEqual([]);
  });
});
