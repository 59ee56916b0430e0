import { constantMicros, sampleMicros } from "../../random/laws.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { InstanceState } from "../status.ts";
import type { Deployment, KnownRole, Platform } from "../world.ts";

/** What an instance is told of, as the value of its facts. */
export const ChangeKind = { settings: 0, topology: 1 } as const;

/**
 * A role has more or fewer instances. When it has an internal endpoint, the other instances of the deployment hear of it: all at once, or one
 * upgrade domain after another. Until then they call the instances they know of, those that are gone included.
 */
export function announceTopology(
  platform: Platform,
  deployment: Deployment,
  role: number,
  { came, gone }: { readonly came: readonly number[]; readonly gone: readonly number[] },
  incident: number,
  fact: number,
): void {
  const { calendar, catalogue, design, streams, world } = platform;
  const { internalEndpoints } = catalogue.programs[world.groups[deployment.firstGroup + role].program].design;
  const changed = [...came, ...gone];
  if (internalEndpoints.length === 0 || changed.length === 0) return;
  const { topologies } = deployment;
  const before = topologies[topologies.length - 1];
  const instances = [...before[role].instances.filter((instance) => !gone.includes(instance)), ...came];
  const topology = topologies.push(before.map((known, id) => (id === role ? { instances, incident, fact } : known))) - 1;
  const id = world.topologyChanges.length;
  const law = catalogue.laws.topologyChange;
  const isTimeless = constantMicros(law) === 0;
  const stream = isTimeless ? -1 : streams.open("topology", deployment.id, topology);
  world.topologyChanges.push({ deployment: deployment.id, topology, changed, fact, stream });
  if (isTimeless) {
    for (const domain of domainsOf(platform, id)) tellDomain(platform, id, domain);
    world.topologyChanges.pop();
  } else if (design.service.topologyChangeDiscovery === "blast")
    calendar.scheduleAfter(sampleMicros(law, streams, stream), EventKind.topologyReached, id, -1);
  else tellNext(platform, id, -1);
  forgetTopologies(platform, deployment);
}

/** Over years of scaling there are many: what no instance knows is told to nobody any more. */
function forgetTopologies({ world }: Platform, deployment: Deployment): void {
  const { firstGroup, groupCount, topologies } = deployment;
  let oldest = topologies.length - 1;
  for (let group = firstGroup; group < firstGroup + groupCount; group++)
    for (const instance of world.groups[group].instances) oldest = Math.min(oldest, world.instances.knows[instance]);
  for (; deployment.oldestTopology < oldest; deployment.oldestTopology++) topologies[deployment.oldestTopology] = nobody;
}

const nobody: readonly KnownRole[] = [];

/** Event: an upgrade domain, or everybody (-1), has taken in a change of the topology. */
export function topologyReached(platform: Platform, id: number, domain: number): void {
  tellDomain(platform, id, domain);
  if (domain >= 0) tellNext(platform, id, domain);
}

/** Changing, and Changed where the instance does not ask to be recycled instead; one that does not run starts with what is new. */
export function tellRole(platform: Platform, instance: number, kind: number, applies: boolean, cause: number): void {
  if (platform.world.instances.state[instance] !== InstanceState.ready) return;
  const fact = platform.trace.emit(FactKind.roleChanging, instance, kind, cause);
  if (applies) platform.trace.emit(FactKind.roleChanged, instance, kind, fact);
}

/** The next upgrade domain has its turn when the one before has accepted. */
function tellNext(platform: Platform, id: number, after: number): void {
  const { calendar, catalogue, streams, world } = platform;
  const domain = domainsOf(platform, id).find((candidate) => candidate > after);
  if (domain === undefined) return;
  const delay = sampleMicros(catalogue.laws.topologyChange, streams, world.topologyChanges[id].stream);
  calendar.scheduleAfter(delay, EventKind.topologyReached, id, domain);
}

function tellDomain(platform: Platform, id: number, domain: number): void {
  const { instances, topologyChanges } = platform.world;
  const { fact, topology } = topologyChanges[id];
  for (const instance of othersOf(platform, id)) {
    if (domain >= 0 && instances.upgradeDomain[instance] !== domain) continue;
    if (instances.state[instance] === InstanceState.ready) instances.knows[instance] = Math.max(instances.knows[instance], topology);
    tellRole(platform, instance, ChangeKind.topology, true, fact);
  }
}

/** The upgrade domains in the order in which they hear of it, or -1 for all at once. */
function domainsOf(platform: Platform, id: number): number[] {
  if (platform.design.service.topologyChangeDiscovery === "blast") return [-1];
  const { upgradeDomain } = platform.world.instances;
  return [...new Set(othersOf(platform, id).map((instance) => upgradeDomain[instance]))].sort((a, b) => a - b);
}

/** The instances of the deployment that neither came nor went. */
function othersOf({ world }: Platform, id: number): number[] {
  const { changed, deployment } = world.topologyChanges[id];
  const { firstGroup, groupCount } = world.deployments[deployment];
  return world.groups
    .slice(firstGroup, firstGroup + groupCount)
    .flatMap(({ instances }) => instances)
    .filter((instance) => !changed.includes(instance));
}
