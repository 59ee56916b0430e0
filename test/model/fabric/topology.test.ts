import { expect, test } from "vitest";
import { Course } from "../../../src/experiment/course.ts";
import type { Scenario } from "../../../src/scenario/schema/scenario.ts";
import { validate } from "../../../src/scenario/validate.ts";
import { type Plot, tell } from "../story.ts";

const web = { kind: "web", instances: 2, handler: [{ call: "back", policy: "first", timeout: "3s" }] };
const back = { kind: "worker", instances: 2, service: "1s", internalEndpoints: ["api"] };

/** A request at each second from 10 s on, in turn at web/0 and web/1; role `back` is scaled at 20 s. */
function scaled(instances: number, service: object = {}, more: object = {}) {
  const instants = Array.from({ length: 31 }, (_, second) => `${second + 10}s`);
  return tell({
    horizon: "60s",
    service: { roles: { web, back }, upgradeDomains: 2, ...service },
    balancer: { policy: "round-robin" },
    clients: { a: { endpoint: "web", arrivals: { instants } } },
    operations: [{ at: "20s", kind: "scale", role: "back", instances }],
    fabric: { topologyChange: "5s" },
    ...more,
  } as unknown as Plot);
}
const last = { ...web, handler: [{ call: "back", policy: "round-robin", timeout: "3s" }] };

test("an instance that is gone is called until the caller has been told", () => {
  const { lines, summary } = scaled(1, { roles: { web: last, back } });
  const gone = lines(/to back\/1/).map((line) => Number(line.split(" ")[0]));
  expect(Math.max(...gone)).toBeLessThanOrEqual(25);
  expect(gone.filter((at) => at >= 20).length).toBeGreaterThan(0);
  // nothing has that address any more
  const silent = lines(/timeout-silent/);
  expect(silent.length).toBe(gone.filter((at) => at >= 20).length);
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "scale back to 1", cause: "timeout-silent" }]);
});

test("while it drains, it refuses", () => {
  const { summary } = scaled(1, { roles: { web: last, back: { ...back, onStop: "10s" } } });
  expect(Object.keys(summary.requests.failedByCause)).toEqual(["refused"]);
});

test("a new instance is called once the caller has been told, ready or not", () => {
  const { lines } = scaled(3, { roles: { web: last, back } }, { fabric: { topologyChange: "5s", provision: "10s" } });
  const first = Number(lines(/to back\/2/)[0]?.split(" ")[0]);
  expect(first).toBeGreaterThanOrEqual(25);
  expect(lines(/back\/2 ready/)).toEqual(["30 back/2 ready"]);
  expect(lines(/timeout-silent/).length).toBeGreaterThan(0);
});

test("in a walk the upgrade domains know it one after the other", () => {
  const { lines } = scaled(1, { roles: { web: last, back }, topologyChangeDiscovery: "upgrade-domain-walk" });
  expect(lines(/Changed/)).toEqual(["25 back/0 Changed topology", "25 web/0 Changed topology", "30 web/1 Changed topology"]);
  const to = new Map(lines(/ to web/).map((line) => [line.split(" ").slice(1, 3).join(" "), line.split(" to ")[1]]));
  const late = lines(/to back\/1/).filter((line) => Number(line.split(" ")[0]) > 25);
  expect(late.length).toBeGreaterThan(0);
  for (const line of late) expect(to.get(line.split(" ").slice(1, 3).join(" "))).toBe("web/1");
});

test("one that starts knows the topology as it is", () => {
  const { lines } = scaled(
    1,
    { roles: { web: last, back }, topologyChangeDiscovery: "upgrade-domain-walk" },
    {
      fabric: { topologyChange: "1h" },
      operations: [
        { at: "20s", kind: "scale", role: "back", instances: 1 },
        { at: "24s", kind: "reboot", instance: "each(web)" },
      ],
    },
  );
  expect(
    lines(/to back\/1/)
      .map((line) => Number(line.split(" ")[0]))
      .every((at) => at < 24),
  ).toBe(true);
});

test("without an internal endpoint nobody is told, and nothing is late", () => {
  const { lines } = tell({
    service: { roles: { web: { kind: "web", instances: 2 } } },
    operations: [{ at: "20s", kind: "scale", role: "web", instances: 3 }],
    fabric: { topologyChange: "5s" },
  });
  expect(lines(/Chang/)).toEqual([]);
});

test("what no instance knows any more is not kept, however often a role is scaled", () => {
  const operations = Array.from({ length: 100 }, (_, turn) => ({
    at: `${turn + 1}min`,
    kind: "scale",
    role: "back",
    instances: turn % 2 === 0 ? 3 : 2,
  }));
  for (const topologyChange of ["0s", "70s"]) {
    const scenario = {
      name: "a",
      preset: "ideal",
      horizon: "2h",
      service: { roles: { web, back } },
      fabric: { topologyChange },
      operations,
    };
    const { design } = validate(scenario as unknown as Scenario);
    const course = new Course({ design, seed: 1, replication: 0, keep: "none" });
    course.advanceTo(design.horizon);
    const [deployment] = course.platform.world.deployments;
    expect(deployment?.topologies.length).toBe(101);
    expect(deployment?.topologies.filter((roles) => roles.length > 0).length).toBeLessThanOrEqual(4);
    expect(course.platform.world.topologyChanges.length).toBe(topologyChange === "0s" ? 0 : 100);
  }
});
