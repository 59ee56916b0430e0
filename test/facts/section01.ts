import type { Fact } from "./fact.ts";

export const title = "Service model files";

const definition = { source: "azd:schema-csdef-file.md", mark: "document" } as const;
const role = { source: "azd:schema-csdef-webrole.md", mark: "document" } as const;
const probe = { source: "azd:schema-csdef-loadbalancerprobe.md", mark: "document" } as const;
const rules = { source: "azd:schema-csdef-networktrafficrules.md", mark: "document" } as const;
const configuration = { source: "azd:schema-cscfg-file.md", mark: "document" } as const;
const network = { source: "azd:schema-cscfg-networkconfiguration.md", mark: "document" } as const;
const limits = { source: "azd-inc:azure-cloud-services-limits.md", mark: "document" } as const;
const internal = { source: "azd:cloud-services-enable-communication-role-instances.md", mark: "document" } as const;
const seen = { source: "service files in public repositories", mark: "document" } as const;

const inPlace = { source: "azd:cloud-services-update-azure-service.md", mark: "document" } as const;
const changes = { source: "azd:cloud-services-model-and-package.md", mark: "document" } as const;

export const facts: readonly Fact[] = [
  { id: "1.1", text: "A service definition is XML in one namespace, whatever its version, and has a name", ...definition },
  { id: "1.2", text: "A service definition may name the version of its schema, 2012-05.1.7 to 2015-04.2.6 in the wild", ...seen },
  { id: "1.3", text: "A service has 5 upgrade domains unless it says otherwise, and 20 at most", ...definition },
  { id: "1.4", text: "topologyChangeDiscovery is Blast or UpgradeDomainWalk and may be absent", ...definition },
  { id: "1.5", text: "A service has at least one web or worker role and at most 25 roles", ...definition },
  { id: "1.6", text: "A deployment has at most 25 input, 25 internal and 25 instance input endpoints", ...limits },
  { id: "1.7", text: "A role has at most 5 internal endpoints", ...internal },
  { id: "1.8", text: "A cloud service holds two deployments at most, production and staging", ...limits },
  { id: "1.9", text: "A subscription has 20 cores until it asks for more", ...role },
  { id: "1.10", text: "Each role needs a name of its own", ...role },
  { id: "1.11", text: "A role that names no size is Small", ...role },
  {
    id: "1.12",
    text: "enableNativeCodeExecution is true unless written",
    ...role,
    notModelled: "it says how much the code is trusted, not how it behaves; it is read, checked and exported",
  },
  { id: "1.13", text: "An input endpoint speaks http, https, tcp or udp on a port from 1 to 65535", ...role },
  { id: "1.14", text: "Public ports are unique over all roles of a service", ...role },
  { id: "1.15", text: "An https endpoint needs a certificate", ...role },
  { id: "1.16", text: "The local port of an input endpoint is its public one unless written; * leaves it to the platform", ...role },
  { id: "1.17", text: "ignoreRoleInstanceStatus is false unless written", ...role },
  { id: "1.18", text: "An input endpoint may name a load balancer probe, which has to exist", ...role },
  {
    id: "1.19",
    text: "idleTimeoutInMinutes of an input endpoint says after how much silence a connection is dropped, from 4 to 30 minutes",
    source: "azd:cloud-services-configuration-and-management-faq.md",
    mark: "document",
  },
  {
    id: "1.20",
    text: "loadBalancerDistribution of an input endpoint is none, sourceIP or sourceIPProtocol",
    source: "azd-lb:load-balancer-distribution-mode.md",
    mark: "document",
  },
  { id: "1.21", text: "An input endpoint may stand behind an internal load balancer that the configuration describes", ...seen },
  { id: "1.22", text: "An internal endpoint speaks http, tcp, udp or any; without a port the platform chooses one", ...role },
  { id: "1.23", text: "An internal endpoint may have a fixed port or a range of them, which is opened on every VM", ...role },
  { id: "1.24", text: "An instance input endpoint needs a local port and speaks tcp or udp", ...role },
  { id: "1.25", text: "An instance input endpoint takes one public port for each instance out of its range", ...role },
  {
    id: "1.26",
    text: "The compute emulator leaves instance input endpoints out",
    ...role,
    notModelled: "the emulator of a developer's machine is no part of the platform",
  },
  { id: "1.27", text: "Local storage has 100 MB unless written, at least 1 MB and at most what the disk of the size holds", ...role },
  { id: "1.28", text: "Local storage is emptied when the role recycles unless it says cleanOnRoleRecycle false", ...role },
  { id: "1.29", text: "A startup task runs with limited rights unless it says elevated", ...role },
  { id: "1.30", text: "A startup task is simple unless written: the role waits until it has ended", ...role },
  { id: "1.31", text: "The role does not wait for background and foreground tasks", ...role },
  { id: "1.32", text: "The process of a role runs with limited rights unless its Runtime says elevated", ...role },
  { id: "1.33", text: "A variable of a role's or a task's environment has a value or asks the role instance for one", ...role },
  { id: "1.34", text: "A Runtime may start a .NET assembly or, as seen in the wild, a program", ...seen },
  { id: "1.35", text: "A site has bindings to endpoints, virtual applications and virtual directories", ...role },
  { id: "1.36", text: "A web role without Sites runs on the hosted web core and may have one internal endpoint", ...role },
  { id: "1.37", text: "A role imports modules by name: Diagnostics, RemoteAccess, RemoteForwarder, Connect, Caching", ...role },
  { id: "1.38", text: "RemoteForwarder opens an endpoint for remote desktop", ...role },
  { id: "1.39", text: "A certificate is declared with store location, store name and permission level", ...role },
  { id: "1.40", text: "Contents say which folders go into the package", ...role },
  { id: "1.41", text: "A web role has at least one http or https input endpoint, a worker role may have none", ...internal },
  { id: "1.42", text: "A probe asks by http with a path, or by tcp without one", ...probe },
  { id: "1.43", text: "A probe asks the port of its endpoint unless it names another", ...probe },
  { id: "1.44", text: "A probe asks every 15 seconds unless written, at least 5 seconds apart", ...probe },
  { id: "1.45", text: "A probe times out after 31 seconds unless written, at least 11", ...probe },
  { id: "1.46", text: "Without a success inside the time-out, two missed probes by default, an instance leaves the rotation", ...probe },
  { id: "1.47", text: "Only an answer is a success: a hung application fails its own probe, and only its own", ...probe },
  { id: "1.48", text: "A traffic rule names destinations and either allows everybody or names the roles that may reach them", ...rules },
  { id: "1.49", text: "Without rules any role may call any internal endpoint; a rule drops the calls of roles it does not name", ...rules },
  {
    id: "1.50",
    text: "Nobody balances internal endpoints: the caller lists the instances and picks one without knowing its health",
    ...internal,
  },
  {
    id: "1.51",
    text: "A service configuration is XML in a namespace of its own and names the service as its definition does",
    ...configuration,
  },
  { id: "1.52", text: "osFamily is 1 and osVersion * unless written", ...configuration },
  {
    id: "1.53",
    text: "The families of the guest OS are 1 to 7, Windows Server 2008 to 2022, and a version belongs to one",
    source: "guest OS release matrix",
    mark: "recalled",
  },
  { id: "1.54", text: "Every role of the definition has a count of instances in the configuration", ...configuration },
  { id: "1.55", text: "The name of a role's virtual machines has at most ten characters", ...configuration },
  { id: "1.56", text: "Settings have the same names in definition and configuration", ...configuration },
  { id: "1.57", text: "Certificates have the same names in definition and configuration, and a thumbprint there", ...configuration },
  { id: "1.58", text: "A configuration has at most one NetworkConfiguration", ...network },
  { id: "1.59", text: "A rule of an access control has an order number and permits or denies a range of addresses", ...network },
  { id: "1.60", text: "An endpoint ACL ties an access control to an endpoint of a role", ...network },
  { id: "1.61", text: "A DNS server has a name and an IPv4 address", ...network },
  {
    id: "1.62",
    text: "A service may stand in one virtual network, its roles in subnets, its deployment behind one reserved address",
    ...network,
  },
  { id: "1.63", text: "An internal load balancer has a private front end in a subnet", ...seen },
  { id: "1.64", text: "The number of upgrade domains cannot be changed in place", ...inPlace },
  { id: "1.65", text: "A role cannot be renamed in place", ...inPlace },
  { id: "1.66", text: "In place, local storage can grow and cannot shrink", ...inPlace },
  {
    id: "1.67",
    text: "The size of the virtual machines can be changed in place, which makes them anew and loses what is on their disks",
    ...inPlace,
  },
  { id: "1.68", text: "Counts of instances and the code can be changed in place", ...inPlace },
  { id: "1.69", text: "Endpoints can be changed in place, but not by a swap", ...inPlace },
  {
    id: "1.70",
    text: "Roles can be added and removed in place",
    ...inPlace,
    notModelled: "every version has the roles of the service, so that the versions of a run can be compared role by role",
  },
  { id: "1.71", text: "The version of the guest OS can be changed in place: a walk over the upgrade domains", ...inPlace },
  { id: "1.72", text: "A role hears of new settings before they are made, and applies them as it runs or asks to be recycled", ...changes },
  { id: "1.73", text: "A change of the topology leaves the other instances alone", ...changes },
  { id: "1.74", text: "A new certificate always takes instances offline, and the role does not hear of it", ...changes },
  {
    id: "1.75",
    text: "Blast tells all instances of a change of the topology at once, UpgradeDomainWalk one upgrade domain after another",
    ...definition,
  },
];
