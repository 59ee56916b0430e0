import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { InstanceState } from "../status.ts";
import type { Operation, Platform } from "../world.ts";
import { beginStop, interrupt, StopReason } from "./stopping.ts";

/**
 * The walk over upgrade domains that upgrades, rollbacks, changes of configuration and patches share: the instances of one domain stop in good
 * order, come back, and then the next domain has its turn. An instance that is not ready at its domain's turn is skipped, and has it when it
 * returns.
 */
export interface WalkRule {
  readonly reason: StopReason;
  /** Domains follow by themselves, each waits for somebody, or all have their turn at once. */
  mode(platform: Platform, operation: Operation): "auto" | "manual" | "simultaneous";
  /** The instances it is about, ready or not, done or not. */
  affected(platform: Platform, operation: Operation): number[];
  /** Whether this one still has to have its turn. */
  needs(platform: Platform, operation: Operation, instance: number): boolean;
  /** Its domain's turn has come; it need not be ready. */
  turn?(platform: Platform, operation: Operation, instance: number): void;
  /** An instance is about to be stopped: it has had its turn. */
  stopped?(platform: Platform, operation: Operation, instance: number): void;
  /** Whether its process died on the way out, before what it was stopped for: that is done now instead of a restart. */
  isCutShort?(platform: Platform, operation: Operation, instance: number): boolean;
  /** Whether the next domain may have its turn, the pause being over; looked at again when anything changes. */
  mayGoOn?(platform: Platform, operation: Operation): boolean;
  /** Instances on their way up, or crashing, are stopped too: what they start is not wanted any more. */
  readonly force?: (operation: Operation) => boolean;
  /** Time between a domain that is done and the next one; `fabric.walkPoll` when absent. */
  pause?(platform: Platform, operation: Operation): number;
  /** A domain's turn begins, or is over. */
  bracket?(platform: Platform, operation: Operation, begins: boolean): void;
}

/** What walks share that give every instance of the operation's scope one turn, and note it in a column. */
export function onceEach(column: "patchedBy" | "configuredBy"): Required<Pick<WalkRule, "mode" | "affected" | "needs" | "stopped">> {
  return {
    mode: () => "auto",
    affected({ world }, { scope }) {
      return scope.filter((instance) => world.instances.state[instance] !== InstanceState.deleted);
    },
    needs: ({ world }, { id }, instance) => world.instances[column][instance] !== id,
    stopped({ world }, { id }, instance) {
      world.instances[column][instance] = id;
    },
  };
}

/** Begins a walk: the first domain that has something to do, all of them at once, or none until somebody asks. */
export function beginWalk(platform: Platform, operation: Operation, rule: WalkRule): void {
  const mode = rule.mode(platform, operation);
  const domains = platform.design.service.upgradeDomains;
  if (mode === "manual") return;
  for (let domain = 0; domain < domains; domain++) {
    if (mode === "simultaneous") beginDomain(platform, operation, rule, domain);
    else if (hasDomain(platform, operation, rule, domain)) {
      beginDomain(platform, operation, rule, domain);
      return;
    } else operation.walked.push(domain);
  }
}

/** Goes on as far as it can; true when every domain has had its turn and everybody is back. */
export function walkIsDone(platform: Platform, operation: Operation, rule: WalkRule): boolean {
  stopReturned(platform, operation, rule);
  return isHealthy(platform, operation) && walkOn(platform, operation, rule) && isSettled(platform, operation, rule);
}

/** The start time-out of the domain is over: the walk goes past instances that are starting, but not past crashing ones. */
export function passSlowStarters(platform: Platform, operation: Operation): void {
  operation.timer = -1;
  const { state } = platform.world.instances;
  for (const instance of operation.waitingFor) {
    if (state[instance] !== InstanceState.ready && !isCycling(platform, instance)) operation.passed.push(instance);
  }
  if (isStuck(platform, operation)) platform.trace.emit(FactKind.operationStuck, operation.id, operation.domain, operation.fact);
}

/** Whether an instance that the walk waits for started and crashed on what it was given: nothing but a person ends that. */
export function isStuck(platform: Platform, operation: Operation): boolean {
  return operation.waitingFor.some((instance) => isCycling(platform, instance));
}

/** Whether everybody whose turn has come is ready and has not crashed lately, is gone or off, or was passed over and does not crash. */
export function isHealthy(platform: Platform, operation: Operation): boolean {
  const { state } = platform.world.instances;
  return operation.waitingFor.every((instance) => {
    if (isGone(state[instance])) return true;
    if (!isCycling(platform, instance)) return state[instance] === InstanceState.ready || operation.passed.includes(instance);
    if (state[instance] === InstanceState.ready) lookWhenCalm(platform, operation, instance);
    return false;
  });
}

/** Nothing happens when an instance has been ready for long enough to be forgiven its crashes, so the walk looks by itself. */
function lookWhenCalm({ world, calendar, design }: Platform, operation: Operation, instance: number): void {
  const at = world.instances.since[instance] + design.fabric.restartBackoff.reset;
  if (operation.calmAt >= at) return;
  operation.calmAt = at;
  calendar.schedule(at, EventKind.operationChecked, operation.id, operation.deployment);
}

/** Gives a domain its turn. */
export function beginDomain(platform: Platform, operation: Operation, rule: WalkRule, domain: number): void {
  const { world, calendar, design, trace } = platform;
  const { instances } = world;
  operation.walked.push(domain);
  const affected = rule.affected(platform, operation).filter((instance) => instances.upgradeDomain[instance] === domain);
  // one that is empty takes no time, and those that have their turn keep theirs
  if (affected.length === 0) return;
  operation.domain = domain;
  calendar.cancel(operation.timer);
  operation.timer = -1;
  rule.bracket?.(platform, operation, true);
  const fact = trace.emit(FactKind.upgradeDomainStarted, operation.id, domain, operation.fact);
  for (const instance of affected) {
    rule.turn?.(platform, operation, instance);
    if (takesForReady(instances.state[instance])) {
      if (rule.needs(platform, operation, instance)) stop(platform, operation, rule, instance, fact);
    } else if (rule.force?.(operation) === true) replaceStart(platform, operation, rule, instance, fact);
  }
  operation.timer = calendar.schedule(calendar.now + design.fabric.startTimeout, EventKind.startTimedOut, operation.id, domain);
}

/** Goes to the next domain that has something to do; true when there is none. */
function walkOn(platform: Platform, operation: Operation, rule: WalkRule): boolean {
  const { calendar, design } = platform;
  for (let domain = 0; domain < design.service.upgradeDomains; domain++) {
    if (operation.walked.includes(domain)) continue;
    if (!hasDomain(platform, operation, rule, domain)) {
      operation.walked.push(domain);
      continue;
    }
    if (rule.mode(platform, operation) === "manual") return false;
    if (operation.walkAt < 0) {
      rule.bracket?.(platform, operation, false);
      const pause = rule.pause?.(platform, operation) ?? design.fabric.walkPoll;
      operation.walkAt = calendar.now + pause;
      if (pause > 0) calendar.schedule(operation.walkAt, EventKind.operationChecked, operation.id, operation.deployment);
    }
    if (calendar.now < operation.walkAt || rule.mayGoOn?.(platform, operation) === false) return false;
    operation.walkAt = -1;
    beginDomain(platform, operation, rule, domain);
    if (!isHealthy(platform, operation)) return false;
  }
  return true;
}

function hasDomain(platform: Platform, operation: Operation, rule: WalkRule, domain: number): boolean {
  const { state, upgradeDomain } = platform.world.instances;
  return rule
    .affected(platform, operation)
    .some((instance) => upgradeDomain[instance] === domain && (rule.needs(platform, operation, instance) || isLeaving(state[instance])));
}

/** After the last domain: nobody is still on the way out, and nobody can come back as it was without starting anew. */
function isSettled(platform: Platform, operation: Operation, rule: WalkRule): boolean {
  const { instances, groups } = platform.world;
  return rule
    .affected(platform, operation)
    .every(
      (instance) =>
        groups[instances.group[instance]].instances.length <= groups[instances.group[instance]].asked &&
        (!rule.needs(platform, operation, instance) || !comesBack(platform, rule, instance)),
    );
}

/** Instances that were skipped, or died on the way out, have their turn now, if their domain has had it. */
function stopReturned(platform: Platform, operation: Operation, rule: WalkRule): void {
  const { instances } = platform.world;
  for (const instance of rule.affected(platform, operation)) {
    const mayStop = takesForReady(instances.state[instance]) || rule.isCutShort?.(platform, operation, instance) === true;
    if (!mayStop || !operation.walked.includes(instances.upgradeDomain[instance])) continue;
    if (rule.needs(platform, operation, instance)) stop(platform, operation, rule, instance, operation.fact);
  }
}

function stop(platform: Platform, operation: Operation, rule: WalkRule, instance: number, fact: number): void {
  if (!operation.waitingFor.includes(instance)) operation.waitingFor.push(instance);
  rule.stopped?.(platform, operation, instance);
  const { state } = platform.world.instances;
  if (state[instance] === InstanceState.ready) beginStop(platform, instance, rule.reason, operation.incident, fact);
  else interrupt(platform, instance, rule.reason, operation.incident, fact);
}

/** An instance that is on its way to something nobody wants any more: what it starts is exchanged where it stands. */
function replaceStart(platform: Platform, operation: Operation, rule: WalkRule, instance: number, fact: number): void {
  const onItsWay = platform.world.instances.state[instance];
  const leaves = isLeaving(onItsWay);
  const starts =
    onItsWay === InstanceState.recycling ||
    onItsWay === InstanceState.starting ||
    onItsWay === InstanceState.busy ||
    onItsWay === InstanceState.hung;
  if (!leaves && !(starts && rule.needs(platform, operation, instance))) return;
  if (!operation.waitingFor.includes(instance)) operation.waitingFor.push(instance);
  if (starts) interrupt(platform, instance, rule.reason, operation.incident, fact);
}

/** Whether an instance in that state is being stopped, or updated. */
export function isLeaving(state: number): boolean {
  return state === InstanceState.draining || state === InstanceState.stopping || state === InstanceState.updating;
}

/** Recycling: it crashed on the version it runs, and has not been ready for long enough since to be forgiven. */
function isCycling({ world, calendar, design }: Platform, instance: number): boolean {
  const { state, crashes, since } = world.instances;
  if (isGone(state[instance]) || crashes[instance] === 0) return false;
  return state[instance] !== InstanceState.ready || calendar.now - since[instance] < design.fabric.restartBackoff.reset;
}

/** Removed, or stopped with its deployment: nobody waits for it. */
function isGone(state: number): boolean {
  return state === InstanceState.deleted || state === InstanceState.stopped;
}

/** Whether the walk may stop an instance in this state: to the platform a dead web site is ready. */
function takesForReady(state: number): boolean {
  return state === InstanceState.ready || state === InstanceState.webDown;
}

/** It will go on as it was: frozen, cut off, silent for a while, or starting with what it was to have when its start began. */
function comesBack({ world }: Platform, { reason }: WalkRule, instance: number): boolean {
  const { fault, state, timer, timerKind } = world.instances;
  switch (state[instance]) {
    case InstanceState.paused:
    case InstanceState.unreachable:
      return true;
    case InstanceState.hung:
      return fault[instance] < 0;
    case InstanceState.starting:
    case InstanceState.busy:
      return reason === StopReason.update;
    case InstanceState.recycling:
      return reason === StopReason.update && timer[instance] >= 0 && timerKind[instance] === EventKind.roleStarted;
    default:
      return false;
  }
}
