import type { Fact } from "./fact.ts";

/** What section 10 is about. */
export const title = "Agreements on uptime, and how they count";

const oldSla = "Windows Azure compute SLA, wording of 2010-2015 in copies";
const vmSla = "SLA for Virtual Machines, version history";
const common = "Formula common to the Azure SLAs on uptime";

/** The facts of section 10. */
export const facts: readonly Fact[] = [
  {
    id: "10.1",
    text: "A role with two or more instances in different fault and upgrade domains is promised 99.95 % of external connectivity",
    source: oldSla,
    mark: "blog",
  },
  {
    id: "10.2",
    text: "Of role processes that stop, 99.9 % are noticed within two minutes, and somebody acts",
    source: oldSla,
    mark: "blog",
  },
  {
    id: "10.3",
    text: "Monthly uptime is maximum available minutes less down time, over maximum available minutes",
    source: common,
    mark: "recalled",
  },
  {
    id: "10.4",
    text: "Maximum available minutes count from the deployment of such roles until they are stopped or deleted, summed over roles",
    source: common,
    mark: "recalled",
  },
  {
    id: "10.5",
    text: "Down time is minutes in which a role had no external connectivity at all; slow or failing answers are no down time",
    source: common,
    mark: "recalled",
  },
  { id: "10.6", text: "Below 99.95 % a tenth of the month's bill is given back, below 99 % a quarter", source: common, mark: "recalled" },
  { id: "10.7", text: "A role with a single instance has no SLA and adds no minutes", source: oldSla, mark: "blog" },
  {
    id: "10.8",
    text: "Two instances in the same upgrade domain, or the same fault domain, are not covered",
    source: oldSla,
    mark: "blog",
  },
  { id: "10.9", text: "Storage promises 99.9 %", source: "SLA for Storage", mark: "recalled" },
  {
    id: "10.10",
    text: "Storage that is copied to another region promises 99.99 % of reads",
    source: "SLA for Storage",
    mark: "recalled",
    notModelled: "a scenario has one region, so there is no copy elsewhere to read from",
  },
  { id: "10.11", text: "SQL Database promises 99.99 %", source: "SLA for SQL Database", mark: "recalled" },
  {
    id: "10.12",
    text: "Allowed in 30 days are 43.2 min at 99.9 %, 21.6 at 99.95 %, 4.32 at 99.99 %",
    source: "Arithmetic",
    mark: "document",
  },
  {
    id: "10.13",
    text: "A service that needs several services is promised no more than the product of their promises",
    source: "Arithmetic of services in series",
    mark: "document",
  },
  {
    id: "10.14",
    text: "Connectivity, success of requests, readiness of instances and capacity are figures of their own, and differ",
    source: "SLA wording against measures of users",
    mark: "document",
  },
  {
    id: "10.15",
    text: "Two or more virtual machines of an availability set are promised 99.95 % of connectivity to one of them",
    source: vmSla,
    mark: "blog",
  },
  { id: "10.16", text: "A single virtual machine with premium disks is promised 99.9 %", source: vmSla, mark: "blog" },
  {
    id: "10.17",
    text: "Machines in several zones are promised 99.99 %, a single one on a standard SSD 99.5 %, on a standard disk 95 %",
    source: vmSla,
    mark: "blog",
    notModelled: "a scenario has one zone, and its machines have premium disks",
  },
  { id: "10.18", text: "Of virtual machines the whole bill is given back below 95 %", source: vmSla, mark: "blog" },
  { id: "10.19", text: "Planned maintenance counts as down time", source: vmSla, mark: "blog" },
  { id: "10.20", text: "App Service promises 99.95 %, of a single instance too", source: "SLA for App Service", mark: "blog" },
  {
    id: "10.21",
    text: "Free and shared plans of App Service are promised nothing",
    source: "SLA for App Service",
    mark: "recalled",
    notModelled: "workers of a scenario are those of a paid plan",
  },
];
