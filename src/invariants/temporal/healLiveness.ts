import { never } from "../../kernel/time.ts";
import { decides } from "../../model/controller.ts";
import { FactKind } from "../../model/facts.ts";
import { Defect, defectNames } from "../../model/incidents.ts";
import { HostState, InstanceState, instanceStateNames } from "../../model/status.ts";
import type { Platform } from "../../model/world.ts";
import type { Invariant } from "../invariant.ts";
import { LeadsTo } from "../leadsTo.ts";

/** T4. */
export const healLiveness: Invariant = {
  id: "T4",
  name: "heal-liveness",
  statement:
    "An instance that is not ready is on its way to it. What it is at (a boot, a start, OnStart, a drain, a stop, an update, the detection of a crash, a hang or a dead guest, a back-off) ends by the instant that was drawn for it when it began, or drawn anew when the start of a VM failed, and something is told of it then; so it is ready after as many of those times as there are steps. It waits without an end of its own only: while it is frozen or nobody reaches it; dead on a host that does not run; rebooting with its host, or until its host's turn comes; pending while nobody decides, and after that until somebody has looked for room; with a fault that the scenario itself repairs, or never repairs; hung, or its web site dead, when there is no operator; dead or recycling when healing of guests or processes is off and no owner acts; and stopped with its deployment.",
  watch({ platform, broken }) {
    const { calendar, world } = platform;
    const { hosts, incidents, instances } = world;
    const owed = new LeadsTo();
    const touched: number[] = [];
    const nameOf = (instance: number): string => instanceStateNames[instances.state[instance]];
    const check = (now: number): void => {
      for (let instance = owed.overdue(now); instance >= 0; instance = owed.overdue(now)) {
        if (instances.state[instance] === InstanceState.deleted) continue;
        broken(`instance ${instance} is ${nameOf(instance)} when what it was at before should have ended earlier`);
      }
    };
    const findEnd = (instance: number): number => {
      const by = calendar.timeOf(instances.timer[instance]);
      if (by >= never && !mayWait(platform, instance)) broken(`instance ${instance} is ${nameOf(instance)}, and nothing will end that`);
      return by;
    };
    const lookAt = (instance: number): void => {
      const by = findEnd(instance);
      if (by < never) owed.oblige(instance, by);
      else owed.discharge(instance);
    };
    return {
      listensTo: [
        FactKind.instanceChanged,
        FactKind.instancePlaced,
        FactKind.startupTaskFailed,
        FactKind.onStartFailed,
        FactKind.onStopReturned,
        FactKind.onStopCut,
        FactKind.crashNoticed,
        FactKind.guestDeclaredDead,
        FactKind.hangNoticed,
        FactKind.ownerActed,
        FactKind.faultStruck,
        FactKind.hostChanged,
      ],
      observe({ at, kind, subject }) {
        check(at);
        if (kind === FactKind.hostChanged) {
          // an update of the host stops what boots on it
          for (let id = hosts.firstInstance[subject]; id >= 0; id = instances.nextOnHost[id]) touched.push(id);
        } else if (kind !== FactKind.faultStruck) touched.push(subject);
        else if (incidents[subject].kind === defectNames[Defect.vmStart]) touched.push(incidents[subject].target);
      },
      afterTold() {
        // one by one: an engine that empties an array at once gives its memory back, at each event
        for (let instance = touched.pop(); instance !== undefined; instance = touched.pop()) lookAt(instance);
      },
      look() {
        check(calendar.now);
        for (const { instances: ids } of world.groups) for (const id of ids) findEnd(id);
      },
      atHorizon: () => check(calendar.now),
    };
  },
};

/** Whether an instance may be in its state without anything of its own that ends it. */
function mayWait(platform: Platform, instance: number): boolean {
  const { catalogue, design, world } = platform;
  const { hosts, instances, operations } = world;
  const { healing } = design.fabric;
  const host = instances.host[instance];
  const hasOwner = design.hosting.ownerHeals && catalogue.laws.operator !== undefined;
  switch (instances.state[instance]) {
    case InstanceState.ready:
    case InstanceState.deleted:
    case InstanceState.stopped:
    case InstanceState.paused:
    case InstanceState.unreachable:
    case InstanceState.webDown:
      return true;
    case InstanceState.pending:
      return world.pendingInstances.includes(instance) || !decides(platform);
    case InstanceState.rebooting:
      return hosts.state[host] !== HostState.up || operations.some((operation) => operation.hosts.includes(host));
    case InstanceState.dead:
      return hosts.state[host] !== HostState.up || isRepairedOtherwise(platform, instance) || !(healing.guest || hasOwner);
    case InstanceState.recycling:
      return isRepairedOtherwise(platform, instance) || !(healing.process || hasOwner);
    case InstanceState.hung:
      // one that flaps has no fault of its own, and turns by itself
      return isRepairedOtherwise(platform, instance) || instances.fault[instance] < 0 || catalogue.laws.operator === undefined;
    default:
      return false;
  }
}

/** Its open fault is one whose repair the scenario tells itself. */
function isRepairedOtherwise({ catalogue, world }: Platform, instance: number): boolean {
  const incident = world.instances.fault[instance];
  const fault = incident < 0 ? -1 : world.incidents[incident].fault;
  return fault >= 0 && catalogue.faults[fault].repair !== undefined;
}
