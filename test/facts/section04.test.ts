import { expect } from "vitest";
import { hashNumbers } from "../../src/model/policies/balancing/hash.ts";
import { type Plot, tell } from "../model/story.ts";
import { factsOf } from "./fact.ts";
import { facts } from "./section04.ts";

const fact = factsOf(facts);

const seconds = (count: number, from = 1) => Array.from({ length: count }, (_, k) => `${k + from}s`);
const session = { session: { requests: 1_000_000, think: "10s" } };

/** A web role of three instances behind a balancer that hashes, and one client. */
function plot(client: object, more: Partial<Plot> = {}, role: object = {}) {
  return tell({
    service: { roles: { web: { kind: "web", instances: 3, service: "1s", ...role } } },
    clients: { a: { endpoint: "web", arrivals: { instants: seconds(1) }, ...client } },
    horizon: "3min",
    ...more,
  });
}
const where = (lines: string[]) => lines.map((line) => line.split(" to ")[1] ?? "");
const places = (lines: string[]) => new Set(where(lines)).size;
const probe = (more: object = {}) => ({ probe: { interval: "5s", phase: "1s", evictAfter: "11s", asks: "application" as const, ...more } });
const hang = (at: string, repairAfter: string, instance = "each(web)") => ({ at, kind: "pause", instance, repairAfter });

fact("4.1", () => {
  const { lines } = plot({ arrivals: { instants: seconds(150) }, addresses: 1 });
  const counts = ["web/0", "web/1", "web/2"].map((name) => where(lines(/ to /)).filter((to) => to === name).length);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(150);
  for (const count of counts) expect(count).toBeGreaterThan(30);
});

fact("4.2", () => {
  const one = plot({ ...session });
  expect(one.lines(/ to /).length).toBeGreaterThan(10);
  expect(places(one.lines(/ to /))).toBe(1);
  expect(places(plot({ arrivals: { instants: seconds(30) }, addresses: 1 }).lines(/ to /))).toBe(3);
});

fact("4.3", () => {
  const balancer = { policy: "source-ip" };
  expect(places(plot({ arrivals: { instants: seconds(50) }, addresses: 1 }, { balancer }).lines(/ to /))).toBe(1);
  expect(places(plot({ arrivals: { instants: seconds(50) }, addresses: 50 }, { balancer }).lines(/ to /))).toBe(3);
});

fact("4.4", () => {
  const part = (policy: string, instances: number) => {
    const client = (protocol: string) => ({ endpoint: "web", arrivals: { instants: seconds(9) }, addresses: 1, protocol });
    const { lines } = plot({}, { balancer: { policy }, clients: { tcp: client("tcp"), udp: client("udp") } as never }, { instances });
    return [places(lines(/tcp \d to/)), places(lines(/udp \d to/)), places(lines(/ to /))];
  };
  expect([2, 3, 4, 5, 6, 7].map((instances) => part("source-ip", instances)[2])).toEqual([1, 1, 1, 1, 1, 1]);
  const apart = [2, 3, 4, 5, 6, 7].map((instances) => part("source-ip-protocol", instances));
  expect(apart.every(([tcp, udp]) => tcp === 1 && udp === 1)).toBe(true);
  expect(apart.some(([, , together]) => together === 2)).toBe(true);
});

fact("4.5", () => {
  const moves = [1, 2, 3, 4, 5, 6].map((instances) => {
    const { lines } = plot(
      { arrivals: { instants: seconds(20) }, addresses: 1 },
      { balancer: { policy: "source-ip" }, operations: [{ at: "10500ms", kind: "scale", role: "web", instances: instances + 1 }] },
      { instances },
    );
    const sent = where(lines(/ a \d+ to /));
    expect([new Set(sent.slice(0, 10)).size, new Set(sent.slice(10)).size]).toEqual([1, 1]);
    return sent[0] !== sent[19];
  });
  expect(moves).toContain(true);
});

fact("4.6", () => {
  // the published test values of murmur3 (32 bits, seed 0) for eight bytes
  expect(hashNumbers(0, 0)).toBe(0x63852afc);
  const { lines } = plot({ ...session }, { operations: [{ at: "50s", kind: "scale", role: "web", instances: 7 }] });
  expect(places(lines(/ a \d+ to /))).toBe(1);
});

fact("4.7", () => {
  const slow = { arrivals: { instants: ["1s"] }, session: { requests: 1_000_000, think: "5min" } };
  const after = (endpoint: object, idleTimeout = "4min") =>
    places(
      plot({ ...slow, endpoint: "web/e" }, { horizon: "3h", balancer: { idleTimeout } }, { endpoints: { e: endpoint } }).lines(/ to /),
    );
  expect(after({})).toBe(3);
  expect(after({ idleTimeout: "10min" })).toBe(1);
  expect(after({ idleTimeout: "4min" }, "30min")).toBe(3);
  expect(() => after({ idleTimeout: "3min" })).toThrow("the platform allows 4min to 30min");
  expect(() => after({}, "31min")).toThrow("the platform allows 4min to 30min");
});

fact("4.8", () => {
  const slow = { arrivals: { instants: ["1s"] }, session: { requests: 1_000_000, think: "5min" }, timeout: "20s" };
  const { lines, summary } = plot(slow, { horizon: "12min", balancer: { idleReset: false } });
  expect(lines(/arrives|ok|timeout/)).toEqual([
    "1 a 1 arrives",
    "2 a 1 ok",
    "302 a 2 arrives",
    "322 a 2 timeout-silent",
    "622 a 3 arrives",
    "623 a 3 ok",
  ]);
  expect(summary.requests.failedByAttribution[0]?.source).toMatch(/^idle-timeout of web\/\d$/);
  expect(plot(slow, { horizon: "12min", balancer: { idleReset: true } }).summary.requests.failed).toBe(0);
  const again = plot({ ...slow, retry: { attempts: 2, backoff: "1s" } }, { horizon: "12min", balancer: { idleReset: false } });
  expect(again.lines(/a 2 ok/)).toEqual(["324 a 2 ok"]);
});

fact("4.9", () => {
  const { lines } = plot(
    { ...session, timeout: "8s" },
    {
      clients: {
        a: { endpoint: "web", arrivals: { instants: ["1s"] }, ...session },
        b: { endpoint: "web", arrivals: { instants: seconds(90, 20) } },
      } as never,
      balancer: { policy: "hash", ...probe() },
      faults: [hang("12s", "50s")],
    },
    {},
  );
  const kept = where(lines(/ a \d+ to /));
  expect(new Set(kept).size).toBe(1);
  const mine = kept[0] ?? "";
  const out = lines(new RegExp(`${mine} out`)).map(Number.parseFloat)[0] ?? 0;
  expect(out).toBeGreaterThan(12);
  const during = lines(/ b \d+ to /).filter((line) => Number.parseFloat(line) > out && Number.parseFloat(line) < 60);
  expect(where(during)).not.toContain(mine);
});

fact("4.10", () => {
  const { lines } = plot(
    { ...session, timeout: "5s", retry: { attempts: 3, backoff: "1s" } },
    { balancer: { policy: "round-robin", ...probe() }, faults: [{ at: "5s", kind: "vm-failure", instance: "web/0" }] },
  );
  expect(lines(/ to |silent/).slice(0, 4)).toEqual([
    "1 a 1.1 to web/0",
    "12 a 2.1 to web/0",
    "17 a 2.1 timeout-silent",
    "18 a 2.2 to web/1",
  ]);
});

fact("4.11", () => {
  // the user comes back at 23 s, after web/0 has left the rotation at 22 s
  const third = (protocol: string) =>
    plot({ ...session, protocol }, { balancer: { policy: "round-robin", ...probe() }, faults: [hang("13500ms", "100s", "web/0")] }).lines(
      /web\/0 out| a [13] to /,
    );
  expect(third("udp")).toEqual(["1 a 1 to web/0", "22 web/0 out", "23 a 3 to web/1"]);
  expect(third("tcp")).toEqual(["1 a 1 to web/0", "22 web/0 out", "23 a 3 to web/0"]);
});

/** Two requests in flight and a session that comes back, while nobody answers probes. */
const allDown = (sku: "classic" | "standard") =>
  plot(
    { arrivals: { instants: ["10s", "11s", "40s"] }, timeout: "2min" },
    { balancer: { policy: "round-robin", sku, ...probe() }, faults: [hang("12s", "60s")] },
    { instances: 2, service: "5s" },
  );

fact("4.12", () => {
  const { lines } = allDown("classic");
  const out = lines(/out$/).map((line) => Number.parseFloat(line));
  expect(lines(/a \d (no-backend|ok)/)).toEqual([`${out[1]} a 1 no-backend`, `${out[1]} a 2 no-backend`, "40 a 3 no-backend"]);
});

fact("4.13", () => {
  const { lines } = allDown("standard");
  expect(lines(/a \d (no-backend|ok)/)).toEqual(["40 a 3 no-backend", "75 a 1 ok", "76 a 2 ok"]);
});

fact("4.14", () => {
  const { lines } = plot(
    { arrivals: { instants: ["20s", "40s"] } },
    { balancer: probe(), faults: [{ at: "10s", kind: "app-crash", instance: "web/0", repairAfter: "20s" }] },
    { instances: 1 },
  );
  expect(lines(/out$/)).toEqual([]);
  expect(lines(/refused|ok/)).toEqual(["20 a 1 refused", "41 a 2 ok"]);
});

fact("4.15", () => {
  const { lines } = plot(
    {},
    { balancer: probe(), faults: [{ at: "13s", kind: "web-process-crash", instance: "web/0", repairAfter: "1min" }] },
  );
  expect(lines(/web\/0 out/)).toEqual(["16 web/0 out"]);
});

fact("4.16", () => {
  const { lines } = plot({}, { balancer: { probe: { phase: "1s" } }, faults: [{ at: "20s", kind: "vm-failure", instance: "web/0" }] });
  // the last success was at 16 s
  expect(lines(/web\/0 out/)).toEqual(["47 web/0 out"]);
});

fact("4.17", () => {
  const { lines } = plot(
    {},
    { balancer: { probe: { phase: "1s" } }, faults: [{ at: "20s", kind: "app-crash", instance: "web/0", repairAfter: "1min" }] },
  );
  // a dead process refuses: its next probe, at 31 s, says so
  expect(lines(/web\/0 out/)).toEqual(["31 web/0 out"]);
});

fact("4.18", () => {
  const crash = (at: string) => ({ at, kind: "app-crash", instance: "web/0", repairAfter: "3s" });
  const back = (more: object) =>
    plot({}, { balancer: probe({ readmitAfterFlap: 3, flapWithin: "30s", ...more }), faults: [crash("9s"), crash("24s")] }).lines(
      /web\/0 (in|out)/,
    );
  expect(back({})).toEqual(["11 web/0 out", "16 web/0 in", "26 web/0 out", "41 web/0 in"]);
  expect(back({ flapWithin: "5s" })).toEqual(["11 web/0 out", "16 web/0 in", "26 web/0 out", "31 web/0 in"]);
});

fact("4.20", () => {
  const { lines } = tell({
    service: { roles: { web: { kind: "web", instances: 2, service: "1s" } } },
    clients: {
      p: { endpoint: "web", arrivals: { instants: ["5s", "20s"] } },
      s: { endpoint: "web", slot: "staging", arrivals: { instants: ["5s", "20s"] } },
    },
    operations: [{ at: "10s", kind: "deploy", slot: "staging", version: "v2" }],
    horizon: "1min",
  });
  expect(lines(/ [ps] \d (to|no-backend)/)).toEqual([
    expect.stringMatching(/^5 p 1 to web\/\d$/),
    "5 s 1 no-backend",
    expect.stringMatching(/^20 p 2 to web\/\d$/),
    expect.stringMatching(/^20 s 2 to web\/\d@v2$/),
  ]);
});

fact("4.22", () => {
  expect(plot({ protocol: "tcp" }).summary.requests.succeeded + plot({ protocol: "udp" }).summary.requests.succeeded).toBe(2);
  expect(() => plot({ protocol: "icmp" })).toThrow("icmp");
});

fact("4.23", () => {
  const { lines, summary } = plot(
    { arrivals: { instants: ["5s", "60s"] } },
    { operations: [{ at: "20s", kind: "delete", slot: "production" }] },
  );
  expect(lines(/ok|no-backend/)).toEqual(["6 a 1 ok", "60 a 2 no-backend"]);
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "delete production", failed: 1 }]);
});

fact("4.25", () => {
  const run = (ignoreRoleInstanceStatus: boolean) =>
    plot(
      { endpoint: "web/e", arrivals: { instants: seconds(9, 20) } },
      {
        balancer: { policy: "round-robin", ...probe() },
        faults: [{ at: "5s", kind: "app-crash", instance: "web/0", repairAfter: "1min" }],
      },
      { endpoints: { e: { ignoreRoleInstanceStatus } } },
    ).summary.requests.failed;
  expect(run(false)).toBe(0);
  expect(run(true)).toBe(3);
});

fact("4.26", () => {
  const client = (endpoint: string) =>
    plot(
      { endpoint, arrivals: { instants: ["5s", "20s", "90s"] } },
      { balancer: probe(), faults: [{ at: "10s", kind: "app-crash", instance: "web/2", repairAfter: "1min" }] },
      { endpoints: { e: {}, debug: { instanceInput: true } } },
    ).lines(/ to |refused|no-backend/);
  expect(client("web/debug/2")).toEqual(["5 a 1 to web/2", "20 a 2 to web/2", "20 a 2 refused", "90 a 3 to web/2"]);
  expect(client("web/debug/7")).toEqual(["5 a 1 no-backend", "20 a 2 no-backend", "90 a 3 no-backend"]);
  expect(() => client("web/debug")).toThrow("say which one, as in web/debug/0");
  expect(() => client("web/e/1")).toThrow("is balanced");
});
