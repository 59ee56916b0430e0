import { describe, expect } from "vitest";
import { project } from "../../src/model/policies/autoscale/decide.ts";
import { type Plot, tell } from "../model/story.ts";
import { factsOf } from "./fact.ts";
import { facts, title } from "./section08.ts";

const fact = factsOf(facts);
type Operations = NonNullable<Plot["operations"]>;
const to = (instances: number, at = "100s"): Operations[number] => ({ at, kind: "scale", role: "web", instances });
const deploy = { at: "50s", kind: "deploy", version: "v2" } as const;
const web = { kind: "web", instances: 2 } as const;
const plot = (operations: Operations, more: Partial<Plot> = {}) => tell({ service: { roles: { web } }, operations, ...more });
const out = { metric: "cpu", operator: ">", threshold: 70, scale: "out" } as const;
const inward = { metric: "cpu", operator: "<", threshold: 30, scale: "in" } as const;
/** One second of work a request, one at a time an instance: so many requests a second keep so many instances busy. */
const scaled = (setting: Record<string, unknown>, arrivals = "constant(1.8/s)", more: Record<string, unknown> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 2, concurrency: 1, service: "1s" } } },
    balancer: { policy: "least-outstanding", probe: "none" },
    clients: { a: { endpoint: "web", arrivals } },
    autoscale: { roles: { web: { capacity: { min: 1, max: 9 }, rules: [out, inward], ...setting } } },
    ...more,
  } as Plot);
const small = { faultDomains: 1, host: { cores: 2 }, clusters: [{ hosts: 2 }, { hosts: 1 }] };

describe(title, () => {
  fact("8.1", () => {
    const { lines } = plot([to(3)], { fabric: { provision: "2min" } });
    expect(lines(/web/)).toEqual([
      "100 scale web to 3 starts",
      "100 web/2 on host 1",
      "100 web/2 creating",
      "220 web/2 ready",
      "220 web/2 in",
      "220 scale web to 3 done",
    ]);
  });

  fact("8.2", () => {
    const told = (more: object) => plot([to(3)], { service: { roles: { web: { ...web, ...more } } } }).lines(/Chang/);
    expect(told({})).toEqual([]);
    expect(told({ internalEndpoints: ["cache"] })).toEqual([
      "100 web/0 Changing topology",
      "100 web/0 Changed topology",
      "100 web/1 Changing topology",
      "100 web/1 Changed topology",
    ]);
    // what they are told is whom they can call
    const back = { kind: "worker" as const, instances: 1, internalEndpoints: ["api"] };
    const caller = { ...web, instances: 1, handler: [{ call: "back", policy: "round-robin" as const }] };
    const { lines } = tell({
      service: { roles: { web: caller, back } },
      clients: { a: { endpoint: "web", arrivals: { instants: ["50s", "90s", "150s", "160s"] } } },
      operations: [{ at: "100s", kind: "scale", role: "back", instances: 2 }],
      fabric: { topologyChange: "5s" },
    });
    expect(lines(/to back|web.0 Changed/)).toEqual([
      "50 a 1 to back/0",
      "90 a 2 to back/0",
      "105 web/0 Changed topology",
      "150 a 3 to back/1",
      "160 a 4 to back/0",
    ]);
  });

  fact("8.3", () => {
    const gone = (seed: number) => {
      const service = { roles: { web: { kind: "web", instances: 8 } } } as const;
      const { lines, summary } = tell({ service, fabric: { scaleIn: "random" }, operations: [to(4), to(6, "200s"), to(1, "300s")] }, seed);
      expect(summary.byRole[0]).toMatchObject({ asked: 1, readyMin: 1 });
      const names = summary.instances.filter(({ slot }) => slot === "production").map(({ name }) => name);
      expect(names).toHaveLength(1);
      return lines(/^100 web\/\d deleted/);
    };
    const seeds = [1, 2, 3].map(gone);
    for (const lines of seeds) expect(lines).toHaveLength(4);
    expect(new Set(seeds.map((lines) => lines.join())).size).toBe(3);
  });

  fact("8.4", () => {
    const { lines } = plot([to(1)], { service: { roles: { web: { kind: "web", instances: 3 } } } });
    expect(lines(/deleted/)).toEqual(["100 web/1 deleted", "100 web/2 deleted"]);
  });

  fact("8.5", () => {
    const service = { roles: { web: { ...web, service: "30s", onStop: "10s" } } };
    const { lines } = plot([to(1)], {
      service,
      balancer: { policy: "round-robin" },
      clients: { a: { endpoint: "web", arrivals: { instants: ["90s", "91s"] } } },
    });
    expect(lines(/web\/1 (out|draining|stopping|deleted)|a 2 ok/)).toEqual([
      "100 web/1 out",
      "100 web/1 draining",
      "121 a 2 ok",
      "121 web/1 stopping",
      "131 web/1 deleted",
    ]);
  });

  fact("8.6", () => {
    const { lines } = plot([to(5), to(2, "1h")], { fabric: { provision: "lognormal(6min, 0.3)" }, horizon: "2h" });
    expect(lines(/^100 web\/\d creating/)).toHaveLength(3);
    const ready = lines(/web\/\d ready/).map((line) => Number.parseFloat(line));
    expect(new Set(ready).size).toBe(3);
    expect(lines(/^3600 web\/\d deleted/)).toHaveLength(3);
  });

  fact("8.7", () => {
    const { lines } = plot([to(4), to(5, "200s")], { datacenter: small });
    expect(lines(/scale|refused/)).toEqual([
      "100 scale web to 4 starts",
      "100 scale web to 4 done",
      "200 scale refused: ConstrainedAllocationFailed: the service is pinned to cluster 0, which has no room for 1 Small",
    ]);
    // the other cluster has room, but it is out of reach
    expect(plot([to(5)], { datacenter: { faultDomains: 1, host: { cores: 2 }, hostsPerFaultDomain: 3 } }).lines(/done/)).toHaveLength(1);
  });

  fact("8.8", () => {
    const refusal = (operation: Operations[number], datacenter: Plot["datacenter"]) => plot([operation], { datacenter }).lines(/refused/);
    const pinned = "ConstrainedAllocationFailed: the service is pinned to cluster 0, which";
    expect(refusal({ ...deploy, roles: { web: { instances: 3 } } }, small)).toEqual([
      `50 deploy refused: ${pinned} has no room for 3 Small`,
    ]);
    const resize = { at: "50s", kind: "upgrade", version: "v2", roles: { web: { size: "Medium" } } } as const;
    expect(refusal(resize, small)).toEqual([]);
    const sizes = { ...small, clusters: [{ name: "first", hosts: 2, sizes: ["Small" as const] }, { hosts: 1 }] };
    expect(refusal(resize, sizes)).toEqual([`50 upgrade refused: ${pinned.replace("cluster 0", "cluster first")} does not offer Medium`]);
    const large = { at: "50s", kind: "upgrade", version: "v2", roles: { web: { size: "Large" } } } as const;
    expect(refusal(large, small)).toEqual([`50 upgrade refused: ${pinned} has no room for 2 Large`]);
  });

  fact("8.9", () => {
    const datacenter = {
      faultDomains: 1,
      host: { cores: 2 },
      clusters: [
        { hosts: 2, sizes: ["Small" as const] },
        { hosts: 1, sizes: ["Medium" as const] },
      ],
    };
    const again = { kind: "deploy", version: "v2", slot: "production", roles: { web: { instances: 1, size: "Medium" } } } as const;
    const { lines } = plot(
      [
        { ...deploy, at: "10s" },
        { at: "20s", kind: "delete", slot: "production" },
        { at: "30s", ...again },
        { at: "40s", kind: "delete", slot: "staging" },
        { at: "50s", ...again },
      ],
      { datacenter },
    );
    expect(lines(/refused|(30|50) web.*(host|ready)/)).toEqual([
      "30 deploy refused: ConstrainedAllocationFailed: the service is pinned to cluster 0, which does not offer Medium",
      "50 web/0@v2 on host 2",
      "50 web/0@v2 ready",
    ]);
  });

  fact("8.10", () => {
    const first = (roles: Record<string, unknown>) =>
      tell({
        service: { roles: { web }, deployedAtStart: false },
        operations: [{ ...deploy, slot: "production", roles } as Operations[number]],
        datacenter: { ...small, clusters: [{ hosts: 2, sizes: ["Small", "Medium"] }, { hosts: 1 }] },
      }).lines(/refused/);
    expect(first({ web: { instances: 5 } })).toEqual(["50 deploy refused: AllocationFailed: no cluster has room for 5 Small"]);
    const only = tell({
      service: { roles: { web }, deployedAtStart: false },
      operations: [{ ...deploy, slot: "production", roles: { web: { size: "Large" } } }],
      datacenter: { ...small, clusters: [{ hosts: 3, sizes: ["Small"] }] },
    }).lines(/refused/);
    expect(only).toEqual(["50 deploy refused: OverconstrainedAllocationRequest: no cluster offers the sizes of 2 Large together"]);
  });

  fact("8.11", () => {
    const { lines } = plot([deploy, to(4), to(3, "200s")], { subscription: { cores: 5 } });
    expect(lines(/refused|done/)).toEqual([
      "50 deploy v2 to staging done",
      "100 scale refused: the subscription's quota of 5 cores is used up",
      "200 scale web to 3 done",
    ]);
  });

  fact("8.12", () => {
    const { lines, summary } = scaled({}, "constant(1.8/s)", {
      fabric: { healing: "none" },
      service: { roles: { web: { kind: "web", instances: 2, concurrency: 1, service: "1s" }, work: { kind: "worker", instances: 1 } } },
      faults: [{ at: "30s", kind: "app-crash", instance: "work/0", repairAfter: "100s" }],
    });
    expect(lines(/scaled/).slice(0, 2)).toEqual([
      "90 not scaled out to 3: work/0 is recycling",
      "135 scaled out from 2 to 3: cpu 89.6 % > 70 %",
    ]);
    expect(summary.autoscale).toMatchObject([{ name: "web", frozen: 1 }]);
  });

  fact("8.13", () => {
    const first = (job: string) =>
      scaled({}, "constant(1.8/s)", { autoscale: { job, roles: { web: { capacity: { min: 3, max: 4 } } } } }).lines(/scaled/)[0];
    expect(scaled({ capacity: { min: 3, max: 4 }, rules: [] }).lines(/scaled/)[0]).toMatch(/^45 /);
    expect([first("30s"), first("60s")].map((line) => line?.split(" ")[0])).toEqual(["30", "60"]);
  });

  fact("8.14", () => {
    const profiles = [
      { from: "8h", to: "18h", days: ["monday", "tuesday"], capacity: { min: 4, max: 4 } },
      { from: "10h", to: "11h", capacity: { min: 6, max: 6 } },
    ];
    const { lines } = scaled({ rules: [], capacity: { min: 1, max: 1 }, profiles }, "constant(1/h)", { horizon: "72h" });
    expect(lines(/scaled/).map((line) => [Math.floor(Number.parseFloat(line) / 3600), line.replace(/.*from (\d to \d).*/, "$1")])).toEqual([
      [0, "2 to 1"],
      [8, "1 to 4"],
      [10, "4 to 6"],
      [11, "6 to 4"],
      [18, "4 to 1"],
      [32, "1 to 4"],
      [42, "4 to 1"],
    ]);
  });

  fact("8.15", () => {
    const profile = { from: "0s", to: "1s", capacity: { min: 1, max: 1 } };
    expect(() => scaled({ profiles: Array.from({ length: 19 }, () => profile) })).not.toThrow();
    expect(() => scaled({ profiles: Array.from({ length: 20 }, () => profile) })).toThrow(/at most 20 profiles/);
    expect(() => scaled({ rules: Array.from({ length: 11 }, () => inward) })).toThrow(/10/);
  });

  fact("8.16", () => {
    const { lines } = scaled({ capacity: { min: 1, max: 9, default: 4 } }, "constant(1/h)", {
      autoscale: { metricDelay: "5min", roles: { web: { capacity: { min: 1, max: 9, default: 4 }, rules: [out, inward] } } },
    });
    expect(lines(/scaled/)[0]).toBe("45 scaled out from 2 to 4: no metric can be read, and that is the default");
  });

  fact("8.17", () => {
    // busy for one minute in five
    const arrivals = { instants: Array.from({ length: 120 }, (_, place) => `${240_000 + place * 500}ms`) };
    const first = (rule: Record<string, unknown>) =>
      scaled(
        {
          rules: [
            { ...out, ...rule },
            { ...inward, threshold: 0 },
          ],
        },
        arrivals as unknown as string,
      ).lines(/scaled out/)[0];
    expect(first({ window: "5min" })).toBeUndefined();
    expect(first({ window: "1min" })).toMatch(/^315 scaled out/);
    expect(first({ window: "5min", aggregation: "max" })).toMatch(/^315 scaled out/);
    // all of it on one of two instances
    const session = { a: { endpoint: "web", arrivals: { instants: ["1s"] }, session: { requests: 1_000_000, think: "0s" } } };
    const one = (statistic: string) =>
      scaled(
        {
          rules: [
            { ...out, statistic },
            { ...inward, threshold: 0 },
          ],
        },
        "",
        { clients: session },
      ).lines(/scaled out/)[0];
    expect(one("average")).toBeUndefined();
    expect(one("max")).toMatch(/^90 scaled out/);
  });

  fact("8.18", () => {
    const by = (change: unknown) => scaled({ rules: [{ ...out, change }, inward] }).lines(/scaled out/)[0];
    expect([by(2), by({ percent: 50 }), by({ percent: 200 }), by({ exact: 7 })].map((line) => line?.replace(/.*to (\d).*/, "$1"))).toEqual([
      "4",
      "3",
      "6",
      "7",
    ]);
  });

  fact("8.19", () => {
    const at = (cooldown: Record<string, unknown>) =>
      scaled(
        {
          rules: [
            { ...out, window: "1min", ...cooldown },
            { ...inward, ...cooldown },
          ],
        },
        "constant(8/s)",
      )
        .lines(/scaled out/)
        .map((line) => Number.parseFloat(line));
    expect(at({}).slice(0, 3)).toEqual([90, 405, 720].slice(0, at({}).length).slice(0, 3));
    expect(at({ cooldown: "2min" }).slice(0, 3)).toEqual([90, 225, 360]);
  });

  fact("8.20", () => {
    const rules = [out, { ...out, threshold: 80, change: 3 }, { ...out, threshold: 99, change: 5 }, inward];
    expect(scaled({ rules }).lines(/scaled out/)[0]).toBe("90 scaled out from 2 to 5: cpu 89.2 % > 80 %");
  });

  fact("8.21", () => {
    const rules = (threshold: number) => [inward, { ...inward, threshold, change: 2 }];
    const told = (threshold: number) =>
      scaled({ rules: rules(threshold) }, "constant(0.1/s)", {
        service: { roles: { web: { kind: "web", instances: 5, concurrency: 1, service: "1s" } } },
      }).lines(/scaled in/)[0];
    expect(told(1)).toBeUndefined();
    expect(told(20)).toMatch(/^90 scaled in from 5 to 4/);
  });

  fact("8.22", () => {
    expect(project(575, 3, 2)).toBe(862.5);
    const { lines, summary } = scaled({ rules: [out, { ...inward, threshold: 60 }] }, "constant(1.5/s)", {
      service: { roles: { web: { kind: "web", instances: 3, concurrency: 1, service: "1s" } } },
      horizon: "5min",
    });
    expect(lines(/flap|scaled/)).toEqual(["90 not scaled in: it would flap, cpu 74.2 % > 70 % afterwards"]);
    expect(summary.autoscale).toMatchObject([{ flappingAvoided: 1, scaledIn: 0 }]);
  });

  fact("8.23", () => {
    const backlog = (instances: number) =>
      tell({
        service: { roles: { work: { kind: "worker", instances, concurrency: 1, queue: "jobs", service: "1h" } } },
        queues: { jobs: { arrivals: { instants: Array.from({ length: 40 }, (_, place) => `${place}s`) }, visibilityTimeout: "2h" } },
        autoscale: {
          roles: {
            work: {
              capacity: { min: 1, max: 10 },
              rules: [
                { metric: "queue", queue: "jobs", operator: ">", threshold: 12, scale: "out" },
                { metric: "queue", queue: "jobs", operator: "<", threshold: 1, scale: "in" },
              ],
            },
          },
        },
      }).lines(/scaled out/)[0];
    expect(backlog(2)).toBe("90 scaled out from 2 to 3: 20 messages of jobs an instance > 12");
    expect(backlog(4)).toBeUndefined();
  });

  fact("8.24", () => {
    const told = scaled({ rules: [], capacity: { min: 2, max: 4 } }, "constant(1/s)", {
      operations: [to(9), to(1, "300s")],
    }).lines(/ scaled | scale web.*done/);
    expect(told).toEqual([
      "100 scale web to 9 done",
      "135 scaled in from 9 to 4: more than the profile's maximum",
      "300 scale web to 1 done",
      "315 scaled out from 1 to 2: fewer than the profile's minimum",
    ]);
  });

  fact("8.25", () => {
    const first = (preset: "azure" | "ideal") => scaled({}, "constant(1.8/s)", { preset, horizon: "10min" }).lines(/scaled out/)[0];
    expect(first("ideal")).toMatch(/^90 /);
    // the first minute can be read three minutes after its end
    expect(first("azure")).toMatch(/^270 /);
  });

  fact("8.27", () => {
    const { cost } = plot([{ at: "2h", kind: "delete", slot: "production" }], {
      fabric: { healing: "none" },
      faults: [{ at: "10min", kind: "vm-failure", instance: "each(web)" }],
      horizon: "5h",
    }).summary;
    expect(cost.instanceHours).toBe(4);
  });
});
