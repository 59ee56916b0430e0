import { never } from "../../kernel/time.ts";
import type { Design } from "../../model/design.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import type { Context } from "./context.ts";

const follows = [["horizon"]];

/** Section `heal`; undefined when faults go on to the horizon. */
export function resolveHeal(given: ReadScenario["heal"], context: Context): Design["heal"] {
  if (given === undefined) return undefined;
  const { at, settle = never } = given;
  if (at > context.horizon) context.complain(["heal", "at"], "the horizon comes before that: faults go on to it", { follows });
  else if (settle < never && at + settle > context.horizon)
    context.complain(["heal", "settle"], "the horizon comes before that: nothing would be looked at", { follows });
  return { at, settle };
}
