import { crashWebProcess, restartWebProcess } from "../roles/process.ts";
import type { FaultKind } from "./fault.ts";

/** The process of a web site dies while its role host lives. */
export const webProcessCrash: FaultKind = {
  kind: "web-process-crash",
  summary:
    "The web site's process (w3wp) dies: what it held fails, new requests are refused. The role host lives, so the platform takes the instance for ready; only a probe of the application sees it.",
  strikes: "instance",
  repair: "optional",
  repairSummary: "Until IIS has started the process again; with no value its pool is stopped until the role starts anew.",
  needsCrew: false,
  example: "{ at: 5min, kind: web-process-crash, instance: web/0, repairAfter: 5s }",
  strike: (platform, instance, incident) => crashWebProcess(platform, instance, incident),
  end: (platform, instance, incident) => restartWebProcess(platform, instance, incident),
};
