import type { Micros } from "../../kernel/time.ts";
import type { Design } from "../../model/design.ts";
import { nearest } from "../nearest.ts";
import type { ParsedScenario } from "../parse.ts";
import { ScenarioError } from "../problem.ts";
import { findChaosStudio, readChaosStudio } from "./chaosStudio.ts";
import type { Experiment, TimedAction } from "./experiment.ts";
import { findFis, readFis } from "./fis.ts";
import { JsonFindings } from "./json.ts";
import { type Cast, outsideOf, strikesOf } from "./targets.ts";
import { type FaultEntry, knownActions, type OperationEntry, wordOf } from "./vocabulary.ts";

/** What an experiment becomes in a scenario. */
export interface ImportedExperiment {
  readonly vocabulary: Experiment["vocabulary"];
  readonly title: string;
  readonly faults: readonly FaultEntry[];
  readonly operations: readonly OperationEntry[];
  /** What does not map, what maps to something near, and what was chosen, in plain sentences. */
  readonly notes: readonly string[];
  /** When the last action is over, counted from the start of the scenario. */
  readonly end: Micros;
}

/** What an experiment is replayed on. */
export interface Stage {
  readonly design: Design;
  /** When the experiment starts. */
  readonly start: Micros;
  /** What names of the experiment stand for in the service. */
  readonly meant: ReadonlyMap<string, string>;
}

/** Reads an experiment of Azure Chaos Studio or a template of AWS FIS; throws ScenarioError with all mistakes at once. */
export function readExperiment(source: ParsedScenario): Experiment {
  const findings = new JsonFindings(source);
  const root = findings.root();
  const studio = findChaosStudio(root);
  const template = studio === undefined ? findFis(root) : undefined;
  if (studio === undefined && template === undefined) {
    findings.error([], 'this is no experiment: Azure Chaos Studio has "steps", a template of AWS FIS has "actions"');
    throw new ScenarioError(findings.problems);
  }
  const experiment = studio === undefined ? readFis(template ?? root) : readChaosStudio(root, studio);
  if (findings.problems.length > 0) throw new ScenarioError(findings.problems);
  return experiment;
}

/** Says an experiment in the terms of a scenario. */
export function importExperiment(experiment: Experiment, { design, meant, start }: Stage): ImportedExperiment {
  const cast: Cast = {
    roles: design.service.roles.map(({ instances, name }) => ({ name, instances })),
    stores: design.stores.map(({ name }) => name),
    queues: design.queues.map(({ name }) => name),
    meant,
  };
  const faults: FaultEntry[] = [];
  const operations: OperationEntry[] = [];
  const notes: string[] = [...experiment.notes];
  for (const action of experiment.actions) notes.push(...take(action, start, cast, faults, operations));
  const { end, title, vocabulary } = experiment;
  return { vocabulary, title, faults, operations, notes: [...new Set(notes)], end: start + end };
}

/** Adds what an action becomes to the lists; returns what there is to say about it. */
function take(action: TimedAction, start: Micros, cast: Cast, faults: FaultEntry[], operations: OperationEntry[]): string[] {
  const { id, where } = action;
  const word = wordOf(id);
  const left = (why: string): string => `not replayed, ${where}, ${id}: ${why}`;
  if (word === undefined) {
    const near = nearest(id.toLowerCase(), knownActions);
    return [left(near === undefined ? "it is not known" : `it is not known, did you mean "${near}"?`)];
  }
  if (word.strikes === "nothing") return [left(word.why)];
  const translation = word.translate(action, start + action.at);
  if (typeof translation === "string") return [left(translation)];
  const notes = translation.note === undefined ? [] : [`${where}: ${translation.note}`];
  if (word.strikes === "service") {
    operations.push(...(translation.operations ?? []));
    return notes;
  }
  if (word.strikes === "outside") {
    const { found, notes: missing } = outsideOf(action, cast);
    for (const { kind, name } of found) {
      const entries = translation.faults ?? [];
      faults.push(...entries.map((entry) => ({ ...entry, kind: `${kind}-outage`, [kind]: `${kind}(${name})` }) as FaultEntry));
    }
    return [...notes, ...missing];
  }
  const struck = strikesOf(action, cast);
  for (const instance of struck.instances) {
    faults.push(...(translation.faults ?? []).map((entry) => ({ ...entry, instance }) as FaultEntry));
    operations.push(...(translation.operations ?? []).flatMap((entry) => singly(entry, instance, cast)));
  }
  return struck.instances.length === 0 ? struck.notes.slice() : [...struck.notes, ...notes];
}

/** Operations take one instance: each(web) becomes one entry for each of them. */
function singly(entry: OperationEntry, selector: string, { roles }: Cast): OperationEntry[] {
  const role = roles.find(({ name }) => selector === `each(${name})`);
  const all = role === undefined ? [selector] : Array.from({ length: role.instances }, (_, index) => `${role.name}/${index}`);
  return all.map((instance) => ({ ...entry, instance }) as OperationEntry);
}
