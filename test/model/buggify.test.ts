import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { run } from "../../src/experiment/library.ts";
import { invariants } from "../../src/invariants/index.ts";
import { Simulation } from "../../src/kernel/simulation.ts";
import { type BugSite, bugSites } from "../../src/model/design/buggify.ts";
import { FactKind } from "../../src/model/facts.ts";
import { handlers } from "../../src/model/handlers.ts";
import { buildPlatform, startPlatform } from "../../src/model/platform.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";
import { anyScenario } from "./anyScenario.ts";
import { wrongAtRest, wrongIn } from "./checkWorld.ts";

const base = {
  name: "bugs",
  seed: 2,
  preset: "ideal",
  horizon: "1h",
  service: { roles: { web: { kind: "web", instances: 2 } } },
} as const;

/** A scenario in which one site fires at nine calls of ten. */
const bugged = (site: BugSite, more: object): Scenario =>
  ({ ...base, ...more, buggify: { sites: [site], active: "100%", fires: "90%", slowBoot: "7min", lateReport: "3min" } }) as Scenario;

function firings(scenario: Scenario): { readonly at: number; readonly site: string }[] {
  const { at, kind, length, subject } = run(scenario).facts;
  const places = Array.from({ length }, (_, place) => place).filter((place) => kind[place] === FactKind.bugFired);
  return places.map((place) => ({ at: (at[place] ?? 0) / 60e6, site: bugSites[subject[place] ?? -1] ?? "" }));
}

/** Instants in minutes at which an instance changes to a state. */
function changes(scenario: Scenario, instance: number, state: number): number[] {
  const { facts } = run(scenario);
  return Array.from(facts.at)
    .filter(
      (_, place) => facts.kind[place] === FactKind.instanceChanged && facts.subject[place] === instance && facts.value[place] === state,
    )
    .map((at) => at / 60e6);
}

const ready = 5;

describe("a site that goes wrong by chance", () => {
  test("slow-boot: a boot takes longer by what it adds", () => {
    const reboot = bugged("slow-boot", { operations: [{ at: "10min", kind: "reboot", instance: "web/0" }] });
    expect(firings(reboot)).toEqual([{ at: 10, site: "slow-boot" }]);
    expect(changes(reboot, 0, ready)).toContain(17);
  });

  test("late-report: a dead process is noticed later by what it adds, and so is a dead guest", () => {
    const healing = { healing: "platform", crashDetection: "1min", guestHeartbeat: { period: "1s", timeout: "1min" } };
    const crash = bugged("late-report", { fabric: healing, faults: [{ at: "10min", kind: "app-crash", instance: "web/0" }] });
    expect(firings(crash)).toEqual([{ at: 10, site: "late-report" }]);
    expect(changes(crash, 0, ready)).toContain(14);
    const guest = bugged("late-report", { fabric: healing, faults: [{ at: "10min", kind: "vm-failure", instance: "web/0" }] });
    const [back] = changes(guest, 0, ready).filter((at) => at > 10);
    expect(back).toBeGreaterThan(13.9);
    expect(back).toBeLessThan(14.1);
  });

  test("lost-probe: an instance that is ready again enters the rotation some probes later", () => {
    const faults = [{ at: "10min", kind: "app-crash", instance: "web/0", repairAfter: "1min" }];
    const balancer = { probe: { interval: "15s", phase: "0s", misses: 1 } };
    const scenario = bugged("lost-probe", { faults, balancer });
    const lost = firings(scenario);
    expect(lost.length).toBeGreaterThan(0);
    const { facts } = run(scenario);
    const back = Array.from(facts.at).filter((_, place) => facts.kind[place] === FactKind.rotationChanged && facts.value[place] === 1);
    // the first tick after the repair at 11 min would have been that of 11.25 min
    expect(back.at(-1)).toBe((11.25 + 0.25 * lost.length) * 60e6);
  });

  test("duplicate-delivery: a message is worked on twice, and completed once", () => {
    const service = { roles: { work: { kind: "worker", instances: 3, queue: "jobs", service: "10s", concurrency: 1 } } };
    const scenario = bugged("duplicate-delivery", { service, queues: { jobs: { arrivals: { instants: ["1min", "2min"] } } } });
    const [jobs] = run(scenario, { checks: { invariants, lookEvery: 1 } }).summary.queues;
    expect(firings(scenario).length).toBeGreaterThan(0);
    expect(jobs?.completed).toBe(2);
    expect(jobs?.duplicates).toBeGreaterThan(0);
    const { buggify: _, ...sound } = scenario;
    expect(run(sound).summary.queues[0]?.duplicates).toBe(0);
  });

  test("duplicate-delivery: what was received and deleted at once is not delivered again", () => {
    const service = { roles: { work: { kind: "worker", instances: 3, queue: "jobs", service: "10s" } } };
    const jobs = { kind: "service-bus", receiveMode: "receive-and-delete", arrivals: { instants: ["1min", "2min"] } };
    expect(firings(bugged("duplicate-delivery", { service, queues: { jobs } }))).toEqual([]);
  });

  test("is active in a quarter of the runs, and fires at a quarter of its calls, unless told otherwise", () => {
    const { design } = validate({ ...base, buggify: "default" });
    expect(design.buggify).toMatchObject({ active: 0.25, fires: 0.25, sites: bugSites });
    let active = 0;
    for (let replication = 0; replication < 500; replication++) {
      active += buildPlatform(design, 1, replication).world.bugStreams.filter((stream) => stream >= 0).length;
    }
    expect(active / 2000).toBeGreaterThan(0.2);
    expect(active / 2000).toBeLessThan(0.3);
  });

  test("cannot always fire", () => {
    expect(() => validate({ ...base, buggify: { fires: "95%" } })).toThrow(/at most 90%/);
    expect(() => validate({ ...base, buggify: { sites: ["slow-bot" as "slow-boot"] } })).toThrow(/did you mean "slow-boot"/);
  });
});

describe("whatever happens", () => {
  const options = { numRuns: 40, seed: 20261124 };
  const buggify = { active: "70%", fires: "50%", slowBoot: "5s", lateReport: "3s" } as const;

  test("sites that are not active change nothing", () => {
    fc.assert(
      fc.property(anyScenario, ({ buggify: _, ...any }) => {
        const { facts, summary } = run(any, { everyFact: true });
        const other = run({ ...any, buggify: { sites: [] } }, { everyFact: true });
        expect(other.facts).toEqual(facts);
        expect(other.summary).toEqual(summary);
      }),
      options,
    );
  });

  test("with sites that fire, the world is consistent after every event and comes to rest", () => {
    fc.assert(
      fc.property(anyScenario, (any) => {
        const { design } = validate({ ...any, buggify });
        const platform = buildPlatform(design, 1, 0);
        startPlatform(platform);
        const { calendar, world } = platform;
        const simulation = new Simulation(calendar, handlers, platform);
        const step = () => {
          simulation.step();
          expect(wrongIn(platform)).toEqual([]);
        };
        while (calendar.peek() <= design.horizon) step();
        world.closed = true;
        for (let events = 0; calendar.size > 0 && events < 20_000; events++) step();
        expect(wrongAtRest(platform)).toEqual([]);
      }),
      options,
    );
  });

  test("with sites that fire, the invariants of the catalogue hold", () => {
    fc.assert(
      fc.property(anyScenario, (any) => {
        run({ ...any, buggify }, { checks: { invariants, lookEvery: 20 } });
      }),
      options,
    );
  });
});
