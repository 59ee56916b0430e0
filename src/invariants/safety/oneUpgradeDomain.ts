import type { Platform } from "../../model/world.ts";
import { type Walk, Walks } from "../accounts/walks.ts";
import type { Invariant } from "../invariant.ts";

/** S13. */
export const oneUpgradeDomain: Invariant = {
  id: "S13",
  name: "in-place-one-upgrade-domain",
  statement:
    "In a walk over upgrade domains (an upgrade, a rollback, a change of configuration, a patch pass) that is not simultaneous, whoever stops at the turn of a domain belongs to it, and nobody is still away who stopped at the turn of another one. Except: instances that the start time-out has gone past, those that were skipped and are stopped when they return, those that share a host that is updated, and those that stopped for an operation whose place this one has taken.",
  watch({ platform, broken }) {
    const walks = new Walks(platform, {
      stops(walk, instance) {
        if (isSimultaneous(platform, walk)) return;
        const domain = walk.domains[walk.domains.length - 1];
        const own = platform.world.instances.upgradeDomain[instance];
        if (own !== domain)
          broken(`instance ${instance} of upgrade domain ${own} stops at the turn of ${domain} in operation ${walk.operation}`);
        for (const [other, { domain: elsewhere, isCatchingUp }] of walk.away)
          if (elsewhere !== domain && !isCatchingUp && !walk.passed.has(other))
            broken(`instance ${instance} stops for upgrade domain ${domain}, and ${other} of ${elsewhere} is still away`);
      },
    });
    return {
      listensTo: Walks.listensTo,
      hearsMove: () => platform.design.operations.length > 0,
      observe: (fact) => walks.observe(fact),
    };
  },
};

/** Whether all domains have their turn at once, as an upgrade may ask for. */
export function isSimultaneous({ design }: Platform, { operation }: Walk): boolean {
  const spec = design.operations[operation];
  return spec.kind === "upgrade" && spec.mode === "simultaneous";
}
