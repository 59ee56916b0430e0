import type { ElementReader } from "./reader.ts";
import type { Place } from "./xml.ts";

/** An endpoint of a role; which of the optional fields are there depends on its kind. */
export interface Endpoint {
  readonly name: string;
  readonly kind: "input" | "internal" | "instanceInput";
  readonly protocol: "http" | "https" | "tcp" | "udp" | "any";
  /** The public port of an input endpoint, the fixed port of an internal one; null when the platform chooses. */
  readonly port: number | null;
  /** The port on the VM; "*" when the platform chooses any free one. */
  readonly localPort: number | "*" | null;
  /** The custom probe that an input endpoint names. */
  readonly probe: string | null;
  /** Ports that an internal endpoint opens on every VM, first and last. */
  readonly portRange?: readonly [number, number];
  /** Ports of which an instance input endpoint takes one per instance, first and last. */
  readonly publicPortRange?: readonly [number, number];
  readonly certificate?: string;
  /** The internal load balancer of the service configuration that serves the endpoint. */
  readonly loadBalancer?: string;
  /** Input endpoints: the load balancer never takes an instance out of rotation. */
  readonly ignoreRoleInstanceStatus?: boolean;
  /** Input endpoints: minutes after which a silent connection is dropped. */
  readonly idleTimeoutInMinutes?: number;
  /** Input endpoints: which parts of a flow the load balancer hashes; none: all five. */
  readonly loadBalancerDistribution?: "none" | "sourceIP" | "sourceIPProtocol";
}

/** An endpoint with the places of the names and ports that other checks refer to. */
export interface EndpointDefinition {
  readonly endpoint: Endpoint;
  readonly place: Place;
  readonly portPlace: Place;
  readonly probePlace: Place;
  readonly certificatePlace: Place;
}

const lastPort = 65_535;

/** All endpoints of a role in the order of the file, old `<InputEndpoints>` included. */
export function readEndpoints(role: ElementReader): EndpointDefinition[] {
  const containers = [...role.all("Endpoints"), ...role.all("InputEndpoints"), ...role.all("InternalEndpoints")];
  const found = containers.flatMap((container) => [
    ...container.all("InputEndpoint").map((reader) => definition(reader, readInput(reader))),
    ...container.all("InternalEndpoint").map((reader) => definition(reader, readInternal(reader))),
    ...container.all("InstanceInputEndpoint").map((reader) => definition(reader, readInstanceInput(reader))),
  ]);
  // Old schema versions allow an internal endpoint directly under the role.
  found.push(...role.all("InternalEndpoint").map((reader) => definition(reader, readInternal(reader))));
  return found.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
}

function definition(reader: ElementReader, endpoint: Endpoint): EndpointDefinition {
  return {
    endpoint,
    place: reader.place("name"),
    portPlace: reader.place("port"),
    probePlace: reader.place("loadBalancerProbe"),
    certificatePlace: reader.place("certificate"),
  };
}

function protocolOf<T extends Endpoint["protocol"]>(reader: ElementReader, allowed: readonly T[], otherwise: T): T {
  if (!reader.element.attributes.has("protocol")) reader.required("protocol");
  return reader.choice("protocol", allowed) ?? otherwise;
}

function readInput(reader: ElementReader): Endpoint {
  const protocol = protocolOf(reader, ["http", "https", "tcp", "udp"], "tcp");
  const port = reader.requiredInteger("port", 1, lastPort) ?? null;
  const certificate = reader.optional("certificate");
  const loadBalancer = reader.optional("loadBalancer");
  if (protocol === "https" && certificate === undefined) reader.error('an https endpoint needs a "certificate"');
  return {
    name: reader.required("name"),
    kind: "input",
    protocol,
    port,
    localPort: reader.optional("localPort") === "*" ? "*" : (reader.integer("localPort", 1, lastPort) ?? port),
    probe: reader.optional("loadBalancerProbe") ?? null,
    ...(certificate === undefined ? {} : { certificate }),
    ...(loadBalancer === undefined ? {} : { loadBalancer }),
    ignoreRoleInstanceStatus: reader.boolean("ignoreRoleInstanceStatus", false),
    idleTimeoutInMinutes: reader.integer("idleTimeoutInMinutes", 4, 30) ?? 4,
    loadBalancerDistribution: reader.choice("loadBalancerDistribution", ["none", "sourceIP", "sourceIPProtocol"]) ?? "none",
  };
}

function readInternal(reader: ElementReader): Endpoint {
  const fixed = reader.one("FixedPort")?.requiredInteger("port", 1, lastPort);
  const range = readRange(reader.one("FixedPortRange"));
  const port = reader.optional("port") === "*" ? null : (reader.integer("port", 1, lastPort) ?? fixed ?? null);
  return {
    name: reader.required("name"),
    kind: "internal",
    protocol: protocolOf(reader, ["http", "tcp", "udp", "any"], "tcp"),
    port,
    localPort: port,
    probe: null,
    ...(range === undefined ? {} : { portRange: range }),
  };
}

function readInstanceInput(reader: ElementReader): Endpoint {
  const source = reader.one("AllocatePublicPortFrom");
  const fixed = source?.one("FixedPort")?.requiredInteger("port", 1, lastPort);
  const range = readRange(source?.one("FixedPortRange")) ?? (fixed === undefined ? undefined : ([fixed, fixed] as const));
  if (source === undefined) reader.error("<InstanceInputEndpoint> has no <AllocatePublicPortFrom> with the public ports of its instances");
  else if (source.element.children.length === 0) source.error("<AllocatePublicPortFrom> is empty; it has to hold a <FixedPortRange>");
  return {
    name: reader.required("name"),
    kind: "instanceInput",
    protocol: protocolOf(reader, ["tcp", "udp"], "tcp"),
    port: null,
    localPort: reader.requiredInteger("localPort", 1, lastPort) ?? null,
    probe: null,
    ...(range === undefined ? {} : { publicPortRange: range }),
  };
}

function readRange(reader: ElementReader | undefined): readonly [number, number] | undefined {
  if (reader === undefined) return undefined;
  const min = reader.requiredInteger("min", 1, lastPort);
  const max = reader.requiredInteger("max", 1, lastPort);
  if (min === undefined || max === undefined) return undefined;
  if (min <= max) return [min, max];
  reader.error(`the port range begins at ${min} and ends at ${max}; "min" may not be above "max"`, "min");
  return undefined;
}
