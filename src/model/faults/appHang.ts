import { hangProcess, restartProcess } from "../roles/process.ts";
import type { FaultKind } from "./fault.ts";

/** The role's process runs, but answers nothing any more. */
export const appHang: FaultKind = {
  kind: "app-hang",
  summary: "The role's process hangs: it is silent, requests fail at their time-out, and nobody on the platform notices.",
  strikes: "instance",
  repair: "optional",
  repairSummary: "From the hang until the process is ready again, in place of the operator's restart.",
  needsCrew: false,
  example: "{ at: 5min, kind: app-hang, instance: web/0 }",
  strike: (platform, instance, incident) => hangProcess(platform, instance, incident),
  end: (platform, instance, incident) => restartProcess(platform, instance, incident),
};
