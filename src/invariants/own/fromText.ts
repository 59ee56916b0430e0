import type { Invariant } from "../invariant.ts";
import { always } from "./always.ts";
import type { Moment } from "./moment.ts";

/** What a scenario says must always hold, its text read. */
export interface AlwaysCondition {
  readonly text: string;
  readonly form: string;
  readonly name: string;
  readonly operator: ">=" | "<=" | ">" | "<";
  readonly target: number;
}

/** An invariant for what a scenario says must always hold. */
export function alwaysHolds({ form, name, operator, target, text }: AlwaysCondition): Invariant {
  const quantity = quantities[form];
  if (quantity === undefined) throw new RangeError(`there is no quantity "${form}"`);
  const holds = (moment: Moment): boolean => compares(quantity(moment, name), operator, target);
  return always(text, holds, (moment) => `it is ${quantity(moment, name)}`);
}

const quantities: Readonly<Record<string, (moment: Moment, name: string) => number>> = {
  "roles.NAME.ready": (moment, name) => moment.ready(name),
  "roles.NAME.asked": (moment, name) => moment.asked(name),
  "queues.NAME.stored": (moment, name) => moment.stored(name),
  "requests.open": (moment) => moment.openRequests,
  "instances.pending": (moment) => moment.pendingInstances,
  "hosts.up": (moment) => moment.upHosts,
};

function compares(value: number, operator: AlwaysCondition["operator"], target: number): boolean {
  switch (operator) {
    case ">=":
      return value >= target;
    case "<=":
      return value <= target;
    case ">":
      return value > target;
    case "<":
      return value < target;
  }
}
