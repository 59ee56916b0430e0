import type { Invariant } from "../invariant.ts";

/** S11. */
export const vipConsistency: Invariant = {
  id: "S11",
  name: "vip-consistency",
  statement:
    "After every event the VIP of each slot leads to the one deployment that is in the slot, or to none when the slot is empty; no deployment is behind both. New connections get where the VIP leads, except that nobody gets anywhere while a swap makes trouble. The service is pinned to a cluster, where there are any, while it has a deployment.",
  watch({ platform, broken }) {
    const { world, design } = platform;
    const { deployments, doors, vips } = world;
    const isPinned = design.datacenter.clusters.length > 0;
    return {
      afterEvent() {
        const [production, staging] = vips;
        if (production >= 0 && production === staging) broken(`deployment ${production} is behind both VIPs`);
        for (let slot = 0; slot < 2; slot++) {
          const vip = vips[slot];
          if (vip >= 0 && deployments[vip].slot !== slot)
            broken(`the VIP of slot ${slot} leads to deployment ${vip}, which is in slot ${deployments[vip].slot}`);
          if (doors[slot] !== (world.shutBy < 0 ? vip : -1))
            broken(`connections to slot ${slot} reach ${doors[slot]}, and its VIP leads to ${vip}`);
        }
        if (isPinned && (production >= 0 || staging >= 0) !== world.cluster >= 0)
          broken(`pinned to cluster ${world.cluster} with deployments ${vips.join(" and ")}`);
      },
      look() {
        for (const { id, slot } of deployments)
          if (slot >= 0 && vips[slot] !== id) broken(`deployment ${id} is in slot ${slot}, whose VIP leads to ${vips[slot]}`);
      },
    };
  },
};
