import type { RunResult } from "../../experiment/result.ts";
import type { Micros } from "../../kernel/time.ts";
import { FactKind } from "../../model/facts.ts";
import { grouped } from "../numbers.ts";
import type { RootedFact } from "./causes.ts";
import { silentWords, struckWords } from "./incidentWords.ts";
import type { Narration, Telling, TellingKind } from "./telling.ts";

/** How a stretch of a fault or operation is drawn: nobody knows, somebody knows, a restart is tried, it is mended, it is planned. */
export type PhaseLook = "unnoticed" | "noticed" | "attempt" | "healing" | "operation";

/** A stretch of time in which one thing was going on. */
export interface Phase {
  readonly from: Micros;
  readonly to: Micros;
  readonly look: PhaseLook;
  readonly label: string;
}

/** One strike of a fault, or one operation, from its begin to its end. */
export interface Act {
  readonly from: Micros;
  /** Everything is as before; the horizon when it is not. */
  readonly to: Micros;
  /** Somebody knew; equal to `to` when nobody did. Of an operation: its begin. */
  readonly noticedAt: Micros;
  readonly isOperation: boolean;
  /** What had struck, or the operation's title: `host 0 failed`. */
  readonly cause: string;
  readonly phases: readonly Phase[];
  /** Instance-time lost. */
  readonly cost: Micros;
}

const cuts: Readonly<Partial<Record<TellingKind, PhaseLook>>> = {
  dropped: "noticed",
  declaredDead: "attempt",
  crashNoticed: "healing",
  guestDeclaredDead: "healing",
  hangNoticed: "healing",
  ownerActed: "healing",
  excluded: "noticed",
  replaced: "healing",
  restartFailed: "healing",
  restarted: "healing",
  placed: "healing",
};
const order: readonly PhaseLook[] = ["unnoticed", "noticed", "attempt", "healing"];

/** What every fault and operation within the horizon led to, the costliest first. */
export function actsOf(narration: Narration, result: RunResult): readonly Act[] {
  const { horizon } = result.design;
  const byRoot = new Map<RootedFact, Telling[]>();
  for (const telling of narration.tellings) {
    if (telling.root === null || telling.root.at >= horizon) continue;
    const known = byRoot.get(telling.root);
    if (known === undefined) byRoot.set(telling.root, [telling]);
    else known.push(telling);
  }
  const acts = [...byRoot].map(([root, tellings]) =>
    root.kind === FactKind.operationStarted ? operationAct(root, narration, result) : faultAct(root, tellings, narration, result),
  );
  return acts.sort((a, b) => b.cost - a.cost || a.from - b.from);
}

function operationAct(root: RootedFact, narration: Narration, { cast, design }: RunResult): Act {
  const to = Math.min(narration.finishedAt.get(root) ?? design.horizon, design.horizon);
  const cause = cast.operations[root.subject]?.title ?? "operation";
  const phase: Phase = { from: root.at, to, look: "operation", label: capital(cause) };
  return { from: root.at, to, noticedAt: root.at, isOperation: true, cause, phases: [phase], cost: to - root.at };
}

function faultAct(root: RootedFact, tellings: readonly Telling[], narration: Narration, result: RunResult): Act {
  const { horizon } = result.design;
  const cost = narration.cost.get(root) ?? 0;
  const readyAt = Math.min(narration.healedAt.get(root) ?? (cost > 0 ? horizon : root.at), horizon);
  const recovered = tellings.filter(({ kind }) => kind === "backInRotation" || kind === "readyAgain").at(-1)?.at;
  const to = cost === 0 ? root.at : Math.max(readyAt, narration.healedAt.has(root) ? Math.min(recovered ?? readyAt, horizon) : horizon);
  const phases: Phase[] = [];
  let from = root.at;
  let look: PhaseLook = "unnoticed";
  let label = "Not noticed";
  for (const telling of tellings) {
    const next = cuts[telling.kind];
    if (next === undefined || order.indexOf(next) <= order.indexOf(look) || telling.at >= readyAt) continue;
    if (telling.at > from) phases.push({ from, to: telling.at, look, label });
    from = telling.at;
    look = next;
    label = phaseLabel(telling, root, tellings, result);
  }
  if (readyAt > from) phases.push({ from, to: readyAt, look, label });
  const noticed = tellings.find(({ kind }) => cuts[kind] !== undefined)?.at ?? to;
  const { kind, target } = result.cast.incidents[root.subject];
  return {
    from: root.at,
    to,
    noticedAt: Math.min(noticed, to),
    isOperation: false,
    cause: struckWords(kind, target),
    phases,
    cost,
  };
}

function phaseLabel(telling: Telling, root: RootedFact, tellings: readonly Telling[], { cast }: RunResult): string {
  if (telling.kind === "dropped") return silentWords(cast.incidents[root.subject].kind) ?? "Not answering";
  if (telling.kind === "declaredDead")
    return tellings.some(({ kind }) => kind === "restartFailed") ? "Restart attempt, fails" : "Restart attempt";
  const [first] = telling.instances;
  const healed = new Set(tellings.filter(({ kind }) => cuts[kind] === "healing").flatMap(({ instances }) => instances));
  // a step of a host's repair has no instances of its own
  if (first === undefined) return "Being repaired";
  if (healed.size !== 1) return `${grouped(healed.size)} instances start`;
  const where = telling.hosts.length === 1 ? `starts on host ${telling.hosts[0]}` : "starts again";
  return `${cast.instances[first].name} ${where}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
