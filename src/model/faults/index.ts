import { appCrash } from "./appCrash.ts";
import { appHang } from "./appHang.ts";
import type { FaultKind } from "./fault.ts";
import { hostFailure } from "./hostFailure.ts";
import { pause } from "./pause.ts";
import { rackPower } from "./rackPower.ts";
import { vmFailure } from "./vmFailure.ts";

/** Every kind of fault, in the order of the reference page. */
export const faults: readonly FaultKind[] = [appCrash, appHang, pause, vmFailure, hostFailure, rackPower];
