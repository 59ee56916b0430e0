import { FactKind } from "../../model/facts.ts";
import { HostState, InstanceState } from "../../model/status.ts";
import type { Group, Platform } from "../../model/world.ts";
import { leavesHome, Placements } from "../accounts/placements.ts";
import type { Invariant } from "../invariant.ts";

/** S5. */
export const noLostVm: Invariant = {
  id: "S5",
  name: "no-lost-vm",
  statement:
    "Between events a role has every instance that it was asked to have: each exactly once, with an index of its own, and either on one host, in that host's list and where the facts have placed it, or pending and in the list of those that wait for room. Instances beyond the number asked for are on their way out or dead; one that has come back with its host while nobody decides serves until somebody does. A deleted deployment has none. On a host that is not up, instances are dead; on one that restarts for an update they wait for it, and on one that nobody reaches they are unreachable or frozen.",
  watch({ platform, broken }) {
    const placements = new Placements(platform);
    const touched: number[] = [];
    let decides = true;
    return {
      listensTo: [...Placements.listensTo, FactKind.instancesAsked, FactKind.controllerSilent, FactKind.controllerBack],
      hearsMove: leavesHome,
      observe(fact) {
        if (fact.kind === FactKind.instancesAsked) {
          touched.push(fact.subject);
          return;
        }
        if (fact.kind === FactKind.controllerSilent || fact.kind === FactKind.controllerBack) {
          decides = fact.kind === FactKind.controllerBack;
          return;
        }
        placements.observe(fact);
        if (fact.kind === FactKind.instanceChanged && fact.value === InstanceState.deleted)
          touched.push(platform.world.instances.group[fact.subject]);
      },
      afterTold() {
        while (touched.length > 0) {
          const { asked, id, instances } = platform.world.groups[touched.pop() as number];
          if (instances.length < asked) broken(`role ${id} has ${instances.length} instances, and ${asked} were asked for`);
        }
      },
      look() {
        for (const group of platform.world.groups) wrongGroup(platform, placements, group, decides, broken);
        wrongHosts(platform, placements, broken);
        const { pendingInstances } = platform.world;
        if (new Set(pendingInstances).size < pendingInstances.length) broken("an instance is pending twice");
      },
    };
  },
};

type Broken = (message: string) => never;

function wrongGroup({ world }: Platform, { home }: Placements, group: Group, decides: boolean, broken: Broken): void {
  const { host, index, state } = world.instances;
  const { slot } = world.deployments[group.deployment];
  if (slot < 0 && group.instances.length > 0) broken(`deployment ${group.deployment} is deleted and has instances`);
  const indexes = new Set<number>();
  group.instances.forEach((instance, place) => {
    indexes.add(index[instance]);
    if (state[instance] === InstanceState.deleted) broken(`instance ${instance} is deleted, and of role ${group.id}`);
    const isPending = state[instance] === InstanceState.pending;
    if (isPending !== world.pendingInstances.includes(instance))
      broken(`instance ${instance} ${isPending ? "waits for room in no list" : "is listed as pending"}`);
    if (isPending !== host[instance] < 0)
      broken(`instance ${instance} is ${isPending ? "pending and placed" : "neither pending nor placed"}`);
    if (home.get(instance) !== host[instance])
      broken(`instance ${instance} is on host ${host[instance]}, and was placed on ${home.get(instance)}`);
    if (decides && place >= group.asked && state[instance] === InstanceState.ready)
      broken(`instance ${instance} is ready beyond the ${group.asked} asked for`);
  });
  if (indexes.size < group.instances.length) broken(`role ${group.id} has an index twice`);
}

function wrongHosts({ world }: Platform, { home }: Placements, broken: Broken): void {
  const { hosts, instances } = world;
  let listed = 0;
  for (let host = 0; host < hosts.count; host++) {
    for (let instance = hosts.firstInstance[host]; instance >= 0; instance = instances.nextOnHost[instance]) {
      listed++;
      if (home.get(instance) !== host) broken(`host ${host} has instance ${instance}, which is at home on ${home.get(instance)}`);
      if (!suits(world, host, instances.state[instance]))
        broken(`instance ${instance} lives in state ${instances.state[instance]} on host ${host}`);
    }
  }
  let placed = 0;
  for (const group of world.groups) for (const instance of group.instances) if (instances.host[instance] >= 0) placed++;
  if (listed !== placed) broken(`hosts list ${listed} instances, and ${placed} are placed`);
}

/** Whether an instance may be in a state on a host. */
function suits({ hosts }: Platform["world"], host: number, state: number): boolean {
  const isUnreachable = state === InstanceState.unreachable;
  if (hosts.state[host] === HostState.up) return !isUnreachable;
  if (state === InstanceState.dead) return true;
  if (hosts.cutOff[host] === 1) return isUnreachable || state === InstanceState.paused;
  return hosts.state[host] === HostState.updating && state === InstanceState.rebooting;
}
