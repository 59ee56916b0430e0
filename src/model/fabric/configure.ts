import type { OperationDesign } from "../design.ts";
import { FactKind } from "../facts.ts";
import { InstanceState } from "../status.ts";
import type { Deployment, Platform } from "../world.ts";
import { slotIndex } from "./deploy.ts";
import { lockDeployment } from "./locks.ts";
import type { OperationKind } from "./operationKind.ts";
import { StopReason } from "./stopping.ts";
import { beginWalk, onceEach, type WalkRule, walkIsDone } from "./walk.ts";

type Configure = Extract<OperationDesign, { kind: "configure" }>;

/** What an instance is told of, as the value of its facts. */
const ChangeKind = { settings: 0, topology: 1 } as const;

/** New values of settings, or new certificates. */
export const configure: OperationKind<Configure> = {
  summary: "Changes settings, which instances apply as they run or by a recycle, or certificates, which always take them offline.",
  mutates: true,
  refuse(platform, { slot }) {
    return platform.world.vips[slotIndex(slot)] < 0 ? `there is no ${slot} deployment` : undefined;
  },
  begin(platform, operation, design) {
    const { world } = platform;
    const id = world.vips[slotIndex(design.slot)];
    lockDeployment(platform, operation, id);
    const { firstGroup, groupCount } = world.deployments[id];
    for (const { instances, role } of world.groups.slice(firstGroup, firstGroup + groupCount)) {
      if (design.only.length === 0 || design.only.includes(platform.design.service.roles[role].name)) operation.scope.push(...instances);
    }
    if (design.change === "certificate" || design.recycle) beginWalk(platform, operation, walkOf(design));
    else for (const instance of operation.scope) tell(platform, instance, ChangeKind.settings, true, operation.fact);
  },
  isDone(platform, operation, design) {
    return design.change === "settings" && !design.recycle ? true : walkIsDone(platform, operation, walkOf(design));
  },
};

/**
 * The other instances of a deployment hear that a role has more or fewer, when that role has an internal endpoint: all at once, or one upgrade
 * domain after another. They apply it as they run.
 */
export function announceTopology(platform: Platform, deployment: Deployment, role: number, changed: readonly number[], fact: number): void {
  const { design, world } = platform;
  const { internalEndpoints } = design.service.roles[role];
  if (internalEndpoints.length === 0 || changed.length === 0) return;
  const { firstGroup, groupCount } = world.deployments[deployment.id];
  const others = world.groups
    .slice(firstGroup, firstGroup + groupCount)
    .flatMap(({ instances }) => instances)
    .filter((instance) => !changed.includes(instance));
  if (design.service.topologyChangeDiscovery === "upgrade-domain-walk")
    others.sort((a, b) => world.instances.upgradeDomain[a] - world.instances.upgradeDomain[b] || a - b);
  for (const instance of others) tell(platform, instance, ChangeKind.topology, true, fact);
}

const eachInTurn = onceEach("configuredBy");
const walk: WalkRule = { ...eachInTurn, reason: StopReason.restart };
const tellingWalk: WalkRule = {
  ...walk,
  stopped(platform, operation, instance) {
    tell(platform, instance, ChangeKind.settings, false, operation.fact);
    eachInTurn.stopped(platform, operation, instance);
  },
};

/** A certificate is exchanged without a word to the role. */
function walkOf({ change }: Configure): WalkRule {
  return change === "certificate" ? walk : tellingWalk;
}

/** Changing, and Changed where the instance does not ask to be recycled instead; one that does not run starts with what is new. */
function tell(platform: Platform, instance: number, kind: number, applies: boolean, cause: number): void {
  if (platform.world.instances.state[instance] !== InstanceState.ready) return;
  const fact = platform.trace.emit(FactKind.roleChanging, instance, kind, cause);
  if (applies) platform.trace.emit(FactKind.roleChanged, instance, kind, fact);
}
