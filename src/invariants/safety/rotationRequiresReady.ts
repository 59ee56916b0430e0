import { never } from "../../kernel/time.ts";
import { InstanceState } from "../../model/status.ts";
import type { Platform } from "../../model/world.ts";
import { Flows } from "../accounts/flows.ts";
import type { Invariant } from "../invariant.ts";

/** Whether a probe is answered well, refused or not answered at all, as the model numbers it. */
const Answer = { positive: 0, negative: 1, silent: 2 } as const;

/** S9. */
export const rotationRequiresReady: Invariant = {
  id: "S9",
  name: "rotation-requires-ready",
  statement:
    "The balancer sends a new flow only to an instance in rotation; clients that address an instance directly go past it. A rotation has only instances of its role, each once, in order, and none that is deleted. Whoever is in rotation answers its probe, or its eviction is on its way; whoever answers and is out of rotation is about to be let in; without a probe, rotation follows readiness at once. Except: the only instance that a role is asked to have, and endpoints that ignore the status of instances, stay in rotation.",
  watch({ account, platform, broken }) {
    const { catalogue } = platform;
    account(Flows).listeners.push((client, instance) => {
      const { direct, endpoint } = catalogue.clients[client];
      if (direct < 0 && !isInRotation(platform, instance, endpoint))
        broken(`a new flow of client ${client} reaches instance ${instance}, which is out of rotation`);
    });
    return {
      look() {
        wrongMembers(platform, broken);
        for (const { instances } of platform.world.groups) for (const instance of instances) wrongBackends(platform, instance, broken);
      },
    };
  },
};

type Broken = (message: string) => never;

function isInRotation({ world }: Platform, instance: number, endpoint: number): boolean {
  const { backends, instances, rotations } = world;
  for (let backend = instances.firstBackend[instance]; backend >= 0; backend = backends.next[backend])
    if (rotations[backends.rotation[backend]].endpoint === endpoint) return backends.inRotation[backend] === 1;
  return false;
}

function wrongMembers({ world }: Platform, broken: Broken): void {
  const { instances } = world;
  for (const { count, group, id, members } of world.rotations) {
    for (let place = 0; place < count; place++) {
      const member = members[place];
      if (place > 0 && members[place - 1] >= member) broken(`rotation ${id} is not ascending`);
      if (instances.state[member] === InstanceState.deleted) broken(`rotation ${id} has the deleted instance ${member}`);
      if (instances.group[member] !== group) broken(`rotation ${id} has instance ${member} of another role`);
    }
  }
}

function wrongBackends(platform: Platform, instance: number, broken: Broken): void {
  const { calendar, catalogue, world } = platform;
  const { backends, groups, instances, rotations } = world;
  const { asked, instances: ofRole } = groups[instances.group[instance]];
  for (let backend = instances.firstBackend[instance]; backend >= 0; backend = backends.next[backend]) {
    const { count, endpoint, members } = rotations[backends.rotation[backend]];
    const { probe, stays } = catalogue.endpoints[endpoint];
    const isIn = backends.inRotation[backend] === 1;
    if (isIn !== contains(members, count, instance)) broken(`backend ${backend} of instance ${instance} and its rotation disagree`);
    const asksAgent = probe.kind === "none" || probe.asks === "agent";
    const answer = answerOf(platform, instance, asksAgent);
    if (answer !== backends.answer[backend])
      broken(`instance ${instance} would answer ${answer}, and its probe expects ${backends.answer[backend]}`);
    if (stays || (asked === 1 && ofRole[0] === instance)) {
      if (!isIn) broken(`instance ${instance} stays in rotation whatever its status, and is out`);
      continue;
    }
    if (isIn === (answer === Answer.positive)) continue;
    const isOnItsWay = probe.kind !== "none" && calendar.timeOf(backends.pending[backend]) < never;
    if (!isOnItsWay) broken(`instance ${instance} is ${isIn ? "in" : "out of"} rotation, answers ${answer}, and no probe will change that`);
  }
}

/** What an instance answers to whoever asks its guest agent, or the application itself. */
function answerOf({ design, world: { instances } }: Platform, instance: number, asksAgent: boolean): number {
  const isOut = design.hosting.healthCheck !== undefined && instances.excluded[instance] === 1;
  switch (instances.state[instance]) {
    case InstanceState.ready:
      return Answer.positive;
    case InstanceState.hung:
      return isOut ? Answer.negative : asksAgent ? Answer.positive : Answer.silent;
    case InstanceState.webDown:
      return !isOut && asksAgent ? Answer.positive : Answer.negative;
    case InstanceState.stopping:
      return instances.servesOn[instance] === 1 && !asksAgent ? Answer.positive : Answer.negative;
    case InstanceState.pending:
    case InstanceState.creating:
    case InstanceState.rebooting:
    case InstanceState.dead:
    case InstanceState.paused:
    case InstanceState.unreachable:
      return isOut ? Answer.negative : Answer.silent;
    default:
      return Answer.negative;
  }
}

function contains(members: Int32Array, count: number, instance: number): boolean {
  for (let place = 0; place < count; place++) if (members[place] === instance) return true;
  return false;
}
