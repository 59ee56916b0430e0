import type { RunResult } from "../../experiment/result.ts";
import type { Micros } from "../../kernel/time.ts";
import { FactKind } from "../../model/facts.ts";
import { InstanceState } from "../../model/status.ts";
import type { RootedFact } from "./causes.ts";

/** What an instance was, from one instant to another, in truth. */
export interface StateSegment {
  readonly from: Micros;
  readonly to: Micros;
  readonly state: InstanceState;
  /** -1 while it is on no host. */
  readonly host: number;
}

/** What the balancer made of an instance, from one instant to another, and whether it could have answered. */
export interface RotationSegment {
  readonly from: Micros;
  readonly to: Micros;
  readonly inRotation: boolean;
  readonly ableToAnswer: boolean;
}

/** One instance's life within the horizon. */
export interface InstanceLine {
  readonly instance: number;
  readonly name: string;
  readonly role: string;
  /** -1 when it never was on a host. */
  readonly faultDomain: number;
  readonly upgradeDomain: number;
  readonly segments: readonly StateSegment[];
  /** Empty for an instance that no balancer knows. */
  readonly rotation: readonly RotationSegment[];
  /** How long it existed without being ready. */
  readonly notReady: Micros;
}

/** What is known of an instance while its facts are read. */
interface Life {
  state: InstanceState | -1;
  host: number;
  inRotation: boolean;
  balanced: boolean;
  stateSince: Micros;
  rotationSince: Micros;
  readonly segments: StateSegment[];
  readonly rotation: RotationSegment[];
}

/** The lives of all instances, in the order of their ids; one that has the name of an earlier one that is gone goes on in its line. */
export function instanceLines(result: RunResult, facts: readonly RootedFact[]): readonly InstanceLine[] {
  const lines: InstanceLine[] = [];
  const placeOf = new Map<string, number>();
  for (const line of livesOf(result, facts)) {
    const place = placeOf.get(line.name);
    const earlier = place === undefined ? undefined : lines[place];
    if (place !== undefined && earlier !== undefined && isAfter(line, earlier)) lines[place] = joined(earlier, line);
    else placeOf.set(line.name, lines.push(line) - 1);
  }
  return lines;
}

function isAfter(line: InstanceLine, earlier: InstanceLine): boolean {
  return (earlier.segments.at(-1)?.to ?? 0) <= (line.segments.at(0)?.from ?? 0);
}

function joined(earlier: InstanceLine, later: InstanceLine): InstanceLine {
  const from = later.segments.at(0)?.from ?? 0;
  return {
    ...earlier,
    segments: [...earlier.segments, ...later.segments],
    rotation: [
      ...earlier.rotation.filter((segment) => segment.from < from).map((segment) => ({ ...segment, to: Math.min(segment.to, from) })),
      ...later.rotation.filter((segment) => segment.to > from).map((segment) => ({ ...segment, from: Math.max(segment.from, from) })),
    ],
    notReady: earlier.notReady + later.notReady,
  };
}

function livesOf(result: RunResult, facts: readonly RootedFact[]): readonly InstanceLine[] {
  const { cast, design } = result;
  const lives = initialLives(result, facts);
  for (const fact of facts) {
    if (fact.at >= design.horizon) break;
    const life = lives[fact.subject];
    if (fact.kind === FactKind.instanceChanged) {
      closeState(life, fact.at);
      const couldAnswer = isAble(life.state);
      const state = fact.value as InstanceState;
      if (couldAnswer !== isAble(state)) closeRotation(life, fact.at);
      life.state = state;
    } else if (fact.kind === FactKind.instancePlaced) {
      closeState(life, fact.at);
      life.host = fact.value;
    } else if (fact.kind === FactKind.rotationChanged) {
      closeRotation(life, fact.at);
      life.inRotation = fact.value === 1;
    }
  }
  return cast.instances.map(({ name, role, faultDomain, upgradeDomain }, instance) => {
    const life = lives[instance];
    closeState(life, design.horizon);
    closeRotation(life, design.horizon);
    const lived = life.segments.filter(({ state }) => state !== InstanceState.deleted);
    const home = lived.find(({ host }) => host >= 0)?.host ?? -1;
    return {
      instance,
      name,
      role,
      faultDomain: home >= 0 ? cast.hosts[home].faultDomain : faultDomain,
      upgradeDomain,
      segments: lived,
      rotation: life.balanced ? life.rotation.filter((segment) => segment.inRotation || overlapsLife(segment, lived)) : [],
      notReady: lived.reduce((sum, segment) => sum + (segment.state === InstanceState.ready ? 0 : segment.to - segment.from), 0),
    };
  });
}

/** Whether an instance in that state answers what it is sent. */
export function isAble(state: InstanceState | -1): boolean {
  return state === InstanceState.ready || state === InstanceState.draining;
}

/** How each instance stood before its first fact: absent when that one creates it, otherwise ready and the opposite of what follows. */
function initialLives({ cast, facts: log }: RunResult, facts: readonly RootedFact[]): readonly Life[] {
  // before the first fact that was kept nobody knows
  const knownFrom = log.dropped > 0 && facts.length > 0 ? facts[0].at : 0;
  const lives: Life[] = cast.instances.map(() => ({
    state: -1,
    host: -1,
    inRotation: false,
    balanced: false,
    stateSince: knownFrom,
    rotationSince: knownFrom,
    segments: [],
    rotation: [],
  }));
  const known = new Set<Life>();
  for (const fact of facts) {
    if (fact.kind === FactKind.instanceChanged && !known.has(lives[fact.subject])) {
      known.add(lives[fact.subject]);
      const isBirth = fact.value === InstanceState.pending || fact.value === InstanceState.creating;
      lives[fact.subject].state = isBirth ? -1 : InstanceState.ready;
    } else if (fact.kind === FactKind.rotationChanged && !lives[fact.subject].balanced) {
      lives[fact.subject].balanced = true;
      lives[fact.subject].inRotation = fact.value === 0;
    }
  }
  for (const life of lives) if (!known.has(life)) life.state = InstanceState.ready;
  return lives;
}

function closeState(life: Life, at: Micros): void {
  if (life.state !== -1 && at > life.stateSince) {
    const previous = life.segments.at(-1);
    const isSame = previous?.to === life.stateSince && previous.state === life.state && previous.host === life.host;
    const from = isSame ? previous.from : life.stateSince;
    if (isSame) life.segments.pop();
    life.segments.push({ from, to: at, state: life.state, host: life.host });
  }
  life.stateSince = at;
}

function closeRotation(life: Life, at: Micros): void {
  if (at > life.rotationSince) {
    life.rotation.push({ from: life.rotationSince, to: at, inRotation: life.inRotation, ableToAnswer: isAble(life.state) });
  }
  life.rotationSince = at;
}

function overlapsLife(segment: RotationSegment, lived: readonly StateSegment[]): boolean {
  return lived.some(({ from, to }) => from < segment.to && to > segment.from);
}
