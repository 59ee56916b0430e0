import type { Checks } from "../invariants/watcher.ts";
import { fingerprintHex, mixNumber } from "../kernel/fingerprint.ts";
import { operationSummaries } from "../metrics/operations.ts";
import { operationTitle } from "../metrics/operationTitle.ts";
import { instanceName, targetName } from "../metrics/requests.ts";
import { type Figures, figuresOf, instanceSummaries } from "../metrics/summarise.ts";
import type { Summary } from "../metrics/summary.ts";
import type { Design } from "../model/design.ts";
import type { Policy } from "../model/policies/own.ts";
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
  /** The user's own policies, which the design names. */
  readonly policies?: readonly Policy[];
}

/** What the caller of a run may want beside the result. */
export interface RunOptions {
  /** Keep the facts of requests and messages of the first run too; memory then grows with the run. */
  readonly everyFact?: boolean;
  /** Told now and then how far the runs are, 0..1; returning false ends the run early, with what there is. */
  readonly progress?: (done: number) => boolean;
  /** The host's clock in seconds, for `wallSeconds`; without it that is 0. */
  readonly clock?: () => number;
  /** The peak resident memory of the process in MiB, asked after the last run. */
  readonly peakMiB?: () => number;
  /** Invariants to watch: the first that does not hold ends the run with a BrokenInvariant. */
  readonly checks?: Checks;
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
  const { design, policies, seed, runs } = scenario;
  const clock = options.clock ?? (() => 0);
  const figures: Figures[] = [];
  const replications: Comparable[] = [];
  const hash = new Int32Array(2);
  let first: Replayed | undefined;
  let events = 0;
  let wallSeconds = 0;
  let simulated = 0;
  let wanted = true;
  let done = 0;
  for (let run = 0; run < runs && wanted; run++) {
    // the story is that of the first run
    const keep = run > 0 ? "none" : options.everyFact === true ? "all" : "control";
    const steps = replayInSlices(design, seed, run, keep, eventsASlice, options.checks, policies);
    let started = clock();
    let step = steps.next();
    while (!step.done) {
      wallSeconds += clock() - started;
      wanted = yield (run + step.value / design.horizon) / runs;
      started = clock();
      step = steps.next(wanted);
    }
    wallSeconds += clock() - started;
    const replayed = step.value;
    const { calendar } = replayed.platform;
    events += calendar.processed;
    simulated += Math.min(calendar.now, design.horizon) / 1e6;
    mixFingerprint(hash, calendar.fingerprintHex());
    const single = figuresOf(replayed.measured, replayed.platform);
    replications.push(comparableOf(single));
    if (runs > 1) figures.push(single);
    if (first === undefined) first = replayed;
    else mergeMeasured(first.measured, replayed.measured);
    done++;
  }
  if (first === undefined) throw new RangeError("a scenario needs at least one run");
  const peakMiB = options.peakMiB?.() ?? null;
  const { platform, measured } = first;
  const all = figuresOf(measured, platform);
  const summary: Summary = {
    scenario: scenario.name,
    seed,
    runs: done,
    fingerprint: runs === 1 ? platform.calendar.fingerprintHex() : fingerprintHex(hash),
    version,
    simulatedSeconds: simulated,
    wallSeconds,
    events,
    peakMiB,
    ...all,
    operations: operationSummaries(platform, measured.requests),
    instances: instanceSummaries(platform, measured.instances),
    expectations: judge(scenario.expectations, all),
    intervals: done > 1 ? intervalsOf(all, figures, confidence) : null,
    reproduce: options.reproduce ?? "",
  };
  return { summary, title: scenario.summary, design, facts: platform.trace.log(), cast: castOf(platform), replications };
}

/** The fingerprint of several runs is a hash over theirs, in order. */
function mixFingerprint(hash: Int32Array, hex: string): void {
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
