import { expect } from "vitest";
import { factAt } from "../../src/model/factLog.ts";
import { FactKind } from "../../src/model/facts.ts";
import { type Plot, tell } from "../model/story.ts";
import { factsOf } from "./fact.ts";
import { facts } from "./section03.ts";

const fact = factsOf(facts);

/** A web role of two instances, each on a host of its own, asked every 15 s and called ten times a second. */
const plot = (faults: Plot["faults"], more: Partial<Plot> = {}) =>
  tell({
    datacenter: { faultDomains: 2, hostsPerFaultDomain: 2, host: { cores: 1 } },
    service: { roles: { web: { kind: "web", instances: 2, service: "50ms" } } },
    balancer: { probe: { phase: "0s" }, policy: "round-robin" },
    clients: { users: { endpoint: "web", arrivals: "constant(10/s)", timeout: "30s" } },
    fabric: { healing: "platform" },
    faults,
    ...more,
  });
const ofInstance = (words: string) => new RegExp(`web/0 (${words})`);
const at = (line: string | undefined) => Number(line?.split(" ")[0]);
const asksApplication: Plot["balancer"] = { probe: { phase: "0s", asks: "application" }, policy: "round-robin" };

fact("3.1", () => {
  const { lines } = plot([{ at: "100s", kind: "app-crash", instance: "web/0" }]);
  expect(lines(/crash noticed/)).toEqual(["100 web/0 crash noticed"]);
});

fact("3.2", () => {
  const { lines } = plot([{ at: "100s", kind: "app-crash", instance: "web/0" }], {
    service: {
      roles: { web: { kind: "web", instances: 2, startupTasks: [{ name: "install", duration: "20s" }], onStart: "5s" } },
    },
    clients: {},
  });
  expect(lines(ofInstance("recycling|starting|rebooting|creating|busy|ready"))).toEqual([
    "100 web/0 recycling",
    "120 web/0 busy",
    "125 web/0 ready",
  ]);
});

fact("3.3", () => {
  for (const preset of ["azure", "classic-2011"] as const) {
    const { facts: log } = tell({
      preset,
      horizon: "2000h",
      fabric: { healing: "platform" },
      service: { roles: { work: { kind: "worker", instances: 4 } } },
      faults: [{ every: "exponential(10h)", kind: "app-crash", instance: "each(work)" }],
    }).result;
    let noticed = 0;
    let late = 0;
    for (let place = 0; place < log.length; place++) {
      const { kind, value } = factAt(log, place);
      if (kind !== FactKind.crashNoticed) continue;
      noticed++;
      if (value > 120e6) late++;
    }
    expect(noticed).toBeGreaterThan(700);
    expect(late / noticed).toBeLessThanOrEqual(0.001);
  }
});

fact("3.4", () => {
  const { lines } = plot([], {
    service: { roles: { web: { kind: "web", instances: 1, runReturns: "100s", onStop: "7s", onStart: "3s" } } },
    clients: {},
    horizon: "111s",
  });
  expect(lines(ofInstance("stopping|ready|rebooting"))).toEqual(["100 web/0 stopping", "110 web/0 ready"]);
});

fact("3.5", () => {
  const { lines, summary } = plot([{ at: "100s", kind: "app-hang", instance: "web/0" }], { horizon: "30d", clients: {} });
  expect(lines(ofInstance("hung|recycling|ready|dead|hang"))).toEqual(["100 web/0 hung"]);
  expect(summary.instances[0]?.restarts).toBe(0);
});

fact("3.6", () => {
  const hang: Plot["faults"] = [{ at: "100s", kind: "app-hang", instance: "web/0" }];
  const blind = plot(hang, { clients: {} });
  expect(blind.lines(/ out/)).toEqual([]);
  expect(plot(hang, { balancer: asksApplication }).lines(/ out/)).toEqual(["121 web/0 out"]);
});

fact("3.7", () => {
  const { lines, summary } = plot([{ at: "100s", kind: "web-process-crash", instance: "web/0" }]);
  expect(lines(/ out|crash noticed|restart/)).toEqual([]);
  expect(summary.requests.failedByCause.refused).toBe(2500);
});

fact("3.8", () => {
  const { lines } = plot([{ at: "100s", kind: "web-process-crash", instance: "web/0", repairAfter: "5s" }]);
  expect(lines(ofInstance("webDown|ready|recycling|busy|crash"))).toEqual(["100 web/0 webDown", "105 web/0 ready"]);
});

fact("3.9", () => {
  const { lines, summary } = plot([{ at: "100s", kind: "app-errors", instance: "web/0" }]);
  expect(lines(/ out/)).toEqual([]);
  expect(summary.requests.failedByCause).toEqual({ "app-error": 2500 });
});

fact("3.10", () => {
  const { lines } = plot([{ at: "100s", kind: "web-process-crash", instance: "web/0" }], { balancer: asksApplication });
  expect(lines(/ out/)).toEqual(["105 web/0 out"]);
});

fact("3.11", () => {
  const { lines } = plot([{ at: "100s", kind: "app-hang", instance: "web/0" }], { balancer: asksApplication });
  // the last good answer was at 90 s
  expect(lines(/ out/)).toEqual(["121 web/0 out"]);
});

fact("3.12", () => {
  const { lines, summary } = plot([{ at: "100s", kind: "vm-failure", instance: "web/0" }], { horizon: "20min", clients: {} });
  const [declared] = lines(/guest declared dead/);
  expect(at(declared)).toBeGreaterThan(100 + 590);
  expect(at(declared)).toBeLessThanOrEqual(100 + 600);
  expect(lines(/web\/0 on host/)).toEqual([]);
  expect(summary.instances[0]?.restarts).toBe(1);
});

fact("3.13", () => {
  const { lines } = tell({
    horizon: "400h",
    service: { roles: { work: { kind: "worker", instances: 8 } } },
    fabric: { healing: "platform" },
    faults: [{ every: "exponential(4h)", kind: "vm-failure", instance: "each(work)" }],
  });
  const died = new Map<string, number>();
  const silences: number[] = [];
  for (const line of lines(/ dead$/)) {
    const [instant, name = "", ...rest] = line.split(" ");
    if (rest.join(" ") === "dead") died.set(name, Number(instant));
    else silences.push(Number(instant) - (died.get(name) ?? 0));
  }
  expect(silences.length).toBeGreaterThan(300);
  expect(Math.min(...silences)).toBeGreaterThan(595 - 0.001);
  expect(Math.max(...silences)).toBeLessThanOrEqual(600);
  const mean = silences.reduce((sum, silence) => sum + silence, 0) / silences.length;
  expect(Math.abs(mean - 597.5)).toBeLessThan(0.3);
});

fact("3.15", () => {
  const { lines } = plot(
    [
      { at: "50s", kind: "slow-boot", instance: "web/0", factor: 30, repairAfter: "10min" },
      { at: "100s", kind: "vm-failure", instance: "web/0", repairAfter: "0s" },
    ],
    { fabric: { healing: "platform", guestReboot: "1min", guestConnect: "25min" }, clients: {}, horizon: "1h" },
  );
  expect(lines(ofInstance("rebooting|guest|ready"))).toEqual([
    "100 web/0 rebooting",
    "1600 web/0 guest declared dead",
    "1600 web/0 rebooting",
    "1660 web/0 ready",
  ]);
});

fact("3.16", () => {
  const { lines } = plot([{ at: "100s", kind: "host-failure", host: "hostOf(web/0)" }], {
    fabric: { healing: "platform", hostHeartbeat: { period: "5s", timeout: "30s" } },
  });
  const silence = at(lines(/declared dead/)[0]) - 100;
  expect(silence).toBeGreaterThan(25);
  expect(silence).toBeLessThanOrEqual(30);
});

const ladder = { healing: "platform", hostHeartbeat: { period: "1us", timeout: "30s" }, hostRestart: "60s" } as const;

fact("3.17", () => {
  const { lines } = plot([{ at: "100s", kind: "host-failure", class: "reboot", host: "hostOf(web/0)" }], { fabric: ladder });
  expect(lines(/host 0|web\/0 (ready|on)/).slice(1)).toEqual([
    "100 host 0 down",
    "130 host 0 declared dead",
    "130 host 0 restarting",
    "190 host 0 restart succeeds",
    "190 host-failure of host 0 ends",
    "190 host 0 up",
    "190 web/0 ready",
  ]);
});

const steps = [{ step: "power-cycle", takes: "100s", mends: "100%" }];

fact("3.18", () => {
  const { lines } = plot([{ at: "100s", kind: "host-failure", host: "hostOf(web/0)" }], { fabric: { ...ladder, hostRepair: steps } });
  expect(lines(/restart|repair step|web\/0 (ready|on)/)).toEqual([
    "130 host 0 restarting",
    "190 host 0 restart fails",
    "190 host 0 repair step 1",
    "290 host 0 restart succeeds",
    "290 web/0 ready",
  ]);
});

fact("3.19", () => {
  const { lines } = plot([{ at: "100s", kind: "host-failure", host: "hostOf(web/0)" }], {
    fabric: { ...ladder, hostRepair: [{ step: "power-cycle", takes: "100s", mends: "0%" }] },
  });
  expect(lines(/outForRepair|web\/0 (ready|on)/)).toEqual(["290 host 0 outForRepair", "290 web/0 on host 1", "290 web/0 ready"]);
});

fact("3.20", () => {
  const { lines } = plot([{ at: "100s", kind: "host-failure", class: "reported", host: "hostOf(web/0)" }], { fabric: ladder });
  expect(lines(/host 0|web\/0 (ready|on|out)/).slice(1)).toEqual([
    "100 host 0 reports a fault",
    "100 web/0 out",
    "100 host 0 outForRepair",
    "100 web/0 on host 1",
    "100 web/0 ready",
  ]);
});

fact("3.21", () => {
  const within: boolean[] = [];
  for (let seed = 1; seed <= 100; seed++) {
    const { lines } = tell(
      {
        preset: "azure",
        horizon: "2h",
        service: { roles: { work: { kind: "worker", instances: 1 } } },
        faults: [{ at: "10min", kind: "host-failure", host: "hostOf(work/0)" }],
        fabric: { restartHostFirst: false },
      },
      seed,
    );
    within.push(at(lines(/work\/0 ready/)[0]) - 600 <= 900);
  }
  expect(within.filter((is) => is).length).toBeGreaterThanOrEqual(95);
});

fact("3.22", () => {
  const { lines, summary } = plot([{ every: "uniform(20s, 40s)", kind: "pause", instance: "each(web)", repairAfter: "uniform(0s, 5s)" }]);
  expect(lines(/strikes/).length).toBeGreaterThan(10);
  expect(summary.requests.failed).toBe(0);
  expect(summary.latencyMs.max).toBeGreaterThan(1000);
  expect(summary.latencyMs.max).toBeLessThan(6000);
  expect(summary.instances.map(({ restarts }) => restarts)).toEqual([0, 0]);
});

fact("3.23", () => {
  const { lines } = plot([{ at: "100s", kind: "vm-failure", instance: "web/0", repairAfter: "0s" }], {
    service: { roles: { web: { kind: "web", instances: 2, onStart: "20d" } } },
    clients: {},
    horizon: "21d",
  });
  expect(lines(ofInstance("starting|rebooting|busy|ready|recycling"))).toEqual(["100 web/0 busy", `${100 + 20 * 86400} web/0 ready`]);
});

fact("3.24", () => {
  const waits = (preset: "azure" | "classic-2011") => {
    const { lines } = tell({
      preset,
      horizon: "3h",
      service: { upgradeDomains: 2, roles: { web: { kind: "worker", instances: 2, onStop: "0s" } } },
      operations: [{ at: "0s", kind: "upgrade", version: "v2", roles: { web: { onStart: "2h" } } }],
      fabric: { walkPoll: "0s", install: "0s" },
    });
    return at(lines(/upgrade domain 1/)[0]);
  };
  expect(waits("classic-2011")).toBe(15 * 60);
  expect(waits("azure")).toBe(30 * 60);
});

fact("3.26", () => {
  const { lines } = plot([{ at: "100s", kind: "vm-failure", instance: "web/0" }]);
  // asked at 90, 105 and 120 s: the last two got no answer
  expect(lines(/ out/)).toEqual(["121 web/0 out"]);
});

fact("3.27", () => {
  const { lines } = plot([{ at: "100s", kind: "app-crash", instance: "web/0" }], {
    fabric: { healing: "platform", roleRestart: "20s" },
    service: { roles: { web: { kind: "web", instances: 2, onStart: "20s" } } },
  });
  expect(lines(ofInstance("recycling|busy|ready|out|in"))).toEqual([
    "100 web/0 recycling",
    "105 web/0 out",
    "120 web/0 busy",
    "140 web/0 ready",
    "150 web/0 in",
  ]);
});

fact("3.28", () => {
  const { lines } = plot([], {
    service: { roles: { web: { kind: "web", instances: 1, crashAfter: "1s" } } },
    fabric: { healing: "platform", restartBackoff: { first: "10s", max: "5min", reset: "10min" } },
    clients: {},
    horizon: "30min",
  });
  const ready = lines(ofInstance("ready")).map(at);
  const distances = ready.slice(1).map((instant, index) => instant - (ready[index] ?? 0) - 1);
  expect(distances.slice(0, 7)).toEqual([10, 20, 40, 80, 160, 300, 300]);
});

fact("3.29", () => {
  const { lines } = tell({
    horizon: "30h",
    service: { roles: { web: { kind: "web", instances: 1, service: "1s", coldStart: "5s", idleTimeout: "20min", recycleEvery: "29h" } } },
    balancer: { probe: "none" },
    clients: { users: { endpoint: "web", arrivals: { instants: ["10s", "100s", "2h", "28h55min", "28h59min59s", "29h1min"] } } },
  });
  const latency = lines(/ok/).map((line, index) => at(line) - at(lines(/arrives/)[index]));
  expect(latency).toEqual([1, 1, 6, 6, 1, 6]);
});

fact("3.30", () => {
  const { lines, summary } = plot(
    [
      { at: "100s", kind: "controller-failure" },
      { at: "101s", kind: "host-failure", host: "hostOf(web/0)" },
      { at: "102s", kind: "app-crash", instance: "web/1" },
    ],
    { fabric: { ...ladder, restartHostFirst: false, controller: { replicas: 5, lease: "3min", failover: "20s" } } },
  );
  expect(lines(/declared|crash noticed|decides/)).toEqual([
    "102 web/1 crash noticed",
    "300 the controller decides again, 1 waited",
    "300 host 0 declared dead",
  ]);
  expect(summary.requests.succeeded).toBeGreaterThan(5000);
});

fact("3.31", () => {
  const { lines } = plot([{ at: "100s", kind: "rack-switch", faultDomain: "faultDomainOf(web/0)", repairAfter: "100s" }], {
    fabric: { ...ladder, restartHostFirst: false },
  });
  expect(lines(/web\/0 (stopped|on)/)).toEqual(["130 web/0 on host 3", "200 web/0 stopped on host 0"]);
});
