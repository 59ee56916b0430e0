import { forgetDecision } from "../controller.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { closeFault, factOf } from "../incidents.ts";
import { windClocks } from "../roles/clocks.ts";
import { isolate, rejoin } from "../roles/isolation.ts";
import { bootParkedVm } from "../roles/vm.ts";
import { HostState, InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";
import { forgetStrays, missHeartbeats, restartClean, revive, setHostState } from "./host.ts";
import { instancesOn, retryPending } from "./placement.ts";

/** The rack's switch fails: its hosts run on, but nobody reaches them, and the controller will miss their heartbeats. */
export function cutOff(platform: Platform, rack: number, incident: number): boolean {
  const { hosts, racks } = platform.world;
  if (racks.cut[rack]++ > 0) return true;
  racks.cutBy[rack] = incident;
  const { hostsPerFaultDomain } = platform.design.datacenter;
  for (let host = rack * hostsPerFaultDomain; host < (rack + 1) * hostsPerFaultDomain; host++) {
    if (hosts.state[host] === HostState.up) cutOffHost(platform, host);
  }
  return true;
}

/** A host that runs has no network, because its rack's switch does not work. */
export function cutOffHost(platform: Platform, host: number): void {
  const { hosts, racks } = platform.world;
  const incident = racks.cutBy[hosts.rack[host]];
  hosts.cutOff[host] = 1;
  setHostState(platform, host, HostState.unreachable, factOf(platform, incident));
  const fact = hosts.cause[host];
  for (const instance of instancesOn(platform, host)) isolate(platform, instance, incident, fact);
  missHeartbeats(platform, host);
}

/** The switch works again: hosts that ran on are back with the instances that were not placed elsewhere, others may start. */
export function reconnect(platform: Platform, rack: number, incident: number): void {
  const { hosts, racks } = platform.world;
  closeFault(platform, incident);
  windClocks(platform, racks.firstClock[rack], platform.world.incidents[incident].fault);
  if (--racks.cut[rack] > 0) return;
  const fact = factOf(platform, incident);
  const { hostsPerFaultDomain } = platform.design.datacenter;
  for (let host = rack * hostsPerFaultDomain; host < (rack + 1) * hostsPerFaultDomain; host++) {
    if (hosts.cutOff[host] === 1) returnToAll(platform, host, fact);
    else {
      restartClean(platform, host);
      revive(platform, host, fact);
    }
  }
}

function returnToAll(platform: Platform, host: number, fact: number): void {
  const { world, calendar } = platform;
  const { hosts, instances } = world;
  calendar.cancel(hosts.timer[host]);
  hosts.timer[host] = -1;
  forgetDecision(platform, EventKind.hostDeclaredDead, host);
  forgetDecision(platform, EventKind.hostRestartEnded, host);
  hosts.cutOff[host] = 0;
  setHostState(platform, host, HostState.up, fact);
  const cause = hosts.cause[host];
  // one that was placed elsewhere meanwhile runs here still: it is stopped before it talks to anyone
  for (let place = 0; place < world.strays.length; place++) {
    const stray = world.strays[place];
    if (stray.host === host) platform.trace.emit(FactKind.strayStopped, stray.instance, host, cause);
  }
  forgetStrays(platform, host);
  for (const instance of instancesOn(platform, host)) {
    rejoin(platform, instance, cause);
    // it was stopped for an update of its host that the failure has come before
    if (instances.state[instance] === InstanceState.rebooting && instances.timer[instance] < 0) bootParkedVm(platform, instance, cause);
  }
  retryPending(platform, cause);
}
