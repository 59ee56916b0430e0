import { type DefaultRow, guess, known, row } from "./cells.ts";

/** Defaults of the datacenter and the subscription. */
export const datacenterRows: readonly DefaultRow[] = [
  row("datacenter.faultDomains", "number", { azure: known(2, "sla") }),
  row("datacenter.hostsPerFaultDomain", "number", { azure: guess(20) }),
  row("datacenter.host.cores", "number", { azure: guess(16) }),
  row("datacenter.host.memory", "size", { azure: guess("112GiB") }),
  row("datacenter.host.disk", "size", { azure: guess("4TiB") }),
  row("datacenter.repairCrews", "choice", { azure: known("unlimited", "semantics") }),
  row("subscription.cores", "choice", { azure: known("unlimited", "semantics", "the platform's quota is 20 cores, off unless set") }),
];
