import type { RunResult } from "../../experiment/result.ts";
import type { Micros } from "../../kernel/time.ts";
import { FactKind, factKindNames } from "../../model/facts.ts";
import { InstanceState } from "../../model/status.ts";
import type { RootedFact } from "./causes.ts";
import { endsWords } from "./incidentWords.ts";
import type { Narration, Telling, TellingKind } from "./telling.ts";

type Draft = { -readonly [K in keyof Telling]: Telling[K] extends readonly (infer E)[] ? E[] : Telling[K] };

/** Reads the facts in order and picks what is worth telling. */
export function narrate(result: RunResult, facts: readonly RootedFact[]): Narration {
  const narrator = new Narrator(result);
  for (const fact of facts) narrator.hear(fact);
  return narrator.finish();
}

class Narrator {
  private readonly tellings: Draft[] = [];
  private readonly cost = new Map<RootedFact, Micros>();
  private readonly healedAt = new Map<RootedFact, Micros>();
  private readonly finishedAt = new Map<RootedFact, Micros>();
  /** The latest begin of each operation. */
  private readonly begun = new Map<number, RootedFact>();
  private readonly struck = new Map<RootedFact, Draft>();
  /** Hosts that died with instances on them. */
  private readonly lostHosts = new Set<number>();
  private readonly state: (InstanceState | -1)[];
  private readonly host: number[];
  private readonly inRotation: (boolean | undefined)[];
  /** What an instance suffers from, and since when. */
  private readonly trouble: ({ readonly root: RootedFact; readonly since: Micros } | undefined)[];
  private readonly horizon: Micros;
  private readonly incidents: RunResult["cast"]["incidents"];
  private readonly operations: RunResult["cast"]["operations"];
  private readonly reasons: RunResult["cast"]["reasons"];

  constructor({ cast, design }: RunResult) {
    this.incidents = cast.incidents;
    this.operations = cast.operations;
    this.reasons = cast.reasons;
    this.state = cast.instances.map(() => -1);
    this.host = cast.instances.map(() => -1);
    this.inRotation = cast.instances.map(() => undefined);
    this.trouble = cast.instances.map(() => undefined);
    this.horizon = design.horizon;
  }

  /** What was heard, without the ends of faults that the reader is told of anyway. */
  finish(): Narration {
    for (const trouble of this.trouble) {
      if (trouble === undefined) continue;
      this.addCost(trouble.root, Math.max(0, this.horizon - trouble.since));
      this.healedAt.delete(trouble.root);
    }
    const tellings = this.tellings.filter(
      ({ kind, fact, instances }) => kind !== "ended" || isWorthItsEnd(this.incidents[fact.subject].kind, instances.length),
    );
    return { tellings, cost: this.cost, healedAt: this.healedAt, finishedAt: this.finishedAt };
  }

  /** Takes the next fact. */
  hear(fact: RootedFact): void {
    switch (fact.kind) {
      case FactKind.faultStruck:
        this.struck.set(fact, this.tell("struck", fact));
        break;
      case FactKind.faultEnded:
        this.tell("ended", fact).instances.push(...(this.struck.get(fact.root ?? fact)?.instances ?? []));
        break;
      case FactKind.instanceChanged:
        this.hearState(fact);
        break;
      case FactKind.instancePlaced:
        this.hearPlacement(fact);
        break;
      case FactKind.rotationChanged:
        this.hearRotation(fact);
        break;
      case FactKind.hostDeclaredDead:
        this.hearHost(fact, "declaredDead");
        break;
      case FactKind.hostRestartEnded:
        this.hearHost(fact, fact.value === 1 ? "restarted" : "restartFailed");
        break;
      case FactKind.instanceExcluded:
        this.tell("excluded", fact, fact.subject);
        break;
      case FactKind.instanceReplaced:
        this.tell("replaced", fact, fact.subject);
        break;
      case FactKind.strayStopped:
        this.tell("strayStopped", fact, fact.subject).hosts.push(fact.value);
        break;
      case FactKind.hostReported:
        this.tell("hostReported", fact).hosts.push(fact.subject);
        break;
      case FactKind.hostRepairStep:
        if (this.lostHosts.has(fact.subject)) this.tell("repairStep", fact).hosts.push(fact.subject);
        break;
      case FactKind.controllerBack:
        this.tell("controllerBack", fact);
        break;
      case FactKind.crashNoticed:
      case FactKind.guestDeclaredDead:
      case FactKind.hangNoticed:
      case FactKind.ownerActed:
      case FactKind.localWritesLost:
      case FactKind.changesLost:
      case FactKind.onStopCut:
        // these tellings are called as the facts are
        this.tell(factKindNames[fact.kind] as TellingKind, fact, fact.subject);
        break;
      default:
        this.hearOperation(fact);
    }
  }

  private hearState(fact: RootedFact): void {
    const instance = fact.subject;
    const state = fact.value as InstanceState;
    this.state[instance] = state;
    const root = faultOf(fact);
    if (root !== null && isTrouble(state)) {
      this.trouble[instance] ??= { root, since: fact.at };
      this.healedAt.delete(root);
      if (fact.at === root.at) this.struck.get(root)?.instances.push(instance);
      const isLost = state === InstanceState.dead || state === InstanceState.unreachable;
      if (isLost && this.host[instance] >= 0) this.lostHosts.add(this.host[instance]);
    }
    if (root !== null && state === InstanceState.pending) this.tell("waiting", fact, instance);
    if (state === InstanceState.deleted) this.trouble[instance] = undefined;
    const trouble = this.trouble[instance];
    if (state !== InstanceState.ready || trouble === undefined) return;
    this.addCost(trouble.root, fact.at - trouble.since);
    this.healedAt.set(trouble.root, fact.at);
    if (this.inRotation[instance] === false) return;
    this.tell("readyAgain", { ...fact, root: trouble.root }, instance);
    this.trouble[instance] = undefined;
  }

  private hearRotation(fact: RootedFact): void {
    const instance = fact.subject;
    const isIn = fact.value === 1;
    this.inRotation[instance] = isIn;
    const trouble = this.trouble[instance];
    if (isIn && trouble !== undefined && this.state[instance] === InstanceState.ready) {
      this.tell("backInRotation", { ...fact, root: trouble.root }, instance);
      this.trouble[instance] = undefined;
    } else if (!isIn && trouble !== undefined && !isPlanned(this.state[instance])) {
      this.tell("dropped", { ...fact, root: trouble.root }, instance);
    }
  }

  private hearPlacement(fact: RootedFact): void {
    this.host[fact.subject] = fact.value;
    if (faultOf(fact) === null) return;
    const last = this.tellings.at(-1);
    const goesOn =
      last !== undefined && last.at === fact.at && last.root === fact.root && (last.kind === "restartFailed" || last.kind === "placed");
    const telling = goesOn ? last : this.tell("placed", fact);
    telling.instances.push(fact.subject);
    telling.hosts.push(fact.value);
  }

  private hearHost(fact: RootedFact, kind: "declaredDead" | "restarted" | "restartFailed"): void {
    if (!this.lostHosts.has(fact.subject)) return;
    const telling = this.tell(kind, fact);
    if (kind === "declaredDead") telling.hosts.push(fact.subject);
    if (kind !== "declaredDead") this.lostHosts.delete(fact.subject);
    if (kind !== "restarted") return;
    for (let id = 0; id < this.host.length; id++)
      if (this.host[id] === fact.subject && this.trouble[id] !== undefined) telling.instances.push(id);
  }

  /** What somebody asked of the platform; an end at the instant of what was told last goes without saying. */
  private hearOperation(fact: RootedFact): void {
    // what an autoscaler does is told with its reason
    const isOfAutoscaler = this.operations[fact.subject]?.kind === "autoscale";
    if (fact.kind === FactKind.operationStarted) {
      this.begun.set(fact.subject, fact);
      if (!isOfAutoscaler) this.tell("operationStarted", fact);
    } else if (fact.kind === FactKind.autoscaleDecided) this.hearAutoscaler(fact);
    else if (fact.kind === FactKind.operationRefused) this.tell("operationRefused", fact);
    else if (fact.kind === FactKind.upgradeDomainStarted) this.tell("domainStarted", fact).hosts.push(fact.value);
    else if (fact.kind === FactKind.connectionsShut) this.tell("connectionsShut", fact);
    else if (fact.kind === FactKind.slotsSwapped) this.tell("swapped", fact);
    else if (fact.kind === FactKind.operationReplaced) {
      this.noteEnd(fact);
      this.tell("operationReplaced", fact);
    } else if (fact.kind === FactKind.operationStuck) this.tell("operationStuck", fact);
    else if (fact.kind === FactKind.operationFinished) {
      this.noteEnd(fact);
      const last = this.tellings.findLast((telling) => telling.root === fact.root);
      if (last?.at !== fact.at && !isOfAutoscaler) this.tell("operationFinished", fact);
    }
  }

  private noteEnd(fact: RootedFact): void {
    const begin = this.begun.get(fact.subject);
    if (begin !== undefined) this.finishedAt.set(begin, fact.at);
  }

  /** That a rule has to wait for a cool-down is no news after what began it. */
  private hearAutoscaler(fact: RootedFact): void {
    if (!this.reasons[fact.value]?.startsWith("in cool-down")) this.tell("operationAutoscaled", fact);
  }

  private tell(kind: TellingKind, fact: RootedFact, ...instances: number[]): Draft {
    const state = instances.length > 0 ? this.state[instances[0]] : -1;
    const telling: Draft = { kind, at: fact.at, last: fact.at, times: 1, root: fact.root, fact, instances, hosts: [], state };
    this.tellings.push(telling);
    return telling;
  }

  private addCost(root: RootedFact, time: Micros): void {
    this.cost.set(root, (this.cost.get(root) ?? 0) + time);
  }
}

function faultOf(fact: RootedFact): RootedFact | null {
  return fact.root?.kind === FactKind.faultStruck ? fact.root : null;
}

function isTrouble(state: InstanceState): boolean {
  return (
    state === InstanceState.dead ||
    state === InstanceState.hung ||
    state === InstanceState.webDown ||
    state === InstanceState.unreachable ||
    state === InstanceState.paused ||
    state === InstanceState.recycling
  );
}

function isPlanned(state: InstanceState | -1): boolean {
  return (
    state === InstanceState.draining ||
    state === InstanceState.stopping ||
    state === InstanceState.updating ||
    state === InstanceState.stopped ||
    state === InstanceState.deleted
  );
}

/** The end of other faults is told by the instances that are ready again. */
function isWorthItsEnd(kind: string, victims: number): boolean {
  if (endsWords(kind, "") === undefined) return false;
  return victims > 0 || (kind !== "host-failure" && kind !== "rack-power" && kind !== "rack-switch");
}
