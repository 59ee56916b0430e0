import type { AutoscaleDecision, AutoscaleView } from "../policies/autoscale/decide.ts";
import { askAutoscale } from "../policies/own.ts";
import type { Autoscaler, Platform } from "../world.ts";
import { readWindow } from "./autoscaleMetrics.ts";

/** As `decideAutoscale`, by a policy of the user's own: the limits of the profile go first and hold whatever it wants. */
export function decideByPolicy(
  platform: Platform,
  policy: string,
  autoscaler: Autoscaler,
  view: AutoscaleView,
  samples: readonly (readonly number[] | undefined)[],
): AutoscaleDecision {
  const { asked, max, min, rules } = view;
  if (asked < min) return decision("below-min", min);
  if (asked > max) return decision("above-max", max);
  const measured = rules.map(({ rule }, index) => readWindow(platform, rule, samples[index]));
  const { scaledAt } = autoscaler;
  const wanted = askAutoscale(policy, platform.policies, { ...view, now: platform.calendar.now, scaledAt, measured });
  if (wanted > asked) return asked === max ? decision("at-max", max) : decision("out", Math.min(wanted, max));
  if (wanted < asked) return asked === min ? decision("at-min", min) : decision("in", Math.max(wanted, min));
  return decision("steady", asked);
}

function decision(verdict: AutoscaleDecision["verdict"], to: number): AutoscaleDecision {
  return { verdict, to, rule: -1, projected: Number.NaN };
}
