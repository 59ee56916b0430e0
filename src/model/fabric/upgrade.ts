import type { OperationDesign } from "../design.ts";
import type { Demand } from "../hardware/clusters.ts";
import type { Deployment, Operation, Platform } from "../world.ts";
import { allocationReason } from "./allocation.ts";
import { changeReason } from "./changes.ts";
import { slotIndex } from "./deploy.ts";
import { lockDeployment, OperationStatus, replaceOperation } from "./locks.ts";
import type { OperationKind } from "./operationKind.ts";
import { coresAsked, coresOf, quotaReason } from "./quota.ts";
import { setInstances } from "./scale.ts";
import { StopReason } from "./stopping.ts";
import { beginDomain, beginWalk, isHealthy, isLeaving, type WalkRule, walkIsDone } from "./walk.ts";

type Upgrade = Extract<OperationDesign, { kind: "upgrade" }>;
type Rollback = Extract<OperationDesign, { kind: "rollback" }>;
type WalkDomain = Extract<OperationDesign, { kind: "walk-upgrade-domain" }>;

/**
 * In-place upgrade, one upgrade domain after the other. An instance that is not ready at its domain's turn is skipped: it starts on the new
 * version when it starts again, and is updated when it returns on the old one.
 */
export const upgrade: OperationKind<Upgrade> = {
  summary: "Updates a deployment in place, one upgrade domain at a time: drain, OnStop, new package, start.",
  mutates: true,
  refuse(platform, design) {
    const { world } = platform;
    const vip = world.vips[slotIndex(design.slot)];
    if (vip < 0) return `there is no ${design.slot} deployment`;
    const { firstGroup } = world.deployments[vip];
    const reason = changeReason(platform, design, firstGroup);
    if (reason !== undefined) return reason;
    let more = 0;
    design.roles.forEach((role, index) => {
      if (isIncluded(design, role.name)) more += coresOf(role) - coresAsked(platform, world.groups[firstGroup + index]);
    });
    return quotaReason(platform, more) ?? allocationReason(platform, ...changeOfDemand(platform, design, firstGroup));
  },
  // the documented exception: as if it were rolled back first, but the first domain goes at once
  replaces: (platform, design, running) =>
    isUpgradeLike(platform, running) && running.deployment === platform.world.vips[slotIndex(design.slot)],
  begin(platform, operation, design) {
    const { world, catalogue } = platform;
    const deployment = world.deployments[world.vips[slotIndex(design.slot)]];
    const running = deployment.lock >= 0 ? world.operations[deployment.lock] : undefined;
    remember(platform, operation, deployment, running);
    if (running !== undefined) {
      bringBack(platform, operation, deployment);
      replaceOperation(platform, running, operation);
    }
    deployment.version = design.version;
    for (let role = 0; role < deployment.groupCount; role++) {
      if (!isIncluded(design, design.roles[role].name)) continue;
      const group = world.groups[deployment.firstGroup + role];
      group.program = catalogue.programsOf[operation.id][role];
    }
    lockDeployment(platform, operation, deployment.id);
    for (let role = 0; role < deployment.groupCount; role++) {
      if (isIncluded(design, design.roles[role].name))
        setInstances(platform, operation, world.groups[deployment.firstGroup + role], design.roles[role].instances);
    }
    beginWalk(platform, operation, running === undefined ? walk : forcedWalk);
  },
  isDone: (platform, operation) => walkIsDone(platform, operation, walk),
};

/** The version before an upgrade that is in progress comes back, domain by domain; those that were not updated are left alone. */
export const rollback: OperationKind<Rollback> = {
  summary: "Brings back the version before an upgrade in progress: updated instances are reverted, one upgrade domain at a time.",
  mutates: true,
  refuse(platform, design) {
    const { world } = platform;
    const vip = world.vips[slotIndex(design.slot)];
    if (vip < 0) return `there is no ${design.slot} deployment`;
    const running = runningOn(platform, vip);
    if (running === undefined || platform.design.operations[running.id].kind !== "upgrade")
      return "no update is in progress: a rollback exists only until the last instance is updated";
    const affected = affectedInstances(platform, running);
    if (affected.every((instance) => isCurrent(platform, instance) && !isLeaving(world.instances.state[instance])))
      return "the update is complete: every instance runs the new version";
    const grown = grownStorage(platform, running);
    if (grown !== undefined) return `the update made local storage ${grown} larger, and local storage cannot shrink`;
    const { firstGroup } = world.deployments[vip];
    let more = 0;
    running.undo.programs.forEach((program, role) => {
      const { size } = platform.catalogue.programs[program].design;
      const group = world.groups[firstGroup + role];
      more += coresOf({ instances: running.undo.asked[role], size }) - coresAsked(platform, group);
    });
    return quotaReason(platform, more);
  },
  replaces: () => true,
  begin(platform, operation, design) {
    const { world } = platform;
    const deployment = world.deployments[world.vips[slotIndex(design.slot)]];
    const running = world.operations[deployment.lock];
    remember(platform, operation, deployment, running);
    bringBack(platform, operation, deployment);
    replaceOperation(platform, running, operation);
    lockDeployment(platform, operation, deployment.id);
    operation.undo.asked.forEach((asked, role) => {
      setInstances(platform, operation, world.groups[deployment.firstGroup + role], asked);
    });
    beginWalk(platform, operation, forcedWalk);
  },
  isDone: (platform, operation) => walkIsDone(platform, operation, forcedWalk),
};

/** An upgrade in mode manual goes on with one domain. */
export const walkUpgradeDomain: OperationKind<WalkDomain> = {
  summary: "Lets an upgrade in mode manual go on with one upgrade domain.",
  mutates: false,
  refuse(platform, design) {
    const vip = platform.world.vips[slotIndex(design.slot)];
    if (vip < 0) return `there is no ${design.slot} deployment`;
    const running = runningOn(platform, vip);
    const spec = running === undefined ? undefined : platform.design.operations[running.id];
    if (running === undefined || spec?.kind !== "upgrade" || spec.mode !== "manual") return "no update in mode manual is in progress";
    if (!isHealthy(platform, running)) return `upgrade domain ${running.domain} is still being updated`;
    const { upgradeDomains } = platform.design.service;
    const domain = design.domain ?? nextDomain(platform, running);
    if (domain >= upgradeDomains) return `there is no upgrade domain ${domain}`;
    return running.walked.includes(domain) ? `upgrade domain ${domain} has been updated already` : undefined;
  },
  begin(platform, operation, design) {
    const running = runningOn(platform, platform.world.vips[slotIndex(design.slot)]) as Operation;
    operation.domain = design.domain ?? nextDomain(platform, running);
    beginDomain(platform, running, walk, operation.domain);
    lockDeployment(platform, running, running.deployment);
  },
  isDone: () => true,
};

/** The upgrade, rollback or other walk that holds a deployment. */
function runningOn({ world }: Platform, deployment: number): Operation | undefined {
  const { lock } = world.deployments[deployment];
  return lock >= 0 && world.operations[lock].status === OperationStatus.running ? world.operations[lock] : undefined;
}

function isUpgradeLike({ design }: Platform, operation: Operation): boolean {
  const { kind } = design.operations[operation.id];
  return kind === "upgrade" || kind === "rollback";
}

/** What a rollback of this operation brings back: what is there now, or what was there before the operation it takes the place of. */
function remember({ world }: Platform, { undo }: Operation, deployment: Deployment, running: Operation | undefined): void {
  const groups = world.groups.slice(deployment.firstGroup, deployment.firstGroup + deployment.groupCount);
  undo.version = running?.undo.version ?? deployment.version;
  undo.programs.push(...(running?.undo.programs ?? groups.map(({ program }) => program)));
  undo.asked.push(...(running?.undo.asked ?? groups.map(({ asked }) => asked)));
}

/** Whatever starts from now on starts as it was before. */
function bringBack({ world }: Platform, { undo }: Operation, deployment: Deployment): void {
  deployment.version = undo.version;
  undo.programs.forEach((program, role) => {
    const group = world.groups[deployment.firstGroup + role];
    group.program = program;
    for (const instance of group.instances) world.instances.wanted[instance] = program;
  });
}

const rule: WalkRule = {
  reason: StopReason.update,
  mode(platform, operation) {
    const design = platform.design.operations[operation.id];
    return design.kind === "upgrade" ? design.mode : "auto";
  },
  affected: affectedInstances,
  needs: (platform, _, instance) => !isCurrent(platform, instance),
  turn({ world }, _, instance) {
    world.instances.wanted[instance] = world.groups[world.instances.group[instance]].program;
  },
};
const walk: WalkRule = { ...rule, force: () => false };
const forcedWalk: WalkRule = { ...rule, force: () => true };

function isCurrent(platform: Platform, instance: number): boolean {
  const { instances, groups } = platform.world;
  return instances.program[instance] === groups[instances.group[instance]].program;
}

function affectedInstances(platform: Platform, operation: Operation): number[] {
  const { world, design } = platform;
  const spec = design.operations[operation.id];
  const { firstGroup, groupCount } = world.deployments[operation.deployment];
  const found: number[] = [];
  for (let role = 0; role < groupCount; role++) {
    const { instances } = world.groups[firstGroup + role];
    if (spec.kind !== "upgrade" || isIncluded(spec, design.service.roles[role].name)) found.push(...instances);
    // what an update that it took the place of has brought to other roles goes back
    else for (const instance of instances) if (!isCurrent(platform, instance)) found.push(instance);
  }
  return found;
}

function nextDomain({ design }: Platform, { walked }: Operation): number {
  let domain = 0;
  while (domain < design.service.upgradeDomains && walked.includes(domain)) domain++;
  return domain;
}

/** Local storage that is larger than before the operation, by name; it cannot be taken back. */
function grownStorage({ world, catalogue }: Platform, { deployment, undo }: Operation): string | undefined {
  const { firstGroup } = world.deployments[deployment];
  for (let role = 0; role < undo.programs.length; role++) {
    const before = catalogue.programs[undo.programs[role]].design.localStorage;
    const now = catalogue.programs[world.groups[firstGroup + role].program].design.localStorage;
    const grown = now.find(({ name, sizeMiB }) => (before.find((folder) => folder.name === name)?.sizeMiB ?? sizeMiB) < sizeMiB);
    if (grown !== undefined) return grown.name;
  }
  return undefined;
}

function isIncluded(design: Upgrade, role: string): boolean {
  return design.only.length === 0 || design.only.includes(role);
}

/** What an upgrade asks for anew, and the instances whose place becomes free: all of a role whose size changes, else those beyond its number. */
function changeOfDemand(
  { catalogue, world }: Platform,
  design: Upgrade,
  firstGroup: number,
): readonly [readonly Demand[], readonly number[]] {
  const demands: Demand[] = [];
  const leaving: number[] = [];
  design.roles.forEach((role, index) => {
    if (!isIncluded(design, role.name)) return;
    const group = world.groups[firstGroup + index];
    const isResized = catalogue.programs[group.program].design.size.name !== role.size.name;
    demands.push({ size: role.size, count: isResized ? role.instances : Math.max(0, role.instances - group.asked) });
    leaving.push(...(isResized ? group.instances : group.instances.slice(role.instances)));
  });
  return [demands, leaving];
}
