import type { OperationDesign } from "../design.ts";
import { InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";
import { areSettled, watchDeployment } from "./locks.ts";
import type { OperationKind } from "./operationKind.ts";
import { beginStop, StopReason } from "./stopping.ts";

type Restart = Extract<OperationDesign, { kind: "reboot" | "reimage" | "rebuild" }>;

/** An instance's guest OS is restarted in good order. */
export const reboot: OperationKind<Restart> = {
  summary: "Restarts the guest OS of a ready instance in good order: rotation, drain, OnStop, reboot, start.",
  ...restart(StopReason.reboot),
};

/** An instance's OS disk is made anew. */
export const reimage: OperationKind<Restart> = {
  summary: "Makes the OS disk of a ready instance anew, in good order; it takes longer than a reboot.",
  ...restart(StopReason.reimage),
};

/** An instance is made anew, where there is room. */
export const rebuild: OperationKind<Restart> = {
  summary: "Makes a ready instance anew with all its disks, in good order, on a host that has room.",
  ...restart(StopReason.rebuild),
};

function restart(reason: StopReason): Omit<OperationKind<Restart>, "summary"> {
  return {
    mutates: false,
    refuse(platform, _, { waitingFor: found }) {
      if (found.length === 0) return "there is no such instance";
      return found.some((instance) => platform.world.instances.state[instance] !== InstanceState.ready)
        ? "the instance is not ready"
        : undefined;
    },
    begin(platform, operation) {
      for (const instance of operation.waitingFor) {
        beginStop(platform, instance, reason, operation.incident, operation.fact);
        watchDeployment(platform, operation, deploymentOf(platform, instance));
      }
    },
    isDone: areSettled,
  };
}

function deploymentOf(platform: Platform, instance: number): number {
  return platform.world.groups[platform.world.instances.group[instance]].deployment;
}
