import type { Design, PricingDesign } from "../../model/design.ts";
import { plainSizeName, vmSizeNames } from "../../model/hardware/sizes.ts";
import { suggest } from "../nearest.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import type { Context } from "./context.ts";
import { loadPrices } from "./data.ts";

/** Section `pricing` with its defaults: a price for every name of every size that has one. */
export function resolvePricing(given: ReadScenario["pricing"], context: Context): PricingDesign {
  const { pricing: defaults } = context.defaults;
  const base = given?.file === undefined ? defaults.hourly : pricesOf(given.file, context);
  const prices: Record<string, number> = { ...base };
  for (const [size, price] of Object.entries(given?.hourly ?? {})) if (price !== undefined) prices[plainSizeName(size)] = price;
  const hourly: Record<string, number> = {};
  for (const name of vmSizeNames) {
    const price = prices[plainSizeName(name)];
    if (price !== undefined) hourly[name] = price;
  }
  if (given?.currency !== undefined && given.currency !== defaults.currency && given.hourly === undefined && given.file === undefined) {
    context.complain(
      ["pricing", "currency"],
      `the preset's prices are in ${defaults.currency}: give hourly or a file in ${given.currency}`,
    );
  }
  return {
    currency: given?.currency ?? defaults.currency,
    asOf: given?.asOf ?? (given?.file === undefined ? defaults.asOf : given.file),
    billing: given?.billing ?? defaults.billing,
    hourly,
  };
}

/** Warns of expectations of cost that cannot be told, because a size in use has no price. */
export function checkPrices({ operations, pricing, service }: Design, expected: boolean, context: Context): void {
  if (!expected) return;
  const roles = [...service.roles, ...operations.flatMap((operation) => ("roles" in operation ? operation.roles : []))];
  const priceless = roles.find(({ size }) => pricing.hourly[size.name] === undefined);
  if (priceless === undefined) return;
  const { name } = priceless.size;
  context.complain(["pricing"], `${name} has no price, so cost cannot be told: give pricing.hourly.${name}`, { part: "key" });
}

function pricesOf(file: string, context: Context): Readonly<Record<string, number>> {
  const prices: Record<string, number> = {};
  for (const [size, price] of loadPrices(file, ["pricing", "file"], context)) {
    if (vmSizeNames.includes(size)) prices[plainSizeName(size)] = price;
    else
      context.complain(["pricing", "file"], `"${file}": there is no size "${size}", ${suggest(size, vmSizeNames, "the sizes are")}`, {
        inText: file,
      });
  }
  return prices;
}
