import fc from "fast-check";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { type Around, aroundScenario } from "./around.ts";
import { leadsOf, Slots } from "./leads.ts";
import { limitsOf, type SizeOptions } from "./limits.ts";
import { maybe, pick, record, whole } from "./pick.ts";
import { itemOf, selectorOf, type TargetDraft, targetDraft } from "./targets.ts";
import { phase } from "./times.ts";

/** One operation of a scenario. */
export type Operation = NonNullable<Scenario["operations"]>[number];

/** What `arb.operations` may be told. */
export interface OperationOptions extends SizeOptions {
  /** The kinds of operations that may come: all unless told otherwise. */
  readonly kinds?: readonly string[];
}

type RoleChange = NonNullable<NonNullable<Extract<Operation, { kind: "deploy" }>["roles"]>[string]>;

/** An operation before it is known what there is to operate: numbers and words that shrink one by one. */
export interface OperationDraft {
  readonly kind: number;
  /** Seconds after the operation before it in the list. */
  readonly gap: number;
  readonly slot: "production" | "staging";
  readonly role: number;
  readonly instances: number;
  readonly target: TargetDraft;
  readonly change: RoleChange | undefined;
  readonly only: boolean;
  readonly mode: "auto" | "manual" | "simultaneous" | undefined;
  /** What kinds make of it: a number of a domain, a choice. */
  readonly extra: number;
  readonly again: string | undefined;
  /** Asked for as it is, whether it can be accepted or not. */
  readonly alone: boolean;
}

/** Drafts of up to so many operations, each of which can be left out. */
export function operationDrafts(options: SizeOptions): fc.Arbitrary<OperationDraft[]> {
  const { instances, operations } = limitsOf(options);
  const change: fc.Arbitrary<RoleChange> = record({
    instances: maybe(whole(0, instances)),
    onStart: maybe(phase),
    concurrency: pick(undefined, undefined, 1, 4),
    crashAfter: pick(undefined, undefined, undefined, "0s", "20s", "never"),
    size: pick(undefined, undefined, "Medium", "Small"),
  });
  const draft: fc.Arbitrary<OperationDraft> = fc.record({
    kind: whole(0, operationKindNames.length - 1),
    gap: whole(0, 90),
    slot: pick("production", "production", "staging"),
    role: whole(0, 2),
    instances: whole(0, instances),
    target: targetDraft,
    change: maybe(change),
    only: pick(false, false, true),
    mode: pick(undefined, "auto", "manual", "simultaneous"),
    extra: whole(0, 5),
    again: pick(undefined, undefined, undefined, "20s"),
    alone: pick(false, false, false, false, false, true),
  });
  return fc.array(draft, { maxLength: operations, size: "max" });
}

/** Operations on a scenario, valid in it whatever stands there already; shrinks towards none. Throws ScenarioError when the scenario is not valid. */
export function operations(scenario: Scenario, options: OperationOptions = {}): fc.Arbitrary<Operation[]> {
  const around = aroundScenario(scenario);
  return operationDrafts(options).map((drafts) => operationsOf(drafts, around, options.kinds ?? operationKindNames));
}

/**
 * The operations that drafts come to where there is so much, of the kinds that are allowed. Most bring what they need to be accepted, of the kinds
 * in `leads`: a swap a deployment in staging, a rollback an upgrade, a start a stop.
 */
export function operationsOf(
  drafts: readonly OperationDraft[],
  around: Around,
  allowed: readonly string[],
  leads: readonly string[] = allowed,
): Operation[] {
  const kinds = operationKindNames.filter((kind) => allowed.includes(kind));
  if (kinds.length === 0) return [];
  const slots = new Slots();
  let at = 0;
  return drafts.flatMap((draft) => {
    const earlier = at;
    at = (at + draft.gap) % around.horizon;
    const own = itemOf(operationKindNames, draft.kind);
    const kind = kinds.includes(own) ? own : itemOf(kinds, draft.kind);
    const operation = (of: Operation["kind"], said: Partial<OperationDraft>, when = at): Operation => {
      const by = { ...draft, ...said };
      return { at: `${when}s`, ...forms[of](by, around), ...(by.again === undefined ? {} : { again: by.again }) } as Operation;
    };
    if (draft.alone) return [operation(kind, {})];
    const slot = slots.suited(kind, draft.slot);
    const needed = leadsOf(kind, draft, slot, slots).filter((lead) => leads.includes(lead.kind));
    for (const lead of needed) slots.follow(lead.kind, lead.said.slot ?? slot);
    slots.follow(kind, slot);
    // what comes first comes as early as it can
    const first = needed.map((lead) => operation(lead.kind, { slot, ...lead.said }, Math.min(earlier, at, Math.floor(around.horizon / 2))));
    // what it needs takes its time
    return [...first, operation(kind, { slot, ...(needed.length > 0 ? { again: draft.again ?? "5s" } : {}) })];
  });
}

/** What is said of an operation of each kind beside its instant. */
const forms: { readonly [K in Operation["kind"]]: (draft: OperationDraft, around: Around) => object } = {
  scale: ({ instances, slot, ...draft }, around) => ({ kind: "scale", slot, role: roleOf(draft, around), instances }),
  reboot: ({ target }, around) => ({ kind: "reboot", instance: selectorOf("instance", target, around) }),
  reimage: ({ target }, around) => ({ kind: "reimage", instance: selectorOf("instance", target, around) }),
  rebuild: ({ target }, around) => ({ kind: "rebuild", instance: selectorOf("instance", target, around) }),
  upgrade: (draft, around) => ({
    kind: "upgrade",
    slot: draft.slot,
    version: "v3",
    ...changeOf(draft, around),
    ...onlyOf(draft, around),
    ...(draft.mode === undefined ? {} : { mode: draft.mode }),
    ...(draft.extra === 4 ? { portal: true, force: draft.only } : {}),
    ...(draft.extra === 5 ? { upgradeDomains: around.upgradeDomains + draft.role } : {}),
  }),
  "walk-upgrade-domain": ({ extra, slot }) => ({ kind: "walk-upgrade-domain", slot, ...(extra < 3 ? {} : { domain: extra - 3 }) }),
  rollback: ({ slot }) => ({ kind: "rollback", slot }),
  deploy: (draft, around) => ({
    kind: "deploy",
    slot: draft.slot,
    version: "v2",
    ...changeOf(draft, around),
    ...(draft.extra === 5 ? { reservedIp: true } : {}),
  }),
  swap: () => ({ kind: "swap" }),
  delete: ({ slot }) => ({ kind: "delete", slot }),
  stop: ({ slot }) => ({ kind: "stop", slot }),
  start: ({ slot }) => ({ kind: "start", slot }),
  configure: (draft, around) => ({
    kind: "configure",
    slot: draft.slot,
    ...onlyOf(draft, around),
    ...(draft.extra === 5 ? { change: "certificate" } : draft.extra === 4 ? { recycle: true } : {}),
  }),
  "host-os-update": () => ({ kind: "host-os-update" }),
  "guest-os-update": () => ({ kind: "guest-os-update" }),
  "guest-agent-update": () => ({ kind: "guest-agent-update" }),
  "remote-desktop": ({ target }, around) => ({
    kind: "remote-desktop",
    instance: selectorOf("instance", target, around),
    change: "a hotfix",
  }),
};

/** The names of all kinds of operations, the plainest first. */
export const operationKindNames = Object.keys(forms) as readonly Operation["kind"][];

function roleOf({ role }: Pick<OperationDraft, "role">, { roles }: Around): string {
  return itemOf(roles, role).name;
}

function changeOf(draft: OperationDraft, around: Around): object {
  return draft.change === undefined ? {} : { roles: { [roleOf(draft, around)]: draft.change } };
}

function onlyOf(draft: OperationDraft, around: Around): object {
  return draft.only ? { only: [roleOf(draft, around)] } : {};
}
