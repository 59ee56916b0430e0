import type { Scenario } from "../../scenario/schema/scenario.ts";
import { aroundScenario } from "../arbitraries/around.ts";
import type { Sim } from "./sim.ts";

/** Instances by role, or null: nothing is deployed. */
export type SlotModel = Readonly<Record<string, number>> | null;

/** What was asked for, and nothing of how it comes about: what the simulation is compared with after every command. */
export interface AskedModel {
  /** Whole seconds since the start. */
  now: number;
  readonly horizon: number;
  readonly roles: readonly string[];
  /** Production and staging. */
  slots: readonly SlotModel[];
  /** Operations whose effect has not come yet, in order. */
  pending: readonly { readonly operation: number; readonly effect: Effect }[];
  /** Faults that were injected, each repaired at an instant. */
  faults: readonly { readonly fault: number; readonly until: number; readonly isHard: boolean }[];
  saved: Pick<AskedModel, "now" | "slots" | "pending" | "faults"> | undefined;
}

/** What an operation makes of what is asked for. */
export type Effect =
  | { readonly kind: "scale"; readonly slot: number; readonly role: string; readonly instances: number }
  | { readonly kind: "deploy"; readonly slot: number; readonly roles: Readonly<Record<string, number>> }
  | { readonly kind: "swap" };

/** What is asked for at the start of a scenario. */
export function askedModel(scenario: Scenario): AskedModel {
  const { horizon, roles } = aroundScenario(scenario);
  const isThere = scenario.service.deployedAtStart !== false;
  const production = Object.fromEntries(roles.map(({ instances, name }) => [name, instances]));
  return {
    now: 0,
    horizon,
    roles: roles.map(({ name }) => name),
    slots: [isThere ? production : null, null],
    pending: [],
    faults: [],
    saved: undefined,
  };
}

/** Lets the effects come of operations that were accepted, or done, since the last look; throws where the simulation differs from the model. */
export function compare(model: AskedModel, sim: Sim): void {
  const still: AskedModel["pending"][number][] = [];
  for (const entry of model.pending) {
    const outcome = sim.outcome(entry.operation);
    const comes = entry.effect.kind === "swap" ? outcome === "done" : outcome !== "refused" && outcome !== "waits";
    if (comes) model.slots = after(model.slots, entry.effect);
    else if (outcome === "waits" || outcome === "runs") still.push(entry);
  }
  model.pending = still;
  const real = sim.slots();
  // the switch comes at some instant of a swap
  const isSwapping = still.some(({ effect }) => effect.kind === "swap");
  if (!isSame(real, model.slots) && !(isSwapping && isSame(real, [...model.slots].reverse())))
    throw new Error(
      `${JSON.stringify(model.slots)} is asked for in production and staging, and the simulation has ${JSON.stringify(real)}`,
    );
  for (const { fault, isHard, until } of model.faults) {
    const { open, struck } = sim.fault(fault);
    if (model.now > until && open > 0) throw new Error(`fault ${fault} was to end at ${until} s, and is open at ${model.now} s`);
    if (isHard && model.now < until && struck > 0 && open === 0)
      throw new Error(`fault ${fault} was to last until ${until} s, and is over at ${model.now} s`);
  }
}

function after(slots: readonly SlotModel[], effect: Effect): readonly SlotModel[] {
  switch (effect.kind) {
    case "swap":
      return [...slots].reverse();
    case "deploy":
      return slots.map((slot, place) => (place === effect.slot ? effect.roles : slot));
    case "scale":
      return slots.map((slot, place) => (place === effect.slot && slot !== null ? { ...slot, [effect.role]: effect.instances } : slot));
  }
}

function isSame(a: readonly SlotModel[], b: readonly SlotModel[]): boolean {
  const text = (slots: readonly SlotModel[]) =>
    slots.map((slot) => (slot === null ? "-" : JSON.stringify(Object.entries(slot).sort()))).join();
  return text(a) === text(b);
}
