import { decides } from "../controller.ts";
import { FactKind } from "../facts.ts";
import { sumUp } from "../roles/ailments.ts";
import { moveTo } from "../roles/lifecycle.ts";
import { provisionVm } from "../roles/vm.ts";
import { HostState, InstanceState } from "../status.ts";
import type { Group, Platform } from "../world.ts";
import { hostsInReach } from "./clusters.ts";

/** Finds a host for an instance (semantics 2), or -1 when none has room. */
export function findHost(platform: Platform, instance: number): number {
  const { world, design } = platform;
  const { instances } = world;
  const group = world.groups[instances.group[instance]];
  const domain = instances.upgradeDomain[instance];
  const { size } = platform.catalogue.programs[instances.wanted[instance]].design;
  const quota = design.service.coreQuota;
  if (quota > 0 && world.coresUsed + size.cores > quota) return -1;
  const racks = design.datacenter.faultDomains;
  const tried = world.rackTried.fill(0);
  for (let attempt = 0; attempt < racks; attempt++) {
    const rack = emptiestRack(group, domain, racks, tried);
    tried[rack] = 1;
    const host = emptiestHost(platform, rack, size);
    if (host >= 0) return host;
  }
  return -1;
}

/** Puts an instance on a host: its capacity is taken, nothing starts yet. */
export function settleOn(platform: Platform, instance: number, host: number, cause: number): void {
  const { world } = platform;
  const { instances, hosts } = world;
  const group = world.groups[instances.group[instance]];
  const { size } = platform.catalogue.programs[instances.wanted[instance]].design;
  instances.sizedBy[instance] = instances.wanted[instance];
  hosts.freeCores[host] -= size.cores;
  hosts.freeMemoryMiB[host] -= size.memoryMiB;
  hosts.freeDiskMiB[host] -= size.diskMiB;
  world.coresUsed += size.cores;
  const first = hosts.firstInstance[host];
  instances.host[instance] = host;
  instances.nextOnHost[instance] = first;
  instances.previousOnHost[instance] = -1;
  if (first >= 0) instances.previousOnHost[first] = instance;
  hosts.firstInstance[host] = instance;
  count(platform, group, instance, host, 1);
  sumUp(platform, instance);
  platform.trace.emit(FactKind.instancePlaced, instance, host, cause);
}

/** Takes an instance off its host and gives the capacity back. */
export function leaveHost(platform: Platform, instance: number): void {
  const { world } = platform;
  const { instances, hosts } = world;
  const host = instances.host[instance];
  if (host < 0) return;
  const group = world.groups[instances.group[instance]];
  const { size } = platform.catalogue.programs[instances.sizedBy[instance]].design;
  hosts.freeCores[host] += size.cores;
  hosts.freeMemoryMiB[host] += size.memoryMiB;
  hosts.freeDiskMiB[host] += size.diskMiB;
  world.coresUsed -= size.cores;
  const next = instances.nextOnHost[instance];
  const previous = instances.previousOnHost[instance];
  if (previous >= 0) instances.nextOnHost[previous] = next;
  else hosts.firstInstance[host] = next;
  if (next >= 0) instances.previousOnHost[next] = previous;
  count(platform, group, instance, host, -1);
  instances.host[instance] = -1;
}

/** Places an instance and starts its VM, or lets it wait for room and for somebody who decides. */
export function placeInstance(platform: Platform, instance: number, cause: number): void {
  const { world } = platform;
  const host = decides(platform) ? findHost(platform, instance) : -1;
  if (host >= 0) {
    settleOn(platform, instance, host, cause);
    provisionVm(platform, instance, cause);
    return;
  }
  if (world.instances.state[instance] !== InstanceState.pending) moveTo(platform, instance, InstanceState.pending, cause);
  world.pendingInstances.push(instance);
}

/** An instance is made anew wherever there is room for it; what its old place leaves free goes to those who wait. */
export function relocate(platform: Platform, instance: number, cause: number): void {
  leaveHost(platform, instance);
  placeInstance(platform, instance, cause);
  retryPending(platform, cause);
}

/** Room may have appeared: those who wait are tried again, in the order in which they asked. */
export function retryPending(platform: Platform, cause: number): void {
  const { world } = platform;
  if (world.pendingInstances.length === 0 || !decides(platform)) return;
  const waiting = world.pendingInstances.splice(0);
  for (const instance of waiting) {
    if (world.instances.state[instance] === InstanceState.pending) placeInstance(platform, instance, cause);
  }
}

/** The instances on a host, ascending ids. */
export function instancesOn(platform: Platform, host: number): number[] {
  const { instances, hosts } = platform.world;
  const found: number[] = [];
  for (let instance = hosts.firstInstance[host]; instance >= 0; instance = instances.nextOnHost[instance]) found.push(instance);
  return found.sort((a, b) => a - b);
}

/** The fault domain with the fewest instances of the group, then of its upgrade domain, then the lowest index. */
function emptiestRack(group: Group, domain: number, racks: number, tried: Uint8Array): number {
  const { perRack, perCell } = group;
  const base = domain * racks;
  let best = -1;
  for (let rack = 0; rack < racks; rack++) {
    if (tried[rack] === 1) continue;
    if (best < 0 || perRack[rack] < perRack[best] || (perRack[rack] === perRack[best] && perCell[base + rack] < perCell[base + best]))
      best = rack;
  }
  return best;
}

/** The host that answers, has room and has the most free cores, ties to the lowest index. */
function emptiestHost(platform: Platform, rack: number, size: { cores: number; memoryMiB: number; diskMiB: number }): number {
  const { hosts } = platform.world;
  const first = rack * platform.design.datacenter.hostsPerFaultDomain;
  const { from, to } = hostsInReach(platform);
  let best = -1;
  for (let host = first + from; host < first + to; host++) {
    const fits =
      hosts.freeCores[host] >= size.cores && hosts.freeMemoryMiB[host] >= size.memoryMiB && hosts.freeDiskMiB[host] >= size.diskMiB;
    if (fits && hosts.state[host] === HostState.up && (best < 0 || hosts.freeCores[host] > hosts.freeCores[best])) best = host;
  }
  return best;
}

function count(platform: Platform, group: Group, instance: number, host: number, change: number): void {
  const rack = platform.world.hosts.rack[host];
  group.perRack[rack] += change;
  group.perCell[platform.world.instances.upgradeDomain[instance] * platform.design.datacenter.faultDomains + rack] += change;
}
