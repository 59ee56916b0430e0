import { describe, expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

const plot = (fabric: Plot["fabric"], faults: Plot["faults"], more: Partial<Plot> = {}) =>
  tell({
    datacenter: { faultDomains: 2, hostsPerFaultDomain: 1 },
    service: { roles: { web: { kind: "web", instances: 1 } } },
    fabric: { healing: "platform", hostHeartbeat: { period: "1us", timeout: "30s" }, hostRestart: "60s", ...fabric },
    faults,
    ...more,
  });
const dies: Plot["faults"] = [{ at: "10s", kind: "host-failure", host: "hostOf(web/0)" }];
const story = /host 0|web\/0 (on|ready)/;

describe("the steps after a restart of a host that failed", () => {
  test("are tried in order; one that mends the host lets its instances boot where they were", () => {
    const { lines } = plot(
      {
        hostRepair: [
          { step: "power-cycle", takes: "20s", mends: "0%" },
          { step: "reimage", takes: "50s", mends: "100%" },
        ],
      },
      dies,
    );
    expect(lines(story)).toEqual([
      "10 host-failure of host 0 strikes",
      "10 host 0 down",
      "40 host 0 declared dead",
      "40 host 0 restarting",
      "100 host 0 restart fails",
      "100 host 0 repair step 1",
      "120 host 0 restart fails",
      "120 host 0 repair step 2",
      "170 host 0 restart succeeds",
      "170 host-failure of host 0 ends",
      "170 host 0 up",
      "170 web/0 ready",
    ]);
  });

  test("end with the host out for repair and its instances elsewhere when none has mended it", () => {
    const { lines } = plot({ hostRepair: [{ step: "power-cycle", takes: "20s", mends: "0%" }] }, dies);
    expect(lines(story).slice(-4)).toEqual([
      "120 host 0 restart fails",
      "120 host 0 outForRepair",
      "120 web/0 on host 1",
      "120 web/0 ready",
    ]);
  });

  test("mend as often as they say", () => {
    const { lines } = tell({
      horizon: "1000h",
      datacenter: { faultDomains: 1, hostsPerFaultDomain: 10 },
      service: { roles: { work: { kind: "worker", instances: 1 } } },
      fabric: {
        healing: "platform",
        hostHeartbeat: { period: "1us", timeout: "1s" },
        hostRepair: [{ step: "power-cycle", takes: "1s", mends: "70%" }],
      },
      faults: [{ every: "10h", kind: "host-failure", host: "each(host)", repairAfter: "1h" }],
    });
    const mended = lines(/restart succeeds/).length;
    expect(mended / lines(/repair step 1/).length).toBeCloseTo(0.7, 1.3);
  });

  test("leave no repair behind that would end the next failure", () => {
    const { lines } = plot({ hostRepair: [{ step: "power-cycle", takes: "20s", mends: "100%" }] }, [
      { at: "10s", kind: "host-failure", host: "host(0)", repairAfter: "200s" },
      { at: "150s", kind: "host-failure", host: "host(0)", repairAfter: "500s" },
    ]);
    expect(lines(/host-failure|host 0 up/)).toEqual([
      "10 host-failure of host 0 strikes",
      "120 host-failure of host 0 ends",
      "120 host 0 up",
      "150 host-failure of host 0 strikes",
      "260 host-failure of host 0 ends",
      "260 host 0 up",
    ]);
  });
});

describe("a hardware fault that the host agent reports", () => {
  const reported: Plot["faults"] = [{ at: "10s", kind: "host-failure", class: "reported", host: "hostOf(web/0)", repairAfter: "300s" }];

  test("has the instances placed elsewhere at once, and the host out for repair", () => {
    const { lines } = plot({}, reported);
    expect(lines(story)).toEqual([
      "10 host-failure of host 0 strikes",
      "10 host 0 reports a fault",
      "10 host 0 outForRepair",
      "10 web/0 on host 1",
      "10 web/0 ready",
      "310 host-failure of host 0 ends",
      "310 host 0 up",
    ]);
  });

  test("changes nothing where nobody heals hosts", () => {
    const { lines } = plot({ healing: { process: true, guest: true, host: false } }, reported);
    expect(lines(story)).toEqual(["10 host-failure of host 0 strikes", "310 host-failure of host 0 ends"]);
  });
});
