import { InvariantError } from "../../kernel/invariant.ts";
import type { AutoscalePolicy, AutoscalePolicyView } from "./autoscale/policy.ts";
import { balancingPolicies } from "./balancing/index.ts";
import type { BalancingPolicy, BalancingView } from "./balancing/policy.ts";

/** A balancing policy of the user's own: what it leaves unsaid of `usesFlow` is true, and it needs no summary. */
export type OwnBalancingPolicy = Pick<BalancingPolicy, "kind" | "choose"> & Partial<BalancingPolicy>;

/** A policy of the user's own: how the balancer chooses (`choose`), or how many instances a role should have (`want`). */
export type Policy = OwnBalancingPolicy | AutoscalePolicy;

/** A policy of the user's own threw, or returned what cannot be done. */
export class PolicyError extends InvariantError {
  /** The name of the policy. */
  readonly policy: string;

  /** Names the policy and says what it did. */
  constructor(policy: string, message: string, options?: ErrorOptions) {
    super(`the policy "${policy}" ${message}`, options);
    this.policy = policy;
  }
}

/** Whether a policy chooses instances for flows. */
export function isBalancing(policy: Policy): policy is OwnBalancingPolicy {
  return "choose" in policy;
}

/** The balancing policy of that name, the user's own ones watched; throws RangeError when there is none. */
export function balancingOf(name: string, own: readonly Policy[]): BalancingPolicy {
  const known = balancingPolicies.find(({ kind }) => kind === name);
  if (known !== undefined) return known;
  const found = own.find(({ kind }) => kind === name);
  if (found === undefined || !isBalancing(found)) throw new RangeError(`there is no balancing policy "${name}"`);
  const choose = (view: BalancingView): number => {
    const chosen = call(name, () => found.choose(view));
    if (!Number.isInteger(chosen) || chosen < 0 || chosen >= view.count)
      throw new PolicyError(name, `chose ${String(chosen)}, not a whole number from 0 to ${view.count - 1}: a place among the candidates`);
    return chosen;
  };
  // without a word on it, the flow is there to be read
  return { kind: name, summary: found.summary ?? "A policy of your own.", usesFlow: found.usesFlow ?? true, choose };
}

/** Asks an autoscale policy of the user's own, watched; throws RangeError when there is none of that name. */
export function askAutoscale(name: string, own: readonly Policy[], view: AutoscalePolicyView): number {
  const found = own.find(({ kind }) => kind === name);
  if (found === undefined || isBalancing(found)) throw new RangeError(`there is no autoscale policy "${name}"`);
  const wanted = call(name, () => found.want(view));
  if (!Number.isInteger(wanted) || wanted < 0)
    throw new PolicyError(name, `wants ${String(wanted)} instances, not a whole number from 0 on`);
  return wanted;
}

function call(name: string, ask: () => number): number {
  try {
    return ask();
  } catch (error) {
    throw new PolicyError(name, `failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
