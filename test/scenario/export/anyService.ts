import * as fc from "fast-check";
import { vmSize, vmSizeNames } from "../../../src/model/hardware/sizes.ts";
import type { Endpoint } from "../../../src/scenario/import/endpoints.ts";
import type { Service, ServiceRole } from "../../../src/scenario/import/service.ts";

/** What XML cannot hold: control characters, halves of pairs, two that are no characters. */
const isUnwritable = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return (code < 0x20 && !"\t\n\r".includes(character)) || (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff;
};

/** A name as a person or an enemy may write it. */
const name = fc
  .oneof(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,11}$/), fc.string({ minLength: 1, maxLength: 12, unit: "binary" }))
  .filter((text) => text !== "" && text.trim() === text && ![...text].some(isUnwritable));
const names = (most: number) => fc.uniqueArray(name, { maxLength: most });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const port = fc.integer({ min: 1, max: 65_535 });

interface Draft {
  readonly role: ServiceRole;
  readonly endpoints: readonly EndpointDraft[];
}

interface EndpointDraft {
  readonly kind: Endpoint["kind"];
  readonly pick: number;
  readonly flag: boolean;
  readonly port: number;
}

const endpoint: fc.Arbitrary<EndpointDraft> = fc.record({
  kind: fc.constantFrom("input", "internal", "instanceInput"),
  pick: fc.nat(1000),
  flag: fc.boolean(),
  port,
});

const role: fc.Arbitrary<Draft> = fc
  .record({
    kind: fc.constantFrom("web" as const, "worker" as const),
    size: fc.constantFrom(...vmSizeNames),
    instances: fc.integer({ min: 1, max: 40 }),
    startupTasks: fc.array(
      fc.record({
        commandLine: name,
        executionContext: fc.constantFrom("limited" as const, "elevated" as const),
        taskType: fc.constantFrom("simple" as const, "foreground" as const, "background" as const),
      }),
      { maxLength: 3 },
    ),
    storage: fc.uniqueArray(fc.record({ name, sizeInMB: fc.integer({ min: 1, max: 2000 }), cleanOnRoleRecycle: fc.boolean() }), {
      selector: (storage) => storage.name,
      maxLength: 3,
    }),
    imports: fc.subarray(["Diagnostics", "RemoteAccess", "RemoteForwarder", "Connect", "Caching"]),
    settings: fc.nat(4),
    endpoints: fc.array(endpoint, { maxLength: 6 }),
  })
  .map(({ endpoints, storage, ...rest }) => ({
    role: { ...rest, name: "", endpoints: [], localStorage: storage.slice(0, (vmSize(rest.size)?.diskMiB ?? 0) > 8000 ? 3 : 0) },
    endpoints,
  }));

/** Any service within the limits of the schemas. */
export const anyService: fc.Arbitrary<Service> = fc
  .record({
    serviceName: name,
    roles: fc.array(role, { minLength: 1, maxLength: 5 }),
    roleNames: fc.uniqueArray(name, { minLength: 5, maxLength: 5 }),
    endpointNames: fc.uniqueArray(name, { minLength: 6, maxLength: 6 }),
    probes: fc.uniqueArray(
      fc.record({
        name,
        isHttp: fc.boolean(),
        port: maybe(port),
        intervalInSeconds: fc.constantFrom(5, 15, 60),
        timeoutInSeconds: fc.constantFrom(11, 31, 120),
      }),
      { selector: (probe) => probe.name, maxLength: 3 },
    ),
    upgradeDomainCount: fc.integer({ min: 1, max: 20 }),
    topologyChangeDiscovery: maybe(fc.constantFrom("Blast" as const, "UpgradeDomainWalk" as const)),
    schemaVersion: maybe(fc.constantFrom("2012-05.1.7", "2015-04.2.6")),
    osFamily: fc.integer({ min: 1, max: 7 }),
    isPinned: fc.boolean(),
    balancers: names(2),
    site: maybe(name),
    reserved: maybe(name),
    withNetwork: fc.boolean(),
    ruleTo: fc.array(fc.nat(100), { maxLength: 2 }),
    ruleFrom: maybe(fc.array(fc.nat(100), { minLength: 1, maxLength: 2 })),
  })
  .map((parts) => {
    const probes = parts.probes.map(({ isHttp, ...probe }) => ({
      ...probe,
      protocol: isHttp ? ("http" as const) : ("tcp" as const),
      path: isHttp ? `/${probe.name}` : null,
    }));
    let publicPort = 0;
    const balancers = parts.withNetwork ? parts.balancers : [];
    const endpointOf = (draft: EndpointDraft, index: number, instances: number): Endpoint => {
      const { flag, kind, pick } = draft;
      const common = { name: parts.endpointNames[index]!, kind, probe: null };
      if (kind === "internal") {
        const fixed = flag ? draft.port : null;
        const range = !flag && pick % 3 === 0 ? { portRange: [draft.port, Math.min(65_535, draft.port + 5)] as const } : {};
        return { ...common, protocol: (["http", "tcp", "udp", "any"] as const)[pick % 4]!, port: fixed, localPort: fixed, ...range };
      }
      if (kind === "instanceInput") {
        const from = publicPort + 1;
        publicPort += instances + (pick % 3);
        return { ...common, protocol: flag ? "tcp" : "udp", port: null, localPort: draft.port, publicPortRange: [from, publicPort] };
      }
      publicPort += 1;
      const protocol = (["http", "https", "tcp", "udp"] as const)[pick % 4]!;
      return {
        ...common,
        protocol,
        port: publicPort,
        localPort: pick % 5 === 0 ? "*" : flag ? publicPort : draft.port,
        probe: flag ? (probes[pick % 4]?.name ?? null) : null,
        ...(protocol === "https" ? { certificate: "Tls & more" } : {}),
        ...(pick % 3 === 0 && balancers.length > 0 ? { loadBalancer: balancers[0]! } : {}),
        ignoreRoleInstanceStatus: pick % 7 === 0,
        idleTimeoutInMinutes: 4 + (pick % 27),
        loadBalancerDistribution: (["none", "sourceIP", "sourceIPProtocol"] as const)[pick % 3]!,
      };
    };
    const roles = parts.roles.map((draft, at) => ({
      ...draft.role,
      name: parts.roleNames[at]!,
      endpoints: draft.endpoints.map((each, index) => endpointOf(each, index, draft.role.instances)),
    }));
    const all = roles.flatMap(({ endpoints, name: owner }) => endpoints.map((each) => ({ role: owner, endpoint: each.name })));
    const to = all.length === 0 ? [] : parts.ruleTo.map((index) => all[index % all.length]!);
    const from = parts.ruleFrom?.map((index) => roles[index % roles.length]!.name) ?? null;
    const trafficRules = to.length === 0 ? [] : [{ to, from }];
    return {
      serviceName: parts.serviceName,
      schemaVersion: parts.schemaVersion,
      configurationSchemaVersion: parts.schemaVersion,
      upgradeDomainCount: parts.upgradeDomainCount,
      topologyChangeDiscovery: parts.topologyChangeDiscovery,
      osFamily: String(parts.osFamily),
      osVersion: parts.isPinned ? `WA-GUEST-OS-${parts.osFamily}.12_202001-01` : "*",
      roles,
      probes,
      networkTrafficRules: trafficRules.length,
      trafficRules,
      networkConfiguration: parts.withNetwork
        ? {
            virtualNetworkSite: parts.site,
            instanceAddresses: [{ role: roles[0]!.name, subnets: [parts.endpointNames[0]!] }],
            reservedIPs: parts.reserved === null ? [] : [parts.reserved],
            loadBalancers: balancers,
          }
        : null,
      mismatches: [],
      notUnderstood: [],
    };
  });
