import { appCrash } from "./appCrash.ts";
import { appErrors } from "./appErrors.ts";
import { appHang } from "./appHang.ts";
import { controllerFailure } from "./controllerFailure.ts";
import { controlPlaneOutage } from "./controlPlaneOutage.ts";
import type { FaultKind } from "./fault.ts";
import { flap } from "./flap.ts";
import { hostFailure } from "./hostFailure.ts";
import { pause } from "./pause.ts";
import { queueOutage } from "./queueOutage.ts";
import { rackPower } from "./rackPower.ts";
import { rackSwitch } from "./rackSwitch.ts";
import { slow } from "./slow.ts";
import { slowBoot } from "./slowBoot.ts";
import { slowHost } from "./slowHost.ts";
import { storeOutage } from "./storeOutage.ts";
import { vmFailure } from "./vmFailure.ts";
import { webProcessCrash } from "./webProcessCrash.ts";

/** Every kind of fault, in the order of the reference page. */
export const faults: readonly FaultKind[] = [
  appCrash,
  appHang,
  webProcessCrash,
  appErrors,
  slow,
  flap,
  slowBoot,
  pause,
  vmFailure,
  hostFailure,
  slowHost,
  rackPower,
  rackSwitch,
  controllerFailure,
  controlPlaneOutage,
  storeOutage,
  queueOutage,
];
