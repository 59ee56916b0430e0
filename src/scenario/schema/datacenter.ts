import * as z from "zod";
import { vmSizeNames } from "../../model/hardware/sizes.ts";
import { count, countOr, name, size } from "./fields.ts";
import { accountRates } from "./storage.ts";

/** The most hosts, and the most instances, that one scenario may have. */
export const mostThings = 1_000_000;

const host = z
  .strictObject({
    cores: count(1, 1024).optional().meta({ description: "Cores that instances are placed on.", unit: "cores" }),
    memory: size.optional().meta({ description: "Memory for instances.", unit: "size" }),
    disk: size.optional().meta({ description: "Local disk for instances.", unit: "size" }),
  })
  .meta({ description: "What one host offers." });

/** Section `datacenter`. */
export const datacenter = z
  .strictObject({
    faultDomains: count(1, 1000)
      .optional()
      .meta({ description: "Racks: each has one power feed and one switch, so it fails as a whole.", unit: "count" }),
    hostsPerFaultDomain: count(1, mostThings).optional().meta({ description: "Physical servers in each rack.", unit: "count" }),
    host: host.optional(),
    clusters: z
      .array(
        z.strictObject({
          name: name
            .optional()
            .meta({ description: "What it is called in reports.", unit: "name", absent: "its place in the list, from 0" }),
          hosts: count(1, mostThings).meta({ description: "Its hosts in each fault domain.", unit: "count" }),
          sizes: z
            .array(z.enum(vmSizeNames as [string, ...string[]]))
            .min(1)
            .optional()
            .meta({ description: "The sizes it offers.", unit: "names of sizes", absent: "all" }),
        }),
      )
      .min(1)
      .max(100)
      .optional()
      .meta({
        description: "Hosts in groups: the first deployment pins the service to one of them until nothing is deployed any more.",
        absent: "all hosts are within reach",
      }),
    repairCrews: countOr(1, mostThings, "unlimited", 0)
      .optional()
      .meta({ description: "Hosts and racks that can be under repair at once, first come first served.", unit: "count or unlimited" }),
  })
  .meta({ description: "The hardware that the service runs on." });

/** Section `subscription`. */
export const subscription = z
  .strictObject({
    cores: countOr(1, 10_000_000, "unlimited", 0)
      .optional()
      .meta({ description: "Core quota over both slots; an operation that would exceed it is refused.", unit: "cores or unlimited" }),
    ...accountRates,
  })
  .meta({ description: "Limits of the subscription and of its accounts." });
