import { hour } from "../../kernel/time.ts";
import type { HealthCheckDesign, HostingDesign } from "../../model/design.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import type { Context } from "./context.ts";

/** Limits of replacements in one plan (platform-facts 12). */
const replaceEvery = hour;
const replacementsADay = 3;

/** Key `hosting`, and what the model itself does otherwise under it. */
export function resolveHosting(given: ReadScenario, context: Context): HostingDesign {
  const { hosting: kind } = context.defaults;
  return {
    kind,
    ownerHeals: kind === "virtual-machines",
    keepsDisk: kind !== "cloud-service",
    swap: kind === "cloud-service" ? "vip" : kind === "app-service" ? "warmed" : "none",
    healthCheck: resolveHealthCheck(given.balancer?.healthCheck, context),
  };
}

function resolveHealthCheck(given: NonNullable<ReadScenario["balancer"]>["healthCheck"], context: Context): HealthCheckDesign | undefined {
  const { healthCheck: defaults, hosting } = context.defaults;
  const isAsked = given !== undefined && given !== "none";
  if (isAsked && hosting !== "app-service") {
    context.complain(
      ["balancer", "healthCheck"],
      `only App Service has a health check, not ${hosting}: a custom probe is balancer.probe.asks`,
      {
        part: "key",
      },
    );
  }
  if (given === "none" || (given === undefined && !defaults.isOn)) return undefined;
  const { failures, interval, replaceAfter } = typeof given === "object" ? given : {};
  return {
    interval: interval ?? defaults.interval,
    failures: failures ?? defaults.failures,
    replaceAfter: replaceAfter ?? defaults.replaceAfter,
    replaceEvery,
    replacementsADay,
  };
}
