import { numberOf } from "../faultParameters.ts";
import { beginAilment, endAilment } from "../roles/ailments.ts";
import type { FaultKind } from "./fault.ts";

/** Some responses of an instance are errors: HTTP 500. */
export const appErrors: FaultKind = {
  kind: "app-errors",
  summary:
    "A share of the instance's responses are errors (HTTP 500), and a share of a worker's messages are not finished; the role stays ready.",
  strikes: "instance",
  parameters: [{ name: "share", type: "share", default: 1, description: "Share of responses that fail with the cause app-error." }],
  repair: "optional",
  repairSummary: "Until every response is good again; with no value, until the process starts anew.",
  needsCrew: false,
  grey: true,
  example: "{ at: 5min, kind: app-errors, instance: web/0, share: 20%, repairAfter: 10min }",
  strike: (platform, instance, incident) =>
    beginAilment(platform, instance, incident, { errorShare: numberOf(platform, incident, "share") }),
  end: (platform, instance, incident) => endAilment(platform, instance, incident),
};
