import type { FaultDesign } from "../../model/design.ts";
import type { LawSpec } from "../../random/lawSpec.ts";
import type { Path } from "../place.ts";
import type { FaultOutput } from "../schema/faults.ts";
import type { Context } from "./context.ts";

/**
 * Failures with a common cause, by two models of the reliability literature. Beta factor (Fleming 1975): a share of each target's failure rate
 * comes from a cause that hits all of them at one instant. Binomial failure rate (Vesely 1977, Atwood 1986): shocks arrive, and each target is
 * hit with a probability.
 */
export function withCommonCause(design: FaultDesign, given: FaultOutput, path: Path, context: Context): readonly FaultDesign[] {
  const { commonCause, shock } = given;
  if (commonCause === undefined && shock === undefined) return [design];
  if (design.target.select !== "each")
    context.complain([...path, shock === undefined ? "commonCause" : "shock"], "a common cause needs several targets: each(...)", {
      part: "key",
    });
  if (shock !== undefined) {
    if (commonCause !== undefined) context.complain([...path, "commonCause"], "give commonCause or shock, not both", { part: "key" });
    return [{ ...design, shock: { hits: shock.hits, within: shock.within ?? 0 } }];
  }
  const beta = commonCause ?? 0;
  if (design.every === undefined) {
    context.complain([...path, "commonCause"], "a share of failures needs every: how often do they happen?", { part: "key" });
    return [design];
  }
  const own: FaultDesign = { ...design, every: scaled(design.every, 1 / (1 - beta)) };
  const common: FaultDesign = { ...design, every: scaled(design.every, 1 / beta), shock: { hits: 1, within: 0 } };
  return beta === 0 ? [design] : beta === 1 ? [common] : [own, { ...common, continues: true }];
}

/** The law of a variable that is so many times as large. */
function scaled(law: LawSpec, factor: number): LawSpec {
  switch (law.law) {
    case "constant":
      return { ...law, value: law.value * factor };
    case "uniform":
      return { ...law, min: law.min * factor, max: law.max * factor };
    case "pareto":
      return { ...law, min: law.min * factor };
    case "empirical":
      return { ...law, values: law.values.map((value) => value * factor) };
    default:
      return { ...law, mean: law.mean * factor };
  }
}
