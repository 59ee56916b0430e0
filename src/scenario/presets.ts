import { autoscaleRows } from "./presets/autoscale.ts";
import { balancerRows } from "./presets/balancer.ts";
import { buggifyRows } from "./presets/buggify.ts";
import type { DefaultCell, DefaultRow, PresetName } from "./presets/cells.ts";
import { clientsRows } from "./presets/clients.ts";
import { datacenterRows } from "./presets/datacenter.ts";
import { fabricRows } from "./presets/fabric.ts";
import { measureRows } from "./presets/measure.ts";
import { patchingRows } from "./presets/patching.ts";
import { appServicePrices, priceTables } from "./presets/prices.ts";
import { pricingRows } from "./presets/pricing.ts";
import { serviceRows } from "./presets/service.ts";
import { storageRows } from "./presets/storage.ts";

export { type DefaultCell, type DefaultRow, type PresetName, presetNames, presetSummaries } from "./presets/cells.ts";
export { defaultFaults, type FaultRate } from "./presets/faultRates.ts";
export { hostingCells, hostingNames, hostingPromises, hostingSummaries } from "./presets/hosting.ts";
export { appServicePrices, priceTables };

/** Every default of every preset, in the order of the reference page. */
export const defaultRows: readonly DefaultRow[] = [
  ...datacenterRows,
  ...serviceRows,
  ...balancerRows,
  ...fabricRows,
  ...storageRows,
  ...clientsRows,
  ...patchingRows,
  ...measureRows,
  ...pricingRows,
  ...autoscaleRows,
  ...buggifyRows,
];

/** The default of a preset for a key, or undefined when no preset has one. */
export function defaultCell(preset: PresetName, path: string, of?: "web" | "worker"): DefaultCell | undefined {
  return defaultRows.find((row) => row.path === path && (row.of === undefined || of === undefined || row.of === of))?.cells[preset];
}
