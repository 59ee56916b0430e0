import type { Fact } from "./fact.ts";

const portal = "How to configure auto scale for a Cloud Service in the portal";
const settings = "Understand autoscale settings (Azure Monitor)";
const practices = "Best practices for autoscale (Azure Monitor)";
const allocation = "Troubleshooting allocation failure when you deploy Cloud Services";

/** The title of the section. */
export const title = "Scaling";

/** What is known of scaling by hand and by rules, and of allocation. */
export const facts: readonly Fact[] = [
  {
    id: "8.1",
    text: "Changing the instance count adds VMs and leaves the existing ones alone.",
    source: "How to update a cloud service",
    mark: "document",
  },
  {
    id: "8.2",
    text: "Remaining instances are told of a topology change only when the role has an internal endpoint.",
    source: "RoleEnvironmentTopologyChange reference",
    mark: "blog",
  },
  {
    id: "8.3",
    text: "Scaling in, the fabric picks who goes; the user cannot.",
    source: "Stack Overflow 9030706 (Microsoft answer)",
    mark: "blog",
  },
  { id: "8.4", text: "By default those with the highest numbers go.", source: "not documented", mark: "guess" },
  {
    id: "8.5",
    text: "An instance that is removed leaves rotation, finishes or loses what it holds, runs OnStop, and is gone.",
    source: "Stack Overflow 9030706 (Microsoft answer); RoleEntryPoint.OnStop",
    mark: "blog",
  },
  {
    id: "8.6",
    text: "Scaling out begins at once and its instances come up at different times; scaling in takes effect almost at once.",
    source: "blogs on autoscaling of Windows Azure roles",
    mark: "blog",
  },
  {
    id: "8.7",
    text: "The first deployment in either slot pins the service to a cluster: more instances must fit there, or fail with ConstrainedAllocationFailed.",
    source: allocation,
    mark: "document",
  },
  {
    id: "8.8",
    text: "So must a staging deployment and another VM size; a size that the cluster does not offer fails although others offer it.",
    source: allocation,
    mark: "document",
  },
  {
    id: "8.9",
    text: "Deleting the deployments of both slots frees the service to go to another cluster; deleting one does not.",
    source: allocation,
    mark: "document",
  },
  {
    id: "8.10",
    text: "A service that is not pinned fails with AllocationFailed when no cluster has room, and with OverconstrainedAllocationRequest when none offers what it asks for.",
    source: "Azure documentation, titles of allocation errors",
    mark: "document",
  },
  {
    id: "8.11",
    text: "The subscription has a quota of cores, counted over both slots; beyond it nothing grows.",
    source: "WebRole schema: 20 cores by default",
    mark: "document",
  },
  { id: "8.12", text: "Autoscale acts only while every instance of every role is ready.", source: portal, mark: "document" },
  { id: "8.13", text: "Its job runs every 30 to 60 seconds.", source: settings, mark: "document" },
  {
    id: "8.14",
    text: "Of its profiles, fixed dates go before recurrences and these before the default: capacity can follow the clock.",
    source: settings,
    mark: "document",
  },
  { id: "8.15", text: "A setting has at most 20 profiles, and a profile at most ten rules.", source: settings, mark: "document" },
  {
    id: "8.16",
    text: "When no metric can be read and there are fewer instances than the default, it scales out to the default.",
    source: settings,
    mark: "document",
  },
  {
    id: "8.17",
    text: "A rule reads a metric by grains of a minute over a window, combined over instances and over time.",
    source: settings,
    mark: "document",
  },
  {
    id: "8.18",
    text: "Rules change the count by a number, by a percentage, or to an exact number.",
    source: settings,
    mark: "document",
  },
  {
    id: "8.19",
    text: "After it has scaled, in either direction, it rests for a cool-down of usually five minutes.",
    source: settings,
    mark: "document",
  },
  { id: "8.20", text: "Any scale-out rule that fires scales out, by the largest change asked for.", source: settings, mark: "document" },
  {
    id: "8.21",
    text: "It scales in only when all scale-in rules fire, by the smallest change asked for.",
    source: settings,
    mark: "document",
  },
  {
    id: "8.22",
    text: "It does not scale in when the load on the rest would fire a scale-out rule: 575 threads times 3/2 are more than 600.",
    source: practices,
    mark: "document",
  },
  {
    id: "8.23",
    text: "The threshold of a queue is of its messages divided by the current instances.",
    source: practices,
    mark: "document",
  },
  { id: "8.24", text: "Counts set by hand outside the limits are pulled back.", source: practices, mark: "document" },
  {
    id: "8.25",
    text: "Basic metrics are sampled every three minutes, so it learns of load late.",
    source: "How to monitor a cloud service",
    mark: "document",
  },
  {
    id: "8.26",
    text: "Disk and network counters can be metrics too.",
    source: portal,
    mark: "document",
    notModelled: "requests here use processors and stores; they read and write no counted bytes",
  },
  {
    id: "8.27",
    text: "A deployment is charged for until it is deleted, whether or not anything in it runs.",
    source: "How to manage cloud services; J. Nakashima, Windows Azure compute hours include the time your deployment is stopped (2010)",
    mark: "document",
  },
];
