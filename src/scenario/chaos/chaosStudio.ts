import type { Micros } from "../../kernel/time.ts";
import { suggest } from "../nearest.ts";
import { type Aim, type Experiment, mostActions, type TimedAction } from "./experiment.ts";
import type { Json } from "./json.ts";

interface Selector {
  readonly aims: readonly Aim[];
  readonly notes: readonly string[];
}

/** What the resource is called in a template that deploys it. */
const resourceType = "microsoft.chaos/experiments";

/** The part of a file that is an experiment of Chaos Studio: the file itself, its `properties`, or the first such resource of a template. */
export function findChaosStudio(root: Json): Json | undefined {
  const resources = root.has("resources") ? root.at("resources").items() : [];
  const resource = resources.find((item) => item.at("type").text()?.toLowerCase() === resourceType) ?? root;
  const experiment = resource.has("properties") ? resource.at("properties") : resource;
  return experiment.has("steps") ? experiment : undefined;
}

/**
 * Reads an experiment of Azure Chaos Studio (Microsoft.Chaos/experiments): steps follow each other, the branches of a step run side by side, the
 * actions of a branch follow each other. A step ends with its longest branch.
 */
export function readChaosStudio(root: Json, experiment: Json): Experiment {
  const selectors = readSelectors(experiment);
  const actions: TimedAction[] = [];
  const notes: string[] = [];
  let stepStart: Micros = 0;
  for (const step of experiment.at("steps").items()) {
    const stepName = step.at("name").needed("the name of a step");
    let stepEnd = stepStart;
    for (const branch of step.at("branches").items()) {
      const where = `step "${stepName}", branch "${branch.at("name").needed("the name of a branch")}"`;
      let at = stepStart;
      for (const action of branch.at("actions").items()) {
        const read = readAction(action, where, at, selectors, notes);
        if (read.action !== undefined) actions.push(read.action);
        at += read.lasts;
      }
      stepEnd = Math.max(stepEnd, at);
    }
    stepStart = stepEnd;
  }
  if (experiment.at("steps").items().length === 0) experiment.at("steps").error("an experiment needs at least one step");
  if (actions.length > mostActions) experiment.error(`the experiment has ${actions.length} actions; at most ${mostActions} are read`);
  const title = root.has("name") ? (root.at("name").text() ?? "experiment") : "experiment";
  return { vocabulary: "Azure Chaos Studio", title, actions, end: stepStart, notes };
}

function readSelectors(experiment: Json): ReadonlyMap<string, Selector> {
  const selectors = new Map<string, Selector>();
  for (const selector of experiment.at("selectors").items()) {
    const id = selector.at("id").needed("the id of a selector");
    if (selectors.has(id)) selector.at("id").error(`a second selector has the id "${id}"`);
    const kind = selector.at("type").word(["List", "Query"], "the type of a selector");
    const notes = selector.has("filter") ? [`the filter of selector "${id}" is left out: a cloud service has no zones`] : [];
    if (kind === "Query") notes.push(`the query of selector "${id}" is not run: its id names what it strikes`);
    const resources = selector
      .at("targets")
      .items()
      .map((target) => resourceName(target.at("id").needed("the id of a target")));
    const aims = resources.length === 0 ? [{ names: [id] }] : resources.map((name) => ({ names: [name, id] }));
    selectors.set(id, { aims, notes });
  }
  return selectors;
}

/** `/subscriptions/.../virtualMachines/web-0/providers/Microsoft.Chaos/targets/Microsoft-Agent` is web-0. */
function resourceName(id: string): string {
  const resource = id.split(/\/providers\/Microsoft\.Chaos\//i)[0] ?? id;
  return resource.slice(resource.lastIndexOf("/") + 1);
}

function readAction(
  action: Json,
  where: string,
  at: Micros,
  selectors: ReadonlyMap<string, Selector>,
  notes: string[],
): { readonly action?: TimedAction; readonly lasts: Micros } {
  const kind = action.at("type").word(["continuous", "discrete", "delay"], "the type of an action");
  const urn = action.at("name").needed("the name of an action");
  const lasts = kind === "discrete" ? undefined : action.at("duration").duration();
  if (kind !== undefined && kind !== "discrete" && !action.has("duration"))
    action.at("duration").error(`a ${kind} action needs a duration`);
  if (kind === "delay" || kind === undefined) return { lasts: lasts ?? 0 };
  // the documentation writes both
  const key = action.has("selectorid") ? "selectorid" : "selectorId";
  const selectorId = action.at(key).needed("the selector of an action");
  const selector = selectors.get(selectorId);
  if (selector === undefined && selectorId !== "") {
    action.at(key).error(`there is no selector "${selectorId}", ${suggest(selectorId, [...selectors.keys()], "the selectors are")}`);
  }
  for (const note of selector?.notes ?? []) if (!notes.includes(note)) notes.push(note);
  const parameters = new Map<string, string>();
  for (const parameter of action.at("parameters").items()) {
    const name = parameter.at("key").needed("the key of a parameter");
    parameters.set(name.toLowerCase(), parameter.at("value").text() ?? "");
  }
  const instances = indexes(parameters.get("instances") ?? parameters.get("virtualmachinescalesetinstances"));
  const aims = (selector?.aims ?? []).map((aim) => (instances === undefined ? aim : { ...aim, instances }));
  const id = urn.replace(/\/[\d.]+$/, "").replace(/^urn:csci:/i, "");
  return { action: { where, id, at, lasts, parameters, aims, selection: { kind: "all" } }, lasts: lasts ?? 0 };
}

/** The numbers in a list that is itself written as a text: `["1","3"]` or `[0,1,2]`. */
function indexes(text: string | undefined): number[] | undefined {
  const found = text?.match(/\d{1,6}/g);
  return found === undefined || found === null || text?.includes("*") ? undefined : found.map(Number);
}
