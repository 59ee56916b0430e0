import { udp } from "../policies/balancing/policy.ts";
import { requestCut } from "../roles/webRole.ts";
import type { Platform } from "../world.ts";

/**
 * Event: all probes of a rotation are down, and a classic balancer ends its established TCP flows: requests on them fail at once, and sessions
 * need a new connection. UDP has no connections to end.
 */
export function flowsCut(platform: Platform, rotation: number): void {
  const { world, catalogue, streams } = platform;
  const { requests, sessions, instances } = world;
  const { endpoint, group } = world.rotations[rotation];
  const isOurs = (client: number, instance: number): boolean =>
    client >= 0 &&
    instance >= 0 &&
    instances.group[instance] === group &&
    catalogue.clients[client].endpoint === endpoint &&
    catalogue.clients[client].transport !== udp;
  for (let session = 0; session < sessions.capacity; session++) {
    if (!sessions.ids.isLive(session) || !isOurs(sessions.client[session], sessions.instance[session])) continue;
    sessions.instance[session] = -1;
    sessions.flow[session] = streams.uint32(world.clients[sessions.client[session]].streams.flow) | 0;
  }
  for (let request = 0; request < requests.capacity; request++) {
    if (requests.ids.isLive(request) && isOurs(requests.client[request], requests.instance[request]))
      requestCut(platform, request, rotation);
  }
}
