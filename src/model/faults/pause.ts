import { pauseVm, resumeVm } from "../roles/vm.ts";
import type { FaultKind } from "./fault.ts";

/** The host freezes a VM for maintenance that preserves its memory. */
export const pause: FaultKind = {
  kind: "pause",
  summary: "The VM is frozen with its memory kept: it queues arrivals, serves nothing, answers no probe, and resumes where it was.",
  strikes: "instance",
  repair: "required",
  repairSummary: "How long the VM is frozen.",
  needsCrew: false,
  example: "{ at: 5min, kind: pause, instance: web/0, repairAfter: 10s }",
  strike: (platform, instance, incident) => pauseVm(platform, instance, incident),
  end: (platform, instance, incident) => resumeVm(platform, instance, incident),
};
