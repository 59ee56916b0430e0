import type { RunResult } from "../../experiment/result.ts";
import type { ProbeDesign } from "../../model/design.ts";
import { InstanceState } from "../../model/status.ts";
import { counted } from "../numbers.ts";
import { duration } from "../times.ts";
import type { Telling } from "./telling.ts";

/** Why the balancer takes an instance out of rotation, in words. */
export function whyDropped({ instances, state }: Telling, { cast, design }: RunResult): string {
  const speaks = state === InstanceState.recycling || state === InstanceState.starting || state === InstanceState.busy;
  const { role } = cast.instances[instances[0]];
  const endpoints = design.service.roles.find(({ name }) => name === role)?.endpoints ?? [];
  const probe: ProbeDesign = endpoints[0]?.probe ?? design.balancer.probe;
  if (probe.kind === "none") return "it is not ready";
  const isSilent = state === InstanceState.hung || state === InstanceState.webDown;
  if (isSilent && design.hosting.healthCheck !== undefined) return "its health check fails";
  if (probe.misses > 0) return `${counted(probe.misses, "failed probe")} in a row`;
  return speaks ? "it answers that it is not ready" : `${duration(probe.evictAfter)} without an answer`;
}
