import { OperationStatus } from "../../model/fabric/locks.ts";
import { FactKind } from "../../model/facts.ts";
import { InstanceState } from "../../model/status.ts";
import type { Platform } from "../../model/world.ts";
import type { Invariant } from "../invariant.ts";
import { LeadsTo } from "../leadsTo.ts";
import { NumberById } from "../numberById.ts";

/** T6. */
export const upgradeTerminates: Invariant = {
  id: "T6",
  name: "upgrade-terminates",
  statement:
    "Once an upgrade domain has its turn (in an upgrade, a rollback, a change of configuration, or an update of the guest OS or the guest agent), the next one has it, or the operation is done or gives way to another, within the start time-out and the pause between domains: with U domains, within U times that. It may take longer only while: nobody decides; somebody has to walk it by hand; an instance that it has stopped crashes, or has not been ready for `reset` since it did; one that was ready again when that time was over has been lost since; or, after the last domain, some instance is still on its way out, frozen, out of reach or hung.",
  watch({ platform, broken }) {
    const { calendar, design, world } = platform;
    const { startTimeout, restartBackoff } = design.fabric;
    const owed = new LeadsTo();
    /** By operation, when its last domain had its turn; by instance, when it was ready last (Infinity: it is), and whether it crashed before. */
    const turnAt = new NumberById(-1);
    const readyUntil = new NumberById(-1);
    const readySince = new NumberById(0);
    const crashed = new NumberById(0);
    /** By the facts so far: what has just come true in the world is not told yet. */
    const isReady = (instance: number): boolean => readyUntil.get(instance) === Number.POSITIVE_INFINITY || isAway(platform, instance);
    /** It has not been ready for long enough since it crashed, up to this instant. */
    const isCrashing = (instance: number, now: number): boolean =>
      crashed.get(instance) === 1 && !(isReady(instance) && now - readySince.get(instance) > restartBackoff.reset);
    let isSilent = false;
    const isExcused = (operation: number, now: number): boolean => {
      const { domain, hosts, status, waitingFor, walkAt, walked } = world.operations[operation];
      if (status !== OperationStatus.running || isSilent || walkAt >= now || hosts.length > 0) return true;
      const timeOut = turnAt.get(operation) + startTimeout;
      const isHeldUp = waitingFor.some(
        (instance) => isCrashing(instance, now) || (!isReady(instance) && readyUntil.get(instance) >= timeOut),
      );
      const isLast = walked.length >= design.service.upgradeDomains || domain >= design.service.upgradeDomains - 1;
      return isHeldUp || (isLast && isUnsettled(platform, operation));
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
      const operation = owed.overdue(now);
      if (operation < 0) return;
      if (isExcused(operation, now)) owed.oblige(operation, now + startTimeout + design.fabric.walkPoll);
      else broken(`operation ${operation} stays at upgrade domain ${world.operations[operation].domain} without a reason`);
    };
    return {
      listensTo: [
        FactKind.upgradeDomainStarted,
        FactKind.operationFinished,
        FactKind.operationReplaced,
        FactKind.instanceChanged,
        FactKind.controllerSilent,
        FactKind.controllerBack,
      ],
      observe({ at, kind, subject, value }) {
        check(at);
        switch (kind) {
          case FactKind.upgradeDomainStarted: {
            turnAt.set(subject, at);
            const by = isBounded(platform, subject) ? at + startTimeout + design.fabric.walkPoll : Number.POSITIVE_INFINITY;
            owed.oblige(subject, by);
            return;
          }
          case FactKind.instanceChanged:
            changed(subject, value, at);
            return;
          case FactKind.controllerSilent:
            isSilent = true;
            return;
          case FactKind.controllerBack:
            isSilent = false;
            // what waited happens at this instant, and pauses begin then
            for (const { id } of world.operations)
              if (owed.dueAt(id) < at + design.fabric.walkPoll) owed.oblige(id, at + design.fabric.walkPoll);
            return;
          default:
            owed.discharge(subject);
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

/** Some instance of the deployment is on its way out, or will go on as it was. */
function isUnsettled({ world }: Platform, operation: number): boolean {
  const { deployments, groups, instances } = world;
  const ours = deployments.filter(
    ({ id, lock, watchers }) => lock === operation || watchers.includes(operation) || id === world.operations[operation].deployment,
  );
  return ours.some(({ firstGroup, groupCount }) =>
    groups.slice(firstGroup, firstGroup + groupCount).some(
      (group) =>
        group.instances.length > group.asked ||
        group.instances.some((id) => {
          switch (instances.state[id]) {
            case InstanceState.draining:
            case InstanceState.stopping:
            case InstanceState.updating:
            case InstanceState.paused:
            case InstanceState.unreachable:
            case InstanceState.hung:
              return true;
            default:
              return false;
          }
        }),
    ),
  );
}
