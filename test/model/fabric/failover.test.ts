import { describe, expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

const plot = (faults: Plot["faults"], more: Partial<Plot> = {}) =>
  tell({
    datacenter: { faultDomains: 2, hostsPerFaultDomain: 1 },
    service: { roles: { web: { kind: "web", instances: 1 } } },
    fabric: {
      healing: "platform",
      restartHostFirst: false,
      hostHeartbeat: { period: "1us", timeout: "30s" },
      controller: { replicas: 3, lease: "20s", failover: "5s" },
      crashDetection: "1s",
    },
    faults,
    ...more,
  });

describe("a controller whose primary dies", () => {
  test("decides nothing until the lease has run out and another replica has taken over", () => {
    const { lines } = plot([
      { at: "10s", kind: "host-failure", host: "hostOf(web/0)" },
      { at: "35s", kind: "controller-failure" },
    ]);
    expect(lines(/controller|declared|web\/0 (on|dead|ready)/)).toEqual([
      "10 web/0 dead",
      "35 controller-failure of the controller strikes",
      "35 the controller falls silent",
      "60 the controller decides again, 1 waited",
      "60 host 0 declared dead",
      "60 web/0 on host 1",
      "60 web/0 ready",
    ]);
  });

  test("without a majority of its replicas decides nothing until one is back", () => {
    const { lines } = plot([
      { at: "10s", kind: "controller-failure", repairAfter: "300s" },
      { at: "100s", kind: "controller-failure", repairAfter: "60s" },
    ]);
    expect(lines(/the controller (falls|decides)/)).toEqual([
      "10 the controller falls silent",
      "35 the controller decides again, 0 waited",
      "100 the controller falls silent",
      "165 the controller decides again, 0 waited",
    ]);
  });

  test("loses the replica that was about to take over, too: the next one takes its time anew", () => {
    const { lines } = plot([
      { at: "10s", kind: "controller-failure", repairAfter: "300s" },
      { at: "33s", kind: "controller-failure", repairAfter: "4s" },
    ]);
    expect(lines(/the controller decides/)).toEqual(["42 the controller decides again, 0 waited"]);
  });

  test("does not decide before the dead primary's lease has run out, whoever else dies or comes back meanwhile", () => {
    const another = plot([
      { at: "10s", kind: "controller-failure" },
      { at: "12s", kind: "controller-failure", repairAfter: "1s" },
    ]);
    expect(another.lines(/the controller decides/)).toEqual(["35 the controller decides again, 0 waited"]);
  });

  test("decides nothing about a host that has come back meanwhile", () => {
    const { lines } = plot([
      { at: "5s", kind: "controller-failure" },
      { at: "5s", kind: "control-plane-outage", repairAfter: "100s" },
      { at: "10s", kind: "host-failure", host: "hostOf(web/0)", repairAfter: "60s" },
    ]);
    expect(lines(/declared|web\/0 (on|ready)/)).toEqual(["70 web/0 ready"]);
  });
});

describe("a control plane that is out", () => {
  const outage = { at: "10s", kind: "control-plane-outage", repairAfter: "100s" };

  test("lets everything go on that needs no controller: guest agents restart, probes evict", () => {
    const { lines } = plot([outage, { at: "20s", kind: "app-crash", instance: "web/0" }], {
      service: { roles: { web: { kind: "web", instances: 2 } } },
      balancer: { probe: { interval: "5s", phase: "0s" } },
      clients: { users: { endpoint: "web", arrivals: "constant(1/s)" } },
      fabric: { healing: "platform", crashDetection: "12s" },
    });
    expect(lines(/web\/0/).filter((line) => !line.includes("users"))).toEqual([
      "20 app-crash of web/0 strikes",
      "20 web/0 recycling",
      "25 web/0 out",
      "32 web/0 crash noticed",
      "32 app-crash of web/0 ends",
      "32 web/0 ready",
      "35 web/0 in",
    ]);
  });

  test("refuses operations, or lets them wait", () => {
    const operations: Plot["operations"] = [{ at: "50s", kind: "scale", role: "web", instances: 2 }];
    expect(plot([outage], { operations }).lines(/scale/)).toEqual(["50 scale refused: the control plane is not available"]);
    expect(plot([{ ...outage, operations: "wait" }], { operations }).lines(/scale web/)).toEqual([
      "110 scale web to 2 starts",
      "110 scale web to 2 done",
    ]);
  });

  test("stops an upgrade between two domains, and lets it go on afterwards", () => {
    const { lines } = plot([outage], {
      service: { upgradeDomains: 2, roles: { web: { kind: "web", instances: 2 } } },
      fabric: { healing: "platform", install: "10s" },
      operations: [{ at: "5s", kind: "upgrade", version: "v2" }],
    });
    expect(lines(/upgrade|ready/)).toEqual([
      "5 upgrade production to v2 starts",
      "5 upgrade domain 0 starts",
      "15 web/0 ready",
      "110 upgrade domain 1 starts",
      "120 web/1 ready",
      "120 upgrade production to v2 done",
    ]);
  });

  test("leaves what cannot be placed waiting for it", () => {
    const { lines } = plot([
      { ...outage, at: "20s" },
      { at: "5s", kind: "host-failure", host: "hostOf(web/0)" },
      { at: "1s", kind: "host-failure", host: "host(1)", repairAfter: "60s" },
    ]);
    expect(lines(/web\/0 (pending|on|ready)/)).toEqual(["120 web/0 on host 1", "120 web/0 ready"]);
  });
});
