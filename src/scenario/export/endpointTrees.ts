import type { Endpoint } from "../import/endpoints.ts";
import { childOf, childrenOf, element, keepChildren, named, type Tree } from "./tree.ts";

const kinds = ["InputEndpoint", "InternalEndpoint", "InstanceInputEndpoint"];
/** Where endpoints stand in old schema versions. */
const oldContainers = ["InputEndpoints", "InternalEndpoints"];

/** Gives a role the wanted endpoints: those that it has as wanted stay as they are written. */
export function describeEndpoints(role: Tree, current: readonly Endpoint[], wanted: readonly Endpoint[]): void {
  const containers = childrenOf(role, "Endpoints", ...oldContainers);
  const written = [role, ...containers].flatMap((container) => childrenOf(container, ...kinds));
  const trees = wanted.map((endpoint) => {
    const before = current.find(({ name }) => name === endpoint.name);
    const isSame = before !== undefined && JSON.stringify(endpointTree(before), asText) === JSON.stringify(endpointTree(endpoint), asText);
    return (isSame ? named(written, endpoint.name) : undefined) ?? endpointTree(endpoint);
  });
  for (const container of [role, ...containers]) keepChildren(container, kinds, () => false);
  if (trees.length > 0) childOf(role, "Endpoints").children.push(...trees);
  keepChildren(role, ["Endpoints", ...oldContainers], ({ children }) => children.length > 0);
}

/** Maps are written as lists. */
function asText(_: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}

function endpointTree(endpoint: Endpoint): Tree {
  if (endpoint.kind === "input") return inputTree(endpoint);
  return endpoint.kind === "internal" ? internalTree(endpoint) : instanceInputTree(endpoint);
}

function inputTree(endpoint: Endpoint): Tree {
  const {
    certificate,
    idleTimeoutInMinutes = 4,
    loadBalancer,
    loadBalancerDistribution = "none",
    localPort,
    name,
    port,
    probe,
    protocol,
  } = endpoint;
  return element("InputEndpoint", {
    name,
    protocol,
    port: port ?? undefined,
    certificate,
    localPort: localPort === null || localPort === port ? undefined : localPort,
    ignoreRoleInstanceStatus: endpoint.ignoreRoleInstanceStatus === true ? "true" : undefined,
    loadBalancerProbe: probe ?? undefined,
    loadBalancer,
    loadBalancerDistribution: loadBalancerDistribution === "none" ? undefined : loadBalancerDistribution,
    idleTimeoutInMinutes: idleTimeoutInMinutes === 4 ? undefined : idleTimeoutInMinutes,
  });
}

function internalTree({ name, port, portRange, protocol }: Endpoint): Tree {
  const range = portRange === undefined ? [] : [element("FixedPortRange", { min: portRange[0], max: portRange[1] })];
  return element("InternalEndpoint", { name, protocol, port: port ?? undefined }, range);
}

function instanceInputTree({ localPort, name, protocol, publicPortRange }: Endpoint): Tree {
  const range = publicPortRange === undefined ? [] : [element("FixedPortRange", { min: publicPortRange[0], max: publicPortRange[1] })];
  const source = [element("AllocatePublicPortFrom", {}, range)];
  return element("InstanceInputEndpoint", { name, localPort: localPort ?? undefined, protocol }, source);
}
