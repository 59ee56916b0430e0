import type { FabricDesign } from "../../model/design.ts";
import type { Defaults } from "../defaults.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import type { Context } from "./context.ts";

type Given = NonNullable<ReadScenario["fabric"]>;

/** Section `fabric` with its defaults. */
export function resolveFabric(given: ReadScenario["fabric"], context: Context): FabricDesign {
  const { fabric: defaults } = context.defaults;
  if (given === undefined) return defaults;
  const fabric: FabricDesign = {
    healing: resolveHealing(given.healing, context.defaults),
    controller: {
      replicas: given.controller?.replicas ?? defaults.controller.replicas,
      lease: given.controller?.lease ?? defaults.controller.lease,
      failover: context.law(given.controller?.failover, defaults.controller.failover, "fabric", "controller", "failover"),
    },
    crashDetection: context.law(given.crashDetection, defaults.crashDetection, "fabric", "crashDetection"),
    roleRestart: context.law(given.roleRestart, defaults.roleRestart, "fabric", "roleRestart"),
    restartBackoff: defined({ ...defaults.restartBackoff }, given.restartBackoff),
    guestHeartbeat: defined({ ...defaults.guestHeartbeat }, given.guestHeartbeat),
    hostHeartbeat: defined({ ...defaults.hostHeartbeat }, given.hostHeartbeat),
    bootBySize: given.bootBySize ?? defaults.bootBySize,
    stagger: context.law(given.stagger, defaults.stagger, "fabric", "stagger"),
    startFailure: resolveStartFailure(given.startFailure, defaults, context),
    guestConnect: given.guestConnect ?? defaults.guestConnect,
    guestReboot: context.law(given.guestReboot, defaults.guestReboot, "fabric", "guestReboot"),
    provision: context.law(given.provision, defaults.provision, "fabric", "provision"),
    reimage: context.law(given.reimage, defaults.reimage, "fabric", "reimage"),
    restartHostFirst: given.restartHostFirst ?? defaults.restartHostFirst,
    hostRestart: context.law(given.hostRestart, defaults.hostRestart, "fabric", "hostRestart"),
    hostRepair: (given.hostRepair ?? defaults.hostRepair).map(({ mends, step, takes }, index) => ({
      step,
      takes: context.law(takes, { law: "constant", value: 0 }, "fabric", "hostRepair", index, "takes"),
      mends,
    })),
    operator: resolveOperator(given.operator, defaults, context),
    drainTimeout: given.drainTimeout ?? defaults.drainTimeout,
    install: context.law(given.install, defaults.install, "fabric", "install"),
    walkPoll: given.walkPoll ?? defaults.walkPoll,
    startTimeout: given.startTimeout ?? defaults.startTimeout,
    scaleIn: given.scaleIn ?? defaults.scaleIn,
    swap: context.law(given.swap, defaults.swap, "fabric", "swap"),
    topologyChange: context.law(given.topologyChange, defaults.topologyChange, "fabric", "topologyChange"),
    swapTransient: {
      probability: given.swapTransient?.probability ?? defaults.swapTransient.probability,
      duration: context.law(given.swapTransient?.duration, defaults.swapTransient.duration, "fabric", "swapTransient", "duration"),
    },
  };
  check(fabric, context);
  return fabric;
}

/** A start that always fails is tried for ever. */
function resolveStartFailure(given: number | undefined, defaults: FabricDesign, context: Context): number {
  if (given !== undefined && given > 0.9)
    context.complain(["fabric", "startFailure"], "at most 90%: a start that always fails is tried for ever");
  return given ?? defaults.startFailure;
}

function resolveHealing(given: Given["healing"], { fabric: defaults, hosting }: Defaults): FabricDesign["healing"] {
  if (given === undefined) return defaults.healing;
  if (typeof given !== "string") return { process: given.process ?? true, guest: given.guest ?? true, host: given.host ?? true };
  const heals = given === "platform";
  // of machines of one's own the platform watches only the servers under them
  const inside = heals && hosting !== "virtual-machines";
  return { process: inside, guest: inside, host: heals };
}

function resolveOperator(given: Given["operator"], defaults: FabricDesign, context: Context): FabricDesign["operator"] {
  if (given === undefined) return defaults.operator;
  return given === "none" ? undefined : context.law(given, { law: "constant", value: 0 }, "fabric", "operator");
}

/** Overwrites fields with those that are given; the order of fields stays that of the defaults. */
function defined<T extends object>(defaults: T, given: { readonly [K in keyof T]?: T[K] | undefined } | undefined): T {
  for (const key of Object.keys(defaults) as (keyof T)[]) {
    const value = given?.[key];
    if (value !== undefined) defaults[key] = value;
  }
  return defaults;
}

function check({ guestHeartbeat, hostHeartbeat, restartBackoff }: FabricDesign, context: Context): void {
  for (const [name, { period, timeout }] of Object.entries({ guestHeartbeat, hostHeartbeat })) {
    if (timeout < period)
      context.complain(["fabric", name], "the timeout is shorter than the period: everybody would count as dead", { part: "key" });
  }
  if (restartBackoff.max < restartBackoff.first) context.complain(["fabric", "restartBackoff"], "max is below first", { part: "key" });
}
