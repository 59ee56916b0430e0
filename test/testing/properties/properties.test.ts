import { describe, expect, it } from "vitest";
import { run } from "../../../src/experiment/library.ts";
import { BrokenInvariant, type Invariant } from "../../../src/invariants/invariant.ts";
import { always } from "../../../src/invariants/own/always.ts";
import { FactKind } from "../../../src/model/facts.ts";
import { InstanceState } from "../../../src/model/status.ts";
import type { Scenario } from "../../../src/scenario/schema/scenario.ts";
import { leadsTo } from "../../../src/testing/properties/leadsTo.ts";
import { type Occasion, reachable, sometimes } from "../../../src/testing/properties/sometimes.ts";
import { unreachable } from "../../../src/testing/properties/unreachable.ts";

/** Two instances; web/0 crashes at 60 s and is ready again at 90 s: noticed after 10 s, then 20 s to start. */
const crash = {
  name: "crash",
  preset: "ideal",
  horizon: "5min",
  service: { roles: { web: { kind: "web", instances: 2 } } },
  fabric: { healing: "platform", crashDetection: "10s", roleRestart: "20s" },
  faults: [{ kind: "app-crash", at: "1min", instance: "web/0" }],
} as unknown as Scenario;

function broken(invariant: Invariant): BrokenInvariant | undefined {
  try {
    run(crash, { checks: { invariants: [invariant], lookEvery: 1 } });
    return undefined;
  } catch (error) {
    if (error instanceof BrokenInvariant) return error;
    throw error;
  }
}

function hits(occasion: Occasion): number {
  let count = 0;
  const watched = { id: "", name: "", statement: "", watch: (run: Parameters<Occasion["look"]>[0]) => occasion.look(run, () => count++) };
  run(crash, { checks: { invariants: [watched], lookEvery: 1 } });
  return count;
}

const instanceIn = (...states: readonly number[]) => ({
  fact: FactKind.instanceChanged,
  where: ({ value }: { value: number }) => states.includes(value),
});

describe("always", () => {
  it("breaks at the event after which its condition is false", () => {
    expect(broken(always("one is ready", (moment) => moment.ready("web") >= 1))).toBeUndefined();
    const found = broken(
      always(
        "two are ready",
        (moment) => moment.ready("web") >= 2,
        (moment) => `${moment.ready("web")} are`,
      ),
    );
    expect(found).toMatchObject({ at: 60e6, invariant: "own", title: "two are ready", found: "1 are" });
  });

  it("refuses a role that does not exist", () => {
    expect(() => broken(always("x", (moment) => moment.ready("wbe") > 0))).toThrow('there is no role "wbe"');
  });
});

describe("unreachable", () => {
  it("breaks at the fact it forbids", () => {
    expect(broken(unreachable("a guest dies", { fact: FactKind.guestDeclaredDead }))).toBeUndefined();
    expect(broken(unreachable("a process dies", instanceIn(InstanceState.recycling)))?.at).toBe(60e6);
  });
});

describe("sometimes and reachable", () => {
  it("count how often something happens", () => {
    expect(hits(sometimes("one is missing", (moment) => moment.ready("web") === 1))).toBe(1);
    expect(hits(sometimes("both are missing", (moment) => moment.ready("web") === 0))).toBe(0);
    expect(hits(reachable("an instance of web is ready", instanceIn(InstanceState.ready)))).toBe(3);
  });
});

describe("leadsTo", () => {
  const dies = instanceIn(InstanceState.recycling);
  const ready = instanceIn(InstanceState.ready);
  const missing = (moment: { ready(role: string): number }) => moment.ready("web") < 2;
  const whole = (moment: { ready(role: string): number }) => moment.ready("web") === 2;

  it("holds when what must follow does so within the time, its last instant included", () => {
    for (const [p, q] of [
      [dies, ready],
      [missing, whole],
      [dies, whole],
    ] as const) {
      expect(broken(leadsTo("a dead instance is back", p, q, { within: "30s" }))).toBeUndefined();
      const late = broken(leadsTo("a dead instance is back", p, q, { within: "29s" }));
      expect(late?.at).toBe(90e6);
      expect(late?.found).toContain("what began at 1min for 0 has not followed at");
    }
  });

  it("asks for the same subject", () => {
    const other = { ...ready, by: () => 1 };
    expect(broken(leadsTo("another is back", dies, other, { within: "2min" }))).toMatchObject({ at: 300e6 });
    expect(broken(leadsTo("another is back", { ...dies, by: () => 1 }, other, { within: "2min" }))).toBeUndefined();
  });

  it("does not hold against a run what is still due at its horizon", () => {
    const never = { fact: FactKind.guestDeclaredDead };
    expect(broken(leadsTo("nothing", dies, never, { within: "4min" }))).toBeUndefined();
    expect(broken(leadsTo("nothing", dies, never, { within: "3min" }))?.at).toBe(300e6);
  });
});
