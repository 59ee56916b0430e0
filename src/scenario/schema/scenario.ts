import * as z from "zod";
import { hostingNames, presetNames } from "../presets.ts";
import { autoscale } from "./autoscale.ts";
import { balancer } from "./balancer.ts";
import { buggify } from "./buggify.ts";
import { datacenter, subscription } from "./datacenter.ts";
import { fabric } from "./fabric.ts";
import { fault } from "./faults.ts";
import { count, named, positiveDuration } from "./fields.ts";
import { heal } from "./heal.ts";
import { lesson } from "./lesson.ts";
import { measure } from "./measure.ts";
import { operation } from "./operations.ts";
import { patching } from "./patching.ts";
import { pricing } from "./pricing.ts";
import { service } from "./service.ts";
import { queue, store } from "./storage.ts";
import { client } from "./traffic.ts";

/** A scenario file, the single source of its types, of the JSON Schema and of the reference page. */
export const scenario = z
  .strictObject({
    name: z.string().min(1).max(100).meta({ description: "Names the scenario in reports.", unit: "text" }),
    summary: z
      .string()
      .max(500)
      .optional()
      .meta({ description: "What it shows, in one sentence: the title of the report.", unit: "text", absent: "the name" }),
    base: z.string().min(1).optional().meta({
      description: "Another scenario in the same folder that this one goes on top of: mappings are joined, lists replaced, null removes.",
      unit: "file",
      absent: "none",
    }),
    preset: z.enum(presetNames).optional().meta({ description: "Where the defaults come from.", unit: "choice", absent: "azure" }),
    hosting: z.enum(hostingNames).optional().meta({
      description:
        "Who runs what the service stands on: decides who detects, heals and patches, what disks keep, what a swap is and what is promised.",
      unit: "choice",
      absent: "cloud-service",
    }),
    horizon: positiveDuration.meta({ description: "How long is simulated; at most 285y.", unit: "duration" }),
    seed: count(0, Number.MAX_SAFE_INTEGER)
      .optional()
      .meta({ description: "Chooses the luck: the same seed repeats a run exactly.", unit: "whole number", absent: "42" }),
    runs: count(1, 1_000_000)
      .optional()
      .meta({ description: "Independent replications; from two on, figures have intervals.", unit: "count", absent: "1" }),
    datacenter: datacenter.optional(),
    subscription: subscription.optional(),
    service,
    balancer: balancer.optional(),
    fabric: fabric.optional(),
    queues: named(queue).optional().meta({ description: "Storage queues between roles, by name.", absent: "none" }),
    stores: named(store).optional().meta({ description: "Databases and other storage outside the deployment, by name.", absent: "none" }),
    clients: named(client).optional().meta({ description: "Who calls the service, by name.", absent: "none" }),
    faults: z
      .union([z.literal("default"), z.array(fault).max(10_000)])
      .optional()
      .meta({ description: "What fails, or default: the rates of the preset.", absent: "nothing fails" }),
    operations: z.array(operation).max(10_000).optional().meta({ description: "What people do to the deployment.", absent: "nothing" }),
    patching,
    buggify,
    heal,
    measure: measure.optional(),
    pricing: pricing.optional(),
    variants: named(z.record(z.string(), z.unknown())).optional().meta({
      description:
        "The same scenario in several ways, by name: each lays its keys on top as a file with base does, and is replayed on the same draws.",
      unit: "scenario keys by name",
      absent: "none",
    }),
    autoscale: autoscale.optional().meta({ description: "Rules that change the number of instances.", absent: "only people do" }),
    expect: z.array(z.string()).max(1000).optional().meta({
      description: "What must hold, such as availability.request >= 99.9%; a miss makes exit code 99.",
      unit: "list of expectations",
      absent: "nothing",
    }),
    always: z.array(z.string()).max(1000).optional().meta({
      description: "What must hold after every event, such as roles.web.ready >= 1; where it does not the run ends, with exit code 98.",
      unit: "list of conditions",
      absent: "nothing",
    }),
    lesson: lesson.optional(),
  })
  .meta({ title: "Nines scenario", description: "A cloud service, its load, its faults and what is expected of it." });

/** A scenario as a person writes it, in YAML or as an object. */
export type Scenario = z.input<typeof scenario>;

/** A scenario with its texts read, defaults not filled in. */
export type ReadScenario = z.output<typeof scenario>;
