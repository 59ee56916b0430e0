import { EventKind } from "../../model/events.ts";
import { FactKind } from "../../model/facts.ts";
import { InstanceState } from "../../model/status.ts";
import type { Group, Platform } from "../../model/world.ts";
import type { Invariant } from "../invariant.ts";
import { LeadsTo } from "../leadsTo.ts";
import { NumberById } from "../numberById.ts";

/** T6. */
export const upgradeTerminates: Invariant = {
  id: "T6",
  name: "upgrade-terminates",
  statement:
    "Once an upgrade domain has its turn (in an upgrade, a rollback, a change of configuration, or an update of the guest OS or the guest agent), the next one has it, or the operation is done or gives way to another, within the start time-out and the pause between domains: with U domains, within U times that. It may take longer only while, and by the pause from then on: nobody decides; somebody has to walk it by hand; an instance that it has stopped crashes (a Run that returns is one), or has not been ready for `reset` since it did; one that was ready again when that time was over has been lost since; or, after the last domain, some instance is still on its way out, frozen, out of reach or hung, or, in an upgrade or a rollback, starting on another version.",
  watch({ platform, broken }) {
    const { calendar, design, world } = platform;
    const { restartBackoff, startTimeout, walkPoll } = design.fabric;
    const owed = new LeadsTo();
    const canWalk = design.operations.some((_, operation) => isBounded(platform, operation));
    /** By operation: when its last domain had its turn, and until when it may stand still, as it was after the last event. */
    const turnAt = new NumberById(-1);
    const excusedUntil = new NumberById(-1);
    /** By instance, when it was ready last (Infinity: it is), and whether it crashed before. */
    const readyUntil = new NumberById(-1);
    const readySince = new NumberById(0);
    const crashed = new NumberById(0);
    const walking = new Set<number>();
    let isSilent = false;
    const heldUpUntil = (operation: number, instance: number): number => {
      const isBack = readyUntil.get(instance) === Number.POSITIVE_INFINITY;
      if (isAway(platform, instance)) return -1;
      if (crashed.get(instance) === 1) return isBack ? readySince.get(instance) + restartBackoff.reset : Number.POSITIVE_INFINITY;
      return !isBack && readyUntil.get(instance) >= turnAt.get(operation) + startTimeout ? Number.POSITIVE_INFINITY : -1;
    };
    /** Infinity as long as something stands in the way that has no time of its own; -1 when nothing does. */
    const excuse = (operation: number): number => {
      if (isSilent || (isLast(platform, operation) && isUnsettled(platform, operation))) return Number.POSITIVE_INFINITY;
      let until = -1;
      for (const instance of world.operations[operation].waitingFor) until = Math.max(until, heldUpUntil(operation, instance));
      return until;
    };
    const changed = (instance: number, state: number, at: number): void => {
      if (state === InstanceState.ready) {
        readyUntil.set(instance, Number.POSITIVE_INFINITY);
        readySince.set(instance, at);
        return;
      }
      if (readyUntil.get(instance) === Number.POSITIVE_INFINITY) {
        readyUntil.set(instance, at);
        if (at - readySince.get(instance) >= restartBackoff.reset) crashed.set(instance, 0);
      }
      if (state === InstanceState.recycling) crashed.set(instance, 1);
    };
    const check = (now: number): void => {
      for (let operation = owed.overdue(now); operation >= 0; operation = owed.overdue(now)) {
        if (excuse(operation) === Number.POSITIVE_INFINITY) excusedUntil.set(operation, Number.POSITIVE_INFINITY);
        else if (excusedUntil.get(operation) !== Number.POSITIVE_INFINITY)
          broken(`operation ${operation} stays at upgrade domain ${world.operations[operation].domain} without a reason`);
      }
    };
    return {
      listensTo: [
        FactKind.upgradeDomainStarted,
        FactKind.operationFinished,
        FactKind.operationReplaced,
        FactKind.instanceChanged,
        FactKind.runReturned,
        FactKind.controllerSilent,
        FactKind.controllerBack,
      ],
      hearsMove: () => canWalk,
      observe({ at, kind, subject, value }) {
        check(at);
        switch (kind) {
          case FactKind.upgradeDomainStarted:
            if (!isBounded(platform, subject)) return;
            walking.add(subject);
            turnAt.set(subject, at);
            excusedUntil.set(subject, -1);
            owed.oblige(subject, at + startTimeout + walkPoll);
            return;
          case FactKind.instanceChanged:
            changed(subject, value, at);
            return;
          case FactKind.runReturned:
            crashed.set(subject, 1);
            return;
          case FactKind.controllerSilent:
            isSilent = true;
            return;
          case FactKind.controllerBack:
            isSilent = false;
            return;
          default:
            walking.delete(subject);
            owed.discharge(subject);
        }
      },
      afterTold() {
        for (const operation of walking) {
          const until = excuse(operation);
          const before = excusedUntil.get(operation);
          excusedUntil.set(operation, until);
          if (until === Number.POSITIVE_INFINITY) owed.discharge(operation);
          else if (until > before || before === Number.POSITIVE_INFINITY) {
            // what it waited for is there, and the pause between domains begins
            const from = before === Number.POSITIVE_INFINITY ? Math.max(until, calendar.now) : until;
            owed.oblige(operation, Math.max(turnAt.get(operation) + startTimeout, from) + walkPoll);
          }
        }
      },
      look: () => check(calendar.now),
      atHorizon: () => check(calendar.now),
    };
  },
};

/** Walks that go on by themselves; the pauses of a host OS update are hours, and depend on hosts. */
function isBounded({ design }: Platform, operation: number): boolean {
  const spec = design.operations[operation];
  switch (spec.kind) {
    case "upgrade":
      return spec.mode !== "manual";
    case "rollback":
    case "configure":
    case "guest-os-update":
    case "guest-agent-update":
      return true;
    default:
      return false;
  }
}

function isAway({ world }: Platform, instance: number): boolean {
  const state = world.instances.state[instance];
  return state === InstanceState.deleted || state === InstanceState.stopped;
}

/** Every domain with an instance of the deployment has had its turn. */
function isLast(platform: Platform, operation: number): boolean {
  const { instances, operations } = platform.world;
  const { domain, walked } = operations[operation];
  const { upgradeDomains } = platform.design.service;
  if (walked.length >= upgradeDomains || domain >= upgradeDomains - 1) return true;
  return groupsOf(platform, operation).every((group) => group.instances.every((id) => walked.includes(instances.upgradeDomain[id])));
}

/** Some instance of the deployment is on its way out, or will go on as it was. */
function isUnsettled(platform: Platform, operation: number): boolean {
  const { instances } = platform.world;
  const { kind } = platform.design.operations[operation];
  const isUpdate = kind === "upgrade" || kind === "rollback";
  return groupsOf(platform, operation).some(
    ({ asked, instances: ids, program }) =>
      ids.length > asked ||
      ids.some((id) => {
        switch (instances.state[id]) {
          case InstanceState.draining:
          case InstanceState.stopping:
          case InstanceState.updating:
          case InstanceState.paused:
          case InstanceState.unreachable:
          case InstanceState.hung:
            return true;
          case InstanceState.starting:
          case InstanceState.busy:
            return isUpdate && instances.program[id] !== program;
          case InstanceState.recycling:
            return (
              isUpdate && instances.program[id] !== program && instances.timer[id] >= 0 && instances.timerKind[id] === EventKind.roleStarted
            );
          default:
            return false;
        }
      }),
  );
}

/** The roles of the deployments that an operation holds or looks at. */
function groupsOf({ world }: Platform, operation: number): Group[] {
  return world.deployments
    .filter(({ id, lock, watchers }) => lock === operation || watchers.includes(operation) || id === world.operations[operation].deployment)
    .flatMap(({ firstGroup, groupCount }) => world.groups.slice(firstGroup, firstGroup + groupCount));
}
