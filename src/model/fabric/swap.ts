import { constantMicros, sampleMicros } from "../../random/laws.ts";
import { whenPrimary } from "../controller.ts";
import type { OperationDesign } from "../design.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { InstanceState, instanceStateNames } from "../status.ts";
import { poolWarmUp } from "../work/applicationPool.ts";
import type { Operation, Platform } from "../world.ts";
import { firstNotReady } from "./deploy.ts";
import { finishOperation, lockDeployment, OperationStatus } from "./locks.ts";
import type { OperationKind } from "./operationKind.ts";

/** Production and staging exchange their VIPs: new flows go to the other deployment, nothing else moves. */
export const swap: OperationKind<Extract<OperationDesign, { kind: "swap" }>> = {
  mutates: true,
  summary: "Exchanges the VIPs of production and staging at one instant; requires every instance of both to be ready.",
  refuse(platform) {
    const { world } = platform;
    if (platform.design.hosting.swap === "none")
      return "virtual machines have no slots to swap: point DNS or a load balancer of your own at the other ones";
    if (world.vips[1] < 0) return "there is no staging deployment";
    const busy = operationInProgress(platform);
    if (busy !== undefined) return `VipSwapNotAllowedAsRollingUpgradeIsInProgress: ${busy} is in progress`;
    const role = world.vips[0] < 0 ? undefined : roleWithOtherEndpoints(platform);
    if (role !== undefined) return `the endpoints of ${role} differ between staging and production`;
    const [production, staging] = world.vips.map((id) => id >= 0 && world.deployments[id].reservedIp);
    if (world.vips[0] >= 0 && production !== staging)
      return `${production ? "production" : "staging"} has a reserved IP address and ${production ? "staging" : "production"} has none`;
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
    let duration = constantMicros(law) ?? sampleMicros(law, streams, streams.open("operation", operation.id, "swap"));
    if (platform.design.hosting.swap === "warmed") duration += warmUp(platform, world.vips[1]);
    operation.timer = calendar.schedule(calendar.now + duration, EventKind.swapSwitched, operation.id);
  },
  isDone: () => false,
};

/** Requests warm the application of every instance of a deployment; how long the slowest takes. */
function warmUp(platform: Platform, deployment: number): number {
  const { world, catalogue } = platform;
  const { instances } = world;
  const { firstGroup, groupCount } = world.deployments[deployment];
  let longest = 0;
  for (const group of world.groups.slice(firstGroup, firstGroup + groupCount)) {
    for (const instance of group.instances) {
      const program = catalogue.programs[instances.program[instance]];
      if (program.pool) longest = Math.max(longest, poolWarmUp(platform, instance, program));
    }
  }
  return longest;
}

/** Event: the switch. Sessions stay where they are, requests in flight finish where they are. */
export function swapSwitched(platform: Platform, id: number): void {
  const { world, trace } = platform;
  if (!whenPrimary(platform, EventKind.swapSwitched, id)) return;
  const operation = world.operations[id];
  operation.timer = -1;
  operation.requestsInFlight = world.requestsInFlight;
  operation.sessionsInFlight = world.sessionsInFlight;
  world.vips.reverse();
  world.doors.reverse();
  if (world.vips[1] < 0) world.emptiedBy[1] = operation.incident;
  world.vips.forEach((deployment, slot) => {
    if (deployment < 0) return;
    world.deployments[deployment].slot = slot;
    // the round robin pointer is reset
    for (const rotation of world.rotations) if (world.groups[rotation.group].deployment === deployment) rotation.memory = -1;
  });
  trace.emit(FactKind.slotsSwapped, world.vips[0], world.vips[1], operation.fact);
  if (!shutConnections(platform, operation)) finishOperation(platform, operation);
}

/** Event: new connections get through again, whoever decides; that the swap is done needs somebody who does. */
export function swapTransientEnded(platform: Platform, id: number): void {
  const { world } = platform;
  const operation = world.operations[id];
  operation.timer = -1;
  world.shutBy = -1;
  world.doors[0] = world.vips[0];
  world.doors[1] = world.vips[1];
  if (!whenPrimary(platform, EventKind.swapTransientEnded, id)) return;
  finishOperation(platform, operation);
}

/** Some swaps make trouble: for a while nobody new gets through. False: this one does not. */
function shutConnections({ calendar, catalogue, design, streams, trace, world }: Platform, operation: Operation): boolean {
  const { probability } = design.fabric.swapTransient;
  if (probability === 0) return false;
  const stream = streams.open("operation", operation.id, "transient");
  if (streams.uniform(stream) >= probability) return false;
  const duration = sampleMicros(catalogue.laws.swapTransient, streams, stream);
  world.shutBy = operation.incident;
  world.doors.fill(-1);
  operation.timer = calendar.schedule(calendar.now + duration, EventKind.swapTransientEnded, operation.id);
  trace.emit(FactKind.connectionsShut, operation.id, duration, operation.fact);
  return true;
}

/** An operation, not the deployment itself, that is still at work on the service: the title of its kind, and where. */
function operationInProgress({ design, world }: Platform): string | undefined {
  const running = world.operations.find(({ id, status }) => status === OperationStatus.running && design.operations[id].kind !== "deploy");
  if (running === undefined) return undefined;
  const slot = running.deployment === world.vips[1] ? "staging" : "production";
  return `${design.operations[running.id].kind} of the ${slot} deployment`;
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
