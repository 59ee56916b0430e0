import { never } from "../../kernel/time.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { restartProcess, restartWebProcess } from "../roles/process.ts";
import { healGuest } from "../roles/vm.ts";
import { InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";

/**
 * The end of all faults: from an instant of the scenario on nothing new goes wrong, what is being repaired is repaired then, and so is what
 * nobody repairs. What the agents of the platform have begun to heal is left to them.
 */

/** Event: the faults end (`stage` 0), or what was being repaired then is (`stage` 1). */
export function healed(platform: Platform, stage: number): void {
  const { calendar, trace, world } = platform;
  if (world.closed) return;
  if (stage === 0) {
    world.healed = true;
    trace.emit(FactKind.healed, 0, 0, -1);
  } else if (world.repairQueue.length === 0) {
    endTheRest(platform);
    return;
  }
  hurryRepairs(platform);
  calendar.schedule(calendar.now, EventKind.healed, 1);
}

/**
 * Repairs that are under way end now, in the order in which they would have, and those that wait for a crew as soon as they have one. Ids of repairs
 * would not do: they depend on what else has been repaired.
 */
function hurryRepairs({ calendar, world }: Platform): void {
  const { repairQueue, repairs } = world;
  const underWay: { readonly repair: number; readonly at: number; readonly incident: number }[] = [];
  for (let repair = 0; repair < repairs.ids.limit; repair++) {
    if (!repairs.ids.isLive(repair) || !calendar.isPending(repairs.event[repair])) continue;
    underWay.push({ repair, at: calendar.timeOf(repairs.event[repair]), incident: repairs.incident[repair] });
  }
  underWay.sort((a, b) => a.at - b.at || a.incident - b.incident || a.repair - b.repair);
  for (const { repair } of underWay) {
    calendar.cancel(repairs.event[repair]);
    repairs.event[repair] = calendar.schedule(calendar.now, EventKind.repairEnded, repair);
  }
  for (const repair of repairQueue) repairs.duration[repair] = 0;
}

/** What nobody repairs: first what instances stand on, then what they carry, then they themselves. */
function endTheRest(platform: Platform): void {
  const { incidents, instances } = platform.world;
  for (const grey of [false, true]) {
    for (const { fault, id, target } of incidents) {
      const kind = platform.catalogue.faults[fault];
      if (fault < 0 || kind.isGrey !== grey || (kind.strikesInstance && !grey)) continue;
      for (let open = incidents[id].open; open > 0; open--) kind.end(platform, target, id);
    }
  }
  for (let instance = 0; instance < instances.ids.limit; instance++) if (!isBeingHealed(platform, instance)) restart(platform, instance);
}

/** Whether an agent of the platform is about to act; people may take their time. */
function isBeingHealed({ calendar, world }: Platform, instance: number): boolean {
  const { timer, timerKind } = world.instances;
  if (calendar.timeOf(timer[instance]) >= never) return false;
  return timerKind[instance] !== EventKind.operatorActed && timerKind[instance] !== EventKind.ownerActed;
}

function restart(platform: Platform, instance: number): void {
  const { instances } = platform.world;
  const incident = instances.fault[instance];
  switch (instances.state[instance]) {
    case InstanceState.recycling:
    case InstanceState.hung:
      restartProcess(platform, instance, incident);
      return;
    case InstanceState.dead:
      healGuest(platform, instance, incident);
      return;
    case InstanceState.webDown:
      restartWebProcess(platform, instance, incident);
      return;
    default:
  }
}
