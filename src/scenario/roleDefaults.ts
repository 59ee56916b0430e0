import { type Micros, never } from "../kernel/time.ts";
import type { LawSpec } from "../random/lawSpec.ts";
import type { Cells } from "./defaultCells.ts";

/** The kinds of roles. */
export type RoleKind = "web" | "worker";

/** The defaults of a role, by its kind. */
export interface RoleDefaults {
  readonly size: string;
  readonly instances: number;
  readonly queueLimit: number;
  readonly batch: number;
  readonly renewLease: boolean;
  readonly service: LawSpec;
  readonly discipline: "fifo" | "processor-sharing";
  readonly scaleBySize: boolean;
  readonly cancelOnTimeout: boolean;
  readonly coldStart: LawSpec;
  readonly idleTimeout: Micros;
  readonly recycleEvery: Micros;
  readonly taskType: "simple" | "foreground" | "background";
  readonly taskDuration: LawSpec;
  readonly taskFails: number;
  readonly taskIdempotent: boolean;
  readonly onStartFails: number;
  readonly answersWhileStopping: boolean;
  readonly roleStart: LawSpec;
  readonly onStart: LawSpec;
  readonly onStop: LawSpec;
  readonly storageSize: number;
  readonly cleanOnRoleRecycle: boolean;
}

/** The defaults of roles of one kind. */
export function readRole({ choice, count, duration, flag, law, number, share, size }: Cells, of: RoleKind): RoleDefaults {
  const key = (name: string): string => `service.roles.*.${name}`;
  const isWeb = of === "web";
  return {
    size: choice(key("size")),
    instances: number(key("instances")),
    queueLimit: count(key("queueLimit"), -1),
    batch: number(key("batch")),
    renewLease: flag(key("renewLease")),
    service: law(key("service")),
    discipline: choice(key("discipline")) as "fifo",
    scaleBySize: flag(key("scaleBySize")),
    cancelOnTimeout: flag(key("cancelOnTimeout")),
    coldStart: isWeb ? law(key("coldStart")) : { law: "constant", value: 0 },
    idleTimeout: isWeb ? duration(key("idleTimeout")) : never,
    recycleEvery: isWeb ? duration(key("recycleEvery")) : never,
    taskType: choice(key("startupTasks.*.type")) as "simple",
    taskDuration: law(key("startupTasks.*.duration")),
    taskFails: share(key("startupTasks.*.fails")),
    taskIdempotent: flag(key("startupTasks.*.idempotent")),
    answersWhileStopping: flag(key("answersWhileStopping")),
    onStartFails: share(key("onStartFails")),
    roleStart: law(key("roleStart"), of),
    onStart: law(key("onStart")),
    onStop: law(key("onStop")),
    storageSize: size(key("localStorage.*.size")),
    cleanOnRoleRecycle: flag(key("localStorage.*.cleanOnRoleRecycle")),
  };
}
