import type { Fact } from "./fact.ts";

/** Title of the section. */
export const title = "Failure detection and recovery";

/** Who notices what, when, and what is done about it. */
export const facts: readonly Fact[] = [
  {
    id: "3.1",
    text: "A role host process that dies is noticed at once by the guest agent's bootstrapper, which watches it.",
    source: "K. Williamson, Heartbeats, Recovery and the Load Balancer",
    mark: "blog",
  },
  {
    id: "3.2",
    text: "After a crash the whole start path runs again, startup tasks and OnStart included, and the VM is not rebooted.",
    source: "K. Williamson, Heartbeats, Recovery and the Load Balancer",
    mark: "blog",
  },
  {
    id: "3.3",
    text: "The agreement of service promises that dead processes are noticed within two minutes, 99.9 % of the time.",
    source: "Azure Cloud Services SLA",
    mark: "blog",
  },
  {
    id: "3.4",
    text: "When Run returns the role is recycled at once, in good order.",
    source: "Microsoft Docs, Customize the Lifecycle of a Web or Worker role",
    mark: "document",
  },
  {
    id: "3.5",
    text: "A role host that hangs is healed by nobody: the guest agent takes silence for work and lets it run for ever.",
    source: "K. Williamson, Heartbeats, Recovery and the Load Balancer",
    mark: "blog",
  },
  {
    id: "3.6",
    text: "A hung role stays in rotation under the default probe; a custom probe takes it out.",
    source: "K. Williamson, Heartbeats, Recovery and the Load Balancer",
    mark: "blog",
  },
  {
    id: "3.7",
    text: "Nobody on the platform watches the web site's process; with the default probe an instance whose w3wp is dead stays in rotation.",
    source: "Microsoft Docs, Azure Cloud Services definition LoadBalancerProbe schema",
    mark: "document",
  },
  {
    id: "3.8",
    text: "IIS itself starts a dead w3wp again.",
    source: "Microsoft Docs, Azure Cloud Services definition LoadBalancerProbe schema",
    mark: "document",
  },
  {
    id: "3.9",
    text: "Responses with HTTP 500 leave an instance in rotation under the default probe.",
    source: "Microsoft Docs, Azure Cloud Services definition LoadBalancerProbe schema",
    mark: "document",
  },
  {
    id: "3.10",
    text: "A custom probe takes an instance out of rotation at once when the answer is not 200.",
    source: "Microsoft Docs, Azure Load Balancer custom probes",
    mark: "document",
  },
  {
    id: "3.11",
    text: "A custom probe takes a silent instance out of rotation when its time-out of 31 s is over.",
    source: "Microsoft Docs, Azure Cloud Services definition LoadBalancerProbe schema",
    mark: "document",
  },
  {
    id: "3.12",
    text: "The host agent restarts a guest OS on the same host after 10 minutes without a heartbeat.",
    source: "Microsoft Docs, Workflow of the Windows Azure classic VM architecture",
    mark: "document",
  },
  {
    id: "3.13",
    text: "Guest heartbeats come every 5 s, so a dead guest is declared dead between 9 min 55 s and 10 min after it died.",
    source: "M. Russinovich, Inside Windows Azure",
    mark: "recalled",
  },
  {
    id: "3.14",
    text: "The host may also start a dead VM on another server, by heuristics.",
    source: "K. Williamson, Heartbeats, Recovery and the Load Balancer",
    mark: "blog",
    notModelled: "the heuristics are not published; a guest that does not come back is placed elsewhere when its host is given up",
  },
  {
    id: "3.15",
    text: "A guest agent that does not connect within 25 minutes of its boot has its VM restarted.",
    source: "M. Russinovich, Inside Windows Azure",
    mark: "recalled",
  },
  {
    id: "3.16",
    text: "The controller notices a dead host by missing heartbeats, after some retries; the time is not published.",
    source: "K. Williamson, Heartbeats, Recovery and the Load Balancer",
    mark: "guess",
  },
  {
    id: "3.17",
    text: "The first thing the controller does about a dead host is to restart it; when that works its guests boot where they were.",
    source: "Microsoft Community, service healing",
    mark: "blog",
  },
  {
    id: "3.18",
    text: "When a restart does not help, more aggressive steps follow.",
    source: "K. Williamson, Heartbeats, Recovery and the Load Balancer",
    mark: "blog",
  },
  {
    id: "3.19",
    text: "A host that nothing helps is marked as out for repair, and its guests are started on other servers.",
    source: "K. Williamson, Heartbeats, Recovery and the Load Balancer",
    mark: "blog",
  },
  {
    id: "3.20",
    text: "A hardware fault that the host agent reports moves the guests elsewhere at once and takes the host out for repair.",
    source: "Microsoft Community, service healing",
    mark: "blog",
  },
  {
    id: "3.21",
    text: "Healing an instance by another server is usually complete within 15 minutes.",
    source: "Microsoft Support, service healing",
    mark: "blog",
  },
  {
    id: "3.22",
    text: "A failure that is foreseen is avoided by live migration, which pauses the VM for no more than 5 s as a rule.",
    source: "Microsoft Docs, Maintenance for virtual machines in Azure",
    mark: "document",
  },
  {
    id: "3.23",
    text: "Starting a role may take for ever: nobody restarts an instance because its start takes long.",
    source: "M. Russinovich, Inside Windows Azure",
    mark: "recalled",
  },
  {
    id: "3.24",
    text: "An update waits 15 minutes for an instance to become ready in the older platform, 30 in the newer, and then goes on.",
    source: "M. Russinovich, Inside Windows Azure; Microsoft Docs, How to update a cloud service",
    mark: "document",
  },
  {
    id: "3.25",
    text: "A role instance sends a heartbeat every 15 s and counts as unresponsive after 30 s.",
    source: "M. Russinovich, Inside Windows Azure",
    mark: "recalled",
    notModelled: "nothing follows from it: an unresponsive role goes on being ready and is restarted by nobody",
  },
  {
    id: "3.26",
    text: "The balancer asks every 15 s and drops an instance after two answers missed in a row, 30 to 31 s.",
    source: "Microsoft Support, service healing; Microsoft Docs, LoadBalancerProbe schema",
    mark: "document",
  },
  {
    id: "3.27",
    text: "The default probe is answered by the guest agent, with 200 only while the role is Ready.",
    source: "Microsoft Docs, Azure Load Balancer custom probes",
    mark: "document",
  },
  {
    id: "3.28",
    text: "A role that crashes again and again is restarted at longer and longer distances: 10 s, doubling up to 5 min.",
    source: "judgement",
    mark: "guess",
  },
  {
    id: "3.29",
    text: "IIS stops an application pool that is idle, and recycles every pool after 1,740 minutes; the next request is slow.",
    source: "Microsoft Docs, Application and service availability FAQ for Cloud Services",
    mark: "document",
  },
  {
    id: "3.30",
    text: "The fabric controller is replicated; while it has no primary nothing is healed that it decides about, and everything that runs goes on.",
    source: "M. Russinovich, Inside Windows Azure",
    mark: "recalled",
  },
  {
    id: "3.31",
    text: "An instance that was placed elsewhere while its rack could not be reached is stopped before it talks to anyone.",
    source: "judgement",
    mark: "guess",
  },
];
