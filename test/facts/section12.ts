import type { Fact } from "./fact.ts";

/** What section 12 is about. */
export const title = "Three hosting models for one service";

const agents = "M. Russinovich, Windows Azure Host Updates: Why, When, and How";
const reboots = "Understand a system reboot for Azure VM";
const maintenance = "Maintenance for virtual machines in Azure";
const health = "Monitor App Service instances using Health check";
const brief = "Comparison of the three hosting models";

/** The facts of section 12. */
export const facts: readonly Fact[] = [
  {
    id: "12.1",
    text: "A failed server is found under virtual machines, and the same machine starts elsewhere",
    source: brief,
    mark: "document",
  },
  {
    id: "12.2",
    text: "A failed server is found under a cloud service, and its instances are made anew elsewhere with empty disks",
    source: brief,
    mark: "document",
  },
  { id: "12.3", text: "A failed server is found under App Service, and the worker is replaced", source: brief, mark: "recalled" },
  {
    id: "12.4",
    text: "A dead guest OS of a virtual machine is noticed by nobody but its owner: only roles have guest agents",
    source: agents,
    mark: "blog",
  },
  { id: "12.5", text: "A dead guest OS of a cloud service is restarted by the host agent after 10 min", source: brief, mark: "document" },
  {
    id: "12.6",
    text: "A dead application process of a virtual machine is noticed by nobody but its owner",
    source: brief,
    mark: "document",
  },
  { id: "12.7", text: "A dead application process of a cloud service is restarted by the guest agent", source: brief, mark: "document" },
  { id: "12.8", text: "A dead application process of App Service is restarted by the platform", source: brief, mark: "document" },
  { id: "12.9", text: "Health check pings every minute and excludes an instance after 10 failures", source: health, mark: "document" },
  { id: "12.10", text: "The failures of a health check can be set from 2 to 10", source: health, mark: "document" },
  { id: "12.11", text: "An instance that stays unhealthy for an hour is replaced", source: health, mark: "document" },
  { id: "12.12", text: "At most one instance of a plan is replaced in an hour, and three in a day", source: health, mark: "document" },
  { id: "12.13", text: "Health check excludes at most half of the instances", source: health, mark: "document" },
  { id: "12.14", text: "Health check never excludes the only instance", source: health, mark: "document" },
  {
    id: "12.15",
    text: "A hung application of a cloud service or a virtual machine stays in rotation unless a custom probe asks it",
    source: brief,
    mark: "document",
  },
  {
    id: "12.16",
    text: "The guest OS of virtual machines is patched by their owner, one upgrade domain at a time",
    source: brief,
    mark: "document",
  },
  {
    id: "12.17",
    text: "Hosts of virtual machines are patched under them with a pause of less than 10 s that keeps their memory",
    source: maintenance,
    mark: "document",
  },
  {
    id: "12.18",
    text: "A cloud service is patched by the platform monthly, guest and host, domain by domain",
    source: brief,
    mark: "document",
  },
  { id: "12.19", text: "App Service is patched unseen", source: brief, mark: "document" },
  {
    id: "12.20",
    text: "One maintenance in ten keeps no memory: it is announced 35 days before, for the owner to choose the time; rare pauses last 30 s",
    source: maintenance,
    mark: "document",
    notModelled:
      "an owner who is told a month before moves the machine at a quiet time; the rare pause of 30 s is within what a fault of kind pause shows",
  },
  {
    id: "12.21",
    text: "Disks of virtual machines are kept when they move, those of a cloud service are not",
    source: reboots,
    mark: "document",
  },
  { id: "12.22", text: "Content of App Service lies on a share and is kept", source: brief, mark: "recalled" },
  {
    id: "12.23",
    text: "The temporary disk of a virtual machine may be lost when it moves",
    source: reboots,
    mark: "document",
    notModelled: "what a role keeps is taken to lie on its data disk",
  },
  {
    id: "12.24",
    text: "On a heal a cloud service is deployed from its package, startup tasks again; a virtual machine starts as it was",
    source: brief,
    mark: "document",
  },
  { id: "12.25", text: "An App Service plan adds an instance in 1 to 3 minutes", source: brief, mark: "guess" },
  { id: "12.26", text: "Instances of a cloud service are asked for by a count and come in minutes", source: brief, mark: "document" },
  {
    id: "12.27",
    text: "Every virtual machine is created by its owner",
    source: brief,
    mark: "document",
    notModelled: "who types the command makes no difference to when the machine is there",
  },
  {
    id: "12.28",
    text: "There is no swap between virtual machines: that is a matter of DNS or of a load balancer",
    source: brief,
    mark: "document",
  },
  { id: "12.29", text: "A swap of slots of App Service happens after requests have warmed the new one", source: brief, mark: "recalled" },
  { id: "12.30", text: "A cloud service swaps the VIPs of its slots, cold or not", source: brief, mark: "document" },
  {
    id: "12.31",
    text: "99.95 % is promised of two instances in every model; of one, 99.9 % as a virtual machine, nothing as a role, 99.95 % of App Service",
    source: brief,
    mark: "blog",
  },
];
