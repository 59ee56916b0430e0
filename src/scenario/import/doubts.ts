import { reservedDiskMiB, vmSize } from "../../model/hardware/sizes.ts";
import type { Problem } from "../problem.ts";
import type { RoleDefinition, ServiceDefinition } from "./definition.ts";
import { listNames, problemAt, quoted, suggestion } from "./reader.ts";
import type { Place } from "./xml.ts";

/** Internal endpoints that the platform documents for one role (platform-facts section 1.1); two of its pages disagree. */
const mostInternalEndpoints = 5;

/** What can be imported into a role (platform-facts section 1.1). */
const modules = ["Diagnostics", "RemoteAccess", "RemoteForwarder", "Connect", "Caching", "WebDeploy"];

/** The port that a role opens for remote desktop when it forwards. */
const remotePort = 3389;

/** What the platform would refuse at deployment although a simulation can go on. */
export function findDoubts(definition: ServiceDefinition): Problem[] {
  return [
    ...definition.roles.flatMap((role) => [
      ...doubtBindings(role),
      ...doubtCertificates(role),
      ...doubtKind(role),
      ...doubtDisk(role),
      ...role.imports.filter(({ name }) => !modules.includes(name)).map(doubtModule),
    ]),
    ...doubtForwarder(definition),
  ];
}

function doubtBindings(role: RoleDefinition): Problem[] {
  const named = role.endpoints.map(({ endpoint }) => endpoint.name);
  return role.bindings
    .filter((binding) => binding.name !== "" && !named.includes(binding.name))
    .map((binding) =>
      warn(binding.place, `a site is bound to endpoint ${quoted(binding.name)}, but role ${quoted(role.name)} has ${listNames(named)}`),
    );
}

function doubtCertificates(role: RoleDefinition): Problem[] {
  return role.endpoints.flatMap(({ endpoint, certificatePlace }) => {
    const { certificate } = endpoint;
    if (certificate === undefined || role.certificates.some(({ name }) => name === certificate)) return [];
    const known = listNames(role.certificates.map(({ name }) => name));
    return [warn(certificatePlace, `certificate ${quoted(certificate)} is not declared; role ${quoted(role.name)} declares ${known}`)];
  });
}

function doubtKind(role: RoleDefinition): Problem[] {
  const doubts: Problem[] = [];
  const web = role.endpoints.some(({ endpoint }) => endpoint.kind === "input" && /^https?$/.test(endpoint.protocol));
  if (role.kind === "web" && !web) doubts.push(warn(role.place, `web role ${quoted(role.name)} has no http or https input endpoint`));
  const internal = role.endpoints.filter(({ endpoint }) => endpoint.kind === "internal");
  if (internal.length > mostInternalEndpoints) {
    const most = `the platform documents at most ${mostInternalEndpoints} in a role`;
    doubts.push(warn(role.place, `role ${quoted(role.name)} has ${internal.length} internal endpoints; ${most}`));
  } else if (role.kind === "web" && !role.hasSites && internal.length > 1) {
    const found = `web role ${quoted(role.name)} has no <Sites> and ${internal.length} internal endpoints`;
    doubts.push(warn(role.place, `${found}; a role on the hosted web core may have one`));
  }
  return doubts;
}

function doubtDisk({ localStorage, name, vmsize }: RoleDefinition): Problem[] {
  const size = vmSize(vmsize ?? "Small");
  const last = localStorage.at(-1);
  if (size === undefined || last === undefined) return [];
  const left = size.diskMiB - localStorage.reduce((sum, storage) => sum + storage.sizeInMB, 0);
  if (left < 0 || left >= reservedDiskMiB) return [];
  const leaves = `local storage of role ${quoted(name)} leaves ${left} MB of the local disk`;
  return [warn(last.place, `${leaves}; page file and dump of Windows take ${reservedDiskMiB} MB`)];
}

function doubtModule({ name, place }: RoleDefinition["imports"][number]): Problem {
  return warn(place, `the module ${quoted(name)} is not known; known are ${listNames(modules)}${suggestion(name, modules)}`);
}

/** Remote desktop comes in through one role, which forwards it to the others. */
function doubtForwarder({ roles }: ServiceDefinition): Problem[] {
  const importing = (name: string) => roles.flatMap((role) => role.imports.filter((module) => module.name === name));
  const forwarders = importing("RemoteForwarder");
  const [access] = importing("RemoteAccess");
  const doubts = forwarders
    .slice(1)
    .map(({ place }) => warn(place, "RemoteForwarder is imported by more than one role; one forwards to all"));
  if (access !== undefined && forwarders.length === 0)
    doubts.push(warn(access.place, "RemoteAccess is imported, but no role imports RemoteForwarder"));
  if (forwarders.length === 0) return doubts;
  const clashing = roles.flatMap((role) =>
    role.endpoints.filter(({ endpoint }) => endpoint.kind === "input" && endpoint.port === remotePort),
  );
  for (const { endpoint, portPlace } of clashing)
    doubts.push(warn(portPlace, `endpoint ${quoted(endpoint.name)} takes port ${remotePort}, which RemoteForwarder opens`));
  return doubts;
}

function warn(place: Place, message: string): Problem {
  return problemAt(place, "warning", message);
}
