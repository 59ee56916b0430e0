import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { vmSizeNames } from "../../../src/model/hardware/sizes.ts";
import { exportScenario } from "../../../src/scenario/export/exportScenario.ts";
import type { ServiceFiles } from "../../../src/scenario/export/exportService.ts";
import { importService } from "../../../src/scenario/import/service.ts";
import { parse } from "../../../src/scenario/parse.ts";
import { ScenarioError } from "../../../src/scenario/problem.ts";
import { validate } from "../../../src/scenario/validate.ts";

const fixtures = join(import.meta.dirname, "../../fixtures/import");
const files = { read: (path: string) => new Uint8Array(readFileSync(join(fixtures, path))) };

const exported = (yaml: string) => exportScenario(parse(`name: Shop\nhorizon: 1h\n${yaml}`), { files });
const readAgain = ({ configuration, definition }: ServiceFiles) =>
  importService({ file: "b.csdef", bytes: definition }, { file: "b.cscfg", bytes: configuration }, vmSizeNames).service;
const shop = importService(
  { file: "shop.csdef", bytes: files.read("shop.csdef") },
  { file: "shop.cscfg", bytes: files.read("shop.cscfg") },
  vmSizeNames,
).service;

test("a scenario that only names its files is written as they are", () => {
  const { files: written, notes } = exported("service: { definition: shop.csdef, configuration: shop.cscfg }");
  expect(readAgain(written)).toEqual(shop);
  expect(notes).toEqual([]);
  expect(written.definition).toContain('<VirtualDirectory name="files" physicalDirectory="..\\Files"/>');
});

test("what a scenario changes is changed in its files, and nothing else", () => {
  const { files: written } = exported(`service:
  definition: shop.csdef
  configuration: shop.cscfg
  upgradeDomains: 7
  roles:
    Front:
      size: Standard_D3_v2
      instances: 9
      startupTasks: [{ name: install.cmd, type: simple }, { name: probe.cmd, type: foreground }]
      localStorage: { Cache: { size: 3GiB }, Extra: { size: 10MiB } }
      endpoints: { Http: { probe: { interval: 20s } }, Admin: {} }
    Orders: { instances: 3 }`);
  const after = readAgain(written);
  const [front, orders] = shop.roles;
  const startupTasks = [front?.startupTasks[0], { commandLine: "probe.cmd", executionContext: "limited", taskType: "foreground" }];
  expect(after.upgradeDomainCount).toBe(7);
  expect(after.roles[1]).toEqual({ ...orders, instances: 3 });
  const { endpoints: ends, localStorage, ...rest } = after.roles[0] ?? {};
  const { endpoints: _, localStorage: __, ...before } = front ?? {};
  expect(rest).toEqual({ ...before, size: "Standard_D3_v2", instances: 9, startupTasks });
  expect(localStorage).toEqual([
    { name: "Cache", sizeInMB: 3072, cleanOnRoleRecycle: false },
    { name: "Scratch", sizeInMB: 100, cleanOnRoleRecycle: true },
    { name: "Extra", sizeInMB: 10, cleanOnRoleRecycle: true },
  ]);
  const byName = new Map(ends?.map((endpoint) => [endpoint.name, endpoint]));
  expect(byName.get("Http")).toEqual({ ...front?.endpoints.find(({ name }) => name === "Http"), probe: "HttpProbe" });
  expect(byName.get("Admin")).toMatchObject({ kind: "input", protocol: "http", port: 8080, localPort: 8080, probe: null });
  expect(after.probes.find(({ name }) => name === "HttpProbe")).toMatchObject({ path: "/healthz", port: 8081, intervalInSeconds: 20 });
});

test("a scenario without files gets ports, and one that names what was written has the same roles", () => {
  const yaml = `balancer: { policy: source-ip, idleTimeout: 10min }
service:
  upgradeDomains: 3
  roles:
    web:
      kind: web
      size: Medium
      instances: 4
      endpoints: { main: { probe: { asks: application, interval: 10s, evictAfter: 25s } }, admin: {} }
      localStorage: { cache: { size: 2GiB, cleanOnRoleRecycle: false } }
      startupTasks: [{ name: setup.cmd }, { type: background }]
    jobs: { kind: worker, size: Large, instances: 2 }`;
  const { files: written, notes } = exported(yaml);
  const service = readAgain(written);
  expect(service.roles.find(({ name }) => name === "web")?.endpoints).toMatchObject([
    { name: "admin", port: 80, probe: null },
    { name: "main", protocol: "http", port: 8080, probe: "mainProbe", loadBalancerDistribution: "sourceIP", idleTimeoutInMinutes: 10 },
  ]);
  expect(notes).toHaveLength(3);
  const named = { read: (path: string) => new TextEncoder().encode(path === "b.csdef" ? written.definition : written.configuration) };
  const design = (text: string, where: typeof named) =>
    validate(parse(`name: Shop\nhorizon: 1h\n${text}`), { files: where }).design.service;
  const before = design(yaml, named);
  const after = design("service: { definition: b.csdef, configuration: b.cscfg }", named);
  const model = ({ endpoints, instances, kind, localStorage, name, size, startupTasks }: (typeof before)["roles"][number]) => ({
    name,
    kind,
    size,
    instances,
    localStorage,
    startupTasks: startupTasks.map((task) => [task.name, task.type]),
    probes: endpoints.map((endpoint) => [endpoint.name, endpoint.probe?.asks, endpoint.probe?.interval]),
  });
  expect(after.roles.map(model)).toEqual(before.roles.map(model));
  expect(after.upgradeDomains).toBe(3);
});

test("a service beyond the limits of the platform is refused with what the platform says", () => {
  const roles = Array.from({ length: 26 }, (_, index) => `    r${index}: { kind: worker, instances: 1 }`).join("\n");
  const write = () => exported(`service:\n  roles:\n${roles}`);
  expect(write).toThrow(ScenarioError);
  expect(write).toThrow(/25/);
});

test("what a role that is no more was named in goes with it", () => {
  const { files: written } = exported(`service:
  definition: shop.csdef
  configuration: shop.cscfg
  roles: { Orders: null }`);
  const after = readAgain(written);
  expect(after.roles.map(({ name }) => name)).toEqual(["Front"]);
  expect(after.trafficRules.flatMap(({ to }) => to.map(({ role }) => role))).toEqual(["Front"]);
});

test("internal endpoints, traffic rules and how the topology is told are changed as the scenario says", () => {
  const { files: written } = exported(`service:
  definition: shop.csdef
  configuration: shop.cscfg
  topologyChangeDiscovery: blast
  trafficRules: [{ to: { role: Front, endpoint: Peers }, from: [Orders] }, { to: { role: Front, endpoint: Health }, from: all }]
  roles: { Front: { internalEndpoints: [Peers, Health] } }`);
  const after = readAgain(written);
  expect(after.topologyChangeDiscovery).toBe("Blast");
  expect(after.trafficRules).toEqual([
    { to: [{ role: "Front", endpoint: "Peers" }], from: ["Orders"] },
    { to: [{ role: "Front", endpoint: "Health" }], from: null },
  ]);
  const internal = after.roles[0]?.endpoints.filter(({ kind }) => kind === "internal");
  expect(internal).toMatchObject([
    { name: "Peers", port: 9000 },
    { name: "Health", protocol: "tcp", port: null },
  ]);
});

test("calls between roles are written with a scenario's own endpoints and rules", () => {
  const { files: written } = exported(`service:
  topologyChangeDiscovery: upgrade-domain-walk
  trafficRules: [{ to: { role: back, endpoint: api }, from: [web] }]
  roles:
    web: { kind: web, handler: [{ compute: 1ms }, { call: back }] }
    back: { kind: worker, internalEndpoints: [api] }`);
  const after = readAgain(written);
  expect(after.topologyChangeDiscovery).toBe("UpgradeDomainWalk");
  expect(after.trafficRules).toEqual([{ to: [{ role: "back", endpoint: "api" }], from: ["web"] }]);
  expect(after.roles.find(({ name }) => name === "back")?.endpoints).toMatchObject([{ name: "api", kind: "internal" }]);
});
