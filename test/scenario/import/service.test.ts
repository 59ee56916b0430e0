import { describe, expect, it } from "vitest";
import { importService } from "../../../src/scenario/import/service.ts";
import { headline } from "../../../src/scenario/problem.ts";
import { fixture } from "./fixtures.ts";
import { sizes } from "./sizes.ts";

const importPair = (name: string) => importService(fixture(`${name}.csdef`), fixture(`${name}.cscfg`), sizes);

describe("a service with every known element", () => {
  const { service, warnings } = importPair("shop");

  it("keeps what both files say about the service", () => {
    const { roles: _, ...rest } = service;
    expect(rest).toEqual({
      serviceName: "Shop",
      schemaVersion: "2015-04.2.6",
      configurationSchemaVersion: "2015-04.2.6",
      upgradeDomainCount: 3,
      topologyChangeDiscovery: "UpgradeDomainWalk",
      osFamily: "6",
      osVersion: "WA-GUEST-OS-6.50_202211-01",
      probes: [
        { name: "Health", protocol: "http", path: "/healthz", port: 8081, intervalInSeconds: 10, timeoutInSeconds: 25 },
        { name: "Alive", protocol: "tcp", path: null, port: null, intervalInSeconds: 15, timeoutInSeconds: 31 },
      ],
      networkTrafficRules: 2,
      trafficRules: [
        { to: [{ role: "Orders", endpoint: "Control" }], from: ["Front"] },
        { to: [{ role: "Front", endpoint: "Peers" }], from: null },
      ],
      networkConfiguration: {
        virtualNetworkSite: "ShopNet",
        instanceAddresses: [{ role: "Front", subnets: ["FrontNet"] }],
        reservedIPs: ["ShopIp"],
        loadBalancers: [],
        accessControls: 1,
        endpointAcls: 1,
        dnsServers: 1,
      },
      mismatches: [
        { code: "setting-without-value", role: "Front", settings: ["Currency"] },
        { code: "setting-not-declared", role: "Front", settings: ["Colour"] },
      ],
      notUnderstood: [],
    });
  });

  it("keeps roles in the order of the definition, with counts from the configuration", () => {
    expect(
      service.roles.map(({ name, kind, size, instances, settings, imports }) => [name, kind, size, instances, settings, imports]),
    ).toEqual([
      ["Front", "web", "Standard_D2_v2", 4, 2, ["Diagnostics"]],
      ["Orders", "worker", "Small", 2, 0, []],
    ]);
  });

  it("reads every kind of endpoint", () => {
    const input = {
      kind: "input",
      ignoreRoleInstanceStatus: false,
      idleTimeoutInMinutes: 4,
      loadBalancerDistribution: "none",
      probe: null,
    };
    expect(service.roles.map((role) => role.endpoints)).toEqual([
      [
        { ...input, name: "Http", protocol: "http", port: 80, localPort: 8080, probe: "Health", idleTimeoutInMinutes: 10 },
        { ...input, name: "Https", protocol: "https", port: 443, localPort: "*", certificate: "Tls", loadBalancerDistribution: "sourceIP" },
        { name: "Peers", kind: "internal", protocol: "tcp", port: 9000, localPort: 9000, probe: null },
      ],
      [
        { name: "Control", kind: "internal", protocol: "any", port: null, localPort: null, probe: null, portRange: [10000, 10010] },
        {
          name: "Debug",
          kind: "instanceInput",
          protocol: "tcp",
          port: null,
          localPort: 5000,
          probe: null,
          publicPortRange: [20000, 20009],
        },
      ],
    ]);
  });

  it("reads startup tasks in order and local storage, defaults filled in", () => {
    expect(service.roles[0]?.startupTasks).toEqual([
      { commandLine: "install.cmd > install.log", executionContext: "elevated", taskType: "simple" },
      { commandLine: "watch.cmd", executionContext: "limited", taskType: "background" },
    ]);
    expect(service.roles[0]?.localStorage).toEqual([
      { name: "Cache", sizeInMB: 2048, cleanOnRoleRecycle: false },
      { name: "Scratch", sizeInMB: 100, cleanOnRoleRecycle: true },
    ]);
  });

  it("warns of settings that stand in one of the files only, never of those of plug-ins", () => {
    expect(warnings.map(headline)).toEqual([
      'shop.csdef:41:16: warning: setting "Currency" of role "Front" has no value in the service configuration',
      'shop.cscfg:8:16: warning: setting "Colour" of role "Front" is not declared in the service definition',
    ]);
  });
});

describe("a service of an old schema version", () => {
  const { service, warnings } = importPair("legacy");

  it("is read with <InputEndpoints>, storage and endpoints directly under the role, and namespace prefixes", () => {
    expect(service.roles).toMatchObject([
      { name: "Thumbnails", kind: "worker", instances: 3, localStorage: [{ name: "Images", sizeInMB: 50, cleanOnRoleRecycle: true }] },
      {
        name: "Pages",
        kind: "web",
        size: "Small",
        instances: 2,
        endpoints: [
          { name: "HttpIn", kind: "input", protocol: "http", port: 80, localPort: 80 },
          { name: "Chat", kind: "internal", protocol: "tcp", port: null },
        ],
      },
    ]);
    expect(service.notUnderstood).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it("gets the documented defaults", () => {
    expect(service).toMatchObject({
      upgradeDomainCount: 5,
      osFamily: "1",
      osVersion: "*",
      schemaVersion: null,
      networkConfiguration: null,
    });
  });
});

describe("what is not understood", () => {
  it("is listed with its path and line, never dropped", () => {
    expect(importPair("strange").service.notUnderstood).toEqual([
      "ServiceDefinition@colour (line 2)",
      "ServiceDefinition/WorkerRole[Odd]/text() (line 3)",
      "ServiceDefinition/WorkerRole[Odd]@mood (line 3)",
      "ServiceDefinition/WorkerRole[Odd]/Sandbox (line 5)",
      "ServiceDefinition/WorkerRole[Odd]/Endpoints/InputEndpoint[In]@hue (line 9)",
      "ServiceDefinition/WorkerRole[Odd]/Endpoints/OutputEndpoint[Out] (line 10)",
      "ServiceDefinition/WorkerRole[Odd]/Runtime@priority (line 12)",
      "ServiceConfiguration/Role[Odd]/Instances@burst (line 3)",
      "ServiceConfiguration/Billing (line 5)",
    ]);
  });
});
