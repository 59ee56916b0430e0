import type { SelectorDesign } from "../model/design.ts";
import type { Platform } from "../model/world.ts";

/** What an operation does, in words: "upgrade production to v2". */
export function operationTitle(platform: Pick<Platform, "design">, operation: number): string {
  const design = platform.design.operations[operation];
  switch (design.kind) {
    case "deploy":
      return `deploy ${design.version} to ${design.slot}`;
    case "delete":
      return `delete ${design.slot}`;
    case "scale":
      return `scale ${design.role} to ${design.instances}`;
    case "upgrade":
      return `upgrade ${design.slot} to ${design.version}`;
    case "host-os-update":
      return "host OS update";
    case "guest-os-update":
      return "guest OS update";
    case "guest-agent-update":
      return "guest agent update";
    case "stop":
    case "start":
      return `${design.kind} ${design.slot}`;
    case "configure":
      return design.change === "certificate" ? "exchange certificates" : "change settings";
    case "rollback":
      return `roll ${design.slot} back`;
    case "walk-upgrade-domain":
      return design.domain === undefined ? "walk to the next upgrade domain" : `walk to upgrade domain ${design.domain}`;
    case "autoscale":
      return `autoscale ${design.role}${design.slot === "staging" ? " in staging" : ""}`;
    case "remote-desktop":
      return `change an instance by hand: ${design.change}`;
    case "swap":
      return "swap staging and production";
    default:
      return `${design.kind} ${instanceText(design.target)}`;
  }
}

function instanceText(target: SelectorDesign): string {
  if (target.select === "instance") return `${target.role}/${target.index}${target.slot === "staging" ? " in staging" : ""}`;
  return "role" in target && target.role !== undefined ? `an instance of ${target.role}` : "an instance";
}
