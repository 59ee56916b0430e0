import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

const plot = (faults: Plot["faults"], more: Partial<Plot> = {}) =>
  tell({ service: { roles: { web: { kind: "web", instances: 1 } } }, faults, ...more });
const strikes = /strikes|ends/;

test("a fault drawn from a law strikes again after each renewal, counted from when the component works again", () => {
  const { lines } = plot([{ every: "100s", kind: "app-crash", instance: "each(web)", repairAfter: "20s" }]);
  expect(lines(/strikes/).map((line) => Number(line.split(" ")[0]))).toEqual([100, 220, 340, 460, 580]);
});

test("a clock of an instance runs only while the instance is up, and keeps what is left of it", () => {
  const { lines } = plot([
    { every: "100s", kind: "app-crash", instance: "each(web)", repairAfter: "20s" },
    { at: "30s", kind: "vm-failure", instance: "web/0", repairAfter: "50s" },
    { at: "90s", kind: "pause", instance: "web/0", repairAfter: "15s" },
  ]);
  // 30 s up, 50 s dead, 10 s up, 15 s frozen, 60 s up
  expect(lines(/app-crash.*strikes/)[0]).toBe("165 app-crash of web/0 strikes");
});

test("the clocks of two faults of one instance do not disturb each other", () => {
  const { lines } = plot([
    { every: "100s", kind: "app-crash", instance: "each(web)", repairAfter: "20s" },
    { every: "130s", kind: "app-hang", instance: "each(web)", repairAfter: "20s" },
  ]);
  expect(lines(/strikes/).slice(0, 4)).toEqual([
    "100 app-crash of web/0 strikes",
    "150 app-hang of web/0 strikes",
    "240 app-crash of web/0 strikes",
    "320 app-hang of web/0 strikes",
  ]);
});

test("host and rack clocks run on, whatever happens to what stands on them", () => {
  const { lines } = plot(
    [
      { every: "100s", kind: "host-failure", host: "each(host)", repairAfter: "10s" },
      { at: "50s", kind: "rack-power", faultDomain: "faultDomain(0)", repairAfter: "20s" },
    ],
    { datacenter: { faultDomains: 1, hostsPerFaultDomain: 1 }, horizon: "300s" },
  );
  expect(lines(strikes)).toEqual([
    "50 rack-power of fault domain 0 strikes",
    "70 rack-power of fault domain 0 ends",
    "100 host-failure of host 0 strikes",
    "110 host-failure of host 0 ends",
    "210 host-failure of host 0 strikes",
    "220 host-failure of host 0 ends",
  ]);
});

test("each host has its own clock", () => {
  const { lines } = plot([{ every: "exponential(5min)", kind: "host-failure", host: "each(host)", repairAfter: "10s" }], {
    datacenter: { faultDomains: 2, hostsPerFaultDomain: 3 },
    horizon: "1h",
  });
  const struck = new Set(lines(/strikes/).map((line) => line.split(" of ")[1]));
  expect(struck.size).toBe(6);
});

test("a clock without a component runs on, and its target is chosen when it strikes", () => {
  const { lines } = plot([{ every: "10s", kind: "app-crash", instance: "random(web)", repairAfter: "3s" }], {
    service: { roles: { web: { kind: "web", instances: 4 } } },
  });
  expect(lines(/strikes/)).toHaveLength(60);
  expect(new Set(lines(/strikes/).map((line) => line.split(" of ")[1])).size).toBe(4);
});

test("selectors resolve when the fault strikes: hostOf means where the instance is then", () => {
  const { lines } = plot(
    [
      { at: "10s", kind: "host-failure", host: "hostOf(web/0)" },
      { at: "100s", kind: "host-failure", host: "hostOf(web/0)" },
    ],
    {
      fabric: { healing: "platform", restartHostFirst: false, hostHeartbeat: { period: "1us", timeout: "30s" } },
      datacenter: { faultDomains: 2, hostsPerFaultDomain: 2 },
    },
  );
  expect(lines(/host \d down/)).toEqual(["10 host 0 down", "100 host 1 down"]);
});

test("a fault aimed at an instance that does not exist then strikes nobody", () => {
  const { lines } = plot([{ at: "10s", kind: "app-crash", instance: "web/1" }], {
    service: { roles: { web: { kind: "web", instances: 2 } } },
    operations: [{ at: "5s", kind: "scale", role: "web", instances: 1 }],
  });
  expect(lines(/strikes/)).toEqual([]);
});

test("a new instance brings its own clocks, and a deleted one takes them along", () => {
  const { lines } = plot([{ every: "100s", kind: "app-crash", instance: "each(web)", repairAfter: "1s" }], {
    service: { roles: { web: { kind: "web", instances: 2 } } },
    operations: [
      { at: "50s", kind: "scale", role: "web", instances: 3 },
      { at: "120s", kind: "scale", role: "web", instances: 1 },
    ],
    horizon: "250s",
  });
  expect(lines(/strikes/)).toEqual(["100 app-crash of web/0 strikes", "100 app-crash of web/1 strikes", "201 app-crash of web/0 strikes"]);
});

test("an instance that takes the name of one that is gone draws its own luck", () => {
  const { lines } = plot([{ every: "exponential(100s)", kind: "app-crash", instance: "each(web)", repairAfter: "1s" }], {
    service: { roles: { web: { kind: "web", instances: 2 } } },
    operations: [
      { at: "0s", kind: "scale", role: "web", instances: 1 },
      { at: "1000s", kind: "scale", role: "web", instances: 2 },
      { at: "2000s", kind: "scale", role: "web", instances: 1 },
      { at: "3000s", kind: "scale", role: "web", instances: 2 },
    ],
    horizon: "4000s",
  });
  const second = lines(/web\/1 strikes/).map((line) => Number(line.split(" ")[0]));
  const firstLife = second.filter((at) => at < 2000).map((at) => at - 1000);
  const secondLife = second.filter((at) => at >= 3000).map((at) => at - 3000);
  expect(firstLife.length).toBeGreaterThan(0);
  expect(secondLife[0]).not.toBeCloseTo(firstLife[0] ?? 0, 6);
});
