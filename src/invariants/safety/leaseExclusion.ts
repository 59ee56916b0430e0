import { FactKind } from "../../model/facts.ts";
import type { Invariant } from "../invariant.ts";

/** S21. */
export const leaseExclusion: Invariant = {
  id: "S21",
  name: "lease-exclusion",
  statement:
    "At most one replica of the controller decides: when a primary dies, or the whole control plane is out, nobody does from that instant on, and nobody does again before the dead primary's lease has run out, without a majority of the replicas, or during the outage. While nobody decides, no host is declared dead, reported or given up, no instance is placed, no operation begins or is done, no upgrade domain has its turn and no slots are swapped; a host may come back by itself.",
  watch({ platform, broken }) {
    const { world, design } = platform;
    const { lease, replicas } = design.fabric.controller;
    let isSilent = false;
    let hasPrimary = true;
    let down = 0;
    let outages = 0;
    let leaseEnds = 0;
    const strike = (kind: string, at: number): void => {
      if (kind === "control-plane-outage") outages++;
      else if (kind === "controller-failure" && ++down <= replicas) {
        // one that dies while nobody is primary has no lease that must run out
        if (hasPrimary) leaseEnds = at + lease;
        hasPrimary = false;
      }
    };
    const heal = (kind: string): void => {
      if (kind === "control-plane-outage") outages--;
      else if (kind === "controller-failure") down--;
    };
    const begin = (at: number): void => {
      if (2 * (replicas - Math.min(down, replicas)) <= replicas && !hasPrimary)
        broken(`somebody decides, and ${down} of ${replicas} replicas are down`);
      if (at < leaseEnds) broken(`somebody decides ${leaseEnds - at} us before the lease of the dead primary is over`);
      if (outages > 0) broken("somebody decides, and the control plane is out");
      hasPrimary = true;
      isSilent = false;
    };
    return {
      listensTo: [
        FactKind.faultStruck,
        FactKind.faultEnded,
        FactKind.controllerSilent,
        FactKind.controllerBack,
        FactKind.hostDeclaredDead,
        FactKind.hostReported,
        FactKind.hostRepairStep,
        FactKind.instancePlaced,
        FactKind.operationStarted,
        FactKind.operationFinished,
        FactKind.upgradeDomainStarted,
        FactKind.slotsSwapped,
      ],
      observe({ kind, subject, at }) {
        switch (kind) {
          case FactKind.faultStruck:
            strike(world.incidents[subject].kind, at);
            break;
          case FactKind.faultEnded:
            heal(world.incidents[subject].kind);
            break;
          case FactKind.controllerSilent:
            isSilent = true;
            break;
          case FactKind.controllerBack:
            begin(at);
            break;
          default:
            if (isSilent) broken(`nobody decides, and fact ${kind} is told of ${subject}`);
        }
      },
      afterTold() {
        const decides = hasPrimary && outages === 0;
        if (!decides && !isSilent) broken("the primary is dead, or the control plane out, and the controller is not silent");
      },
    };
  },
};
