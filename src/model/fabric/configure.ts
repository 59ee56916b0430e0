import type { OperationDesign } from "../design.ts";
import { slotIndex } from "./deploy.ts";
import { lockDeployment } from "./locks.ts";
import type { OperationKind } from "./operationKind.ts";
import { StopReason } from "./stopping.ts";
import { ChangeKind, tellRole } from "./topology.ts";
import { beginWalk, onceEach, type WalkRule, walkIsDone } from "./walk.ts";

type Configure = Extract<OperationDesign, { kind: "configure" }>;

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
    else for (const instance of operation.scope) tellRole(platform, instance, ChangeKind.settings, true, operation.fact);
  },
  isDone(platform, operation, design) {
    return design.change === "settings" && !design.recycle ? true : walkIsDone(platform, operation, walkOf(design));
  },
};

const eachInTurn = onceEach("configuredBy");
const walk: WalkRule = { ...eachInTurn, reason: StopReason.restart };
const tellingWalk: WalkRule = {
  ...walk,
  stopped(platform, operation, instance) {
    tellRole(platform, instance, ChangeKind.settings, false, operation.fact);
    eachInTurn.stopped(platform, operation, instance);
  },
};

/** A certificate is exchanged without a word to the role. */
function walkOf({ change }: Configure): WalkRule {
  return change === "certificate" ? walk : tellingWalk;
}
