import fc from "fast-check";
import type { FaultKind, FaultParameter } from "../../model/faults/fault.ts";
import { faults as faultKinds } from "../../model/faults/index.ts";
import type { FaultInput } from "../../scenario/schema/faults.ts";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { type Around, aroundScenario } from "./around.ts";
import { limitsOf, type SizeOptions } from "./limits.ts";
import { pick, whole } from "./pick.ts";
import { itemOf, selectorOf, type TargetDraft, targetDraft } from "./targets.ts";

/** What `arb.faultSchedule` may be told. */
export interface FaultOptions extends SizeOptions {
  /** The kinds of faults that may come: all unless told otherwise. */
  readonly kinds?: readonly string[];
}

/** A fault before it is known what there is to strike: numbers that shrink one by one. */
export interface FaultDraft {
  readonly kind: number;
  readonly target: TargetDraft;
  /** Seconds after the fault before it in the list. */
  readonly gap: number;
  /** Again and again after such times, in place of once. */
  readonly every: string | undefined;
  readonly repairAfter: string | undefined;
  readonly class: number;
  /** For each parameter of the kind, 0 for its default. */
  readonly parameters: readonly number[];
  readonly together: "apart" | "shock" | "beta";
}

const faultDraft: fc.Arbitrary<FaultDraft> = fc.record({
  kind: whole(0, faultKinds.length - 1),
  target: targetDraft,
  gap: whole(0, 90),
  every: pick(undefined, undefined, undefined, "90s", "exponential(90s)", "weibull(2min, 0.7)"),
  repairAfter: pick("0s", undefined, "1s", "10s", "60s", "exponential(20s)"),
  class: whole(0, 3),
  parameters: fc.tuple(whole(0, 10), whole(0, 10)),
  together: pick("apart", "shock", "beta"),
});

/** Drafts of up to so many faults, each of which can be left out. */
export function faultDrafts(options: SizeOptions): fc.Arbitrary<FaultDraft[]> {
  return fc.array(faultDraft, { maxLength: limitsOf(options).faults, size: "max" });
}

/** Faults for a scenario, valid in it whatever stands there already; shrinks towards none. Throws ScenarioError when the scenario is not valid. */
export function faultSchedule(scenario: Scenario, options: FaultOptions = {}): fc.Arbitrary<FaultInput[]> {
  const around = aroundScenario(scenario);
  return faultDrafts(options).map((drafts) => faultsOf(drafts, around, options.kinds ?? faultKindNames));
}

/** The names of all kinds of faults. */
export const faultKindNames: readonly string[] = faultKinds.map(({ kind }) => kind);

/** The faults that drafts come to where there is so much, of the kinds that are allowed; none when none of these has a target. */
export function faultsOf(drafts: readonly FaultDraft[], around: Around, allowed: readonly string[]): FaultInput[] {
  const kinds = faultKinds.filter(({ kind, strikes }) => allowed.includes(kind) && hasTarget(strikes, around));
  if (kinds.length === 0) return [];
  let at = 0;
  return drafts.map((draft) => {
    at = (at + draft.gap) % around.horizon;
    const own = faultKinds[draft.kind] as FaultKind;
    return faultOf(draft, kinds.includes(own) ? own : itemOf(kinds, draft.kind), at, around);
  });
}

function hasTarget(strikes: FaultKind["strikes"], { queues, stores }: Around): boolean {
  return strikes === "store" ? stores.length > 0 : strikes === "queue" ? queues.length > 0 : true;
}

function faultOf(draft: FaultDraft, kind: FaultKind, at: number, around: Around): FaultInput {
  const { every, repairAfter, together } = draft;
  const target = kind.strikes === "controller" ? undefined : selectorOf(kind.strikes, draft.target, around);
  const isMany = target?.startsWith("each(") === true;
  // a queue that is out for good keeps its messages coming back for ever
  const mustEnd = kind.repair === "required" || kind.strikes === "queue";
  const repair = repairAfter ?? (mustEnd ? "30s" : undefined);
  const classes = kind.classes ?? [];
  const parameters = (kind.parameters ?? []).flatMap((parameter, index) => {
    const value = parameterOf(parameter, draft.parameters[index] ?? 0);
    return value === undefined ? [] : [[parameter.name, value] as const];
  });
  return {
    kind: kind.kind,
    ...(every === undefined ? { at: `${at}s` } : { every }),
    ...(target === undefined ? {} : { [kind.strikes]: target }),
    ...(repair === undefined ? {} : { repairAfter: repair }),
    ...(classes.length > 0 && draft.class > 0 ? { class: itemOf(classes, draft.class) } : {}),
    ...(isMany && together === "shock" ? { shock: { hits: "60%", within: "20s" } } : {}),
    ...(isMany && together === "beta" && every !== undefined ? { commonCause: "30%" } : {}),
    ...Object.fromEntries(parameters),
  };
}

/** A value from what the kind says of its parameter; 0 is the default where there is one. */
function parameterOf({ choices = [], default: absent, max = 10, min = 0, type }: FaultParameter, drawn: number) {
  if (drawn === 0 && absent !== undefined) return undefined;
  switch (type) {
    case "number":
      return Math.min(max, Math.ceil(min) + drawn);
    case "share":
      return itemOf(["100%", "30%", "0%"], drawn);
    case "duration":
      return `${3 * drawn}s`;
    case "law":
      return itemOf(["1s", "7s", "exponential(10s)"], drawn);
    case "choice":
      return itemOf(choices, drawn);
  }
}
