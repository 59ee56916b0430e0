import type { SelectorDesign, Struck } from "../design.ts";
import { InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";
import { slotIndex } from "./deploy.ts";

/**
 * The ids a selector names now; nothing when what it names does not exist now. `chooser` names the stream of random choices: the fault, or
 * the operation, which are numbered after the faults.
 */
export function resolveTargets(platform: Platform, selector: SelectorDesign, chooser: number): number[] {
  const { world } = platform;
  switch (selector.select) {
    case "instance":
      return existing(instanceNamed(platform, selector));
    case "controller":
      return [0];
    case "host":
      return [selector.id];
    case "hostOf":
      return existing(hostOf(platform, instanceNamed(platform, selector)));
    case "faultDomain":
      return [selector.id];
    case "faultDomainOf": {
      const host = hostOf(platform, instanceNamed(platform, selector));
      return host < 0 ? [] : [world.hosts.rack[host]];
    }
    case "store":
      return existing(platform.design.stores.findIndex(({ name }) => name === selector.name));
    case "queue":
      return existing(platform.design.queues.findIndex(({ name }) => name === selector.name));
    case "random": {
      const among = candidates(platform, selector);
      return among.length === 0 ? [] : [among[Math.floor(platform.streams.uniform(choiceStream(platform, chooser)) * among.length)]];
    }
    case "each":
      return candidates(platform, selector);
  }
}

/** The id of `web/0` in the deployment that is in the slot now, -1 when there is none. */
export function instanceNamed(
  platform: Platform,
  of: { readonly role: string; readonly index: number; readonly slot: "production" | "staging" },
): number {
  const { world, design } = platform;
  const vip = world.vips[slotIndex(of.slot)];
  if (vip < 0) return -1;
  const role = design.service.roles.findIndex((candidate) => candidate.name === of.role);
  const { instances } = world.groups[world.deployments[vip].firstGroup + role];
  const usual = instances[of.index] ?? -1;
  if (usual >= 0 && world.instances.index[usual] === of.index) return usual;
  return instances.find((instance) => world.instances.index[instance] === of.index) ?? -1;
}

function candidates(platform: Platform, of: { readonly among: Struck; readonly role?: string | undefined }): number[] {
  const { world, design } = platform;
  if (of.among === "store") return range(design.stores.length);
  if (of.among === "queue") return range(design.queues.length);
  if (of.among === "faultDomain") return range(design.datacenter.faultDomains);
  if (of.among === "host") return range(design.datacenter.faultDomains * design.datacenter.hostsPerFaultDomain);
  const found: number[] = [];
  for (const group of world.groups) {
    if (of.role !== undefined && design.service.roles[group.role].name !== of.role) continue;
    for (const instance of group.instances) if (world.instances.state[instance] !== InstanceState.deleted) found.push(instance);
  }
  return found;
}

function hostOf(platform: Platform, instance: number): number {
  return instance < 0 ? -1 : platform.world.instances.host[instance];
}

/** The stream of what a fault, or an operation, chooses by chance. */
export function choiceStream({ world, design, streams }: Platform, chooser: number): number {
  const { choiceStreams } = world;
  const operation = chooser - design.faults.length;
  if (choiceStreams[chooser] < 0) {
    choiceStreams[chooser] = operation < 0 ? streams.open("fault", chooser, "choice") : streams.open("operation", operation, "choice");
  }
  return choiceStreams[chooser];
}

function existing(id: number): number[] {
  return id < 0 ? [] : [id];
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, id) => id);
}
