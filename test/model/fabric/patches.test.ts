import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

/** OnStop 10 s, guest boot 60 s, start 20 s. */
const plot = (instances: number, more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances, onStop: "10s", roleStart: "15s", onStart: "5s" } }, upgradeDomains: 2 },
    fabric: { guestReboot: "60s", reimage: "2min", install: "30s" },
    patching: {
      hostOs: { every: "never", duration: "15min", between: "2h" },
      guestOs: { every: "never" },
      guestAgent: { every: "never", duration: "40s" },
    },
    horizon: "12h",
    ...more,
  });

test("host OS: the instance stops in good order, its host restarts, and it boots where it was; the next domain follows hours later", () => {
  const { lines, summary } = plot(2, { operations: [{ at: "100s", kind: "host-os-update" }] });
  expect(lines(/./)).toEqual([
    "100 host OS update starts",
    "100 upgrade domain 0 starts",
    "100 web/0 out",
    "100 web/0 draining",
    "100 web/0 stopping",
    "110 OnStop of web 0 returns after 10",
    "110 web/0 rebooting",
    "110 host 0 updating",
    "1010 host 0 up",
    "1070 web/0 starting",
    "1085 web/0 busy",
    "1090 web/0 ready",
    "1090 web/0 in",
    "8290 upgrade domain 1 starts",
    "8290 web/1 out",
    "8290 web/1 draining",
    "8290 web/1 stopping",
    "8300 OnStop of web 1 returns after 10",
    "8300 web/1 rebooting",
    "8300 host 20 updating",
    "9200 host 20 up",
    "9260 web/1 starting",
    "9275 web/1 busy",
    "9280 web/1 ready",
    "9280 web/1 in",
    "9280 host OS update done",
  ]);
  expect(summary.instances.map(({ host, restarts }) => [host, restarts])).toEqual([
    [0, 1],
    [20, 1],
  ]);
});

const guestOs = { at: "100s", kind: "guest-os-update" as const };

test("guest OS: a walk with a reimage each; it locks the deployment, and a swap is refused meanwhile", () => {
  const { lines, summary } = plot(2, {
    operations: [
      { at: "1s", kind: "deploy", version: "v2" },
      guestOs,
      { at: "150s", kind: "swap" },
      { at: "160s", kind: "scale", role: "web", instances: 3 },
      { at: "170s", kind: "upgrade", version: "v3" },
    ],
  });
  expect(lines(/web\/0 |refused|domain|update done/)).toEqual([
    "100 upgrade domain 0 starts",
    "100 web/0 out",
    "100 web/0 draining",
    "100 web/0 stopping",
    "110 web/0 rebooting",
    expect.stringMatching(
      /^150 swap refused: VipSwapNotAllowedAsRollingUpgradeIsInProgress: guest-os-update of the production deployment is in progress$/,
    ),
    "160 scale refused: guest-os-update of the production deployment is in progress",
    "170 upgrade refused: guest-os-update of the production deployment is in progress",
    "290 web/0 starting",
    "305 web/0 busy",
    "310 web/0 ready",
    "310 web/0 in",
    "310 upgrade domain 1 starts",
    "520 guest OS update done",
  ]);
  // the staging deployment is patched in the same walk
  expect(lines(/@v2 rebooting/)).toEqual(["110 web/0@v2 rebooting", "320 web/1@v2 rebooting"]);
  expect(summary.instances.every(({ restarts }) => restarts === 1)).toBe(true);
});

test("guest agent: one recycle of each role in good order, without a restart of its VM", () => {
  const { lines, summary } = plot(2, { operations: [{ at: "100s", kind: "guest-agent-update" }] });
  expect(lines(/web\/0 (stopping|updating|starting|ready|rebooting)|done/)).toEqual([
    "100 web/0 stopping",
    "110 web/0 updating",
    "150 web/0 starting",
    "170 web/0 ready",
    "240 guest agent update done",
  ]);
  expect(summary.instances.map(({ restarts }) => restarts)).toEqual([0, 0]);
});

test("a pass that is due while something else is in progress waits until that is done; one pass at a time", () => {
  const { lines } = plot(2, {
    operations: [{ at: "50s", kind: "upgrade", version: "v2" }, guestOs, { at: "101s", kind: "guest-agent-update" }],
  });
  expect(lines(/starts$|done/).filter((line) => !line.includes("domain"))).toEqual([
    "50 upgrade production to v2 starts",
    "170 upgrade production to v2 done",
    "170 guest OS update starts",
    "590 guest OS update done",
    "590 guest agent update starts",
    "730 guest agent update done",
  ]);
});

test("an upgrade may run between two domains of a host OS pass, which waits for it", () => {
  const { lines } = plot(2, {
    operations: [
      { at: "100s", kind: "host-os-update" },
      { at: "8280s", kind: "upgrade", version: "v2" },
    ],
  });
  expect(lines(/domain \d|upgrade production/)).toEqual([
    "100 upgrade domain 0 starts",
    "8280 upgrade production to v2 starts",
    "8280 upgrade domain 0 starts",
    "8340 upgrade domain 1 starts",
    "8400 upgrade production to v2 done",
    "8400 upgrade domain 1 starts",
  ]);
});

test("a host OS pass locks nothing: settings and reimages are taken meanwhile, and go past the domain that is away until it is back", () => {
  const { lines } = plot(2, {
    operations: [
      { at: "100s", kind: "host-os-update" },
      { at: "200s", kind: "configure", change: "certificate" },
      { at: "210s", kind: "reimage", instance: "web/0" },
      { at: "300s", kind: "reimage", instance: "web/1" },
      { at: "8280s", kind: "reimage", instance: "web/0" },
    ],
  });
  expect(lines(/web\/\d (draining|ready)|refused|done/)).toEqual([
    "100 web/0 draining",
    "200 web/1 draining",
    "210 reimage refused: the instance is not ready",
    "230 web/1 ready",
    "230 exchange certificates done",
    "300 web/1 draining",
    "510 web/1 ready",
    "510 reimage web/1 done",
    "1090 web/0 ready",
    "8280 web/0 draining",
    "8490 web/0 ready",
    "8490 web/1 draining",
    "8490 reimage web/0 done",
    "9480 web/1 ready",
    "9480 host OS update done",
  ]);
});

test("instances of one host stop together, whatever their upgrade domain, and the host restarts once", () => {
  const { lines } = plot(2, {
    datacenter: { faultDomains: 1, hostsPerFaultDomain: 1 },
    operations: [{ at: "100s", kind: "host-os-update" }],
  });
  expect(lines(/host 0|stopping|done/)).toEqual([
    "100 web/0 stopping",
    "100 web/1 stopping",
    "110 host 0 updating",
    "1010 host 0 up",
    "1090 host OS update done",
  ]);
});

test("nothing is placed on a host that is being updated, and one whose rack loses power is healed like any other", () => {
  const { lines } = plot(2, {
    datacenter: { faultDomains: 2, hostsPerFaultDomain: 2 },
    fabric: {
      healing: "platform",
      guestReboot: "60s",
      provision: "6min",
      hostRestart: "7min",
      hostHeartbeat: { period: "1s", timeout: "30s" },
    },
    operations: [
      { at: "100s", kind: "host-os-update" },
      { at: "200s", kind: "scale", role: "web", instances: 4 },
    ],
    faults: [{ at: "500s", kind: "rack-power", faultDomain: "faultDomain(0)", repairAfter: "1h" }],
  });
  expect(lines(/on host/)).toEqual(["200 web/2 on host 3", "200 web/3 on host 1"].concat(lines(/on host/).slice(2)));
  expect(lines(/host 0/).slice(0, 3)).toEqual(["110 host 0 updating", "500 host 0 down", expect.stringContaining("host 0 declared dead")]);
  expect(lines(/host OS update done/)).toHaveLength(1);
});

test("an instance that is not ready at its turn has it when it returns", () => {
  const { lines } = plot(2, {
    operations: [guestOs],
    faults: [{ at: "90s", kind: "app-crash", instance: "web/0", repairAfter: "60s" }],
  });
  expect(lines(/web\/0 (ready|rebooting)/)).toEqual(["150 web/0 ready", "160 web/0 rebooting", "360 web/0 ready"]);
});

test("patching: default brings one pass of each kind in every month, host OS first, told as one; a pinned guest OS has one at its end", () => {
  const year = (more: object) =>
    tell({ service: { roles: { web: { kind: "web", instances: 2 } }, ...more }, patching: "default", horizon: "360d" });
  const free = year({});
  expect(free.summary.operations.map(({ kind, outcome, passes }) => [kind, passes, outcome])).toEqual([
    ["host-os-update", 12, "succeeded"],
    ["guest-os-update", 12, "succeeded"],
    ["guest-agent-update", 12, "succeeded"],
  ]);
  const days = free.lines(/host OS update starts/).map((line) => Number.parseFloat(line) / 86_400);
  expect(days.every((day, month) => day >= 30 * month && day <= 30 * month + 5)).toBe(true);
  // released 20 days before the start: disabled after 60, forced 30 days later
  const pinned = year({ osVersion: "WA-GUEST-OS-5.77", osAge: "20d" }).lines(/guest OS update starts/);
  expect(pinned.map((line) => Number.parseFloat(line) / 86_400)).toEqual([70]);
});

test("without a calendar nothing is patched", () => {
  expect(tell({ service: { roles: { web: { kind: "web" } } }, horizon: "1y" }).summary.operations).toEqual([]);
});

test("an instance that is cut off while it stops for an update of its host has it when it is reached again", () => {
  const { lines } = plot(2, {
    datacenter: { faultDomains: 2, hostsPerFaultDomain: 1 },
    operations: [{ at: "100s", kind: "host-os-update" }],
    faults: [{ at: "105s", kind: "rack-switch", faultDomain: "faultDomain(0)", repairAfter: "20s" }],
  });
  expect(lines(/host 0|web\/0 (stopping|unreachable|rebooting|ready)/)).toEqual([
    "100 web/0 stopping",
    "105 host 0 unreachable",
    "105 web/0 unreachable",
    "125 host 0 up",
    "125 web/0 stopping",
    "130 web/0 rebooting",
    "130 host 0 updating",
    "1030 host 0 up",
    "1110 web/0 ready",
  ]);
});

test("an instance that is switched off in the middle of a walk is not waited for", () => {
  const { lines } = plot(2, {
    operations: [
      { at: "100s", kind: "guest-agent-update" },
      { at: "120s", kind: "stop" },
    ],
  });
  expect(lines(/done|stopped/)).toEqual([
    "130 web/1 stopped",
    "150 web/0 stopped",
    "150 stop production done",
    "150 guest agent update done",
  ]);
});

/** One instance with a request that takes a minute when the pass comes at 100 s; at 105 s it dies of something. */
const dying = (kind: "guest-os-update" | "guest-agent-update", fault: "app-crash" | "vm-failure") =>
  plot(1, {
    service: { roles: { web: { kind: "web", instances: 1, service: "1min", roleStart: "15s" } } },
    fabric: { guestReboot: "60s", reimage: "2min", drainTimeout: "90s", healing: "platform", crashDetection: "3s" },
    clients: { users: { endpoint: "web", arrivals: { instants: ["90s"] }, timeout: "10min" } },
    faults: [{ kind: fault, instance: "web/0", at: "105s", ...(fault === "vm-failure" ? { repairAfter: "10s" } : {}) }],
    operations: [{ at: "100s", kind }],
  })
    .lines(/ web\/0 [a-z]{4,}$|update done/)
    .filter((line) => !/strikes|ends/.test(line));

test("guest OS: an instance that crashes while it drains is reimaged at once, in place of a restart on the old one", () => {
  expect(dying("guest-os-update", "app-crash")).toEqual([
    "100 web/0 draining",
    "105 web/0 recycling",
    "105 web/0 rebooting",
    "285 web/0 starting",
    "300 web/0 ready",
    "300 guest OS update done",
  ]);
});

test("guest agent: an instance that crashes while it drains gets its new agent before it starts again", () => {
  expect(dying("guest-agent-update", "app-crash")).toEqual([
    "100 web/0 draining",
    "105 web/0 recycling",
    "105 web/0 updating",
    "145 web/0 starting",
    "160 web/0 ready",
    "160 guest agent update done",
  ]);
});

test("guest OS: an instance whose guest dies while it drains is reimaged when it is back", () => {
  expect(dying("guest-os-update", "vm-failure")).toEqual([
    "100 web/0 draining",
    "105 web/0 dead",
    "115 web/0 rebooting",
    "175 web/0 starting",
    "190 web/0 ready",
    "190 web/0 draining",
    "190 web/0 stopping",
    "190 web/0 rebooting",
    "370 web/0 starting",
    "385 web/0 ready",
    "385 guest OS update done",
  ]);
});

test("behind a deployment that is locked for long one pass of each kind waits, and brings what those after it would have brought", () => {
  const { lines } = plot(2, {
    operations: [
      { at: "50s", kind: "upgrade", version: "v2", roles: { web: { onStartFails: "100%" } } },
      { at: "100s", kind: "guest-os-update" },
      { at: "200s", kind: "guest-os-update" },
      { at: "300s", kind: "guest-agent-update" },
      { at: "1h", kind: "rollback" },
    ],
    fabric: { install: "30s", healing: "platform" },
  });
  expect(lines(/starts$|refused|done/).filter((line) => !line.includes("domain"))).toEqual([
    "50 upgrade production to v2 starts",
    "200 guest-os-update refused: another guest-os-update waits already, and brings the same",
    "3600 roll production back starts",
    "3650 roll production back done",
    "3650 guest OS update starts",
    "3710 guest OS update done",
    "3710 guest agent update starts",
    "3850 guest agent update done",
  ]);
});

test("passes of the calendar do not pile up behind a deployment that is locked for long", () => {
  const { lines, summary } = plot(2, {
    horizon: "20h",
    operations: [
      { at: "100s", kind: "upgrade", version: "v2", roles: { web: { onStartFails: "100%" } } },
      { at: "10h", kind: "rollback" },
    ],
    patching: { hostOs: { every: "never" }, guestOs: { every: "2h", after: "0s" }, guestAgent: { every: "never" } },
    fabric: { install: "30s", healing: "platform" },
  });
  expect(lines(/guest OS update starts/)).toEqual([
    "36050 guest OS update starts",
    "43200 guest OS update starts",
    "50400 guest OS update starts",
    "57600 guest OS update starts",
    "64800 guest OS update starts",
  ]);
  expect(summary.operations.map(({ passes, title }) => [title, passes])).toEqual([
    ["upgrade production to v2", 1],
    ["roll production back", 1],
    ["guest OS update", 6],
  ]);
});
