import type { OperationDesign } from "../design.ts";
import { InstanceState } from "../status.ts";
import type { Group, Operation, Platform } from "../world.ts";
import { allocationReason, demandOfMore } from "./allocation.ts";
import { slotIndex } from "./deploy.ts";
import { addInstances, askFor, removeInstances } from "./deployment.ts";
import { areSettled, lockDeployment } from "./locks.ts";
import type { OperationKind } from "./operationKind.ts";
import { coresAsked, coresOf, quotaReason } from "./quota.ts";
import { beginStop, StopReason } from "./stopping.ts";
import { announceTopology } from "./topology.ts";

type Scale = Extract<OperationDesign, { kind: "scale" }>;

/** More or fewer instances of a role. */
export const scale: OperationKind<Scale> = {
  mutates: true,
  summary: "Changes the number of instances of a role: new ones are placed now, the highest ids go, drained.",
  refuse(platform, design) {
    if (platform.world.vips[slotIndex(design.slot)] < 0) return `there is no ${design.slot} deployment`;
    const group = groupOf(platform, design);
    const { size } = platform.catalogue.programs[group.program].design;
    const more = coresOf({ instances: design.instances, size }) - coresAsked(platform, group);
    return quotaReason(platform, more) ?? allocationReason(platform, demandOfMore(platform, group, design.instances));
  },
  begin(platform, operation, design) {
    const { world } = platform;
    const group = groupOf(platform, design);
    const deployment = world.vips[slotIndex(design.slot)];
    operation.waitingFor.push(...setInstances(platform, operation, group, design.instances));
    lockDeployment(platform, operation, deployment);
  },
  isDone: areSettled,
};

/** Gives a role so many instances: new ones are placed now, and those at the end go. Returns those that come or go. */
export function setInstances(platform: Platform, { incident, fact }: Operation, group: Group, asked: number): number[] {
  const change = asked - group.asked;
  const deployment = platform.world.deployments[group.deployment];
  if (change >= 0) {
    const added = addInstances(platform, group, change, false, incident, fact);
    announceTopology(platform, deployment, group.role, { came: added, gone: [] }, incident, fact);
    return added;
  }
  if (platform.design.fabric.scaleIn === "random") drawLeavers(platform, group, -change);
  const leaving = group.instances.slice(asked);
  askFor(platform, group, asked, fact);
  announceTopology(platform, deployment, group.role, { came: [], gone: leaving }, incident, fact);
  dismiss(platform, leaving, incident, fact);
  return leaving;
}

/**
 * Instances that were on their way out, and died or were made anew elsewhere meanwhile, go without ceremony; one that has come back already is
 * stopped again. What stops, or stands still, is left alone: it goes when it goes on.
 */
export function dropReturnedLeavers(platform: Platform, deployment: number, incident: number, cause: number): void {
  const { world } = platform;
  const { firstGroup, groupCount } = world.deployments[deployment];
  for (const { asked, instances } of world.groups.slice(firstGroup, firstGroup + groupCount)) {
    const returned = instances.slice(asked).filter((leaver) => !isGoing(world.instances.state[leaver]));
    if (returned.length > 0) dismiss(platform, returned, incident, cause);
  }
}

/** Those that are ready stop in good order, the others are gone at once. */
function dismiss(platform: Platform, leaving: readonly number[], incident: number, fact: number): void {
  const { state } = platform.world.instances;
  const ready = leaving.filter((instance) => state[instance] === InstanceState.ready);
  const others = leaving.filter((instance) => state[instance] !== InstanceState.ready);
  removeInstances(platform, others, incident, fact);
  for (const instance of ready) beginStop(platform, instance, StopReason.remove, incident, fact);
}

function isGoing(state: number): boolean {
  switch (state) {
    case InstanceState.draining:
    case InstanceState.stopping:
    case InstanceState.paused:
    case InstanceState.unreachable:
      return true;
    default:
      return false;
  }
}

/** The fabric picks who goes: so many drawn ones come to the end of the list, the others keep their order. */
function drawLeavers({ calendar, streams }: Platform, group: Group, count: number): void {
  for (let end = group.instances.length; end > group.instances.length - count; end--) {
    const drawn = Math.floor(streams.once("scale-in", group.id, calendar.now, end) * end);
    group.instances.splice(end - 1, 0, ...group.instances.splice(drawn, 1));
  }
}

function groupOf(platform: Platform, design: Scale): Group {
  const { world } = platform;
  const role = platform.design.service.roles.findIndex((candidate) => candidate.name === design.role);
  return world.groups[world.deployments[world.vips[slotIndex(design.slot)]].firstGroup + role];
}
