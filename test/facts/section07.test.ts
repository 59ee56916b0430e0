import { describe, expect } from "vitest";
import { type Plot, tell } from "../model/story.ts";
import { factsOf } from "./fact.ts";
import { facts, title } from "./section07.ts";

const fact = factsOf(facts);
type Operations = NonNullable<Plot["operations"]>;
const deploy = { at: "10s", kind: "deploy", version: "v2" } as const;
const swap = { at: "100s", kind: "swap" } as const;
const plot = (operations: Operations, more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 2, service: "1s" } } },
    fabric: { swap: "4s", provision: "30s" },
    balancer: { policy: "round-robin" },
    operations,
    ...more,
  });
const at = (...instants: string[]) => ({ a: { endpoint: "web", arrivals: { instants } } });

describe(title, () => {
  fact("7.1", () => {
    const { lines } = plot([deploy, swap], { clients: at("90s", "150s") });
    expect(lines(/a \d to|swapped/)).toEqual(["90 a 1 to web/0", "104 slots swapped", "150 a 2 to web/0@v2"]);
  });

  fact("7.2", () => {
    const { lines, summary } = plot([{ ...deploy, roles: { web: { instances: 3 } } }, swap], {
      service: { roles: { web: { kind: "web", instances: 2, service: "20s" } } },
      clients: at("102s"),
    });
    expect(lines(/^10[4-9].*web/)).toEqual([]);
    expect(lines(/ok/)).toEqual(["122 a 1 ok"]);
    expect(summary.instances.map(({ name, slot, restarts }) => [name, slot, restarts])).toEqual([
      ["web/0", "staging", 0],
      ["web/1", "staging", 0],
      ["web/0@v2", "production", 0],
      ["web/1@v2", "production", 0],
      ["web/2@v2", "production", 0],
    ]);
  });

  fact("7.3", () => {
    const { lines, summary } = plot([deploy, swap], { clients: at("101s", "103500ms", "104500ms") });
    expect(lines(/a \d (to|ok)/).slice(0, 3)).toEqual(["101 a 1 to web/0", "102 a 1 ok", "103.5 a 2 to web/1"]);
    expect(summary.operations[1]).toMatchObject({ startedAtSeconds: 100, finishedAtSeconds: 104, outcome: "succeeded" });
  });

  fact("7.4", () => {
    const trouble = (probability: string) =>
      plot([deploy, swap], {
        fabric: { swap: "4s", provision: "30s", swapTransient: { probability, duration: "15s" } },
        clients: {
          ...at("103s", "110s", "118s", "120s"),
          t: { endpoint: "web", slot: "staging", arrivals: { instants: ["111s", "121s"] } },
        },
      });
    const { lines, summary } = trouble("100%");
    expect(lines(/(a|t) \d (ok|refused)|connections/)).toEqual([
      "104 connections refused for 15 s",
      "104 a 1 ok",
      "110 a 2 refused",
      "111 t 1 refused",
      "118 a 3 refused",
      "121 a 4 ok",
      "122 t 2 ok",
    ]);
    expect(summary.operations[1]).toMatchObject({ finishedAtSeconds: 119, failedRequests: 3 });
    expect(trouble("0%").summary.requests.failed).toBe(0);
  });

  fact("7.5", () => {
    const crash = (instance: string) =>
      plot([deploy, swap], { fabric: { provision: "30s", healing: "none" }, faults: [{ at: "90s", kind: "app-crash", instance }] });
    expect(crash("staging:web/1").lines(/swap/)).toEqual(["100 swap refused: web/1 in staging is recycling"]);
    expect(crash("web/0").lines(/swap/)).toEqual(["100 swap refused: web/0 in production is recycling"]);
  });

  fact("7.6", () => {
    const upgrade = (slot: "production" | "staging") =>
      plot([deploy, { at: "99s", kind: "upgrade", version: "v3", slot }, swap], { fabric: { provision: "30s", install: "1min" } });
    for (const slot of ["production", "staging"] as const) {
      expect(upgrade(slot).lines(/refused/)).toEqual([
        `100 swap refused: VipSwapNotAllowedAsRollingUpgradeIsInProgress: upgrade of the ${slot} deployment is in progress`,
      ]);
    }
  });

  fact("7.7", () => {
    const { lines } = plot([deploy, swap, { at: "200s", kind: "swap" }], {
      fabric: { provision: "30s", healing: "platform", guestHeartbeat: { period: "5s", timeout: "10s" }, guestReboot: "60s" },
      faults: [{ at: "60s", kind: "vm-failure", instance: "web/1" }],
    });
    expect(lines(/swap/)).toEqual([
      "100 swap refused: web/1 in production is starting",
      "200 swap staging and production starts",
      "200 slots swapped",
      "200 swap staging and production done",
    ]);
  });

  fact("7.8", () => {
    const { lines } = plot([deploy, swap], {
      autoscale: { roles: { web: { capacity: { min: 3, max: 4 } } } },
      fabric: { provision: "70s" },
    });
    expect(lines(/swap|scaled/)).toEqual([
      "45 not scaled out to 3: deploy of the staging deployment is in progress",
      "90 scaled out from 2 to 3: fewer than the profile's minimum",
      "100 swap refused: VipSwapNotAllowedAsRollingUpgradeIsInProgress: autoscale of the production deployment is in progress",
    ]);
  });

  fact("7.9", () => {
    const reserved = (production: boolean, staging: boolean) =>
      plot([{ ...deploy, reservedIp: staging }, swap], {
        service: { roles: { web: { kind: "web", instances: 2 } }, reservedIp: production },
      }).lines(/swap refused|slots swapped/);
    expect(reserved(true, true)).toEqual(["104 slots swapped"]);
    expect(reserved(false, false)).toEqual(["104 slots swapped"]);
    expect(reserved(true, false)).toEqual(["100 swap refused: production has a reserved IP address and staging has none"]);
    expect(reserved(false, true)).toEqual(["100 swap refused: staging has a reserved IP address and production has none"]);
  });

  fact("7.10", () => {
    const other = { ...deploy, roles: { web: { endpoints: { web: {}, admin: {} } } } };
    expect(plot([other, swap]).lines(/swap/)).toEqual(["100 swap refused: the endpoints of web differ between staging and production"]);
  });

  fact("7.11", () => {
    const { lines } = plot([deploy, swap], {
      service: { roles: { web: { kind: "web", instances: 2, service: "1s" } }, deployedAtStart: false },
      clients: at("99s", "105s"),
    });
    expect(lines(/a \d (no|to)/)).toEqual(["99 a 1 no-backend", "105 a 2 to web/0"]);
  });

  fact("7.12", () => {
    const { lines } = plot([deploy, swap, { at: "101s", kind: "scale", role: "web", instances: 3 }]);
    expect(lines(/refused/)).toEqual(["101 scale refused: swap of the production deployment is in progress"]);
  });

  fact("7.13", () => {
    const { lines } = plot([deploy, swap], {
      fabric: { swap: "4s", provision: "30s", swapTransient: { probability: "100%", duration: "20s" } },
      clients: { a: { endpoint: "web", arrivals: { instants: ["95s", "110s", "130s"] }, session: { requests: 1000, think: "10s" } } },
      horizon: "135s",
    });
    expect(lines(/a \d+ (to|refused)/)).toEqual([
      "95 a 1 to web/0",
      "106 a 2 to web/0",
      "110 a 3 refused",
      "117 a 4 to web/0",
      "120 a 5 refused",
      "128 a 6 to web/0",
      "130 a 7 to web/0@v2",
      "130 a 8 to web/1@v2",
    ]);
  });

  fact("7.14", () => {
    const { lines } = plot([deploy, swap, { at: "200s", kind: "swap" }], { clients: at("99s", "150s", "250s") });
    expect(lines(/a \d to/)).toEqual(["99 a 1 to web/0", "150 a 2 to web/0@v2", "250 a 3 to web/0"]);
  });

  fact("7.15", () => {
    const { cost } = plot([{ ...deploy, at: "0s" }], { horizon: "10h" }).summary;
    expect(cost.staging).toEqual(cost.production);
    expect(cost.staging.instanceHours).toBe(20);
  });

  fact("7.16", () => {
    const { lines } = tell({
      service: { roles: { work: { kind: "worker", instances: 1, concurrency: 1, queue: "jobs", service: "20s" } } },
      queues: { jobs: { arrivals: { instants: ["100s", "101s"] } } },
      operations: [deploy],
    });
    expect(lines(/taken/)).toEqual(["100 jobs 1 taken by work/0", "101 jobs 2 taken by work/0@v2"]);
  });
});
