import type { Micros } from "../../kernel/time.ts";
import type { Design } from "../../model/design.ts";
import { nearest } from "../nearest.ts";
import type { ParsedScenario } from "../parse.ts";
import { ScenarioError } from "../problem.ts";
import { findChaosStudio, readChaosStudio } from "./chaosStudio.ts";
import { type Experiment, mostAims, mostEntries, mostNotes, type TimedAction } from "./experiment.ts";
import { findFis, readFis } from "./fis.ts";
import { JsonFindings } from "./json.ts";
import { type Cast, namesOf, outsideOf, strikesOf } from "./targets.ts";
import { type FaultEntry, knownActions, type OperationEntry, type Translation, wordOf } from "./vocabulary.ts";

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
  const aims = experiment.actions.reduce((sum, action) => sum + aimsOf(action), 0);
  if (aims > mostAims) findings.error([], `the actions aim at ${aims} names and instances in all; at most ${mostAims} are read`);
  if (findings.problems.length > 0) throw new ScenarioError(findings.problems);
  return experiment;
}

function aimsOf({ aims }: TimedAction): number {
  return aims.reduce((sum, { instances, names }) => sum + names.length + (instances?.length ?? 0), 0);
}

/** Says an experiment in the terms of a scenario; an action that would bring more than a scenario takes is left out, and noted. */
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
  return { vocabulary, title, faults, operations, notes: atMost(mostNotes, [...new Set(notes)]), end: start + end };
}

function atMost(most: number, notes: readonly string[]): readonly string[] {
  return notes.length <= most ? notes : [...notes.slice(0, most), `and ${notes.length - most} more notes`];
}

/** Adds what an action becomes to the lists, if there is room for it; returns what there is to say about it. */
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
  const said = translation.note === undefined ? [] : [`${where}: ${translation.note}`];
  const { notes, ...made } = entriesOf(action, word.strikes, translation, cast, said);
  const full = [
    [faults.length + made.faults.length, "faults"],
    [operations.length + made.operations.length, "operations"],
  ].find(([count]) => Number(count) > mostEntries);
  if (full !== undefined) return [left(`with it there would be more than the ${mostEntries} ${full[1]} that a scenario takes`)];
  faults.push(...made.faults);
  operations.push(...made.operations);
  return notes;
}

interface Entries {
  readonly faults: readonly FaultEntry[];
  readonly operations: readonly OperationEntry[];
  readonly notes: string[];
}

/** What an action becomes, and what there is to say about it. */
function entriesOf(
  action: TimedAction,
  strikes: "service" | "outside" | "instances",
  translation: Translation,
  cast: Cast,
  said: string[],
): Entries {
  const { faults = [], operations = [] } = translation;
  if (strikes === "service") return { faults: [], operations, notes: said };
  if (strikes === "outside") {
    const { found, notes } = outsideOf(action, cast);
    const out = found.flatMap(({ kind, name }) =>
      faults.map((entry) => ({ ...entry, kind: `${kind}-outage`, [kind]: `${kind}(${name})` }) as FaultEntry),
    );
    return { faults: out, operations: [], notes: [...said, ...notes] };
  }
  const struck = strikesOf(action, cast);
  const { notes } = struck;
  // one more than there is room for is enough to see that there is none
  const instances = struck.instances.slice(0, Math.floor(mostEntries / Math.max(1, faults.length, operations.length)) + 1);
  return {
    faults: instances.flatMap((instance) => faults.map((entry) => ({ ...entry, instance }) as FaultEntry)),
    operations: instances.flatMap((instance) => operations.flatMap((entry) => singly(entry, instance, cast))),
    notes: instances.length === 0 ? notes.slice() : [...notes, ...said],
  };
}

/** Operations take one instance: each(web) becomes one entry for each of them. */
function singly(entry: OperationEntry, selector: string, { roles }: Cast): OperationEntry[] {
  const role = roles.find(({ name }) => selector === `each(${name})`);
  const all = role === undefined ? [selector] : namesOf(role, mostEntries + 1);
  return all.map((instance) => ({ ...entry, instance }) as OperationEntry);
}
