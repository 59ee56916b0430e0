import { hour, type Micros, minute, second } from "../../kernel/time.ts";
import type { MeasureDesign } from "../../model/design.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import { grouped } from "../schema/walk.ts";
import type { Context } from "./context.ts";

/** Charts show about so many windows unless asked otherwise. */
const usualWindows = 360;
const mostWindows = 100_000;
const steps = [1, 2, 5, 10, 15, 20, 30];

const follows = [["horizon"], ["measure", "to"]];

/** Section `measure` with its defaults. */
export function resolveMeasure(given: ReadScenario["measure"], context: Context): MeasureDesign {
  const { defaults, horizon } = context;
  const measure: MeasureDesign = {
    from: given?.warmUp ?? defaults.measure.warmUp,
    to: given?.to ?? horizon,
    window: given?.window ?? usualWindow(horizon),
    ready: given?.ready ?? defaults.measure.ready,
    latencyThreshold: given?.latencyThreshold ?? defaults.measure.latencyThreshold,
    atLeast: given?.atLeast ?? 0,
    epoch: given?.epoch,
  };
  if (measure.to > horizon) context.complain(["measure", "to"], "the measured time ends at the horizon at the latest", { follows });
  if (measure.from >= Math.min(measure.to, horizon))
    context.complain(["measure", "warmUp"], "the warm-up leaves nothing to measure", { follows });
  const windows = Math.ceil(horizon / measure.window);
  if (windows > mostWindows) {
    const message = `the horizon has ${grouped(windows)} such windows, at most ${grouped(mostWindows)} are kept`;
    context.complain(["measure", "window"], message, { follows });
  }
  return measure;
}

/** The shortest window on a step of the clock of which the horizon has at most 360: 5s for half an hour. */
export function usualWindow(horizon: Micros): Micros {
  const least = horizon / usualWindows;
  for (const unit of [1000, second, minute]) {
    for (const step of steps) if (step * unit >= least) return step * unit;
    if (unit === 1000) for (const step of [50, 100, 200, 500]) if (step * unit >= least) return step * unit;
  }
  for (const hours of [1, 2, 3, 4, 6, 8, 12]) if (hours * hour >= least) return hours * hour;
  for (let days = 1; ; days *= 10) {
    for (const step of [1, 2, 5]) if (days * step * 24 * hour >= least) return days * step * 24 * hour;
  }
}
