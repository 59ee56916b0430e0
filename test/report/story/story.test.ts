import { describe, expect, it } from "vitest";
import { run } from "../../../src/experiment/library.ts";
import { faults } from "../../../src/model/faults/index.ts";
import { defectNames } from "../../../src/model/incidents.ts";
import { InstanceState } from "../../../src/model/status.ts";
import { hasWords } from "../../../src/report/story/incidentWords.ts";
import { type Story, tellStory } from "../../../src/report/story/story.ts";
import { instant } from "../../../src/report/times.ts";
import { cast, type Line, runOf, summary } from "../fixture.ts";

const { ready, dead, creating, starting, hung, recycling, busy, paused, pending } = InstanceState;
const told = ({ events }: Story): readonly string[] => events.map(({ at, family, text }) => `${instant(at, 1)} ${family}: ${text}`);

/** Five instances that are ready, three of them in rotation. */
const calm: readonly Line[] = [0, 1, 2, 3, 4].flatMap((id): Line[] => [
  [0, "instancePlaced", id, id],
  [0, "instanceChanged", id, ready],
  [0, "rotationChanged", id, 1],
]);
const first = calm.length;

function story(kind: string, target: string, lines: readonly Line[]): Story {
  return tellStory(runOf({ lines: [...calm, ...lines], cast: { incidents: [{ kind, target }] } }));
}

describe("the story of a host that fails", () => {
  const told5 = tellStory(runOf());

  it("is told in the words of the look", () => {
    expect(told(told5)).toEqual([
      "5:00.0 fault: host 0 fails (hardware), web/0 dies with it",
      "5:23.4 noticed: the balancer drops web/0: 31 s without an answer",
      "9:58.1 noticed: the controller declares host 0 dead",
      "16:34.1 healing: its restart failed; web/0 starts anew on host 2",
      "22:40.4 recovered: web/0 is back in rotation",
    ]);
  });

  it("has the states of every instance without gaps, and where it was", () => {
    const [web0] = told5.lines;
    expect(web0.segments.map(({ from, to, state, host }) => [from / 1e6, to / 1e6, state, host])).toEqual([
      [0, 300, ready, 0],
      [300, 994.1, dead, 0],
      [994.1, 1281.5, creating, 2],
      [1281.5, 1310, starting, 2],
      [1310, 1352.3, busy, 2],
      [1352.3, 1800, ready, 2],
    ]);
    expect(web0.notReady / 1e6).toBeCloseTo(1052.3, 6);
    expect(told5.lines[4].segments).toEqual([{ from: 0, to: 1.8e9, state: ready, host: 6 }]);
  });

  it("tells what the balancer believed from what could answer", () => {
    expect(
      told5.lines[0].rotation.map(({ from, to, inRotation, ableToAnswer }) => [from / 1e6, to / 1e6, inRotation, ableToAnswer]),
    ).toEqual([
      [0, 300, true, true],
      [300, 323.4, true, false],
      [323.4, 1352.3, false, false],
      [1352.3, 1360.4, false, true],
      [1360.4, 1800, true, true],
    ]);
    expect(told5.lines[4].rotation).toEqual([]);
  });

  it("has a stretch that nobody knew of, one that was known, and healing", () => {
    const [act] = told5.acts;
    expect([act.from, act.noticedAt, act.to].map((at) => at / 1e6)).toEqual([300, 323.4, 1360.4]);
    expect(act.phases.map(({ look, label }) => `${look}: ${label}`)).toEqual([
      "unnoticed: Not noticed",
      "noticed: Host silent",
      "attempt: Restart attempt, fails",
      "healing: web/0 starts on host 2",
    ]);
  });
});

describe("other stories", () => {
  it("a crash is noticed by the guest agent, and over before the balancer sees it", () => {
    const lines: readonly Line[] = [
      [10, "faultStruck", 0, 1],
      [10, "instanceChanged", 1, recycling, first],
      [11, "crashNoticed", 1, 1e6, first + 1],
      [14, "instanceChanged", 1, busy, first + 2],
      [17, "instanceChanged", 1, ready, first + 3],
    ];
    expect(told(story("app-crash", "web/1", lines))).toEqual([
      "0:10.0 fault: the process of web/1 crashes",
      "0:11.0 healing: the guest agent restarts web/1, 1 s after it crashed",
      "0:17.0 recovered: web/1 is ready again, before the balancer noticed",
    ]);
  });

  it("a hang is seen by nobody on the platform until the operator acts", () => {
    const lines: readonly Line[] = [
      [10, "faultStruck", 0, 1],
      [10, "instanceChanged", 1, hung, first],
      [1810, "hangNoticed", 1, 1800e6, first + 1],
      [1811, "instanceChanged", 1, ready, first + 2],
    ];
    expect(told(story("app-hang", "web/1", lines))).toEqual([
      "0:10.0 fault: web/1 hangs: it runs but answers nothing",
      "30:10.0 healing: the operator restarts web/1, hung for 30 min",
      "30:11.0 recovered: web/1 is ready again, before the balancer noticed",
    ]);
  });

  it("an instance that finds no host waits", () => {
    const lines: readonly Line[] = [
      [10, "faultStruck", 0, 0],
      [10, "instanceChanged", 0, dead, first],
      [40, "instanceChanged", 0, pending, first + 1],
    ];
    const waiting = story("host-failure", "host 0", lines);
    expect(told(waiting)[1]).toBe("0:40.0 healing: web/0 waits: no host has room");
    expect(waiting.acts[0].to).toBe(waiting.horizon);
  });

  it("a pause that ends is told by the instance that is ready again", () => {
    const lines: readonly Line[] = [
      [10, "faultStruck", 0, 1],
      [10, "instanceChanged", 1, paused, first],
      [20, "faultEnded", 0, 1, first],
      [20, "instanceChanged", 1, ready, first],
    ];
    expect(told(story("pause", "web/1", lines)).map((line) => line.slice(7))).toEqual([
      "fault: web/1 is paused for maintenance",
      "recovered: web/1 is ready again, before the balancer noticed",
    ]);
  });

  it("a swap names what was in flight, and a refusal its reason", () => {
    const operation = {
      finishedAtSeconds: 602,
      outcome: "succeeded",
      reason: null,
      failedRequests: 0,
      passes: 1,
    } as const;
    const lines: readonly Line[] = [
      [461, "operationRefused", 0, 0],
      [600, "operationStarted", 1, 0],
      [602, "slotsSwapped", 1, 0, first + 1],
      [602, "operationFinished", 1, 0, first + 1],
    ];
    // a refused one comes first: operations are found by their number, not by their place
    const swaps = [461, 600].map((startedAtSeconds, id) => ({
      id,
      ...operation,
      startedAtSeconds,
      kind: "swap",
      title: "swap",
      requestsInFlight: 7 * id,
      sessionsInFlight: 412 * id,
    }));
    const operations = [0, 1].map(() => ({ kind: "swap", title: "swap staging and production" }));
    const reasons = ["web/1 in staging is starting"];
    const run = runOf({ lines: [...calm, ...lines], cast: { operations, reasons }, summary: { operations: swaps } });
    expect(told(tellStory(run))).toEqual([
      "7:41.0 refused: swap refused: web/1 in staging is starting",
      "10:00.0 operation: begun: swap staging and production",
      "10:02.0 operation: the VIP moves: staging is production now, 7 requests and 412 sessions in flight",
    ]);
  });

  it("instances made in the run have no life before, and rows end where they were deleted", () => {
    const lines: readonly Line[] = [
      [60, "instancePlaced", 0, 3],
      [60, "instanceChanged", 0, creating],
      [90, "instanceChanged", 0, ready],
      [100, "instanceChanged", 0, InstanceState.deleted],
    ];
    const { lines: lives } = tellStory(runOf({ lines }));
    expect(lives[0].segments.map(({ from, to }) => [from / 1e6, to / 1e6])).toEqual([
      [60, 90],
      [90, 100],
    ]);
  });

  it("nothing is claimed about the time before the first fact that was kept", () => {
    const told = tellStory(runOf({ lines: [[100, "instanceChanged", 0, dead]], dropped: 50 }));
    expect(told.knownFrom).toBe(100e6);
    expect(told.lines.every(({ segments }) => segments.every(({ from }) => from >= 100e6))).toBe(true);
  });
});

describe("long stories", () => {
  const crashes = (count: number): Story => {
    const lines: Line[] = [...calm];
    for (let crash = 0; crash < count; crash++) {
      const at = 1 + crash * 0.5;
      const root = lines.length;
      const length = crash === 700 ? 0.4 : 0.1;
      lines.push(
        [at, "faultStruck", 0, 1],
        [at, "instanceChanged", 1, recycling, root],
        [at + length, "instanceChanged", 1, ready, root + 1],
      );
    }
    return tellStory(runOf({ lines, cast: { incidents: [{ kind: "app-crash", target: "web/1" }] } }), 20);
  };

  it("tell a fault that strikes again and again once, and the strike that costs most by itself", () => {
    const { events, untold, acts } = crashes(1000);
    expect(events.map(({ at, text }) => `${instant(at, 1)} ${text}`)).toEqual([
      "0:01.0 the process of web/1 crashes, 999 times, the last at 8:20.5",
      "0:01.1 web/1 is ready again, before the balancer noticed, 999 times, the last at 8:20.6",
      "5:51.0 the process of web/1 crashes",
      "5:51.4 web/1 is ready again, before the balancer noticed",
    ]);
    expect(untold).toBe(0);
    expect(acts[0].from).toBe(351e6);
  });

  it("are told by their worst incidents, in order, and the rest is counted", () => {
    const lines: Line[] = [...calm];
    const names = Array.from({ length: 30 }, (_, id) => `web/${id}`);
    for (const [id] of names.entries()) {
      const at = 10 + id * 10;
      lines.push(
        [at, "faultStruck", id, 1],
        [at, "instanceChanged", 1, recycling, lines.length],
        [at + (id === 17 ? 5 : 1), "instanceChanged", 1, ready, lines.length + 1],
      );
    }
    const incidents = names.map((target) => ({ kind: "app-crash", target }));
    const { events, untold } = tellStory(runOf({ lines, cast: { incidents } }), 21);
    expect(events.length).toBe(20);
    expect(untold).toBe(40);
    expect(events.some(({ at }) => at === 180e6)).toBe(true);
    expect([...events].sort((a, b) => a.at - b.at)).toEqual(events);
  });

  it("name passes of the patch calendar in a line for each kind, and an autoscaler's many decisions in one", () => {
    const pass = (at: number, id: number, place: number): Line[] => [
      [at, "operationStarted", id, 0],
      [at, "upgradeDomainStarted", id, 0, place],
      [at + 5, "operationFinished", id, 0, place],
    ];
    const lines: Line[] = [...calm];
    for (let id = 0; id < 5; id++) lines.push(...pass(100 * (id + 1), id, lines.length));
    for (let act = 0; act < 7; act++) {
      const started = lines.length;
      lines.push([700 + act, "operationStarted", 5, 0], [700 + act, "autoscaleDecided", 5, 0, started]);
      lines.push([700.5 + act, "autoscaleDecided", 5, 1, -1]);
    }
    const operations = [
      ...[0, 1, 2, 3, 4].map(() => ({ kind: "host-os-update", title: "host OS update" })),
      { kind: "autoscale", title: "autoscale web" },
    ];
    const reasons = ["scaled out from 2 to 3: cpu 80 % > 70 %", "in cool-down: cpu 80 % > 70 %"];
    expect(told(tellStory(runOf({ lines, cast: { incidents: [], operations, reasons } })))).toEqual([
      "1:40.0 operation: begun: host OS update, 5 times, the last at 8:20.0",
      "11:40.0 operation: autoscale web: 7 decisions, the first: scaled out from 2 to 3: cpu 80 % > 70 %, the last at 11:46.0",
    ]);
  });

  it("name the first of many instances that one fault struck", () => {
    const many = 300;
    const instances = Array.from({ length: many }, (_, id) => ({ name: `web/${id}`, role: "web", faultDomain: 0, upgradeDomain: 0 }));
    const lines: Line[] = instances.map((_, id) => [0, "instanceChanged", id, ready]);
    const root = lines.length;
    lines.push([10, "faultStruck", 0, 0], ...instances.map((_, id): Line => [10, "instanceChanged", id, dead, root]));
    lines.push(...instances.map((_, id): Line => [20 + id / 100, "rotationChanged", id, 0, root + 1 + id]));
    const run = runOf({ lines, cast: { ...cast, instances, incidents: [{ kind: "rack-power", target: "fault domain 0" }] }, summary });
    expect(told(tellStory(run))).toEqual([
      "0:10.0 fault: the rack of fault domain 0 loses power, web/0, web/1 and 298 more die with it",
      "0:20.0 noticed: the balancer drops web/0, web/1 and 298 more: 31 s without an answer, the last at 0:22.9",
    ]);
  });
});

describe("the story of a controller without a primary and of a rack without its switch", () => {
  it("tells what waited, and what was stopped where nobody had reached it", () => {
    const at = first;
    const silent = story("controller-failure", "the controller", [
      [10, "faultStruck", 0, 0],
      [10, "controllerSilent", 0, 0, at],
      [40, "controllerBack", 2, 30e6, at + 1],
    ]);
    expect(told(silent)).toEqual([
      "0:10.0 fault: the primary of the fabric controller dies",
      "0:40.0 recovered: the fabric controller decides again after 30 s; 2 decisions had waited",
    ]);
    const cutOff = story("rack-switch", "fault domain 0", [
      [10, "faultStruck", 0, 0],
      [10, "instanceChanged", 0, InstanceState.unreachable, at],
      [60, "strayStopped", 0, 3, at],
    ]);
    expect(told(cutOff)).toEqual([
      "0:10.0 fault: the switch of fault domain 0 fails: nobody reaches its hosts",
      "1:00.0 healing: web/0, placed elsewhere meanwhile, is stopped on host 3 before anyone hears it",
    ]);
  });
});

describe("every kind of fault", () => {
  it("has words for its strike, for what it has led to, and for the strip above the charts", () => {
    const kinds = [...faults.map(({ kind }) => kind), ...defectNames, "idle-timeout"];
    expect(kinds.filter((kind) => !hasWords(kind))).toEqual([]);
  });
});

it("a host that cannot be restarted, and whose instance finds no room, is being repaired", () => {
  const result = run({
    name: "no room",
    preset: "ideal",
    horizon: "10min",
    datacenter: { faultDomains: 2, hostsPerFaultDomain: 1 },
    service: { roles: { web: { kind: "web", instances: 2 } } },
    fabric: {
      healing: "platform",
      hostHeartbeat: { timeout: "20s" },
      hostRestart: "30s",
      hostRepair: [{ step: "reimage", takes: "60s", mends: "0%" }],
    },
    faults: [{ at: "1min", kind: "host-failure", host: "host(0)", repairAfter: "1h" }],
  });
  expect(tellStory(result).acts[0].phases.map(({ label }) => label)).toEqual(["Host silent", "Restart attempt, fails", "Being repaired"]);
});
