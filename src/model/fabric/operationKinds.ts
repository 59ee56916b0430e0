import type { OperationDesign } from "../design.ts";
import { autoscale } from "./autoscale.ts";
import { configure } from "./configure.ts";
import { deleteDeployment, deploy } from "./deploy.ts";
import type { OperationKind } from "./operationKind.ts";
import { guestAgentUpdate, guestOsUpdate, hostOsUpdate } from "./patches.ts";
import { remoteDesktop } from "./remoteDesktop.ts";
import { reboot, rebuild, reimage } from "./restartInstance.ts";
import { scale } from "./scale.ts";
import { start, stop } from "./suspend.ts";
import { swap } from "./swap.ts";
import { rollback, upgrade, walkUpgradeDomain } from "./upgrade.ts";

/** Every kind of operation, by the name used in scenario files. */
export const operationKinds: { readonly [K in OperationDesign["kind"]]: OperationKind } = {
  deploy: deploy as OperationKind,
  delete: deleteDeployment as OperationKind,
  scale: scale as OperationKind,
  upgrade: upgrade as OperationKind,
  "walk-upgrade-domain": walkUpgradeDomain as OperationKind,
  rollback: rollback as OperationKind,
  stop: stop as OperationKind,
  start: start as OperationKind,
  configure: configure as OperationKind,
  "host-os-update": hostOsUpdate as OperationKind,
  "guest-os-update": guestOsUpdate as OperationKind,
  "guest-agent-update": guestAgentUpdate as OperationKind,
  swap: swap as OperationKind,
  autoscale: autoscale as OperationKind,
  reboot: reboot as OperationKind,
  reimage: reimage as OperationKind,
  rebuild: rebuild as OperationKind,
  "remote-desktop": remoteDesktop as OperationKind,
};
