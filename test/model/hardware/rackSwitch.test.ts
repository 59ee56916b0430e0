import { describe, expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

const plot = (repairAfter: string, more: Partial<Plot> = {}) =>
  tell({
    datacenter: { faultDomains: 2, hostsPerFaultDomain: 1 },
    service: { roles: { web: { kind: "web", instances: 2, service: "1s" } } },
    balancer: { probe: { interval: "5s", evictAfter: "11s", phase: "0s" }, policy: "round-robin" },
    clients: { users: { endpoint: "web", arrivals: { instants: ["9.5s", "9.6s", "12s", "12s", "70s", "70s"] }, timeout: "20s" } },
    fabric: { healing: "platform", restartHostFirst: false, hostHeartbeat: { period: "1us", timeout: "30s" }, provision: "10s" },
    faults: [{ at: "10s", kind: "rack-switch", faultDomain: "faultDomain(0)", repairAfter }],
    ...more,
  });

describe("a rack whose switch fails", () => {
  test("silences its instances for clients and probes, and they go on where they were when it is back in time", () => {
    const { lines, summary } = plot("25s");
    expect(lines(/host 0|web\/0 (out|in|ready|unreachable|dead|on)/)).toEqual([
      "10 host 0 unreachable",
      "10 web/0 unreachable",
      "21 web/0 out",
      "35 host 0 up",
      "35 web/0 ready",
      "40 web/0 in",
    ]);
    expect(summary.requests.failedByCause).toEqual({ "timeout-silent": 2 });
    expect(summary.requests.failedByAttribution.map(({ source }) => source)).toEqual(["rack-switch of fault domain 0"]);
    expect(summary.instances[0]?.restarts).toBe(0);
  });

  test("has its requests in service finished in vain: they fail at their time-out", () => {
    const { lines } = plot("25s");
    expect(lines(/users [12] /)).toEqual([
      "9.5 users 1 arrives",
      "9.5 users 1 to web/0",
      "9.6 users 2 arrives",
      "9.6 users 2 to web/1",
      "10.6 users 2 ok",
      "29.5 users 1 timeout-silent",
    ]);
  });

  test("is declared dead; what is placed elsewhere meanwhile is stopped there before it talks to anyone", () => {
    const { lines } = plot("60s");
    expect(lines(/host 0|web\/0 (out|in|ready|creating|unreachable|dead|on|stopped)/)).toEqual([
      "10 host 0 unreachable",
      "10 web/0 unreachable",
      "21 web/0 out",
      "40 host 0 declared dead",
      "40 host 0 outForRepair",
      "40 web/0 dead",
      "40 web/0 on host 1",
      "40 web/0 creating",
      "50 web/0 ready",
      "55 web/0 in",
      "70 host 0 up",
      "70 web/0 stopped on host 0",
    ]);
    expect(lines(/users [56] to/)).toEqual(["70 users 5 to web/0", "70 users 6 to web/1"]);
  });

  test("is not helped by a restart, which nobody can order; a switch that is back during the attempt ends it", () => {
    const attempt = { healing: "platform", hostHeartbeat: { period: "1us", timeout: "30s" }, hostRestart: "20s" } as const;
    expect(plot("100s", { fabric: attempt }).lines(/host 0|web\/0 on/)).toEqual([
      "10 host 0 unreachable",
      "40 host 0 declared dead",
      "40 host 0 restarting",
      "60 host 0 restart fails",
      "60 host 0 outForRepair",
      "60 web/0 on host 1",
      "110 host 0 up",
      "110 web/0 stopped on host 0",
    ]);
    expect(plot("40s", { fabric: attempt }).lines(/host 0|web\/0 (on|ready|dead)/)).toEqual([
      "10 host 0 unreachable",
      "40 host 0 declared dead",
      "40 host 0 restarting",
      "50 host 0 up",
      "50 web/0 ready",
    ]);
  });

  test("keeps its workers from their queue: what they hold becomes visible again, and they take nothing", () => {
    const { lines } = tell({
      datacenter: { faultDomains: 2, hostsPerFaultDomain: 1 },
      service: { roles: { work: { kind: "worker", instances: 2, queue: "jobs", service: "5s", concurrency: 1 } } },
      queues: { jobs: { arrivals: { instants: ["8s", "12s", "12s"] }, visibilityTimeout: "30s" } },
      faults: [{ at: "10s", kind: "rack-switch", faultDomain: "faultDomain(0)", repairAfter: "22s" }],
    });
    expect(lines(/taken|completed|again/)).toEqual([
      "8 jobs 1 taken by work/0",
      "12 jobs 2 taken by work/1",
      "17 jobs 2 completed",
      "17 jobs 3 taken by work/1",
      "22 jobs 3 completed",
      "38 jobs 1 visible again",
      "38 jobs 1 taken by work/0",
      "43 jobs 1 completed",
    ]);
  });

  test("may lose its power too: then its instances die, and boot when both are back", () => {
    const { lines } = plot("50s", {
      fabric: { healing: { process: true, guest: true, host: false }, guestReboot: "3s" },
      faults: [
        { at: "10s", kind: "rack-switch", faultDomain: "faultDomain(0)", repairAfter: "50s" },
        { at: "20s", kind: "rack-power", faultDomain: "faultDomain(0)", repairAfter: "10s" },
      ],
    });
    expect(lines(/host 0|web\/0 (ready|unreachable|dead|rebooting)/)).toEqual([
      "10 host 0 unreachable",
      "10 web/0 unreachable",
      "20 host 0 down",
      "20 web/0 dead",
      "60 host 0 up",
      "60 web/0 rebooting",
      "63 web/0 ready",
    ]);
  });

  test("stops what needs the network: a start goes on when it is back, a frozen instance is cut off when it runs again", () => {
    const { lines } = plot("25s", {
      faults: [
        { at: "5s", kind: "vm-failure", instance: "web/0", repairAfter: "1s" },
        { at: "10s", kind: "rack-switch", faultDomain: "each(faultDomain)", repairAfter: "25s" },
        { at: "9s", kind: "pause", instance: "web/1", repairAfter: "6s" },
      ],
      fabric: { healing: "none", guestReboot: "10s" },
    });
    expect(lines(/web\/[01] (ready|unreachable|rebooting|paused)/)).toEqual([
      "6 web/0 rebooting",
      "9 web/1 paused",
      "10 web/0 unreachable",
      "15 web/1 ready",
      "15 web/1 unreachable",
      "35 web/0 rebooting",
      "35 web/1 ready",
      "41 web/0 ready",
    ]);
  });
});

describe("what fails behind a switch that has failed", () => {
  const behind = (more: Partial<Plot>) => plot("", more).lines(/host 0|web\/0 (ready|unreachable|dead|rebooting|creating|on|stopped)/);
  const cut = { at: "10s", kind: "rack-switch", faultDomain: "faultDomain(0)", repairAfter: "25s" } as const;
  const unhealed = { healing: "none", guestReboot: "10s" } as const;

  test("is repaired there, a guest too: its boot stands still until the switch is back", () => {
    const guest = (repairAfter: string) => ({ at: "5s", kind: "vm-failure", instance: "web/0", repairAfter }) as const;
    expect(behind({ faults: [guest("10s"), cut], fabric: unhealed })).toEqual([
      "5 web/0 dead",
      "10 host 0 unreachable",
      "15 web/0 rebooting",
      "15 web/0 unreachable",
      "35 host 0 up",
      "35 web/0 rebooting",
      "45 web/0 ready",
    ]);
    expect(behind({ faults: [guest("60s"), cut], fabric: unhealed })).toEqual([
      "5 web/0 dead",
      "10 host 0 unreachable",
      "35 host 0 up",
      "65 web/0 rebooting",
      "75 web/0 ready",
    ]);
  });

  test("a host that dies there is down with its instances, and up when both it and the switch are back", () => {
    const host = (repairAfter: string) => ({ at: "15s", kind: "host-failure", host: "host(0)", repairAfter }) as const;
    const until = (both: string, ready: string) => [
      "10 host 0 unreachable",
      "10 web/0 unreachable",
      "15 host-failure of host 0 strikes",
      "15 host 0 down",
      "15 web/0 dead",
      `${both} host-failure of host 0 ends`,
      `${both} host 0 up`,
      `${both} web/0 rebooting`,
      `${ready} web/0 ready`,
    ];
    expect(behind({ faults: [cut, host("20s")], fabric: unhealed })).toEqual(until("35", "45"));
    expect(behind({ faults: [cut, host("60s")], fabric: unhealed })).toEqual(until("75", "85"));
  });

  test("a host that was given up takes what still runs on it along, so that nothing is left to stop when it is back", () => {
    const faults = [
      { ...cut, repairAfter: "90s" },
      { at: "60s", kind: "host-failure", host: "host(0)", repairAfter: "10s" },
    ] as const;
    expect(behind({ faults: [...faults] }).slice(-5)).toEqual([
      "40 web/0 creating",
      "50 web/0 ready",
      "60 host-failure of host 0 strikes",
      "70 host-failure of host 0 ends",
      "100 host 0 up",
    ]);
  });
});

test("a host whose switch has failed while it was restarting on a new host OS is cut off then, and its instances boot when they are heard", () => {
  const { lines } = tell({
    datacenter: { faultDomains: 1, hostsPerFaultDomain: 1 },
    service: { roles: { web: { kind: "web", instances: 1 } } },
    fabric: { guestReboot: "10s" },
    patching: { hostOs: { every: "never", duration: "60s" }, guestOs: { every: "never" }, guestAgent: { every: "never" } },
    operations: [{ at: "100s", kind: "host-os-update" }],
    faults: [{ at: "110s", kind: "rack-switch", faultDomain: "faultDomain(0)", repairAfter: "80s" }],
  });
  expect(lines(/host 0|web\/0 (rebooting|ready|unreachable)/)).toEqual([
    "100 web/0 rebooting",
    "100 host 0 updating",
    "160 host 0 up",
    "160 host 0 unreachable",
    "160 web/0 unreachable",
    "190 host 0 up",
    "190 web/0 rebooting",
    "200 web/0 ready",
  ]);
});

test("a switch that fails and comes back leaves a host alone that restarts on a new host OS", () => {
  const { lines } = tell({
    datacenter: { faultDomains: 1, hostsPerFaultDomain: 1 },
    service: { roles: { web: { kind: "web", instances: 1 } } },
    patching: { hostOs: { every: "never", duration: "60s" }, guestOs: { every: "never" }, guestAgent: { every: "never" } },
    operations: [{ at: "100s", kind: "host-os-update" }],
    faults: [{ at: "110s", kind: "rack-switch", faultDomain: "faultDomain(0)", repairAfter: "10s" }],
  });
  expect(lines(/host 0|web\/0 (rebooting|ready)|done/)).toEqual([
    "100 web/0 rebooting",
    "100 host 0 updating",
    "160 host 0 up",
    "160 web/0 ready",
    "160 host OS update done",
  ]);
});
