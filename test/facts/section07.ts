import type { Fact } from "./fact.ts";

/** The title of the section. */
export const title = "VIP swap";

/** What is known of swapping staging and production. */
export const facts: readonly Fact[] = [
  {
    id: "7.1",
    text: "A swap exchanges the VIPs of production and staging, so that new requests reach the other deployment.",
    source: "Swap Deployment API (ee460814), Manage Deployments in Azure (gg433027)",
    mark: "document",
  },
  {
    id: "7.2",
    text: "Nothing else moves: VMs, hosts, instance counts, versions and what the instances hold stay where they are.",
    source: "Manage Deployments in Azure (gg433027), How to manage cloud services",
    mark: "document",
  },
  {
    id: "7.3",
    text: "It is asynchronous: between the request and the switch some seconds pass, in which production goes on as before.",
    source: "Swap Deployment API (ee460814), Swap deployments in Azure Cloud Services (extended support)",
    mark: "document",
  },
  {
    id: "7.4",
    text: "At times it takes ten seconds or more and new connections fail meanwhile.",
    source: "Swap deployments in Azure Cloud Services (extended support)",
    mark: "document",
  },
  {
    id: "7.5",
    text: "It is refused unless every instance of both deployments is ready.",
    source: "Troubleshoot VIP swap of cloud services",
    mark: "document",
  },
  {
    id: "7.6",
    text: "It is refused while an update or an upgrade runs, with VipSwapNotAllowedAsRollingUpgradeIsInProgress.",
    source: "Troubleshoot VIP swap of cloud services",
    mark: "document",
  },
  {
    id: "7.7",
    text: "It is refused while an instance is healed.",
    source: "Troubleshoot VIP swap of cloud services",
    mark: "document",
  },
  {
    id: "7.8",
    text: "It is refused while the autoscaler adds or removes instances.",
    source: "Troubleshoot VIP swap of cloud services",
    mark: "document",
  },
  {
    id: "7.9",
    text: "Both deployments have a reserved IP address, or neither has one.",
    source: "Troubleshoot VIP swap of cloud services",
    mark: "document",
  },
  {
    id: "7.10",
    text: "Both deployments have the same endpoints: a change of endpoints cannot go through staging.",
    source: "How to update a cloud service; blog dotnetzone (2009)",
    mark: "document",
  },
  {
    id: "7.11",
    text: "Without a production deployment the staging one is simply promoted.",
    source: "Swap Deployment API (ee460814)",
    mark: "document",
  },
  {
    id: "7.12",
    text: "Another operation that comes during a swap does not get through.",
    source: "Swap deployments in Azure Cloud Services (extended support)",
    mark: "document",
  },
  {
    id: "7.13",
    text: "Established connections stay on the old deployment until they close; new ones go to the new one, trouble or not.",
    source: "not published",
    mark: "guess",
  },
  {
    id: "7.14",
    text: "Swapping back is the same operation: the quick undo of a version that does not work.",
    source: "follows from the exchange of the VIPs",
    mark: "guess",
  },
  {
    id: "7.15",
    text: "Staging costs the same as production.",
    source: "How to manage cloud services: deployments are charged until they are deleted",
    mark: "document",
  },
  {
    id: "7.16",
    text: "Workers in staging take messages from the same queues as those in production.",
    source: "follows from one storage account for both slots",
    mark: "guess",
  },
];
