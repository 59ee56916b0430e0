import type { FaultDesign, SelectorDesign } from "../../model/design.ts";
import type { FaultParameter } from "../../model/faults/fault.ts";
import { faults as faultKinds } from "../../model/faults/index.ts";
import type { LawSpec } from "../../random/lawSpec.ts";
import type { LawDraft } from "../lawText.ts";
import type { Path } from "../place.ts";
import type { FaultOutput } from "../schema/faults.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import { withCommonCause } from "./commonCause.ts";
import type { Context } from "./context.ts";
import { checkTarget, type Targets } from "./targets.ts";
import { loadTrace } from "./trace.ts";

/** Section `faults`, or the rates of the preset. */
export function resolveFaults(given: ReadScenario["faults"], targets: Targets, context: Context): readonly FaultDesign[] {
  if (given === undefined) return [];
  if (given === "default") return context.defaults.faults;
  return given.flatMap((fault, index) => {
    const path = ["faults", index];
    const kind = faultKinds.find((candidate) => candidate.kind === fault.kind);
    const target = resolveTarget(fault, path, targets, context);
    const times = [fault.at, fault.every, fault.trace].filter((time) => time !== undefined).length;
    if (times === 0) context.complain(path, `${fault.kind} needs at, every or trace: when does it strike?`);
    if (fault.at !== undefined && fault.every !== undefined) {
      context.complain([...path, "every"], "a fault strikes at an instant or every so often: give one of the two", { part: "key" });
    } else if (times > 1) context.complain([...path, "trace"], "records of failures stand in place of at and every", { part: "key" });
    if (fault.at !== undefined) context.checkInstant(fault.at, [...path, "at"]);
    const trace = fault.trace === undefined ? undefined : loadTrace(fault.trace, [...path, "trace"], context);
    if (trace?.target !== undefined && target.select !== "each")
      context.complain([...path, "trace", "node"], "machines are mapped to several targets: each(...)", { part: "key" });
    const design: FaultDesign = {
      kind: fault.kind,
      target,
      at: fault.at,
      every: fault.every === undefined ? undefined : context.clock(fault.every, ...path, "every"),
      repairAfter: fault.repairAfter === undefined ? undefined : context.law(fault.repairAfter, never, ...path, "repairAfter"),
      class: fault.class ?? kind?.classes?.[0],
      parameters: kind?.parameters === undefined ? undefined : resolveParameters(kind.parameters, fault, path, context),
      ...(trace === undefined ? {} : { trace }),
    };
    return withCommonCause(design, fault, path, context);
  });
}

const never = { law: "constant", value: 0 } as const;

/** A value for each parameter of the kind, defaults filled in. */
function resolveParameters(
  parameters: readonly FaultParameter[],
  fault: FaultOutput,
  path: Path,
  context: Context,
): Readonly<Record<string, number | string | LawSpec>> {
  const values: Record<string, number | string | LawSpec> = {};
  for (const { default: absent, name, type } of parameters) {
    const given = fault[name];
    if (given !== undefined && type === "law") values[name] = context.law(given as LawDraft, never, ...path, name);
    else values[name] = (given ?? absent) as number | string | LawSpec;
  }
  return values;
}

/** What the entry aims at, checked; of the controller there is one. */
function resolveTarget(fault: FaultOutput, path: Path, targets: Targets, context: Context): SelectorDesign {
  for (const key of ["instance", "host", "faultDomain", "store", "queue"] as const) {
    const target = fault[key];
    if (target === undefined) continue;
    checkTarget(target, [...path, key], targets, context);
    return target.selector;
  }
  return { select: "controller" };
}
