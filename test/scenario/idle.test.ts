import { describe, expect, it } from "vitest";
import { validate } from "../../src/scenario/validate.ts";

const plain = {
  name: "idle",
  horizon: "1h",
  service: { roles: { web: { kind: "web", instances: 2 }, work: { kind: "worker", queue: "jobs" } } },
  queues: { jobs: { arrivals: "poisson(1/s)" } },
  clients: { all: { endpoint: "web", arrivals: "poisson(1/s)", timeout: "5s" } },
};
const told = (change: object): readonly string[] => validate({ ...plain, ...change }).warnings.map(({ message }) => message);
const client = (more: object) => told({ clients: { all: { ...plain.clients.all, ...more } } });

describe("what is there and does nothing", () => {
  it("is nothing in an ordinary scenario", () => {
    expect(told({})).toEqual([]);
    expect(client({ retry: { attempts: 3 }, deadline: "30s" })).toEqual([]);
  });

  it("is a queue that nobody puts messages into", () => {
    expect(told({ queues: { jobs: {} } })).toEqual(["queues.jobs: nobody puts messages into jobs: give it arrivals, or a role that does"]);
    const roles = { web: { kind: "web", handler: [{ compute: "1ms" }, { enqueue: "jobs" }] }, work: { kind: "worker", queue: "jobs" } };
    expect(told({ queues: { jobs: {} }, service: { roles } })).toEqual([]);
  });

  it("is a retry that never comes", () => {
    expect(client({ retry: { attempts: 1 } })).toEqual(["clients.all.retry: one attempt is the first one: nothing is retried"]);
    expect(client({ retry: { attempts: 3, backoff: "5s", jitter: "none" }, deadline: "4s" })).toEqual([
      "clients.all.retry: nothing is retried: the deadline is over before the first back-off is",
    ]);
    expect(client({ retry: { attempts: 3, backoff: "1s" }, deadline: "4s" })).toEqual([
      "clients.all.retry: an attempt that times out is never retried: the deadline is over by then",
    ]);
    expect(client({ retry: { attempts: 3 }, timeout: "never" })).toEqual([
      "clients.all.retry: without a timeout slow answers are waited for, and only what fails at once is retried",
    ]);
  });

  it("is a client of an instance that is never there", () => {
    const service = {
      roles: { ...plain.service.roles, web: { kind: "web", instances: 2, endpoints: { debug: { instanceInput: true } } } },
    };
    const of = (endpoint: string, more: object = {}) => told({ service, clients: { all: { ...plain.clients.all, endpoint } }, ...more });
    expect(of("web/debug/1")).toEqual([]);
    expect(of("web/debug/2")).toEqual(["clients.all.endpoint: web has 2 instances, numbered from 0: every request fails"]);
    expect(of("web/debug/2", { operations: [{ at: "1min", kind: "scale", role: "web", instances: 3 }] })).toEqual([]);
  });

  it("is an autoscale rule that cannot fire, or has nothing to change", () => {
    const scaled = (rule: object, capacity: object = { min: 1, max: 5 }, more: object = {}) =>
      told({
        autoscale: {
          ...more,
          roles: { web: { capacity, rules: [{ metric: "cpu", operator: "<", threshold: 20, scale: "in", ...rule }] } },
        },
      });
    expect(scaled({})).toEqual([]);
    expect(scaled({ threshold: 0 })).toEqual(["autoscale.roles.web.rules.0.threshold: this rule never fires: cpu is never < 0"]);
    expect(scaled({ operator: ">", threshold: 100 })).toEqual([
      "autoscale.roles.web.rules.0.threshold: this rule never fires: cpu is never > 100",
    ]);
    expect(scaled({}, { min: 2, max: 2 })).toEqual([
      "autoscale.roles.web.rules: these rules never change anything: the capacity is from 2 to 2",
    ]);
    expect(scaled({}, undefined, { metricDelay: "2h" })[0]).toContain("no rule ever knows its metric");
  });

  it("is a patch calendar that begins after the run", () => {
    expect(told({ patching: "default" })[0]).toContain("in so short a run hardly anything is patched");
    expect(told({ patching: "default", preset: "ideal" })[0]).toContain("in so short a run hardly anything is patched");
    expect(told({ patching: "default", horizon: "90d" })).toEqual([]);
    expect(told({ patching: "none" })).toEqual([]);
  });

  it("is a variant that is like another one, or alone", () => {
    const more = { service: { roles: { web: { instances: 3 } } } };
    expect(told({ variants: { two: {}, three: more } })).toEqual([]);
    expect(told({ variants: { two: {}, three: more, same: { service: { roles: { web: { instances: 2 } } } } } })).toEqual([
      "variants.same: this variant is the same as two: nothing in it makes a difference",
    ]);
    expect(told({ variants: { three: more } })).toEqual(["variants.three: there is no other variant to compare this one with"]);
  });

  it("is a choice of a lesson that is there twice", () => {
    const lesson = { question: "?", choices: ["yes", "no", "yes"], answer: 2, happens: "so", why: "because" };
    expect(told({ lesson, expect: ["requests.failed <= 1"] })).toEqual(["lesson.choices.2: this choice is the same as choice 1"]);
  });
});
