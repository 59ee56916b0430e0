import { type Micros, never, second } from "../../kernel/time.ts";
import type { FaultDesign, OperationDesign, PatchingDesign } from "../../model/design.ts";
import type { LawSpec } from "../../random/lawSpec.ts";
import type { PatchCalendar } from "../patchCalendar.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import { grouped } from "../schema/walk.ts";
import type { Context } from "./context.ts";

/** What a patch calendar brings: passes that somebody runs, and pauses for maintenance that keeps memory. */
interface Patching {
  readonly design: PatchingDesign;
  readonly passes: readonly OperationDesign[];
  readonly pauses: readonly FaultDesign[];
}

type PatchKind = Extract<OperationDesign, { kind: `${string}-update` }>["kind"];

/** How many passes of one kind a calendar may have: a pass a week for the longest horizon. */
const mostPasses = 15_000;

/** Section `patching`, with the passes that it brings in the horizon. */
export function resolvePatching(given: ReadScenario, context: Context): Patching {
  const calendar = readCalendar(given.patching, context);
  const { guestAgent, guestOs, hostOs, isOn } = calendar;
  const design: PatchingDesign = { hostUpdate: hostOs.duration, hostPause: hostOs.between, agentUpdate: guestAgent.duration };
  const forcedAt = endOfPin(given.service, calendar, context);
  const { hosting } = context.defaults;
  // App Service moves applications to workers that are patched already: nobody sees it
  if (!isOn || hosting === "app-service") return { design, passes: [], pauses: [] };
  const guestPasses =
    forcedAt === undefined ? passesOf("guest-os-update", guestOs.every, guestOs.after, context) : forcedPass(forcedAt, context);
  // hosts of virtual machines are patched under them, and the owner patches what is inside
  if (hosting === "virtual-machines") return { design, passes: guestPasses, pauses: pausesOf(hostOs.every) };
  return {
    design,
    pauses: [],
    passes: [
      ...passesOf("host-os-update", hostOs.every, hostOs.after, context),
      ...guestPasses,
      ...passesOf("guest-agent-update", guestAgent.every, guestAgent.after, context),
    ],
  };
}

function readCalendar(given: ReadScenario["patching"], context: Context): PatchCalendar {
  const { patching: defaults } = context.defaults;
  if (given === undefined) return defaults;
  if (typeof given === "string") return { ...defaults, isOn: given === "default" };
  const { guestAgent, guestOs, hostOs } = given;
  const law = (name: "hostOs" | "guestOs" | "guestAgent", key: string, draft: Parameters<Context["law"]>[0], fallback: LawSpec): LawSpec =>
    context.law(draft, fallback, "patching", name, key);
  const every = (name: "hostOs" | "guestOs" | "guestAgent"): Micros => {
    const period = given[name]?.every ?? defaults[name].every;
    if (period === 0) context.complain(["patching", name, "every"], "a period must be above 0s; never switches the pass off");
    const passes = Math.ceil(context.horizon / period);
    if (period > 0 && passes > mostPasses)
      context.complain(
        ["patching", name, "every"],
        `the horizon has ${grouped(passes)} such periods, at most ${grouped(mostPasses)} passes are planned`,
        { follows: [["horizon"]] },
      );
    return period;
  };
  return {
    isOn: true,
    hostOs: {
      every: every("hostOs"),
      after: law("hostOs", "after", hostOs?.after, defaults.hostOs.after),
      duration: law("hostOs", "duration", hostOs?.duration, defaults.hostOs.duration),
      between: law("hostOs", "between", hostOs?.between, defaults.hostOs.between),
    },
    guestOs: {
      every: every("guestOs"),
      after: law("guestOs", "after", guestOs?.after, defaults.guestOs.after),
      disabledAfter: guestOs?.disabledAfter ?? defaults.guestOs.disabledAfter,
      forcedAfter: guestOs?.forcedAfter ?? defaults.guestOs.forcedAfter,
    },
    guestAgent: {
      every: every("guestAgent"),
      after: law("guestAgent", "after", guestAgent?.after, defaults.guestAgent.after),
      duration: law("guestAgent", "duration", guestAgent?.duration, defaults.guestAgent.duration),
    },
  };
}

/** Every VM is frozen once in about a period for less than ten seconds, each at a time of its own. */
function pausesOf(every: Micros): readonly FaultDesign[] {
  if (every === 0 || every === never) return [];
  return [
    {
      kind: "pause",
      target: { select: "each", among: "instance" },
      every: { law: "uniform", min: (every * 2) / 3, max: (every * 4) / 3 },
      repairAfter: { law: "uniform", min: second, max: 10 * second },
    },
  ];
}

/** One pass in every period that begins within the horizon; a period that is too short was complained of. */
function passesOf(kind: PatchKind, every: Micros, after: LawSpec, { horizon }: Context): OperationDesign[] {
  const passes: OperationDesign[] = [];
  if (every === 0 || every === never || horizon / every > mostPasses) return passes;
  for (let pass = 0; pass * every < horizon; pass++) passes.push({ kind, at: pass * every, pass, after });
  return passes;
}

/** When a pinned guest OS is replaced by force, from the start of the scenario; undefined for "*", which is patched every month. */
function endOfPin(service: ReadScenario["service"], { guestOs }: PatchCalendar, context: Context): Micros | undefined {
  const { defaults } = context;
  const version = service.osVersion ?? defaults.osVersion;
  if (version === "*") {
    if (service.osAge !== undefined)
      context.complain(["service", "osAge"], 'osAge goes with a pinned osVersion: "*" is always the latest', { part: "key" });
    return undefined;
  }
  if (guestOs.disabledAfter === never || guestOs.forcedAfter === never) return never;
  return Math.max(0, guestOs.disabledAfter + guestOs.forcedAfter - (service.osAge ?? defaults.osAge));
}

function forcedPass(at: Micros, { horizon }: Context): OperationDesign[] {
  return at > horizon ? [] : [{ kind: "guest-os-update", at, pass: 0, after: { law: "constant", value: 0 } }];
}
