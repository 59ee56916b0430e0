import { expect } from "vitest";
import { type Plot, tell } from "../model/story.ts";
import { factsOf } from "./fact.ts";
import { facts } from "./section05.ts";

const fact = factsOf(facts);

const service = (instances: number, more: object = {}) => ({ roles: { web: { kind: "web" as const, instances } }, ...more });
const domainsOf = (plot: Plot) => tell(plot).summary.instances.map(({ upgradeDomain }) => upgradeDomain);
const racksOf = (plot: Plot) => tell(plot).summary.instances.map(({ faultDomain }) => faultDomain);
const counts = (values: readonly number[]) =>
  [...new Set(values)].sort((a, b) => a - b).map((value) => values.filter((other) => other === value).length);

fact("5.1", () => {
  expect(new Set(domainsOf({ service: service(40) })).size).toBe(5);
  expect(new Set(domainsOf({ service: service(40, { upgradeDomains: 20 }) })).size).toBe(20);
  expect(() => domainsOf({ service: service(40, { upgradeDomains: 21 }) })).toThrow(/20/);
});

fact("5.2", () => {
  expect(counts(domainsOf({ service: service(10) }))).toEqual([2, 2, 2, 2, 2]);
  expect(counts(domainsOf({ service: service(14) }))).toEqual([3, 3, 3, 3, 2]);
});

fact("5.3", () => {
  expect(domainsOf({ service: service(7) })).toEqual([0, 1, 2, 3, 4, 0, 1]);
});

fact("5.4", () => {
  const domains = domainsOf({ service: service(6) });
  expect(domains[5]).toBe(domains[0]);
});

fact("5.5", () => {
  expect(racksOf({ datacenter: { faultDomains: 3 }, service: service(6) })).toEqual([0, 1, 2, 0, 1, 2]);
});

fact("5.6", () => {
  const { lines } = tell({
    service: service(2),
    operations: [{ at: "0s", kind: "upgrade", version: "v2", roles: { web: { onStart: "2h" } } }],
    horizon: "2h",
  });
  expect(lines(/domain 1 starts/)).toEqual(["1800 upgrade domain 1 starts"]);
});

fact("5.7", () => {
  const { lines, summary } = tell({
    service: service(6),
    faults: [{ at: "10s", kind: "rack-power", faultDomain: "faultDomain(0)", repairAfter: "1h" }],
  });
  const inRack = summary.instances.filter(({ faultDomain }) => faultDomain === 0).map(({ name }) => `10 ${name} dead`);
  expect(inRack).toHaveLength(3);
  expect(lines(/dead/)).toEqual(inRack);
});

fact("5.8", () => {
  for (let instances = 2; instances < 8; instances++) expect(new Set(racksOf({ service: service(instances) })).size).toBe(2);
});

fact("5.9", () => {
  expect(counts(racksOf({ service: service(5) }))).toEqual([3, 2]);
});

const cellsOf = (plot: Plot) =>
  new Set(tell(plot).summary.instances.map(({ faultDomain, upgradeDomain }) => `${faultDomain}/${upgradeDomain}`));

fact("5.10", () => {
  expect(cellsOf({ service: service(10) }).size).toBe(10);
});

fact("5.11", () => {
  for (const upgradeDomains of [2, 4])
    expect(cellsOf({ service: service(2 * upgradeDomains, { upgradeDomains }) }).size).toBe(2 * upgradeDomains);
});

fact("5.12", () => {
  const { summary } = tell({ service: service(3), operations: [{ at: "1s", kind: "scale", role: "web", instances: 5 }] });
  expect(summary.instances.map(({ upgradeDomain }) => upgradeDomain)).toEqual([0, 1, 2, 3, 4]);
});

fact("5.13", () => {
  const { lines, summary } = tell({
    service: service(2),
    fabric: { install: "1min" },
    operations: [{ at: "10s", kind: "upgrade", version: "v2" }],
  });
  expect(lines(/domain \d starts/)).toEqual(["10 upgrade domain 0 starts", "70 upgrade domain 1 starts"]);
  expect(summary.byRole[0]).toMatchObject({ readyMin: 1, degradedSeconds: 120 });
});
