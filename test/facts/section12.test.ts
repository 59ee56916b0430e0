import { expect } from "vitest";
import { type Plot, tell } from "../model/story.ts";
import { factsOf } from "./fact.ts";
import { facts } from "./section12.ts";

const fact = factsOf(facts);

type Hosting = NonNullable<Plot["hosting"]>;
const web = (instances: number, more: object = {}) => ({ kind: "web" as const, instances, concurrency: 8, service: "10ms", ...more });

/** A service of two instances under a hosting model; the operator comes after 40 min. */
const under = (hosting: Hosting, more: Partial<Plot> = {}): Plot => ({
  hosting,
  preset: "azure",
  horizon: "3h",
  service: { roles: { web: web(2, { roleStart: "20s", onStart: "0s", onStop: "0s" }) } },
  clients: { all: { endpoint: "web", arrivals: "constant(1/s)", timeout: "5s" } },
  fabric: { operator: "40min", guestReboot: "60s", roleRestart: "10s", crashDetection: "1s", hostRestart: "5min" },
  balancer: { probe: { phase: "0s" } },
  ...more,
});
const at = "10min10s";
const crash: Plot["faults"] = [{ at, kind: "app-crash", instance: "web/0" }];
const hang: Plot["faults"] = [{ at, kind: "app-hang", instance: "web/0" }];
const freeze: Plot["faults"] = [{ at, kind: "vm-failure", instance: "web/0" }];
const dieOfHost: Plot["faults"] = [{ at, kind: "host-failure", host: "hostOf(web/0)", repairAfter: "1d" }];

/** The seconds from the fault at 610 s until the first line that matches. */
const after = (plot: Plot, pattern: RegExp): number => {
  const line = tell(plot)
    .lines(pattern)
    .find((told) => Number.parseFloat(told) >= 610);
  return line === undefined ? Number.POSITIVE_INFINITY : Number.parseFloat(line) - 610;
};

/** When a service on a failed server has moved, and whether anybody had to come. */
const movesElsewhere = (hosting: Hosting): void => {
  const { lines } = tell(under(hosting, { faults: dieOfHost }));
  expect(lines(/declared dead|web\/0 on host|web\/0 ready|owner|hang/).map((line) => line.replace(/^\S+ /, ""))).toEqual([
    expect.stringMatching(/host \d+ declared dead/),
    expect.stringMatching(/web\/0 on host \d+/),
    "web/0 ready",
  ]);
};

fact("12.1", () => movesElsewhere("virtual-machines"));
fact("12.2", () => movesElsewhere("cloud-service"));
fact("12.3", () => movesElsewhere("app-service"));

fact("12.4", () => {
  expect(after(under("virtual-machines", { faults: freeze }), /web\/0 restarted by its owner/)).toBe(2400);
  expect(after(under("virtual-machines", { faults: freeze }), /web\/0 ready/)).toBe(2400 + 60 + 20);
  const nobody = under("virtual-machines", { faults: freeze, fabric: { operator: "none" } });
  expect(after(nobody, /web\/0 ready|guest declared dead/)).toBe(Number.POSITIVE_INFINITY);
});

fact("12.5", () => {
  const found = after(under("cloud-service", { faults: freeze }), /web\/0 guest declared dead/);
  expect(found).toBeGreaterThan(594);
  expect(found).toBeLessThanOrEqual(600);
});

fact("12.6", () => {
  expect(after(under("virtual-machines", { faults: crash }), /web\/0 restarted by its owner/)).toBe(2400);
  const { summary, lines } = tell(under("virtual-machines", { faults: crash }));
  expect(lines(/crash noticed/)).toEqual([]);
  expect(summary.sla.detection).toMatchObject({ crashes: 1, noticedInTime: 0 });
});

fact("12.7", () => {
  expect(after(under("cloud-service", { faults: crash }), /web\/0 crash noticed/)).toBe(1);
  expect(after(under("cloud-service", { faults: crash }), /web\/0 ready/)).toBe(11);
});

fact("12.8", () => {
  expect(after(under("app-service", { faults: crash }), /web\/0 crash noticed/)).toBe(1);
});

fact("12.9", () => {
  // pings on the minute: the first that fails is at 11 min, the tenth at 20 min
  expect(after(under("app-service", { faults: hang }), /web\/0 excluded/)).toBe(590);
  const out = after(under("app-service", { faults: hang }), /web\/0 out/);
  expect(out).toBeGreaterThanOrEqual(590);
  expect(out).toBeLessThanOrEqual(605);
  expect(
    after(under("app-service", { faults: [{ at, kind: "app-hang", instance: "web/0", repairAfter: "9min" }] }), /web\/0 excluded/),
  ).toBe(Number.POSITIVE_INFINITY);
});

fact("12.10", () => {
  const two = under("app-service", { faults: hang, balancer: { healthCheck: { failures: 2 } } });
  expect(after(two, /web\/0 excluded/)).toBe(110);
  expect(() => tell(under("app-service", { balancer: { healthCheck: { failures: 1 } } }))).toThrow(
    "failures is a whole number from 2 to 10",
  );
  expect(() => tell(under("app-service", { balancer: { healthCheck: { failures: 11 } } }))).toThrow(
    "failures is a whole number from 2 to 10",
  );
});

const unattended = { operator: "none" as const, provision: "2min" };

fact("12.11", () => {
  const { lines } = tell(under("app-service", { faults: hang, fabric: unattended }));
  expect(lines(/web\/0 (excluded|replaced|on host \d+|in$|out$)/).map((line) => line.replace(/host \d+/, "host"))).toEqual([
    "1200 web/0 excluded",
    expect.stringMatching(/web\/0 out/),
    "4800 web/0 replaced",
    "4800 web/0 on host",
    expect.stringMatching(/^49\d\d\S* web\/0 in$/),
  ]);
});

/** A service of eight of which five hang one after another. */
const eight = under("app-service", {
  horizon: "3d",
  clients: {},
  service: { roles: { web: web(8) } },
  fabric: unattended,
  faults: [0, 1, 2, 3, 4].map((index) => ({ at, kind: "app-hang" as const, instance: `web/${index}` })),
});

fact("12.12", () => {
  const replaced = tell(eight)
    .lines(/replaced/)
    .map((line) => Number.parseFloat(line));
  const gaps = replaced.slice(1).map((time, place) => time - (replaced[place] ?? 0));
  expect(gaps.every((gap) => gap >= 3600)).toBe(true);
  expect(replaced.slice(0, 3)).toEqual([4800, 8400, 12_000]);
  expect(replaced[3]).toBeGreaterThanOrEqual(4800 + 86_400);
});

fact("12.13", () => {
  const { lines } = tell({ ...eight, horizon: "1h" });
  expect(lines(/excluded/)).toHaveLength(4);
  expect(lines(/web\/\d out/)).toHaveLength(4);
});

fact("12.14", () => {
  const one = under("app-service", { faults: hang, fabric: unattended, service: { roles: { web: web(1) } } });
  expect(tell(one).lines(/excluded|replaced|web\/0 out/)).toEqual([]);
});

fact("12.15", () => {
  for (const hosting of ["cloud-service", "virtual-machines"] as const) {
    expect(after(under(hosting, { faults: hang, fabric: unattended }), /web\/0 out/)).toBe(Number.POSITIVE_INFINITY);
    const asked = under(hosting, { faults: hang, fabric: unattended, balancer: { probe: { asks: "application", phase: "0s" } } });
    expect(after(asked, /web\/0 out/)).toBeLessThanOrEqual(31);
  }
});

/** A month under the default patch calendar. */
const month = (hosting: Hosting) => tell(under(hosting, { horizon: "45d", clients: {}, patching: "default" }));

fact("12.16", () => {
  const { lines, summary } = month("virtual-machines");
  expect(summary.operations.map(({ kind }) => kind)).toContain("guest-os-update");
  expect(
    lines(/guest OS.*(starts|done)|upgrade domain . starts/i).filter((line) => /domain [01]/.test(line)).length,
  ).toBeGreaterThanOrEqual(2);
  expect(summary.byRole[0]?.readyMin).toBe(1);
});

fact("12.17", () => {
  const { lines, summary } = month("virtual-machines");
  expect(summary.operations.map(({ kind }) => kind)).not.toContain("host-os-update");
  const pauses = lines(/pause of web\/0 (strikes|ends)/).map((line) => Number.parseFloat(line));
  expect(pauses.length).toBeGreaterThanOrEqual(2);
  expect((pauses[1] ?? 0) - (pauses[0] ?? 0)).toBeLessThanOrEqual(10);
});

fact("12.18", () => {
  const kinds = month("cloud-service").summary.operations.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(["host-os-update", "guest-os-update", "guest-agent-update"]));
});

fact("12.19", () => {
  const { lines, summary } = month("app-service");
  expect(summary.operations).toEqual([]);
  expect(lines(/web\/. (?!in)/)).toEqual([]);
});

/** How often a startup task that works only on a new disk fails after a move to another host. */
const tasks = (hosting: Hosting): readonly string[] => {
  const role = web(2, { startupTasks: [{ duration: "5s", idempotent: false }], roleStart: "1s", onStart: "0s" });
  return tell(under(hosting, { clients: {}, service: { roles: { web: role } }, faults: dieOfHost })).lines(/web\/0 (startup task|ready)/);
};

fact("12.21", () => {
  // what the task did is there again on a disk that is kept, and gone on a new one
  expect(tasks("cloud-service").at(-1)).toMatch(/ready/);
  expect(tasks("virtual-machines").at(-1)).toMatch(/startup task/);
});

fact("12.22", () => {
  expect(tasks("app-service").at(-1)).toMatch(/startup task/);
});

fact("12.24", () => {
  expect(tasks("cloud-service").some((line) => line.includes("startup task"))).toBe(false);
  expect(tasks("virtual-machines").some((line) => line.includes("startup task"))).toBe(true);
});

/** The seconds a second instance takes until it is ready. */
const created = (hosting: Hosting, seed: number): number => {
  const plot = under(hosting, { clients: {}, operations: [{ at, kind: "scale", role: "web", instances: 3 }], fabric: {} });
  return Number.parseFloat(tell(plot, seed).lines(/web\/2 starting/)[0] ?? "0") - 610;
};

fact("12.25", () => {
  for (const seed of [1, 2, 3]) {
    expect(created("app-service", seed)).toBeGreaterThanOrEqual(60);
    expect(created("app-service", seed)).toBeLessThanOrEqual(180);
  }
});

fact("12.26", () => {
  for (const seed of [1, 2, 3]) expect(created("cloud-service", seed)).toBeGreaterThan(120);
});

/** A swap of a version whose first request is slow. */
const swapped = (hosting: Hosting) =>
  tell(
    under(hosting, {
      service: { roles: { web: web(2, { coldStart: "30s", idleTimeout: "never", recycleEvery: "never" }) } },
      clients: { all: { endpoint: "web", arrivals: "constant(10/s)", timeout: "100s" } },
      operations: [
        { at: "1min", kind: "deploy", slot: "staging", version: "v2" },
        { at: "1h", kind: "swap" },
      ],
      fabric: { swap: "4s" },
      measure: { warmUp: "50min" },
    }),
  );

fact("12.28", () => {
  const swap = swapped("virtual-machines").summary.operations.find(({ kind }) => kind === "swap");
  expect(swap).toMatchObject({ outcome: "refused" });
  expect(swap?.reason).toContain("DNS or a load balancer");
});

fact("12.29", () => {
  const { lines, summary } = swapped("app-service");
  expect(lines(/slots swapped/)).toEqual(["3634 slots swapped"]);
  expect(summary.latencyMs.max).toBeLessThan(100);
});

fact("12.30", () => {
  const { lines, summary } = swapped("cloud-service");
  expect(lines(/slots swapped/)).toEqual(["3604 slots swapped"]);
  expect(summary.latencyMs.max).toBeGreaterThan(29_000);
});

fact("12.31", () => {
  const targets = (instances: number) =>
    (["cloud-service", "virtual-machines", "app-service"] as const).map(
      (hosting) => tell(under(hosting, { service: { roles: { web: web(instances) } } })).summary.sla.compute?.target,
    );
  expect(targets(2)).toEqual([0.9995, 0.9995, 0.9995]);
  expect(targets(1)).toEqual([null, 0.999, 0.9995]);
});
