import type { Fact } from "./fact.ts";

/** What section 4 is about. */
export const title = "Load balancer";

const distribution = { source: "Azure Load Balancer documentation: distribution mode", mark: "document" } as const;
const probes = { source: "Azure Load Balancer documentation: health probes", mark: "document" } as const;
const heartbeats = { source: "Williamson, Heartbeats, recovery and the load balancer (2013)", mark: "blog" } as const;
const idle = { source: "Azure blog, new configurable idle timeout for Azure Load Balancer (2014)", mark: "blog" } as const;
const networking = { source: "Cloud Services FAQ: connectivity and networking", mark: "document" } as const;
const schema = { source: "Cloud Services definition schema: endpoints", mark: "document" } as const;
const choice = { source: "the simulator's choice, where the platform publishes nothing", mark: "guess" } as const;

/** The facts of section 4. */
export const facts: readonly Fact[] = [
  {
    id: "4.1",
    text: "New flows are distributed by a hash of source address, source port, destination address, destination port and protocol.",
    ...distribution,
  },
  { id: "4.2", text: "A client sticks to an instance only inside one connection: a new source port may lead elsewhere.", ...distribution },
  { id: "4.3", text: "With source-IP affinity all flows of one address go to one instance.", ...distribution },
  { id: "4.4", text: "With affinity by source IP and protocol the TCP and the UDP flows of one address may part.", ...distribution },
  {
    id: "4.5",
    text: "When the set of instances changes the hash is computed anew: new connections of old clients may go elsewhere.",
    ...networking,
  },
  {
    id: "4.6",
    text: "The hash is murmur3 of the flow, modulo the instances in rotation, and flows that exist stay where they are.",
    ...choice,
  },
  { id: "4.7", text: "A connection idle for 4 minutes is dropped, and an endpoint may set 4 to 30 minutes instead.", ...idle },
  { id: "4.8", text: "An idle connection is dropped silently: its client finds out when nobody answers.", ...idle },
  { id: "4.9", text: "An instance that leaves rotation keeps its TCP connections, only new ones avoid it.", ...heartbeats },
  { id: "4.10", text: "When the server of a connection dies, the client that tries again lands elsewhere.", ...heartbeats },
  { id: "4.11", text: "UDP flows move when their instance leaves rotation.", ...probes },
  { id: "4.12", text: "When all probes are down the classic balancer ends established TCP flows, and no new flow begins.", ...probes },
  { id: "4.13", text: "When all probes are down the standard balancer lets established flows go on.", ...probes },
  { id: "4.14", text: "The only instance of a role is in rotation whatever its status.", ...heartbeats },
  { id: "4.15", text: "An HTTP probe that gets anything but 200 takes the instance out at once.", ...probes },
  { id: "4.16", text: "A probe that gets silence needs its timeout first: 31 s after the last success by default.", ...probes },
  { id: "4.17", text: "A probe whose connection is reset has failed.", ...probes },
  { id: "4.18", text: "An instance that flaps waits longer until it is let in again.", ...probes },
  {
    id: "4.19",
    text: "Probes come from the address 168.63.129.16.",
    ...probes,
    notModelled: "there are no addresses and no guest firewalls that could block one",
  },
  { id: "4.20", text: "A deployment has one public virtual IP, and each slot its own.", ...networking },
  {
    id: "4.21",
    text: "A deployment could get additional virtual IPs in later years.",
    ...networking,
    notModelled: "a second address in front of the same instances changes neither rotation nor availability",
  },
  { id: "4.22", text: "The balancer carries TCP and UDP, and no ICMP.", ...networking },
  { id: "4.23", text: "Deleting a deployment releases its virtual IP: whoever calls it finds nobody.", ...networking },
  {
    id: "4.24",
    text: "A reserved IP address outlives the deployment.",
    ...networking,
    notModelled: "clients call a slot by its name; which number stands behind it changes nothing",
  },
  { id: "4.25", text: "An endpoint may ignore the role's status: its instances are never taken out.", ...schema },
  { id: "4.26", text: "An instance-input endpoint leads to one instance, past the balancer and its probes.", ...schema },
];
