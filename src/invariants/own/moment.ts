import type { Micros } from "../../kernel/time.ts";
import { HostState, InstanceState, instanceStateNames } from "../../model/status.ts";
import type { Platform } from "../../model/world.ts";

/** What a property may ask about a run at the instant it has reached. Reading changes nothing; what stands here costs as much as the role is large. */
export class Moment {
  /** Everything else there is: the design, the world and the calendar. To be read only. */
  readonly platform: Platform;

  /** Looks at a platform. */
  constructor(platform: Platform) {
    this.platform = platform;
  }

  /** The instant, in microseconds. */
  get now(): Micros {
    return this.platform.calendar.now;
  }

  /** Requests that clients wait for. */
  get openRequests(): number {
    return this.platform.world.requestsInFlight;
  }

  /** Instances that no host has room for. */
  get pendingInstances(): number {
    return this.platform.world.pendingInstances.length;
  }

  /** Hosts that are up. */
  get upHosts(): number {
    const { hosts } = this.platform.world;
    let up = 0;
    for (let host = 0; host < hosts.count; host++) if (hosts.state[host] === HostState.up) up++;
    return up;
  }

  /** Ids of the instances of a role; none while its slot has no deployment. Throws RangeError when there is no such role. */
  instancesOf(role: string, slot: "production" | "staging" = "production"): readonly number[] {
    return this.groupOf(role, slot)?.instances ?? [];
  }

  /** How many instances of a role are ready in truth, whatever the balancer thinks. */
  ready(role: string, slot: "production" | "staging" = "production"): number {
    const { state } = this.platform.world.instances;
    let ready = 0;
    for (const instance of this.instancesOf(role, slot)) if (state[instance] === InstanceState.ready) ready++;
    return ready;
  }

  /** How many instances of a role are asked for. */
  asked(role: string, slot: "production" | "staging" = "production"): number {
    return this.groupOf(role, slot)?.asked ?? 0;
  }

  /** The state of an instance in our word, such as "ready" or "rebooting". */
  stateOf(instance: number): string {
    return instanceStateNames[this.platform.world.instances.state[instance]];
  }

  /** Messages that a queue keeps, those in the hands of workers included. Throws RangeError when there is no such queue. */
  stored(queue: string): number {
    const place = this.platform.design.queues.findIndex(({ name }) => name === queue);
    if (place < 0) throw new RangeError(`there is no queue "${queue}"`);
    return this.platform.world.queues[place].stored;
  }

  private groupOf(role: string, slot: "production" | "staging") {
    const { design, world } = this.platform;
    const place = design.service.roles.findIndex(({ name }) => name === role);
    if (place < 0) throw new RangeError(`there is no role "${role}"`);
    const deployment = world.vips[slot === "production" ? 0 : 1];
    return deployment < 0 ? undefined : world.groups[world.deployments[deployment].firstGroup + place];
  }
}
