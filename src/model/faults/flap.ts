import { second } from "../../kernel/time.ts";
import { beginFlapping, endFlapping } from "../roles/flapping.ts";
import type { FaultKind } from "./fault.ts";

/** An instance answers and does not answer, in turns. */
export const flap: FaultKind = {
  kind: "flap",
  summary: "The instance falls silent and answers again, in turns: its probes put it out of rotation and back, again and again.",
  strikes: "instance",
  parameters: [
    { name: "down", type: "law", default: { law: "constant", value: 40 * second }, description: "How long it is silent each time." },
    { name: "up", type: "law", default: { law: "constant", value: 60 * second }, description: "How long it answers in between." },
  ],
  repair: "optional",
  repairSummary: "Until it answers for good; with no value, until the process starts anew.",
  needsCrew: false,
  grey: true,
  example: "{ at: 5min, kind: flap, instance: web/0, down: 40s, up: 1min, repairAfter: 30min }",
  strike: (platform, instance, incident) => beginFlapping(platform, instance, incident),
  end: (platform, instance, incident) => endFlapping(platform, instance, incident),
};
