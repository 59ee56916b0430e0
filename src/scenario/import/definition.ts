import { type EndpointDefinition, readEndpoints } from "./endpoints.ts";
import { type ElementReader, type Findings, listNames, suggestion } from "./reader.ts";
import { definitionShape, shapeAt } from "./shapes.ts";
import type { Place } from "./xml.ts";

/** A startup task as the role runs it before OnStart. */
export interface StartupTask {
  readonly commandLine: string;
  readonly executionContext: "limited" | "elevated";
  readonly taskType: "simple" | "foreground" | "background";
}

/** A folder on the VM's local disk. */
export interface LocalStorage {
  readonly name: string;
  readonly sizeInMB: number;
  readonly cleanOnRoleRecycle: boolean;
}

/** A name with the place where it stands. */
export interface Named {
  readonly name: string;
  readonly place: Place;
}

/** A role of a service definition, defaults filled in but for the size. */
export interface RoleDefinition extends Named {
  readonly kind: "web" | "worker";
  /** As written; undefined when absent, which means Small. */
  readonly vmsize: string | undefined;
  readonly vmsizePlace: Place;
  readonly endpoints: readonly EndpointDefinition[];
  readonly startupTasks: readonly StartupTask[];
  readonly localStorage: readonly (LocalStorage & { readonly place: Place })[];
  readonly imports: readonly Named[];
  readonly settings: readonly Named[];
  readonly certificates: readonly Named[];
  /** Without, a web role is hosted by the web core alone, as before full IIS. */
  readonly hasSites: boolean;
  /** Endpoints that the role's web sites are bound to. */
  readonly bindings: readonly Named[];
}

/** A custom health probe of the load balancer. */
export interface ProbeDefinition extends Named {
  readonly protocol: "http" | "tcp";
  /** Null for tcp. */
  readonly path: string | null;
  /** Null: the port of the endpoint that names the probe. */
  readonly port: number | null;
  readonly intervalInSeconds: number;
  readonly timeoutInSeconds: number;
}

/** Who may reach some internal endpoints: `from` is null for everybody. */
export interface TrafficRule {
  readonly to: readonly { readonly role: string; readonly endpoint: string }[];
  readonly from: readonly string[] | null;
}

/** A traffic rule with the places of its names. */
interface TrafficRuleDefinition extends TrafficRule {
  readonly toPlaces: readonly Place[];
  readonly fromPlaces: readonly Place[];
}

/** A service definition as read from its file. */
export interface ServiceDefinition extends Named {
  readonly schemaVersion: string | null;
  /** As written; null when absent, which means 5. */
  readonly upgradeDomainCount: number | null;
  readonly topologyChangeDiscovery: "Blast" | "UpgradeDomainWalk" | null;
  readonly roles: readonly RoleDefinition[];
  readonly probes: readonly ProbeDefinition[];
  readonly trafficRules: readonly TrafficRuleDefinition[];
}

/** The XML namespace of every service definition, whatever its schema version. */
const namespace = "http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition";

/** Reads the tree of a .csdef file; mistakes go to the findings. Undefined if it is no service definition at all. */
export function readDefinition(findings: Findings): ServiceDefinition | undefined {
  const root = openRoot(findings, "ServiceDefinition", namespace);
  if (root === undefined) return undefined;
  const roles = readRoles(root);
  for (const machine of root.all("VirtualMachineRole")) {
    machine.optional("name");
    machine.error("a <VirtualMachineRole> brings its own disk image and is not simulated; allowed are <WebRole> and <WorkerRole>");
  }
  if (roles.length === 0) root.error("the service definition has no role; at least one <WebRole> or <WorkerRole> is needed");
  return {
    name: root.required("name"),
    place: root.place("name"),
    schemaVersion: root.optional("schemaVersion") ?? null,
    upgradeDomainCount: root.integer("upgradeDomainCount", 1, 20) ?? null,
    topologyChangeDiscovery: root.choice<"Blast" | "UpgradeDomainWalk">("topologyChangeDiscovery", ["Blast", "UpgradeDomainWalk"]) ?? null,
    roles,
    probes: root.within("LoadBalancerProbes", "LoadBalancerProbe").map(readProbe),
    trafficRules: root.within("NetworkTrafficRules", "OnlyAllowTrafficTo").map(readTrafficRule),
  };
}

/** The reader of the root element; undefined after noting that it is another, with what that other probably is. */
export function openRoot(findings: Findings, name: string, space: string): ElementReader | undefined {
  const { root } = findings.document;
  const reader = findings.open(root, root.name);
  if (root.name !== name) {
    const swapped = root.name === "ServiceConfiguration" || root.name === "ServiceDefinition";
    const meant = swapped ? "; the two files may have been swapped" : suggestion(root.name, [name]);
    reader.error(`the root element is <${root.name.slice(0, 80)}>; it has to be <${name}>${meant}`);
    return undefined;
  }
  const found = reader.optional("xmlns");
  if (found !== undefined && found !== space) {
    reader.error(`the XML namespace is ${listNames([found])}; it has to be "${space}"`, "xmlns");
  }
  return reader;
}

function readRoles(root: ElementReader): RoleDefinition[] {
  const readers = [
    ...root.all("WebRole").map((reader) => ({ reader, kind: "web" as const })),
    ...root.all("WorkerRole").map((reader) => ({ reader, kind: "worker" as const })),
  ];
  // The order of the file is the order of the scenario and of every report.
  readers.sort((a, b) => a.reader.element.offset - b.reader.element.offset);
  return readers.map(({ reader, kind }) => readRole(reader, kind));
}

function readRole(role: ElementReader, kind: "web" | "worker"): RoleDefinition {
  const shape = shapeAt(definitionShape, kind === "web" ? "WebRole" : "WorkerRole");
  const kept = ["Runtime", "Contents", "Certificates", "ConfigurationSettings", "Imports", ...(kind === "web" ? ["Sites"] : [])];
  const children = Object.fromEntries(kept.map((name) => [name, shapeAt(shape, name)]));
  role.accept({ attributes: { enableNativeCodeExecution: "boolean" }, children });
  checkRuntime(role);
  const startup = role.one("Startup");
  startup?.optional("priority");
  return {
    name: role.required("name"),
    place: role.place("name"),
    kind,
    vmsize: role.optional("vmsize"),
    vmsizePlace: role.place("vmsize"),
    endpoints: readEndpoints(role),
    startupTasks: (startup?.all("Task") ?? []).map(readTask),
    // Old schema versions have both of these directly under the role.
    localStorage: [...role.within("LocalResources", "LocalStorage"), ...role.all("LocalStorage")].map(readLocalStorage),
    imports: role.within("Imports", "Import").map((reader) => ({
      name: reader.required("moduleName"),
      place: reader.place("moduleName"),
    })),
    settings: role.within("ConfigurationSettings", "Setting").map(readName),
    certificates: role.within("Certificates", "Certificate").map(readName),
    hasSites: kind === "web" && role.all("Sites").length > 0,
    bindings: kind === "web" ? readBindings(role) : [],
  };
}

function readName(reader: ElementReader): Named {
  return { name: reader.required("name"), place: reader.place("name") };
}

/** A variable has one value, a process one way to start. */
function checkRuntime(role: ElementReader): void {
  const runtime = role.one("Runtime");
  const tasks = role.within("Startup", "Task");
  for (const variable of [runtime, ...tasks].flatMap((holder) => holder?.within("Environment", "Variable") ?? [])) {
    const written = variable.optional("value") !== undefined;
    const asked = variable.all("RoleInstanceValue").length > 0;
    if (written && asked) variable.error('<Variable> has both a "value" and a <RoleInstanceValue>; it takes one of them');
    if (!written && !asked) variable.error('<Variable> has neither a "value" nor a <RoleInstanceValue>; it takes one of them');
  }
  const entry = runtime?.one("EntryPoint");
  if (entry !== undefined && entry.element.children.length > 1) entry.error("<EntryPoint> names more than one way to start; it takes one");
}

function readBindings(role: ElementReader): Named[] {
  return role
    .within("Sites", "Site")
    .flatMap((site) => site.within("Bindings", "Binding"))
    .map((binding) => ({ name: binding.required("endpointName"), place: binding.place("endpointName") }));
}

function readTask(task: ElementReader): StartupTask {
  task.accept({ children: { Environment: shapeAt(definitionShape, "WorkerRole", "Startup", "Task", "Environment") } });
  return {
    commandLine: task.required("commandLine"),
    executionContext: task.choice("executionContext", ["limited", "elevated"]) ?? "limited",
    taskType: task.choice("taskType", ["simple", "foreground", "background"]) ?? "simple",
  };
}

function readLocalStorage(storage: ElementReader): LocalStorage & { readonly place: Place } {
  return {
    ...readName(storage),
    // The documentation also spells it sizeInMb.
    sizeInMB: storage.integer("sizeInMB", 1, 10_000_000) ?? storage.integer("sizeInMb", 1, 10_000_000) ?? 100,
    cleanOnRoleRecycle: storage.boolean("cleanOnRoleRecycle", true),
  };
}

function readProbe(probe: ElementReader): ProbeDefinition {
  const protocol = probe.choice("protocol", ["http", "tcp"]);
  if (!probe.element.attributes.has("protocol")) probe.required("protocol");
  const path = probe.optional("path");
  if (protocol === "http" && (path === undefined || path === "")) {
    probe.error('an http probe needs a "path", such as "/healthz"', "path");
  }
  if (protocol === "tcp" && path !== undefined) probe.error('a tcp probe may not have a "path"; only an http probe asks for one', "path");
  const intervalInSeconds = probe.integer("intervalInSeconds", 5, 86_400) ?? 15;
  const timeoutInSeconds = probe.integer("timeoutInSeconds", 11, 86_400) ?? 31;
  return {
    ...readName(probe),
    protocol: protocol ?? "http",
    path: path ?? null,
    port: probe.integer("port", 1, 65_535) ?? null,
    intervalInSeconds,
    timeoutInSeconds,
  };
}

function readTrafficRule(rule: ElementReader): TrafficRuleDefinition {
  const destinations = rule.within("Destinations", "RoleEndpoint");
  if (destinations.length === 0) rule.error("<OnlyAllowTrafficTo> names no <RoleEndpoint> among its <Destinations>");
  const everybody = rule.all("AllowAllTraffic").length > 0;
  const sources = rule.all("WhenSource");
  for (const source of sources) source.choice("matches", ["AnyRule"]);
  const from = sources.flatMap((source) => source.all("FromRole"));
  if (!everybody && from.length === 0) rule.error("<OnlyAllowTrafficTo> names nobody; allowed are <AllowAllTraffic/> and <WhenSource>");
  return {
    to: destinations.map((reader) => ({ role: reader.required("roleName"), endpoint: reader.required("endpointName") })),
    from: everybody ? null : from.map((reader) => reader.required("roleName")),
    toPlaces: destinations.map((reader) => reader.place()),
    fromPlaces: from.map((reader) => reader.place("roleName")),
  };
}
