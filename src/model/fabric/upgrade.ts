import type { OperationDesign } from "../design.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { InstanceState } from "../status.ts";
import type { Operation, Platform } from "../world.ts";
import { slotIndex } from "./deploy.ts";
import { finishOperation, lockDeployment } from "./locks.ts";
import type { OperationKind } from "./operationKind.ts";
import { coresAsked, coresOf, quotaReason } from "./quota.ts";
import { setInstances } from "./scale.ts";
import { beginStop, StopReason } from "./stopping.ts";

type Upgrade = Extract<OperationDesign, { kind: "upgrade" }>;

/**
 * In-place upgrade, one upgrade domain after the other. An instance that is not ready at its domain's turn is skipped: it starts on the new
 * version when it starts again, and is updated when it returns on the old one.
 */
export const upgrade: OperationKind<Upgrade> = {
  summary: "Updates a deployment in place, one upgrade domain at a time: drain, OnStop, new package, start.",
  refuse(platform, design) {
    const { world } = platform;
    const vip = world.vips[slotIndex(design.slot)];
    if (vip < 0) return `there is no ${design.slot} deployment`;
    let more = 0;
    design.roles.forEach((role, index) => {
      if (isIncluded(design, role.name))
        more += coresOf(role) - coresAsked(platform, world.groups[world.deployments[vip].firstGroup + index]);
    });
    return quotaReason(platform, more);
  },
  begin(platform, operation, design) {
    const { world, catalogue } = platform;
    const deployment = world.deployments[world.vips[slotIndex(design.slot)]];
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
    beginDomain(platform, operation, 0);
  },
  isDone(platform, operation) {
    updateReturned(platform, operation);
    return isDomainDone(platform, operation) && walkOn(platform, operation) && isSettled(platform, operation);
  },
};

/** Event: an upgrade domain has had its time to start: the walk goes on past instances that are starting, but not past crashing ones. */
export function startTimedOut(platform: Platform, id: number, domain: number): void {
  const operation = platform.world.operations[id];
  operation.timer = -1;
  if (operation.domain !== domain) return;
  for (const instance of operation.waitingFor) if (!isCycling(platform, instance)) operation.passed.push(instance);
  if (isDomainDone(platform, operation) && walkOn(platform, operation) && isSettled(platform, operation))
    finishOperation(platform, operation);
}

/** Goes to the next upgrade domain that has something to do; true when there is none. */
function walkOn(platform: Platform, operation: Operation): boolean {
  const domains = platform.design.service.upgradeDomains;
  const { walkPoll } = platform.design.fabric;
  const { now } = platform.calendar;
  for (let domain = operation.domain + 1; domain < domains; domain++) {
    if (operation.walkAt < 0) {
      operation.walkAt = now + walkPoll;
      if (walkPoll > 0) platform.calendar.schedule(operation.walkAt, EventKind.operationChecked, operation.id, operation.deployment);
    }
    if (now < operation.walkAt) return false;
    operation.walkAt = -1;
    beginDomain(platform, operation, domain);
    if (!isDomainDone(platform, operation)) return false;
  }
  return true;
}

function beginDomain(platform: Platform, operation: Operation, domain: number): void {
  const { world, calendar, design, trace } = platform;
  const { instances } = world;
  operation.domain = domain;
  operation.waitingFor.length = 0;
  calendar.cancel(operation.timer);
  operation.timer = -1;
  const affected = affectedInstances(platform, operation).filter((instance) => instances.upgradeDomain[instance] === domain);
  if (affected.length === 0) return;
  const fact = trace.emit(FactKind.upgradeDomainStarted, operation.id, domain, operation.fact);
  for (const instance of affected) {
    if (instances.state[instance] !== InstanceState.ready || isCurrent(platform, instance)) continue;
    operation.waitingFor.push(instance);
    beginStop(platform, instance, StopReason.update, operation.incident, fact);
  }
  operation.timer = calendar.schedule(calendar.now + design.fabric.startTimeout, EventKind.startTimedOut, operation.id, domain);
}

function isDomainDone(platform: Platform, operation: Operation): boolean {
  const { state } = platform.world.instances;
  return operation.waitingFor.every(
    (instance) =>
      state[instance] === InstanceState.ready || state[instance] === InstanceState.deleted || operation.passed.includes(instance),
  );
}

/** After the last domain: nobody is still on the way out, and nobody can come back on the old version without starting anew. */
function isSettled(platform: Platform, operation: Operation): boolean {
  const { instances, groups } = platform.world;
  return affectedInstances(platform, operation).every(
    (instance) =>
      groups[instances.group[instance]].instances.length <= groups[instances.group[instance]].asked &&
      (isCurrent(platform, instance) || instances.state[instance] !== InstanceState.paused),
  );
}

/** Skipped instances that have come back on the old version are updated now, if their domain has had its turn. */
function updateReturned(platform: Platform, operation: Operation): void {
  const { instances } = platform.world;
  for (const instance of affectedInstances(platform, operation)) {
    const waits = instances.state[instance] === InstanceState.ready && !isCurrent(platform, instance);
    if (!waits || instances.upgradeDomain[instance] > operation.domain) continue;
    if (!operation.waitingFor.includes(instance)) operation.waitingFor.push(instance);
    beginStop(platform, instance, StopReason.update, operation.incident, operation.fact);
  }
}

/** Recycling: started and crashed on the new version. */
function isCycling(platform: Platform, instance: number): boolean {
  const { state, crashes } = platform.world.instances;
  return state[instance] !== InstanceState.ready && crashes[instance] > 0;
}

function isCurrent(platform: Platform, instance: number): boolean {
  const { instances, groups } = platform.world;
  return instances.program[instance] === groups[instances.group[instance]].program;
}

function affectedInstances(platform: Platform, operation: Operation): number[] {
  const { world, design } = platform;
  const spec = design.operations[operation.id] as Upgrade;
  const { firstGroup, groupCount } = world.deployments[operation.deployment];
  const found: number[] = [];
  for (let role = 0; role < groupCount; role++) {
    if (isIncluded(spec, design.service.roles[role].name)) found.push(...world.groups[firstGroup + role].instances);
  }
  return found;
}

function isIncluded(design: Upgrade, role: string): boolean {
  return design.only.length === 0 || design.only.includes(role);
}
