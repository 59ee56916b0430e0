import { describe, expect, it } from "vitest";
import type { RunResult } from "../../../src/experiment/result.ts";
import { InstanceState } from "../../../src/model/status.ts";
import { perfetto } from "../../../src/report/export/perfetto.ts";
import type { TraceEvent } from "../../../src/report/export/traceEvent.ts";
import { type Line, made, replayScenario, scenarios } from "./made.ts";

interface Drawing {
  readonly events: readonly TraceEvent[];
  readonly slices: readonly TraceEvent[];
  /** Slices in words: process, thread, name, seconds. */
  readonly words: readonly string[];
  of(ph: TraceEvent["ph"], name?: string): readonly TraceEvent[];
}

function draw(result: RunResult): Drawing {
  const events: TraceEvent[] = JSON.parse([...perfetto(result)].join("")).traceEvents;
  const of = (ph: TraceEvent["ph"], name?: string): TraceEvent[] =>
    events.filter((event) => event.ph === ph && (name === undefined || event.name === name));
  const processes = new Map(of("M", "process_name").map(({ pid, args }) => [pid, args?.name]));
  const threads = new Map(of("M", "thread_name").map(({ pid, tid, args }) => [`${pid} ${tid}`, args?.name]));
  const slices = of("X");
  const words = slices.map(({ pid, tid, name, ts, dur }) => {
    return `${processes.get(pid)}: ${threads.get(`${pid} ${tid}`)}: ${name} ${ts / 1e6}-${(ts + dur!) / 1e6}`;
  });
  return { events, slices, words, of };
}

function overlaps(slices: readonly TraceEvent[]): TraceEvent[] {
  const ends = new Map<string, number>();
  return slices.filter(({ pid, tid, ts, dur }) => {
    const end = ends.get(`${pid} ${tid}`) ?? 0;
    ends.set(`${pid} ${tid}`, ts + dur!);
    return ts < end;
  });
}

/** The instance starts on host 0, which fails; it waits, and goes on on host 2. */
const moved: readonly Line[] = [
  [0, 0, "instancePlaced", 0, 0, -1],
  [1, 0, "instanceChanged", 0, InstanceState.ready, -1],
  [2, 0, "rotationChanged", 0, 1, -1],
  [3, 10, "faultStruck", 0, 0, -1],
  [4, 10, "hostChanged", 0, 1, 3],
  [5, 10, "instanceChanged", 0, InstanceState.dead, 4],
  [6, 20, "hostDeclaredDead", 0, 10_000_000, 4],
  [7, 20, "instanceChanged", 0, InstanceState.pending, 6],
  [8, 30, "instancePlaced", 0, 2, 6],
  [9, 30, "instanceChanged", 0, InstanceState.creating, 6],
  [10, 40, "instanceChanged", 0, InstanceState.ready, 9],
  [11, 50, "faultEnded", 0, 0, 3],
];

describe("the trace for Perfetto", () => {
  it("takes an instance from process to process as it moves between fault domains", () => {
    expect(draw(made(moved)).words).toEqual([
      'fault domain 0: web "1"/0: ready 0-10',
      'fault domain 0: web "1"/0 in rotation: in rotation 0-20',
      'fault domain 0: web "1"/0: dead 10-20',
      "faults and operations: host-failure of host 0: host-failure 10-50",
      'waiting for a host: web "1"/0: pending 20-30',
      'waiting for a host: web "1"/0 in rotation: in rotation 20-30',
      'fault domain 2: web "1"/0: creating 30-40',
      'fault domain 2: web "1"/0 in rotation: in rotation 30-100',
      'fault domain 2: web "1"/0: ready 40-100',
    ]);
  });

  it("draws an arrow from a fault to each state that it led to", () => {
    const { of, slices } = draw(made(moved));
    const fault = slices.find(({ name }) => name === "host-failure")!;
    for (const { pid, tid, ts } of of("s")) expect([pid, tid, ts]).toEqual([fault.pid, fault.tid, fault.ts]);
    const states = slices.filter(({ cat, ts }) => cat === "state" && ts >= 10e6);
    expect(of("f").map(({ pid, tid, ts }) => [pid, tid, ts])).toEqual(states.map(({ pid, tid, ts }) => [pid, tid, ts]));
    expect(of("s").map(({ id }) => id)).toEqual(of("f").map(({ id }) => id));
  });

  it("marks faults, detections and operations as global instants", () => {
    const lines: readonly Line[] = [...moved, [12, 60, "operationRefused", 0, 0, -1]];
    const instants = draw(made(lines)).of("i");
    expect(instants.map(({ name, s, ts }) => `${name} ${s} ${ts / 1e6}`)).toEqual([
      "host-failure of host 0 g 10",
      "host 0 declared dead g 20",
      "host-failure of host 0 is over g 50",
      "scale web to 4: refused g 60",
    ]);
    expect(instants[3].args).toEqual({ reason: "no <room>" });
  });

  it("counts ready instances once an instant, roles of later deployments apart", () => {
    const lines: readonly Line[] = [
      ...moved,
      [12, 70, "instancePlaced", 1, 1, -1],
      [13, 80, "instanceChanged", 1, InstanceState.ready, -1],
    ];
    const { of } = draw(made(lines));
    const counts = (name: string): (readonly [number, unknown])[] => of("C", name).map(({ ts, args }) => [ts / 1e6, args?.instances]);
    expect(counts('ready web "1"')).toEqual([
      [0, 1],
      [10, 0],
      [40, 1],
    ]);
    expect(counts('ready web "1"@v2')).toEqual([[80, 1]]);
  });

  it("draws what strikes again while it lasts as slices that follow each other", () => {
    const { words } = draw(
      made([
        [0, 1, "faultStruck", 0, 0, -1],
        [1, 2, "faultStruck", 0, 0, -1],
        [2, 3, "faultEnded", 0, 0, 1],
        [3, 4, "faultEnded", 0, 0, 1],
        [4, 5, "operationStarted", 0, 0, -1],
        [5, 6, "operationFinished", 0, 0, 4],
      ]),
    );
    const track = "faults and operations: host-failure of host 0: host-failure";
    expect(words).toEqual([`${track} 1-2`, `${track} 2-4`, "faults and operations: scale web to 4: scale web to 4 5-6"]);
  });

  it("leaves out what it cannot know when facts were dropped", () => {
    const { words, of } = draw(
      made(
        [
          [90, 1, "faultEnded", 0, 0, 12],
          [91, 1, "instanceChanged", 0, InstanceState.starting, 12],
          [92, 2, "instanceChanged", 1, InstanceState.ready, 12],
          [93, 3, "instancePlaced", 0, 2, 12],
        ],
        90,
      ),
    );
    expect(words).toEqual(['fault domain 1: web "1"/1@v2: ready 2-100', 'fault domain 2: web "1"/0: starting 3-100']);
    expect(of("s")).toEqual([]);
    expect(of("C").filter(({ name }) => name.startsWith("ready"))).toEqual([]);
  });

  it("ends where a run ended that was cut short", () => {
    expect(draw(made(moved.slice(0, 2), 0, { simulatedSeconds: 42 })).words).toEqual(['fault domain 0: web "1"/0: ready 0-42']);
  });
});

describe.each(scenarios)("the trace of %s for Perfetto", (name) => {
  const result = replayScenario(name);
  const { events, slices, of } = draw(result);
  const { summary, design } = result;

  it("is in order of whole microseconds, and no slices of a track overlap", () => {
    expect(events.filter(({ ts, dur = 0 }) => !Number.isSafeInteger(ts) || ts < 0 || !Number.isSafeInteger(dur) || dur < 0)).toEqual([]);
    expect(events.filter(({ ts }, place) => place > 0 && ts < events[place - 1].ts)).toEqual([]);
    expect(overlaps(slices)).toEqual([]);
  });

  it("names every process and thread that is drawn on, and gives no two the same number", () => {
    const named = new Set(of("M", "thread_name").map(({ pid, tid }) => `${pid} ${tid}`));
    expect(slices.filter(({ pid, tid }) => !named.has(`${pid} ${tid}`))).toEqual([]);
    const pids = of("M", "process_name").map(({ pid }) => pid);
    expect(new Set(pids)).toEqual(new Set(events.map(({ pid }) => pid)));
    expect(pids.filter((pid) => pid < 1 || slices.some(({ tid }) => tid === pid))).toEqual([]);
    const names = new Map<number, unknown>();
    for (const { tid, args } of of("M", "thread_name")) expect(names.get(tid) ?? args?.name).toBe(names.set(tid, args?.name).get(tid));
  });

  it("gives each arrow one start and one end, both on a slice", () => {
    const ends = new Map(of("f").map((event) => [event.id, event]));
    expect(ends.size).toBe(of("s").length);
    expect(of("f").length).toBe(of("s").length);
    // a viewer reads in order: the slice has to be there before the arrow
    const drawn = new Set<string>();
    const early = events.filter(({ ph, pid, tid, ts }) => {
      if (ph === "X") drawn.add(`${pid} ${tid} ${ts}`);
      return (ph === "s" || ph === "f") && !drawn.has(`${pid} ${tid} ${ts}`);
    });
    expect(early).toEqual([]);
    expect(of("s").filter(({ id, ts }) => ends.get(id)!.ts < ts)).toEqual([]);
    expect(of("s").length > 0).toBe(design.faults.length > 0);
  });

  it("counts what the summary counts", () => {
    summary.queues.forEach((queue, id) => {
      const drawn = (which: string): unknown[] => of("C", `queue ${queue.name}, ${which}`).map(({ args }) => args?.messages);
      expect(drawn("deepest")).toEqual(summary.windows.map(({ queueDepth }) => queueDepth[id].max));
      expect(drawn("shallowest")).toEqual(summary.windows.map(({ queueDepth }) => queueDepth[id].min));
    });
    const counted = of("C").map((event) => `${event.name} ${event.ts}`);
    expect(new Set(counted).size).toBe(counted.length);
    // after a swap the summary goes on with the other deployment
    if (design.operations.some(({ kind }) => kind === "swap")) return;
    for (const role of summary.byRole) expect(meanOf(of("C", `ready ${role.name}`), design.measure)).toBeCloseTo(role.readyMean!, 9);
  });
});

/** The mean of a counter over [from, to). */
function meanOf(counter: readonly TraceEvent[], { from, to }: { readonly from: number; readonly to: number }): number {
  let area = 0;
  counter.forEach(({ ts, args }, place) => {
    const end = Math.min(to, counter[place + 1]?.ts ?? to);
    area += Math.max(0, end - Math.max(from, ts)) * Number(args?.instances);
  });
  return area / (to - from);
}
