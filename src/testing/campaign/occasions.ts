import { FactKind } from "../../model/facts.ts";
import { FailureCause, HostState, InstanceState } from "../../model/status.ts";
import type { Platform } from "../../model/world.ts";
import { type Occasion, reachable } from "../properties/sometimes.ts";

/** What a campaign over whole scenarios must have met, or it has tested less than it seems; in the order of its report. */
export const occasions: readonly Occasion[] = [
  reachable("queue full", {
    fact: [FactKind.requestFailed, FactKind.attemptFailed],
    where: ({ value }) => value === FailureCause.queueFull,
  }),
  {
    name: "retry exhausted",
    statement: "A request fails after as many tries as its client allows, two at least.",
    look({ platform }, hit) {
      const tries = new Map<number, number>();
      const { requests } = platform.world;
      return {
        listensTo: [FactKind.attemptStarted, FactKind.requestFailed, FactKind.requestSucceeded],
        observe({ kind, subject, value }) {
          if (kind === FactKind.attemptStarted) {
            tries.set(value, (tries.get(value) ?? 0) + 1);
            return;
          }
          const tried = tries.get(subject) ?? 0;
          const most = platform.catalogue.clients[requests.client[subject]]?.policy?.tries ?? Number.POSITIVE_INFINITY;
          if (kind === FactKind.requestFailed && most > 1 && tried >= most) hit();
          tries.delete(subject);
        },
      };
    },
  },
  reachable("all of a role down", {
    fact: FactKind.instanceChanged,
    where: ({ subject, value }, { platform: { world } }) => {
      const { instances, asked } = world.groups[world.instances.group[subject]] ?? { instances: [], asked: 0 };
      const isReady = (instance: number): boolean => world.instances.state[instance] === InstanceState.ready;
      return value !== InstanceState.ready && value !== InstanceState.deleted && asked > 0 && !instances.some(isReady);
    },
  }),
  reachable("fault domain outage during an upgrade", {
    fact: FactKind.faultStruck,
    where: ({ subject }, { platform }) => /^rack-/.test(platform.world.incidents[subject]?.kind ?? "") && isUnderWay(platform, "upgrade"),
  }),
  reachable("swap during a fault", {
    fact: FactKind.slotsSwapped,
    where: (_, { platform: { world } }) => world.incidents.some(({ fault, open }) => fault >= 0 && open > 0),
  }),
  reachable("placement impossible", { fact: FactKind.instanceChanged, where: ({ value }) => value === InstanceState.pending }),
  {
    name: "probe flap",
    statement: "The balancer takes an instance out of rotation within a minute after it has put it back.",
    look(_, hit) {
      const back = new Map<number, number>();
      return {
        listensTo: [FactKind.rotationChanged],
        observe({ at, subject, value }) {
          if (value === 1) back.set(subject, at);
          else if (at > 0 && at - (back.get(subject) ?? Number.NEGATIVE_INFINITY) < 60_000_000) hit();
        },
      };
    },
  },
  reachable("message redelivered", { fact: FactKind.messageReappeared }),
  reachable("heal while draining", {
    fact: FactKind.faultEnded,
    where: (_, { platform: { world } }) => {
      const { count, state } = world.instances;
      for (let instance = 0; instance < count; instance++) if (state[instance] === InstanceState.draining) return true;
      return false;
    },
  }),
  {
    name: "host returns after re-placement",
    statement: "A host is up again whose instances were placed elsewhere while it was out for repair.",
    look(_, hit) {
      const out = new Set<number>();
      return {
        listensTo: [FactKind.hostChanged],
        observe({ subject, value }) {
          if (value === HostState.outForRepair) out.add(subject);
          else if (value === HostState.up && out.delete(subject)) hit();
        },
      };
    },
  },
  reachable("primary failover", { fact: FactKind.controllerBack }),
];

/** The occasion that `check` with `snapshotAt` reports itself. */
export const snapshotInUpgrade = "snapshot in an upgrade";

/** Whether an operation of a kind holds a deployment. */
export function isUnderWay({ design, world }: Platform, kind: string): boolean {
  return world.deployments.some(({ lock }) => design.operations[lock]?.kind === kind);
}
