import { describe, expect, it } from "vitest";
import { run } from "../../../src/experiment/library.ts";
import type { AutoscalePolicy, AutoscalePolicyView } from "../../../src/model/policies/autoscale/policy.ts";
import type { BalancingView } from "../../../src/model/policies/balancing/policy.ts";
import { type Policy, PolicyError } from "../../../src/model/policies/own.ts";
import type { Scenario } from "../../../src/scenario/schema/scenario.ts";
import { validate } from "../../../src/scenario/validate.ts";
import { tell } from "../story.ts";

const plot = {
  service: { roles: { web: { kind: "web", instances: 3, concurrency: 1, service: "1s" } } },
  balancer: { policy: "mine", probe: "none" },
  clients: { a: { endpoint: "web", arrivals: "constant(1/s)" } },
  horizon: "10s",
} as const;
const scenario = { name: "own", preset: "ideal", ...plot } as Scenario;
const balancing = (choose: (view: BalancingView) => number): Policy => ({ kind: "mine", choose });

describe("a balancing policy of the user's own", () => {
  it("is named in the scenario and chooses", () => {
    const last = balancing(({ count }) => count - 1);
    const { facts } = run(scenario, { policies: [last], everyFact: true });
    const sentTo = Array.from(facts.kind).flatMap((kind, place) => (kind === 1 ? [facts.value[place]] : []));
    expect(new Set(sentTo)).toEqual(new Set([2]));
  });

  it("may read the flow and draw, and two runs are alike", () => {
    const drawn = balancing((view) => (view.flow + Math.floor(view.streams.uniform(view.stream) * view.count)) % view.count);
    const prints = [1, 2].map(() => run(scenario, { policies: [drawn] }).summary.fingerprint);
    expect(prints[0]).toBe(prints[1]);
  });

  it.each([
    ["a place that is not there", () => 3, 'the policy "mine" chose 3, not a whole number from 0 to 2: a place among the candidates'],
    ["a broken number", () => 0.5, 'the policy "mine" chose 0.5, not a whole number from 0 to 2: a place among the candidates'],
    ["nothing", () => undefined as unknown as number, 'the policy "mine" chose undefined, not'],
    [
      "an error",
      () => {
        throw new TypeError("x is not a function");
      },
      'the policy "mine" failed: x is not a function',
    ],
    [
      "something else thrown",
      () => {
        throw "out of ideas";
      },
      'the policy "mine" failed: out of ideas',
    ],
  ])("ends the run when it returns %s, with its name and the instant", (_, choose, message) => {
    let found: unknown;
    try {
      run(scenario, { policies: [balancing(choose)] });
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(PolicyError);
    expect((found as PolicyError).message).toContain(message);
    expect(found).toMatchObject({ policy: "mine", at: 1_000_000 });
  });

  it("is asked for when it was not brought along, and does not take another's name", () => {
    expect(() => run(scenario)).toThrow('policy cannot be "mine"');
    expect(() => validate(scenario, { policies: [{ kind: "hsh", choose: () => 0 }] })).toThrow(/policy cannot be "mine"/);
    expect(() => validate(scenario, { policies: [balancing(() => 0), { kind: "hash", choose: () => 0 }] })).toThrow(
      'there is a policy "hash" already: give yours another name',
    );
    expect(() => validate(scenario, { policies: [{ kind: "mine", want: () => 0 }] })).toThrow(/policy cannot be "mine"/);
  });
});

describe("an autoscale policy of the user's own", () => {
  const scaled = {
    service: { roles: { web: { kind: "web", instances: 2, concurrency: 1, service: "1s" } } },
    balancer: { policy: "least-outstanding", probe: "none" },
    clients: { a: { endpoint: "web", arrivals: "constant(1.8/s)" } },
    fabric: { provision: "2min" },
    autoscale: {
      roles: {
        web: {
          policy: "mine",
          capacity: { min: 2, max: 6 },
          rules: [{ metric: "cpu", operator: ">", threshold: 70, scale: "out", window: "2min" }],
        },
      },
    },
    horizon: "15min",
  } as const;
  const autoscaling = (want: AutoscalePolicy["want"]): Policy => ({ kind: "mine", want });

  it("is shown what was measured and decides; the limits of the profile hold", () => {
    const seen: AutoscalePolicyView[] = [];
    const { lines } = tell(scaled as never, 7, [
      autoscaling((view) => {
        seen.push(view);
        return view.now > 600e6 ? 0 : 9;
      }),
    ]);
    expect(lines(/scaled/)).toEqual([
      "45 scaled out from 2 to 6: policy mine",
      "90 not scaled out: 6 is the most that the profile allows, policy mine",
      "630 scaled in from 6 to 2: policy mine",
    ]);
    const fourth = seen[3];
    expect(fourth).toMatchObject({ asked: 6, min: 2, max: 6, scaledAt: 45e6 });
    expect(fourth?.measured[0]).toHaveLength(2);
  });

  it("is not asked while the role is outside the limits of the profile, and is not news when it wants fewer than the fewest", () => {
    const asked: number[] = [];
    const mine = autoscaling((view) => {
      asked.push(view.asked);
      return 0;
    });
    const capacity = (min: number, max: number) => ({ roles: { web: { ...scaled.autoscale.roles.web, capacity: { min, max } } } });
    const few = tell({ ...scaled, autoscale: capacity(3, 6) } as never, 7, [mine]);
    expect(few.lines(/scaled/)).toEqual(["45 scaled out from 2 to 3: fewer than the profile's minimum"]);
    expect(new Set(asked)).toEqual(new Set([3]));
    asked.length = 0;
    const many = tell({ ...scaled, autoscale: capacity(1, 1) } as never, 7, [mine]);
    expect(many.lines(/scaled/)).toEqual(["45 scaled in from 2 to 1: more than the profile's maximum"]);
    expect(new Set(asked)).toEqual(new Set([1]));
  });

  it("ends the run when it wants half an instance", () => {
    expect(() => tell(scaled as never, 7, [autoscaling(() => 2.5)])).toThrow(
      'the policy "mine" wants 2.5 instances, not a whole number from 0 on',
    );
  });

  it("is asked for when it was not brought along", () => {
    expect(() => tell(scaled as never, 7, [{ kind: "mien", want: () => 2 }])).toThrow(
      'there is no autoscale policy "mine", did you mean "mien"?',
    );
  });
});
