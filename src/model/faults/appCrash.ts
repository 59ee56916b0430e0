import { crashProcess, restartProcess } from "../roles/process.ts";
import type { FaultKind } from "./fault.ts";

/** The role's process ends with an unhandled exception. */
export const appCrash: FaultKind = {
  kind: "app-crash",
  summary: "The role's process dies: requests it holds fail at once, new ones are refused, until the guest agent restarts it.",
  strikes: "instance",
  repair: "optional",
  repairSummary: "From the crash until the process is ready again, in place of the guest agent's own detection and restart.",
  needsCrew: false,
  example: "{ at: 5min, kind: app-crash, instance: web/0 }",
  strike: (platform, instance, incident) => crashProcess(platform, instance, incident),
  end: (platform, instance, incident) => restartProcess(platform, instance, incident),
};
