import type { OperationDesign } from "../design.ts";
import { InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";
import { allocationReason, demandOf, unpinCluster } from "./allocation.ts";
import { askFor, createDeployment, removeInstances } from "./deployment.ts";
import { lockDeployment, replaceOperation } from "./locks.ts";
import type { OperationKind } from "./operationKind.ts";
import { coresOf, quotaReason } from "./quota.ts";

type DesignOf<K extends OperationDesign["kind"]> = Extract<OperationDesign, { kind: K }>;

/** Index of a slot: 0 production, 1 staging. */
export function slotIndex(slot: "production" | "staging"): number {
  return slot === "production" ? 0 : 1;
}

/** A new deployment in an empty slot: done when every instance was ready. */
export const deploy: OperationKind<DesignOf<"deploy">> = {
  mutates: false,
  summary: "Makes a deployment in an empty slot; its VMs are created and started, which takes its time.",
  refuse(platform, { slot, roles }) {
    if (platform.world.vips[slotIndex(slot)] >= 0) return `the ${slot} slot is taken`;
    const cores = roles.reduce((sum, role) => sum + coresOf(role), 0);
    return quotaReason(platform, cores) ?? allocationReason(platform, demandOf(roles));
  },
  begin(platform, operation, { slot, version, reservedIp }) {
    const programs = platform.catalogue.programsOf[operation.id];
    const deployment = createDeployment(
      platform,
      slotIndex(slot),
      version,
      programs,
      false,
      operation.incident,
      operation.fact,
      reservedIp,
    );
    lockDeployment(platform, operation, deployment.id);
  },
  isDone: (platform, operation) => areAllReady(platform, operation.deployment),
};

/** The deployment of a slot is deleted with everything in it. */
export const deleteDeployment: OperationKind<DesignOf<"delete">> = {
  mutates: true,
  summary: "Deletes the deployment of a slot: its instances are gone at once, and what they hold is cut.",
  refuse(platform, { slot }) {
    return platform.world.vips[slotIndex(slot)] < 0 ? `there is no ${slot} deployment` : undefined;
  },
  // a deployment whose roles never start would hold the service for ever
  replaces: ({ design, world }, { slot }, running) =>
    design.operations[running.id].kind === "deploy" && running.deployment === world.vips[slotIndex(slot)],
  begin(platform, operation, { slot }) {
    const { world } = platform;
    const id = world.vips[slotIndex(slot)];
    const running = world.deployments[id].lock;
    if (running >= 0) replaceOperation(platform, world.operations[running], operation);
    lockDeployment(platform, operation, id);
    world.vips[slotIndex(slot)] = -1;
    world.doors[slotIndex(slot)] = -1;
    world.emptiedBy[slotIndex(slot)] = operation.incident;
    world.deployments[id].slot = -1;
    const { firstGroup, groupCount } = world.deployments[id];
    const groups = world.groups.slice(firstGroup, firstGroup + groupCount);
    for (const group of groups) {
      askFor(platform, group, 0, operation.fact);
      for (const { consumers } of world.queues) if (consumers.includes(group.id)) consumers.splice(consumers.indexOf(group.id), 1);
    }
    const leaving = groups.flatMap(({ instances }) => instances);
    removeInstances(platform, leaving, operation.incident, operation.fact);
    unpinCluster(platform);
  },
  isDone: () => true,
};

/** Whether every instance of a deployment is ready. */
export function areAllReady(platform: Platform, deployment: number): boolean {
  return firstNotReady(platform, deployment) < 0;
}

/** The first instance of a deployment that is not ready, -1 when all are. */
export function firstNotReady(platform: Platform, deployment: number): number {
  const { world } = platform;
  const { firstGroup, groupCount } = world.deployments[deployment];
  for (let group = firstGroup; group < firstGroup + groupCount; group++) {
    for (const instance of world.groups[group].instances) if (world.instances.state[instance] !== InstanceState.ready) return instance;
  }
  return -1;
}
