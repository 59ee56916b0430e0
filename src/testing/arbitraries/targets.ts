import type fc from "fast-check";
import type { Struck } from "../../model/design.ts";
import type { Around } from "./around.ts";
import { record, whole } from "./pick.ts";

/** Which of the ways to name a target, and which of the things; shrinks towards the first thing by its name. */
export interface TargetDraft {
  readonly form: number;
  readonly which: number;
}

/** Any target, before it is known what there is. */
export const targetDraft: fc.Arbitrary<TargetDraft> = record({ form: whole(0, 5), which: whole(0, 15) });

/** The selector that a draft comes to where there is so much: always of something that exists. */
export function selectorOf(struck: Struck, { form, which }: TargetDraft, around: Around): string {
  const instance = instanceOf(which, around);
  const { faultDomains, hosts, queues, stores } = around;
  switch (struck) {
    case "instance": {
      const { name } = itemOf(around.roles, which);
      const staging = instance === undefined ? undefined : `staging:${instance}`;
      return choose(form, [instance, `random(${name})`, `each(${name})`, "random(instance)", "each(instance)", staging]);
    }
    case "host":
      return choose(form, [instance && `hostOf(${instance})`, `host(${which % hosts})`, "random(host)", "each(host)"]);
    case "faultDomain":
      return choose(form, [
        instance && `faultDomainOf(${instance})`,
        `faultDomain(${which % faultDomains})`,
        "random(faultDomain)",
        "each(faultDomain)",
      ]);
    case "store":
      return choose(form, [`store(${itemOf(stores, which)})`, "random(store)", "each(store)"]);
    case "queue":
      return choose(form, [`queue(${itemOf(queues, which)})`, "random(queue)", "each(queue)"]);
  }
}

/** The item at an index that may be larger than the list is long. Throws RangeError when the list is empty. */
export function itemOf<T>(items: readonly T[], index: number): T {
  if (items.length === 0) throw new RangeError("there is nothing to choose from");
  return items[index % items.length] as T;
}

/** The number of an instance that exists from the start, or undefined where the role has none. */
function instanceOf(which: number, { roles }: Around): string | undefined {
  const { instances, name } = itemOf(roles, which);
  return instances === 0 ? undefined : `${name}/${Math.floor(which / roles.length) % instances}`;
}

function choose(form: number, forms: readonly (string | undefined)[]): string {
  return itemOf(
    forms.filter((text) => text !== undefined),
    form,
  );
}
