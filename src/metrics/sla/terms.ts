import type { HostingKind } from "../../model/design.ts";

/** What a provider gives back of a month's bill when uptime fell below a bound (both ratios 0..1). */
export interface Credit {
  readonly below: number;
  readonly credit: number;
}

/** What is promised of a service: its agreement on uptime. */
export interface SlaTerms {
  /** What the agreement calls the service. */
  readonly name: string;
  /** Monthly uptime (0..1) promised for two or more instances; of a service without instances, at all. */
  readonly several: number;
  /** Promised for a single instance, where something is. */
  readonly single: number | null;
  /** Highest bound first. */
  readonly credits: readonly Credit[];
  /** The words behind the promise, for reports. */
  readonly what: string;
  /** Nothing we read states it in the agreement's own words. */
  readonly recalled: boolean;
}

const twoTiers = (target: number): readonly Credit[] => [
  { below: target, credit: 0.1 },
  { below: 0.99, credit: 0.25 },
];

/** Agreements on what hosts the roles. */
export const hostingTerms: Readonly<Record<HostingKind, SlaTerms>> = {
  "virtual-machines": {
    name: "Virtual Machines",
    several: 0.9995,
    single: 0.999,
    credits: [...twoTiers(0.9995), { below: 0.95, credit: 1 }],
    what: "connectivity to at least one machine of an availability set",
    recalled: false,
  },
  "app-service": {
    name: "App Service",
    several: 0.9995,
    single: 0.9995,
    credits: twoTiers(0.9995),
    what: "applications of a paid plan, whatever their number of instances",
    recalled: false,
  },
  "cloud-service": {
    name: "Cloud Services",
    several: 0.9995,
    single: null,
    credits: twoTiers(0.9995),
    what: "external connectivity of roles with two or more instances in different fault and upgrade domains",
    recalled: false,
  },
};

/** Agreements on what is kept outside the deployment, by kind of store. */
export const storeTerms: Readonly<Record<"sql" | "blob" | "table" | "cache" | "queue" | "service-bus", SlaTerms>> = {
  sql: {
    name: "SQL Database",
    several: 0.9999,
    single: null,
    credits: twoTiers(0.9999),
    what: "connectivity of the database",
    recalled: true,
  },
  cache: {
    name: "Cache",
    several: 0.999,
    single: null,
    credits: twoTiers(0.999),
    what: "connectivity of the cache",
    recalled: true,
  },
  blob: storage("Storage, blobs"),
  table: storage("Storage, tables"),
  queue: storage("Storage, queues"),
  "service-bus": {
    name: "Service Bus",
    several: 0.999,
    single: null,
    credits: twoTiers(0.999),
    what: "connections to the namespace",
    recalled: true,
  },
};

function storage(name: string): SlaTerms {
  return {
    name,
    several: 0.999,
    single: null,
    credits: twoTiers(0.999),
    what: "correctly formatted requests that are processed",
    recalled: true,
  };
}

/** The share of a month's bill (0..1) that is given back at an uptime: 0 while the promise is kept. */
export function creditAt(uptime: number, { credits }: SlaTerms, target: number): number {
  let credit = 0;
  for (const tier of credits) if (uptime < Math.min(tier.below, target)) credit = tier.credit;
  return credit;
}

/** Minutes of 30 days in which a service may be down without breaking a promise of uptime (0..1). */
export function allowedMinutes(target: number): number {
  return Math.round((1 - target) * 30 * 24 * 60 * 1e6) / 1e6;
}
