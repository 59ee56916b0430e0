import type { OperationDesign } from "../design.ts";
import { DiskEvent } from "../roles/disks.ts";
import { bootVm } from "../roles/vm.ts";
import { InstanceState } from "../status.ts";
import type { Operation, Platform } from "../world.ts";
import { slotIndex } from "./deploy.ts";
import { areSettled, lockDeployment } from "./locks.ts";
import type { OperationKind } from "./operationKind.ts";
import { beginStop, interrupt, StopReason } from "./stopping.ts";

type Stop = Extract<OperationDesign, { kind: "stop" | "start" }>;

/** A deployment is suspended: its instances stop, and keep their hosts and their price. */
export const stop: OperationKind<Stop> = {
  summary: "Stops the instances of a deployment in good order; their VMs stay allocated, and are paid for.",
  mutates: true,
  refuse: (platform, { slot }) => slotReason(platform, slot, false),
  begin(platform, operation, { slot }) {
    const { world } = platform;
    const id = world.vips[slotIndex(slot)];
    world.deployments[id].suspended = true;
    lockDeployment(platform, operation, id);
    stopAll(platform, operation);
  },
  isDone(platform, operation) {
    // one that has come back meanwhile goes too
    stopAll(platform, operation);
    return instancesOf(platform, operation).every((instance) => isOff(platform.world.instances.state[instance]));
  },
};

/** A suspended deployment runs again: its VMs boot where they are. */
export const start: OperationKind<Stop> = {
  summary: "Boots the instances of a stopped deployment where they are.",
  mutates: true,
  refuse: (platform, { slot }) => slotReason(platform, slot, true),
  begin(platform, operation, { slot }) {
    const { world } = platform;
    const id = world.vips[slotIndex(slot)];
    world.deployments[id].suspended = false;
    lockDeployment(platform, operation, id);
    for (const instance of instancesOf(platform, operation)) {
      if (world.instances.state[instance] !== InstanceState.stopped) continue;
      operation.waitingFor.push(instance);
      bootVm(platform, instance, DiskEvent.stopStart, operation.fact);
    }
  },
  isDone: areSettled,
};

function slotReason({ world }: Platform, slot: "production" | "staging", suspended: boolean): string | undefined {
  const id = world.vips[slotIndex(slot)];
  if (id < 0) return `there is no ${slot} deployment`;
  if (world.deployments[id].suspended === suspended) return undefined;
  return suspended ? `the ${slot} deployment is not stopped` : `the ${slot} deployment is stopped already`;
}

function stopAll(platform: Platform, operation: Operation): void {
  const { state } = platform.world.instances;
  for (const instance of instancesOf(platform, operation)) {
    switch (state[instance]) {
      case InstanceState.ready:
        beginStop(platform, instance, StopReason.suspend, operation.incident, operation.fact);
        break;
      case InstanceState.starting:
      case InstanceState.busy:
      case InstanceState.hung:
      case InstanceState.webDown:
      case InstanceState.recycling:
        interrupt(platform, instance, StopReason.suspend, operation.incident, operation.fact);
        break;
    }
  }
}

function isOff(state: number): boolean {
  return (
    state === InstanceState.stopped || state === InstanceState.deleted || state === InstanceState.dead || state === InstanceState.pending
  );
}

function instancesOf({ world }: Platform, { deployment }: Operation): readonly number[] {
  const { firstGroup, groupCount } = world.deployments[deployment];
  return world.groups.slice(firstGroup, firstGroup + groupCount).flatMap(({ instances }) => instances);
}
