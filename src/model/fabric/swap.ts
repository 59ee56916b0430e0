import { constantMicros, sampleMicros } from "../../random/laws.ts";
import { whenPrimary } from "../controller.ts";
import type { OperationDesign } from "../design.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { InstanceState, instanceStateNames } from "../status.ts";
import type { Platform } from "../world.ts";
import { firstNotReady } from "./deploy.ts";
import { finishOperation, lockDeployment } from "./locks.ts";
import type { OperationKind } from "./operationKind.ts";

/** Production and staging exchange their VIPs: new flows go to the other deployment, nothing else moves. */
export const swap: OperationKind<Extract<OperationDesign, { kind: "swap" }>> = {
  mutates: true,
  summary: "Exchanges the VIPs of production and staging at one instant; requires every instance of both to be ready.",
  refuse(platform) {
    const { world } = platform;
    if (world.vips[1] < 0) return "there is no staging deployment";
    const role = world.vips[0] < 0 ? undefined : roleWithOtherEndpoints(platform);
    if (role !== undefined) return `the endpoints of ${role} differ between staging and production`;
    for (const slot of [0, 1]) {
      const deployment = world.vips[slot];
      const instance = deployment < 0 ? -1 : firstNotReady(platform, deployment);
      if (instance >= 0)
        return `${nameOf(platform, instance)} in ${slot === 0 ? "production" : "staging"} is ${wordsFor(world.instances.state[instance])}`;
    }
    return undefined;
  },
  begin(platform, operation) {
    const { world, catalogue, calendar, streams } = platform;
    for (const deployment of world.vips) if (deployment >= 0) lockDeployment(platform, operation, deployment);
    const { swap: law } = catalogue.laws;
    const duration = constantMicros(law) ?? sampleMicros(law, streams, streams.open("operation", operation.id, "swap"));
    operation.timer = calendar.schedule(calendar.now + duration, EventKind.swapSwitched, operation.id);
  },
  isDone: () => false,
};

/** Event: the switch. Sessions stay where they are, requests in flight finish where they are. */
export function swapSwitched(platform: Platform, id: number): void {
  const { world, trace } = platform;
  if (!whenPrimary(platform, EventKind.swapSwitched, id)) return;
  const operation = world.operations[id];
  operation.timer = -1;
  operation.requestsInFlight = world.requestsInFlight;
  operation.sessionsInFlight = world.sessionsInFlight;
  world.vips.reverse();
  if (world.vips[1] < 0) world.emptiedBy[1] = operation.incident;
  world.vips.forEach((deployment, slot) => {
    if (deployment < 0) return;
    world.deployments[deployment].slot = slot;
    // the round robin pointer is reset
    for (const rotation of world.rotations) if (world.groups[rotation.group].deployment === deployment) rotation.memory = -1;
  });
  trace.emit(FactKind.slotsSwapped, world.vips[0], world.vips[1], operation.fact);
  finishOperation(platform, operation);
}

/** The state in the words of a refusal. */
function wordsFor(state: number): string {
  return state === InstanceState.creating || state === InstanceState.rebooting ? "starting" : instanceStateNames[state];
}

/** A role whose input endpoints are not the same in both slots. */
function roleWithOtherEndpoints({ world, catalogue, design }: Platform): string | undefined {
  const endpoints = (vip: number, role: number): string => {
    const { program } = world.groups[world.deployments[vip].firstGroup + role];
    return catalogue.programs[program].design.endpoints.map(({ name }) => name).join();
  };
  const [production, staging] = world.vips;
  return design.service.roles.find((_, role) => endpoints(production, role) !== endpoints(staging, role))?.name;
}

function nameOf(platform: Platform, instance: number): string {
  const { world, design } = platform;
  const group = world.groups[world.instances.group[instance]];
  return `${design.service.roles[group.role].name}/${world.instances.index[instance]}`;
}
