import { FactKind } from "../../model/facts.ts";
import { Flows } from "../accounts/flows.ts";
import type { Invariant } from "../invariant.ts";

/** S12. */
export const swapAtomicity: Invariant = {
  id: "S12",
  name: "swap-atomicity",
  statement:
    "A swap exchanges both slots at one instant: every new flow before it reaches the deployment that was in its slot, every new flow after it the other one, and the same swap again restores what was; while it makes trouble no new flow gets through. Otherwise a slot changes only from empty to a new deployment, or to empty when its deployment is deleted. A session that keeps its connection, and work that is under way, stay where they are; another attempt of a request is a new flow.",
  watch({ account, platform, broken }) {
    const { calendar, catalogue, world } = platform;
    let [production, staging] = [-1, -1];
    let newest = -1;
    let shutBy = -1;
    let shutUntil = -1;
    account(Flows).listeners.push((client, instance) => {
      const slot = catalogue.clients[client].slot;
      const { deployment } = world.groups[world.instances.group[instance]];
      const expected = slot === 0 ? production : staging;
      // the trouble ends by itself; that the swap is done waits for somebody who decides
      if (shutBy >= 0 && calendar.now < shutUntil) broken(`a new flow of client ${client} gets through in a swap that shuts out everybody`);
      if (deployment !== expected)
        broken(`a new flow of client ${client} reaches deployment ${deployment}, and ${expected} is in slot ${slot}`);
    });
    const follow = (before: number, now: number): number => {
      const isNew = before < 0 && now > newest;
      const isGone = now < 0 && world.deployments[before].slot < 0;
      if (!isNew && !isGone) broken(`a slot changes from deployment ${before} to ${now} without a swap`);
      if (isNew) newest = now;
      return now;
    };
    // a deployment that comes or goes tells how many instances it is asked to have
    const catchUp = (): void => {
      const [first, second] = world.vips;
      if (first !== production) production = follow(production, first);
      if (second !== staging) staging = follow(staging, second);
    };
    return {
      listensTo: [FactKind.slotsSwapped, FactKind.connectionsShut, FactKind.operationFinished, FactKind.instancesAsked],
      observe(fact) {
        if (fact.kind === FactKind.slotsSwapped) {
          if (fact.subject !== staging || fact.value !== production)
            broken(`a swap of ${production} and ${staging} puts ${fact.subject} into production and ${fact.value} into staging`);
          [production, staging] = [staging, production];
        } else if (fact.kind === FactKind.connectionsShut) {
          shutBy = fact.subject;
          shutUntil = fact.at + fact.value;
        } else if (fact.kind === FactKind.operationFinished) {
          if (fact.subject === shutBy) shutBy = -1;
        } else if (fact.kind === FactKind.instancesAsked) catchUp();
      },
      look: catchUp,
    };
  },
};
