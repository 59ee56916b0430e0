import { failGuest, healGuest } from "../roles/vm.ts";
import type { FaultKind } from "./fault.ts";

/** The guest operating system of a VM dies. */
export const vmFailure: FaultKind = {
  kind: "vm-failure",
  summary: "The guest OS dies: the VM is silent until the host agent misses its heartbeats and restarts it in place.",
  strikes: "instance",
  repair: "optional",
  repairSummary: "From the failure until the guest OS starts again by itself, unless the host agent is faster.",
  needsCrew: false,
  example: "{ at: 5min, kind: vm-failure, instance: web/0 }",
  strike: (platform, instance, incident) => failGuest(platform, instance, incident),
  end: (platform, instance, incident) => healGuest(platform, instance, incident),
};
