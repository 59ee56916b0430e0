import type { Micros } from "../kernel/time.ts";
import type { LawSpec } from "../random/lawSpec.ts";
import type { Cells } from "./defaultCells.ts";

/** When the platform patches itself, and how long that takes. */
export interface PatchCalendar {
  readonly isOn: boolean;
  readonly hostOs: { readonly every: Micros; readonly after: LawSpec; readonly duration: LawSpec; readonly between: LawSpec };
  readonly guestOs: { readonly every: Micros; readonly after: LawSpec; readonly disabledAfter: Micros; readonly forcedAfter: Micros };
  readonly guestAgent: { readonly every: Micros; readonly after: LawSpec; readonly duration: LawSpec };
}

/** The patch calendar of a preset. */
export function readPatching({ choice, duration, law }: Cells): PatchCalendar {
  const pass = (name: string) => ({ every: duration(`patching.${name}.every`), after: law(`patching.${name}.after`) });
  return {
    isOn: choice("patching") === "default",
    hostOs: { ...pass("hostOs"), duration: law("patching.hostOs.duration"), between: law("patching.hostOs.between") },
    guestOs: {
      ...pass("guestOs"),
      disabledAfter: duration("patching.guestOs.disabledAfter"),
      forcedAfter: duration("patching.guestOs.forcedAfter"),
    },
    guestAgent: { ...pass("guestAgent"), duration: law("patching.guestAgent.duration") },
  };
}
