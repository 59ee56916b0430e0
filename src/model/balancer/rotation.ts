import { FactKind } from "../facts.ts";
import { InstanceState } from "../status.ts";
import type { Platform, Rotation } from "../world.ts";

/** Puts an instance into the rotation of one of its endpoints, or takes it out; connections and requests in flight are left alone. */
export function setRotation(platform: Platform, backend: number, inRotation: boolean, cause: number): void {
  const { world } = platform;
  const { backends, instances } = world;
  if ((backends.inRotation[backend] === 1) === inRotation) return;
  backends.inRotation[backend] = inRotation ? 1 : 0;
  const rotation = world.rotations[backends.rotation[backend]];
  const instance = backends.instance[backend];
  if (inRotation) {
    insert(rotation, instance);
    // ready and in rotation, it owes nothing to an old incident
    if (instances.state[instance] === InstanceState.ready) instances.incident[instance] = -1;
  } else {
    remove(rotation, instance);
    if (rotation.count === 0) blameEmptyRotation(platform, rotation);
  }
  platform.trace.emit(FactKind.rotationChanged, instance, inRotation ? 1 : 0, cause);
}

/** Whether it is in rotation whatever its status: the only instance its role is configured with, or an endpoint that ignores it. */
export function staysInRotation({ world, catalogue }: Platform, backend: number): boolean {
  const { backends, rotations, instances } = world;
  if (catalogue.endpoints[rotations[backends.rotation[backend]].endpoint].stays) return true;
  const instance = backends.instance[backend];
  const group = world.groups[instances.group[instance]];
  // others of the role may still be there, on their way out: they come after it
  return group.asked === 1 && group.instances[0] === instance;
}

/** Whom failures are attributed to from now on: the earliest incident that is still open, else the newest. */
export function blame(platform: Platform, instance: number, incident: number, fact: number): void {
  const { instances, incidents } = platform.world;
  const earlier = instances.incident[instance];
  if (earlier >= 0 && incidents[earlier].open > 0 && earlier !== incident) return;
  instances.incident[instance] = incident;
  instances.cause[instance] = fact;
}

function insert(rotation: Rotation, instance: number): void {
  if (rotation.count === rotation.members.length) {
    const larger = new Int32Array(2 * rotation.count);
    larger.set(rotation.members);
    rotation.members = larger;
  }
  const { members } = rotation;
  let place = rotation.count++;
  while (place > 0 && members[place - 1] > instance) {
    members[place] = members[place - 1];
    place--;
  }
  members[place] = instance;
}

function remove(rotation: Rotation, instance: number): void {
  const { members } = rotation;
  let place = 0;
  while (members[place] !== instance) place++;
  rotation.count--;
  for (; place < rotation.count; place++) members[place] = members[place + 1];
}

function blameEmptyRotation(platform: Platform, rotation: Rotation): void {
  const { world } = platform;
  const { instances, incidents } = world;
  let earliest = -1;
  for (const instance of world.groups[rotation.group].instances) {
    const incident = instances.incident[instance];
    if (incident < 0) continue;
    if (earliest < 0 || isEarlier(incidents[incident], incidents[earliest])) {
      earliest = incident;
      rotation.cause = instances.cause[instance];
    }
  }
  rotation.incident = earliest;
}

function isEarlier(a: { open: number; lastAt: number }, b: { open: number; lastAt: number }): boolean {
  if (a.open > 0 !== b.open > 0) return a.open > 0;
  return a.lastAt < b.lastAt;
}
