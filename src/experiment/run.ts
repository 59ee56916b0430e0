import { type AlwaysCondition, alwaysHolds } from "../invariants/own/fromText.ts";
import type { Checks } from "../invariants/watcher.ts";
import { fingerprintHex, mixNumber } from "../kernel/fingerprint.ts";
import { operationSummaries } from "../metrics/operations.ts";
import { operationTitle } from "../metrics/operationTitle.ts";
import { instanceName, targetName } from "../metrics/requests.ts";
import { type Figures, figuresOf, instanceSummaries } from "../metrics/summarise.ts";
import type { Summary } from "../metrics/summary.ts";
import type { Design } from "../model/design.ts";
import type { Policy } from "../model/policies/own.ts";
import type { KeptFacts } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import type { Expectation } from "../scenario/expectText.ts";
import { version } from "../version.ts";
import { type Comparable, comparableOf } from "./comparable.ts";
import { judge } from "./expectations.ts";
import { intervalsOf } from "./intervals.ts";
import { mergeMeasured } from "./merge.ts";
import { type Replayed, replayInSlices } from "./replay.ts";
import type { Cast, RunResult } from "./result.ts";

/** A scenario that is ready to be replayed. */
export interface Runnable {
  readonly name: string;
  readonly summary: string;
  readonly seed: number;
  readonly runs: number;
  readonly design: Design;
  readonly expectations: readonly Expectation[];
  /** What must hold after every event: where it does not, the run ends with a BrokenInvariant. */
  readonly always?: readonly AlwaysCondition[];
  /** The user's own policies, which the design names. */
  readonly policies?: readonly Policy[];
}

/** What the caller of a run may want beside the result. */
export interface RunOptions {
  /**
   * Keep the facts of requests and messages of the first run too; memory then grows with the run. A number: until there are so many facts, and from
   * then on those of the control plane only.
   */
  readonly everyFact?: boolean | number;
  /** Told now and then how far the runs are, 0..1; returning false ends the run early, with what there is. */
  readonly progress?: (done: number) => boolean;
  /** The host's clock in seconds, for `wallSeconds`; without it that is 0. */
  readonly clock?: () => number;
  /** The peak resident memory of the process in MiB, asked after the last run. */
  readonly peakMiB?: () => number;
  /** Invariants to watch: the first that does not hold ends the run with a BrokenInvariant. */
  readonly checks?: Checks;
  /** Every run ends at this instant in microseconds, if the horizon does not come first; fingerprint and events are as of then. */
  readonly until?: number;
  /** The command that repeats the run, for the summary. */
  readonly reproduce?: string;
}

/** Confidence of the intervals in a summary. */
const confidence = 0.95;

/** Whoever waits for a run hears how far it is after about so many events: some hundredths of a second. */
const usualSlice = 50_000;

/** Replays a scenario `runs` times with independent streams, and merges what was measured; the story is that of the first run. */
export function runScenario(scenario: Runnable, options: RunOptions = {}): RunResult {
  const { progress } = options;
  const slices = runInSlices(scenario, options, progress === undefined ? Number.POSITIVE_INFINITY : usualSlice);
  let slice = slices.next();
  while (!slice.done) slice = slices.next(progress?.(slice.value) ?? true);
  return slice.value;
}

/** As `runScenario`, in slices: yields how far the runs are, 0..1; whoever drives it answers whether to go on. `progress` is not called. */
export function* runInSlices(
  scenario: Runnable,
  options: RunOptions = {},
  eventsASlice = usualSlice,
): Generator<number, RunResult, boolean> {
  const { always = [], design, policies, seed, runs } = scenario;
  const checks = withAlways(always, options.checks);
  const clock = options.clock ?? (() => 0);
  const until = Math.min(design.horizon, options.until ?? design.horizon);
  const merger = new Merger();
  let wallSeconds = 0;
  let wanted = true;
  for (let replication = 0; replication < runs && wanted; replication++) {
    // the story is that of the first run
    const keep = replication > 0 ? "none" : keptFacts(options.everyFact);
    const steps = replayInSlices({ design, seed, replication, keep, checks, policies }, eventsASlice, until);
    let started = clock();
    let step = steps.next();
    while (!step.done) {
      wallSeconds += clock() - started;
      wanted = yield (replication + step.value / until) / runs;
      started = clock();
      step = steps.next(wanted);
    }
    wallSeconds += clock() - started;
    merger.add(step.value, runs > 1);
  }
  return merger.result(scenario, { wallSeconds, peakMiB: options.peakMiB?.() ?? null, reproduce: options.reproduce ?? "" });
}

function keptFacts(everyFact: RunOptions["everyFact"]): KeptFacts {
  if (typeof everyFact === "number") return everyFact;
  return everyFact === true ? "all" : "control";
}

/** The result of a single replication that was replayed by itself. */
export function resultOf(scenario: Runnable, replayed: Replayed): RunResult {
  const merger = new Merger();
  merger.add(replayed, false);
  return merger.result(scenario, { wallSeconds: 0, peakMiB: null, reproduce: "" });
}

/** Puts replications together, in their order. */
class Merger {
  private readonly figures: Figures[] = [];
  private readonly replications: Comparable[] = [];
  private readonly hash = new Int32Array(2);
  private first: Replayed | undefined;
  private done = 0;
  private events = 0;
  private simulated = 0;

  /** `isOneOfMany`: intervals will be asked for. */
  add(replayed: Replayed, isOneOfMany: boolean): void {
    const single = figuresOf(replayed.measured, replayed.platform);
    this.replications.push(comparableOf(single));
    if (isOneOfMany) this.figures.push(single);
    this.events += replayed.events;
    this.simulated += replayed.simulated / 1e6;
    mixFingerprint(this.hash, replayed.fingerprint);
    if (this.first === undefined) this.first = replayed;
    else mergeMeasured(this.first.measured, replayed.measured);
    this.done++;
  }

  result(scenario: Runnable, rest: Pick<Summary, "wallSeconds" | "peakMiB" | "reproduce">): RunResult {
    if (this.first === undefined) throw new RangeError("a scenario needs at least one run");
    const { platform, measured, fingerprint } = this.first;
    const all = figuresOf(measured, platform);
    const summary: Summary = {
      scenario: scenario.name,
      seed: scenario.seed,
      runs: this.done,
      fingerprint: scenario.runs === 1 ? fingerprint : fingerprintHex(this.hash),
      version,
      simulatedSeconds: this.simulated,
      wallSeconds: rest.wallSeconds,
      events: this.events,
      peakMiB: rest.peakMiB,
      ...all,
      operations: operationSummaries(platform, measured.requests),
      instances: instanceSummaries(platform, measured.instances),
      expectations: judge(scenario.expectations, all),
      intervals: this.done > 1 ? intervalsOf(all, this.figures, confidence) : null,
      reproduce: rest.reproduce,
    };
    const { replications } = this;
    return {
      summary,
      title: scenario.summary,
      design: scenario.design,
      facts: platform.trace.log(),
      cast: castOf(platform),
      replications,
    };
  }
}

/** What is watched: what the caller asks for and what the scenario says. */
export function withAlways(always: readonly AlwaysCondition[], checks: Checks | undefined): Checks | undefined {
  if (always.length === 0) return checks;
  return { ...checks, invariants: [...(checks?.invariants ?? []), ...always.map(alwaysHolds)] };
}

/** Adds a run's fingerprint to a hash: that of several runs is one over theirs, in order. */
export function mixFingerprint(hash: Int32Array, hex: string): void {
  mixNumber(hash, Number.parseInt(hex.slice(0, 8), 16));
  mixNumber(hash, Number.parseInt(hex.slice(8), 16));
}

function castOf(platform: Platform): Cast {
  const { world, design } = platform;
  const { instances, hosts } = world;
  return {
    instances: Array.from({ length: instances.count }, (_, id) => ({
      name: instanceName(platform, id),
      role: design.service.roles[world.groups[instances.group[id]].role].name,
      faultDomain: instances.host[id] < 0 ? -1 : hosts.rack[instances.host[id]],
      upgradeDomain: instances.upgradeDomain[id],
    })),
    hosts: Array.from({ length: hosts.count }, (_, id) => ({ faultDomain: hosts.rack[id] })),
    roles: design.service.roles.map((role) => role.name),
    queues: design.queues.map((queue) => queue.name),
    stores: design.stores.map((store) => store.name),
    clients: design.clients.map((client) => client.name),
    incidents: world.incidents.map((incident) => ({
      kind: incident.kind,
      target: targetName(platform, incident.id),
      class: incident.fault < 0 ? undefined : design.faults[incident.fault].class,
    })),
    operations: design.operations.map((operation, id) => ({ kind: operation.kind, title: operationTitle(platform, id) })),
    reasons: world.reasons,
  };
}
