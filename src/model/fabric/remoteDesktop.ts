import type { OperationDesign } from "../design.ts";
import { FactKind } from "../facts.ts";
import { InstanceState } from "../status.ts";
import { placeOfText } from "../texts.ts";
import type { OperationKind } from "./operationKind.ts";

/** Somebody logs on to an instance and changes its Windows disk: from then on it is not what its package says. */
export const remoteDesktop: OperationKind<Extract<OperationDesign, { kind: "remote-desktop" }>> = {
  summary: "Changes the Windows disk of an instance by hand: it differs from its package until the disk is made anew.",
  mutates: false,
  refuse({ world }, _, { waitingFor: found }) {
    if (found.length === 0) return "there is no such instance";
    return found.some((instance) => !hasDesktop(world.instances.state[instance])) ? "the instance does not answer" : undefined;
  },
  begin(platform, { fact, waitingFor }, { change }) {
    const { trace, world } = platform;
    for (const instance of waitingFor) {
      world.changes.push({ instance, change });
      trace.emit(FactKind.changedByHand, instance, placeOfText(platform, change), fact);
    }
  },
  isDone: () => true,
};

/** Whether the guest OS runs. */
function hasDesktop(state: number): boolean {
  switch (state) {
    case InstanceState.pending:
    case InstanceState.creating:
    case InstanceState.rebooting:
    case InstanceState.paused:
    case InstanceState.dead:
    case InstanceState.deleted:
    case InstanceState.stopped:
    case InstanceState.unreachable:
      return false;
    default:
      return true;
  }
}
