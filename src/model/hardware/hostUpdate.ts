import { EventKind } from "../events.ts";
import { bootParkedVm, parkVm } from "../roles/vm.ts";
import { HostState, InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";
import { setHostState } from "./host.ts";
import { instancesOn, retryPending } from "./placement.ts";
import { cutOffHost } from "./rackSwitch.ts";

/** A host restarts on its new host OS; nobody on it is ready any more, and what is still there stops with it. */
export function beginHostUpdate(platform: Platform, host: number, duration: number, cause: number): void {
  const { world, calendar } = platform;
  const { hosts } = world;
  setHostState(platform, host, HostState.updating, cause);
  for (const instance of instancesOn(platform, host)) parkVm(platform, instance, hosts.cause[host]);
  calendar.cancel(hosts.timer[host]);
  hosts.timer[host] = calendar.scheduleAfter(duration, EventKind.hostUpdated, host);
}

/** Event: the host is back; its VMs boot where they were. */
export function hostUpdated(platform: Platform, host: number): void {
  const { hosts, instances, racks } = platform.world;
  hosts.timer[host] = -1;
  setHostState(platform, host, HostState.up, hosts.cause[host]);
  for (const instance of instancesOn(platform, host)) {
    if (instances.state[instance] === InstanceState.rebooting) bootParkedVm(platform, instance, hosts.cause[host]);
  }
  if (racks.cut[hosts.rack[host]] > 0) cutOffHost(platform, host);
  retryPending(platform, hosts.cause[host]);
}
