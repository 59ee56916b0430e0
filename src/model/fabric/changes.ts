import type { OperationDesign } from "../design.ts";
import type { Platform } from "../world.ts";

type Upgrade = Extract<OperationDesign, { kind: "upgrade" }>;

/** Why the platform does not make this change in place (platform-facts 1.3); undefined when it does. `firstGroup` is the deployment's first role. */
export function changeReason(platform: Platform, design: Upgrade, firstGroup: number): string | undefined {
  const { world, catalogue, design: all } = platform;
  const domains = design.upgradeDomains;
  if (domains !== undefined && domains !== all.service.upgradeDomains)
    return `upgradeDomainCount cannot be changed in place: it is ${all.service.upgradeDomains}, the new definition says ${domains}`;
  for (let role = 0; role < design.roles.length; role++) {
    const { name, localStorage } = design.roles[role];
    if (design.only.length > 0 && !design.only.includes(name)) continue;
    const group = world.groups[firstGroup + role];
    if (design.portal && !design.force && group.asked === 1)
      return `the portal wants force: ${name} has a single instance, which is down during the whole update`;
    const before = catalogue.programs[group.program].design.localStorage;
    const shrunk = localStorage.find((folder) => folder.sizeMiB < (before.find((old) => old.name === folder.name)?.sizeMiB ?? 0));
    if (shrunk !== undefined) return `local storage ${shrunk.name} of ${name} would shrink: in place it can only grow`;
  }
  return undefined;
}
