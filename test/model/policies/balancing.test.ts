import { expect, test } from "vitest";
import { hashNumbers } from "../../../src/model/policies/balancing/hash.ts";
import { balancingPolicies } from "../../../src/model/policies/balancing/index.ts";
import type { BalancingView } from "../../../src/model/policies/balancing/policy.ts";
import { Streams } from "../../../src/random/streams.ts";
import { type Plot, tell } from "../story.ts";

const policy = (kind: string) => {
  const found = balancingPolicies.find((candidate) => candidate.kind === kind);
  if (found === undefined) throw new Error(`no policy ${kind}`);
  return found;
};
const view = (candidates: number[], outstanding: number[] = []): BalancingView => {
  const streams = new Streams(1, 0);
  return {
    candidates: Int32Array.from(candidates),
    count: candidates.length,
    outstanding: Int32Array.from(outstanding),
    index: Int32Array.from({ length: 10 }, (_, id) => candidates.indexOf(id)),
    weights: [3, 1],
    flow: 0,
    transport: 6,
    address: 0,
    memory: -1,
    streams,
    stream: streams.open("balancing"),
  };
};
const sent = (plot: Partial<Plot> & Pick<Plot, "clients">, instances = 3) =>
  tell({ service: { roles: { web: { kind: "web", instances } } }, ...plot }).lines(/ to /);
const every = (count: number) => ({ instants: Array.from({ length: count }, (_, index) => `${index + 1}s`) });
const who = (lines: string[]) => lines.map((line) => line.slice(-5));

test("every policy says what it does and chooses a place that exists", () => {
  for (const { kind, summary, choose } of balancingPolicies) {
    expect(summary, kind).toMatch(/^[A-Z].*\.$/);
    const seen = view([2, 5, 9], [0, 0, 4, 0, 0, 1, 0, 0, 0, 2]);
    for (let flow = 0; flow < 200; flow++) {
      seen.flow = flow * 2654435761;
      seen.address = flow;
      const chosen = choose(seen);
      expect(chosen, kind).toBeGreaterThanOrEqual(0);
      expect(chosen, kind).toBeLessThan(3);
    }
  }
});

test("round robin: the smallest id above the last one chosen, else the smallest", () => {
  const { choose } = policy("round-robin");
  const after = (memory: number, candidates: number[]) => {
    const seen = { ...view(candidates), memory };
    return candidates[choose(seen)];
  };
  expect(after(-1, [0, 1, 2])).toBe(0);
  expect(after(0, [0, 1, 2])).toBe(1);
  expect(after(2, [0, 1, 2])).toBe(0);
  expect(after(1, [0, 4, 7])).toBe(4);
  expect(after(4, [5, 6, 9])).toBe(5);
  expect(after(5, [1, 3])).toBe(1);
  expect(after(6, [0, 1, 2, 7, 8])).toBe(7);
});

test("round robin: the pointer survives membership changes", () => {
  const lines = sent({
    balancer: { policy: "round-robin" },
    faults: [{ at: "2500ms", kind: "app-crash", instance: "web/1", repairAfter: "3s" }],
    clients: { a: { endpoint: "web", arrivals: every(8) } },
  });
  expect(who(lines)).toEqual(["web/0", "web/1", "web/2", "web/0", "web/2", "web/0", "web/1", "web/2"]);
});

test("round robin: the pointer is reset at a swap", () => {
  const lines = sent({
    balancer: { policy: "round-robin" },
    operations: [
      { at: "0s", kind: "deploy", version: "v2" },
      { at: "1500ms", kind: "swap" },
      { at: "3500ms", kind: "swap" },
    ],
    clients: { a: { endpoint: "web", arrivals: every(5) } },
  });
  expect(lines.map((line) => line.split(" to ")[1])).toEqual(["web/0", "web/0@v2", "web/1@v2", "web/0", "web/1"]);
});

test("least-outstanding: the fewest requests in progress, ties to the smallest id", () => {
  const { choose } = policy("least-outstanding");
  expect(choose(view([0, 1, 2], [3, 1, 1]))).toBe(1);
  expect(choose(view([0, 1, 2], [2, 2, 2]))).toBe(0);
});

test("least-outstanding counts what was sent and not answered: a client that gave up counts no more", () => {
  const lines = sent(
    {
      balancer: { policy: "least-outstanding" },
      service: { roles: { web: { kind: "web", instances: 2, service: "1min" } } },
      clients: { a: { endpoint: "web", arrivals: { instants: ["1s", "2s", "3s", "9500ms"] }, timeout: "7s" } },
    },
    2,
  );
  expect(who(lines)).toEqual(["web/0", "web/1", "web/0", "web/1"]);
});

test("power-of-two draws two different instances and takes the one with fewer requests in progress", () => {
  const { choose } = policy("power-of-two");
  const seen = view([0, 1, 2], [5, 0, 9]);
  const chosen = Array.from({ length: 600 }, () => choose(seen));
  expect(chosen).not.toContain(2);
  expect(chosen.filter((place) => place === 1).length).toBeGreaterThan(350);
  expect(choose(view([4], [0, 0, 0, 0, 7]))).toBe(0);
});

test("random draws uniformly", () => {
  const { choose } = policy("random");
  const seen = view([3, 4, 8]);
  const counts = [0, 0, 0];
  for (let draw = 0; draw < 3000; draw++) counts[choose(seen)]++;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(100);
});

test("hash: a flow goes where the hash of its 5-tuple names, so a session sticks and a new source port may go elsewhere", () => {
  const { choose } = policy("hash");
  const seen = view([0, 1, 2, 3]);
  for (let flow = 0; flow < 100; flow++) {
    seen.flow = flow;
    seen.address = 7;
    expect(choose(seen)).toBe(hashNumbers(flow, 7) % 4);
  }
  const places = new Set(Array.from({ length: 100 }, (_, flow) => choose({ ...seen, flow })));
  expect(places.size).toBe(4);
});

test("source-ip: all flows of one address go to the same instance as long as the rotation does not change", () => {
  const lines = sent({
    balancer: { policy: "source-ip" },
    clients: { a: { endpoint: "web", arrivals: every(30), addresses: 1 } },
  });
  expect(new Set(who(lines)).size).toBe(1);
  const many = sent({ balancer: { policy: "source-ip" }, clients: { a: { endpoint: "web", arrivals: every(30), addresses: 1000 } } });
  expect(new Set(who(many)).size).toBe(3);
});

test("a policy only shifts where requests go: arrivals and demands are the same under all of them", () => {
  const told = balancingPolicies.map(({ kind }) => {
    const { lines, summary } = tell({
      service: { roles: { web: { kind: "web", instances: 3, concurrency: 1000, service: "exponential(1s)" } } },
      balancer: { policy: kind },
      clients: { a: { endpoint: "web", arrivals: "poisson(2/s)" } },
      horizon: "1min",
    });
    return { arrivals: lines(/arrives/), mean: summary.latencyMs.mean };
  });
  for (const story of told) expect(story).toEqual(told[0]);
});

test("weighted round robin gives each instance as many flows in a row as its weight says", () => {
  const seen = view([2, 5, 9]);
  const chosen = Array.from({ length: 10 }, () => policy("weighted-round-robin").choose(seen));
  expect(chosen).toEqual([0, 0, 0, 1, 2, 0, 0, 0, 1, 2]);
});

test("weighted random draws in proportion to the weights", () => {
  const seen = view([2, 5, 9]);
  const counts = [0, 0, 0];
  for (let flow = 0; flow < 5000; flow++) counts[policy("weighted-random").choose(seen)]++;
  // 3, 1 and 1 of 5: within 4 standard deviations of 3000, 1000 and 1000
  expect(Math.abs(counts[0] - 3000)).toBeLessThan(4 * Math.sqrt(5000 * 0.6 * 0.4));
  expect(Math.abs(counts[1] - 1000)).toBeLessThan(4 * Math.sqrt(5000 * 0.2 * 0.8));
});

test("weighted least outstanding compares what an instance would hold with its weight", () => {
  expect(policy("weighted-least-outstanding").choose(view([2, 5], [0, 0, 3, 0, 0, 1]))).toBe(0);
  expect(policy("weighted-least-outstanding").choose(view([2, 5], [0, 0, 6, 0, 0, 1]))).toBe(1);
});

test("weights in a scenario reach the policy", () => {
  const lines = sent({
    balancer: { policy: "weighted-round-robin", weights: [2, 1], probe: "none" },
    clients: { users: { endpoint: "web", arrivals: every(6) } },
  });
  expect(who(lines)).toEqual(["web/0", "web/0", "web/1", "web/2", "web/0", "web/0"]);
});
