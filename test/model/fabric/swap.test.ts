import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

type Operations = NonNullable<Plot["operations"]>;
const deploy = { at: "10s", kind: "deploy", version: "v2" } as const;
const plot = (operations: Operations, more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 2, service: "1s" } } },
    fabric: { swap: "4s", provision: "30s" },
    balancer: { policy: "round-robin" },
    operations,
    ...more,
  });
const at = (...instants: string[]) => ({ a: { endpoint: "web", arrivals: { instants } } });

test("at one instant new flows go to the other deployment, and nothing else moves", () => {
  const { lines, summary } = plot([deploy, { at: "100s", kind: "swap" }], { clients: at("103s", "104500ms", "105s") });
  expect(lines(/swap|a \d to/)).toEqual([
    "100 swap staging and production starts",
    "103 a 1 to web/0",
    "104 slots swapped",
    "104 swap staging and production done",
    "104.5 a 2 to web/0@v2",
    "105 a 3 to web/1@v2",
  ]);
  expect(lines(/^104 web/)).toEqual([]);
  expect(summary.instances.map(({ slot }) => slot)).toEqual(["staging", "staging", "production", "production"]);
});

test("requests in flight finish where they are, and are counted at the switch", () => {
  const { lines, summary } = plot([deploy, { at: "100s", kind: "swap" }], {
    service: { roles: { web: { kind: "web", instances: 2, service: "10s" } } },
    clients: at("101s", "103s", "105s"),
  });
  expect(lines(/ok$/)).toEqual(["111 a 1 ok", "113 a 2 ok", "115 a 3 ok"]);
  expect(summary.operations[1]).toMatchObject({ kind: "swap", requestsInFlight: 2, failedRequests: 0 });
});

test("a session stays until its connection closes, a new one goes to the new deployment", () => {
  const session = { requests: 1000, think: "20s" };
  const { lines, summary } = plot([deploy, { at: "100s", kind: "swap" }], {
    clients: { a: { endpoint: "web", arrivals: { instants: ["90s", "150s"] }, session } },
    faults: [{ at: "200s", kind: "app-crash", instance: "staging:web/0", repairAfter: "1s" }],
    horizon: "260s",
  });
  expect(lines(/a \d+ to/)).toEqual([
    "90 a 1 to web/0",
    "111 a 2 to web/0",
    "132 a 3 to web/0",
    "150 a 4 to web/0@v2",
    "153 a 5 to web/0",
    "171 a 6 to web/0@v2",
    "174 a 7 to web/0",
    "192 a 8 to web/0@v2",
    "195 a 9 to web/0",
    "213 a 10 to web/0@v2",
    "216 a 11 to web/0",
    "234 a 12 to web/0@v2",
    "237 a 13 to web/0",
    "255 a 14 to web/0@v2",
    "258 a 15 to web/0",
  ]);
  expect(summary.operations[1]).toMatchObject({ sessionsInFlight: 1 });
});

test("a connection that broke is opened anew, to whoever is in production then", () => {
  const { lines } = plot([deploy, { at: "100s", kind: "swap" }], {
    clients: { a: { endpoint: "web", arrivals: { instants: ["90s"] }, session: { requests: 1000, think: "20s" } } },
    faults: [{ at: "111500ms", kind: "app-crash", instance: "staging:web/0", repairAfter: "1s" }],
    horizon: "160s",
  });
  expect(lines(/a \d+ (to|crash)/)).toEqual([
    "90 a 1 to web/0",
    "111 a 2 to web/0",
    "111.5 a 2 crash",
    "131.5 a 3 to web/0@v2",
    "152.5 a 4 to web/0@v2",
  ]);
});

test("a swap is refused while an instance of either slot is not ready", () => {
  const swap = { at: "100s", kind: "swap" } as const;
  const crash = (instance: string) => ({ faults: [{ at: "90s", kind: "app-crash", instance }] });
  expect(plot([deploy, swap], crash("staging:web/1")).lines(/refused/)).toEqual(["100 swap refused: web/1 in staging is recycling"]);
  expect(plot([deploy, swap], crash("web/0")).lines(/refused/)).toEqual(["100 swap refused: web/0 in production is recycling"]);
  const early = plot([deploy, { at: "20s", kind: "swap" }]);
  expect(early.lines(/refused/)).toEqual(["20 swap refused: web/0 in staging is starting"]);
  expect(early.summary.operations[1]).toMatchObject({ outcome: "refused", startedAtSeconds: 20, finishedAtSeconds: 20 });
});

test("a swap without a staging deployment is refused", () => {
  expect(plot([{ at: "100s", kind: "swap" }]).lines(/refused/)).toEqual(["100 swap refused: there is no staging deployment"]);
});

test("a swap is refused when the endpoints of the two deployments differ", () => {
  const other = { ...deploy, roles: { web: { endpoints: { web: {}, admin: {} } } } };
  const { lines } = plot([other, { at: "100s", kind: "swap" }]);
  expect(lines(/refused/)).toEqual(["100 swap refused: the endpoints of web differ between staging and production"]);
});

test("a swap is refused while another operation is running, and holds others off while it runs itself", () => {
  const upgrade = { at: "99s", kind: "upgrade", version: "v3", slot: "staging" } as const;
  const busy = plot([deploy, upgrade, { at: "100s", kind: "swap" }], { fabric: { swap: "4s", provision: "30s", install: "1min" } });
  expect(busy.lines(/refused/)).toEqual([
    "100 swap refused: VipSwapNotAllowedAsRollingUpgradeIsInProgress: upgrade of the staging deployment is in progress",
  ]);
  const scale = { at: "101s", kind: "scale", role: "web", instances: 3 } as const;
  const swapping = plot([deploy, { at: "100s", kind: "swap" }, scale]);
  expect(swapping.lines(/refused/)).toEqual(["101 scale refused: swap of the production deployment is in progress"]);
});

test("without a production deployment the staging one is simply promoted", () => {
  const { lines, summary } = plot([deploy, { at: "100s", kind: "swap" }], {
    service: { roles: { web: { kind: "web", instances: 2, service: "1s" } }, deployedAtStart: false },
    clients: at("99s", "105s"),
  });
  expect(lines(/a \d (no|to|ok)/)).toEqual(["99 a 1 no-backend", "105 a 2 to web/0", "106 a 2 ok"]);
  expect(summary.operations[1]?.outcome).toBe("succeeded");
});

test("swapping back is the same operation, and the quick way out", () => {
  const { lines } = plot([deploy, { at: "100s", kind: "swap" }, { at: "200s", kind: "swap" }], { clients: at("99s", "150s", "250s") });
  expect(lines(/a \d to/)).toEqual(["99 a 1 to web/0", "150 a 2 to web/0@v2", "250 a 3 to web/0"]);
});

test("clients of the staging slot call what is in staging", () => {
  const { lines } = plot([deploy, { at: "100s", kind: "swap" }], {
    clients: { testers: { endpoint: "web", slot: "staging", arrivals: { instants: ["5s", "90s", "110s"] } } },
  });
  expect(lines(/testers \d (no|to)/)).toEqual(["5 testers 1 no-backend", "90 testers 2 to web/0@v2", "110 testers 3 to web/0"]);
});

test("a cold staging slot shows its slow first requests after the swap", () => {
  const { lines } = plot([deploy, { at: "100s", kind: "swap" }], {
    service: { roles: { web: { kind: "web", instances: 2, service: "1s", coldStart: "5s" } } },
    clients: at("99s", "105s", "106s", "120s"),
  });
  expect(lines(/ok/)).toEqual(["100 a 1 ok", "111 a 2 ok", "112 a 3 ok", "121 a 4 ok"]);
});

test("while a swap makes trouble nobody new gets through, not even to a deployment that is made meanwhile", () => {
  const { lines } = plot(
    [
      { ...deploy, at: "0s" },
      { at: "50s", kind: "delete", slot: "production" },
      { at: "100s", kind: "swap" },
      { ...deploy, at: "110s" },
    ],
    {
      fabric: { swapTransient: { probability: "100%", duration: "30s" } },
      clients: { a: { endpoint: "web", slot: "staging", arrivals: { instants: ["120s", "150s"] } } },
    },
  );
  expect(lines(/a \d (refused|ok)/)).toEqual(["120 a 1 refused", "151 a 2 ok"]);
});

test("a swap that the fabric controller does not live to see happens when it decides again", () => {
  const { lines } = plot([deploy, { at: "100s", kind: "swap" }], {
    fabric: { swap: "4s", provision: "30s", controller: { failover: "20s" } },
    faults: [{ at: "102s", kind: "controller-failure" }],
  });
  expect(lines(/swap|controller (falls|decides)/)).toEqual([
    "100 swap staging and production starts",
    "102 the controller falls silent",
    "122 the controller decides again, 1 waited",
    "122 slots swapped",
    "122 swap staging and production done",
  ]);
});

test("how long a swap takes may be a law, and the trouble after it happens to some only", () => {
  const swapped = Array.from({ length: 30 }, (_, seed) => {
    const more = { fabric: { swap: "uniform(3s, 5s)", provision: "30s", swapTransient: { probability: "50%", duration: "9s" } } } as const;
    const { lines } = tell(
      { service: { roles: { web: { kind: "web", instances: 1 } } }, operations: [deploy, { at: "100s", kind: "swap" }], ...more },
      seed,
    );
    return { at: Number.parseFloat(lines(/slots swapped/)[0] ?? ""), trouble: lines(/connections refused for 9 s/).length };
  });
  for (const { at } of swapped) expect(at).toBeGreaterThan(103);
  for (const { at } of swapped) expect(at).toBeLessThan(105);
  expect(new Set(swapped.map(({ at }) => at)).size).toBe(30);
  const troubled = swapped.reduce((sum, { trouble }) => sum + trouble, 0);
  expect(troubled).toBeGreaterThan(5);
  expect(troubled).toBeLessThan(25);
});
