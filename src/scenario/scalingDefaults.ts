import type { Micros } from "../kernel/time.ts";
import type { AutoscaleRuleDesign, HostingKind, PricingDesign } from "../model/design.ts";
import type { Cells } from "./defaultCells.ts";
import { appServicePrices, type PresetName, priceTables } from "./presets.ts";

/** Defaults of the autoscaler and of its rules. */
export interface AutoscaleDefaults {
  readonly job: Micros;
  readonly grain: Micros;
  readonly metricDelay: Micros;
  readonly startsOn: "monday";
  readonly startsAt: Micros;
  readonly slot: "production" | "staging";
  readonly rule: Pick<AutoscaleRuleDesign, "statistic" | "window" | "aggregation" | "cooldown"> & { readonly change: number };
}

/** Reads the defaults of the autoscaler. */
export function readAutoscale({ choice, duration, number }: Cells): AutoscaleDefaults {
  return {
    job: duration("autoscale.job"),
    grain: duration("autoscale.grain"),
    metricDelay: duration("autoscale.metricDelay"),
    startsOn: choice("autoscale.startsOn") as "monday",
    startsAt: duration("autoscale.startsAt"),
    slot: choice("autoscale.roles.*.slot") as "production",
    rule: {
      statistic: choice("autoscale.roles.*.rules.*.statistic") as "average",
      window: duration("autoscale.roles.*.rules.*.window"),
      aggregation: choice("autoscale.roles.*.rules.*.aggregation") as "average",
      cooldown: duration("autoscale.roles.*.rules.*.cooldown"),
      change: number("autoscale.roles.*.rules.*.change"),
    },
  };
}

/** Reads the prices of a preset. */
export function readPricing({ choice }: Cells, preset: PresetName, hosting: HostingKind): PricingDesign {
  const { guessed, listed } = hosting === "app-service" ? appServicePrices : priceTables[preset];
  return {
    currency: choice("pricing.currency"),
    asOf: choice("pricing.asOf"),
    billing: choice("pricing.billing") as "minute",
    hourly: { ...listed, ...guessed },
  };
}
