import { FactKind } from "../../model/facts.ts";
import { InstanceState } from "../../model/status.ts";
import type { Invariant } from "../invariant.ts";
import { NumberById } from "../numberById.ts";

/** More instances than a role can have. */
const indexes = 1 << 24;

/** S16. */
export const upgradeDomainBalance: Invariant = {
  id: "S16",
  name: "ud-balance",
  statement:
    "An instance keeps for life the upgrade domain it was made with: its index in the role modulo the number of upgrade domains; no two instances that are in a role at once have one index. While the indexes of a role are those from 0 on without a gap (until scaling in takes some out of the middle, or while none is on its way out), the sizes of its upgrade domains differ by at most one.",
  watch({ platform, broken }) {
    const { instances, groups } = platform.world;
    const domains = platform.design.service.upgradeDomains;
    const domainOf = new NumberById(-1);
    const holders = new Map<number, number>();
    const sizes = new Int32Array(domains);
    const check = (instance: number): void => {
      const domain = instances.upgradeDomain[instance];
      if (domain !== domainOf.get(instance))
        broken(`instance ${instance} is in upgrade domain ${domain} and was made for ${domainOf.get(instance)}`);
    };
    return {
      listensTo: [FactKind.instanceChanged, FactKind.instancePlaced],
      hearsMove: (from, to) => from < 0 || to === InstanceState.deleted,
      observe({ kind, subject, value }) {
        const index = instances.index[subject];
        const place = instances.group[subject] * indexes + index;
        if (domainOf.get(subject) < 0) {
          const before = holders.get(place);
          if (before !== undefined) broken(`instance ${subject} is given index ${index}, which instance ${before} has`);
          holders.set(place, subject);
          domainOf.set(subject, index % domains);
        }
        check(subject);
        if (kind === FactKind.instanceChanged && value === InstanceState.deleted) holders.delete(place);
      },
      look() {
        for (const group of groups) {
          const count = group.instances.length;
          sizes.fill(0);
          let isWhole = true;
          for (const id of group.instances) {
            check(id);
            sizes[domainOf.get(id)]++;
            if (instances.index[id] >= count) isWhole = false;
          }
          const difference = Math.max(...sizes) - Math.min(...sizes);
          if (isWhole && difference > 1) broken(`the upgrade domains of role ${group.id} have ${sizes.join(", ")} instances`);
        }
      },
    };
  },
};
