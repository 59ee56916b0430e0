import type { Micros } from "../../kernel/time.ts";
import { suggest } from "../nearest.ts";
import { type Aim, type Experiment, mostActions, type Selection, type TimedAction } from "./experiment.ts";
import { readIsoDuration } from "./isoDuration.ts";
import type { Json } from "./json.ts";

interface Target {
  readonly aim: Aim;
  readonly selection: Selection;
}

interface Draft {
  readonly name: string;
  readonly json: Json;
  readonly id: string;
  readonly lasts: Micros | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  readonly after: readonly { readonly name: string; readonly json: Json }[];
  readonly targets: readonly Target[];
}

/** The part of a file that is an experiment template of FIS: the file itself or its `experimentTemplate`. */
export function findFis(root: Json): Json | undefined {
  const template = root.has("experimentTemplate") ? root.at("experimentTemplate") : root;
  return template.has("actions") ? template : undefined;
}

/** Reads an experiment template of AWS FIS: an action starts with the experiment, or when all that it names in `startAfter` are over. */
export function readFis(template: Json): Experiment {
  const targets = readTargets(template);
  const drafts = new Map(
    template
      .at("actions")
      .entries()
      .map(([name, json]) => [name, readAction(name, json, targets)]),
  );
  if (drafts.size === 0) template.at("actions").error("a template needs at least one action");
  if (drafts.size > mostActions) template.error(`the template has ${drafts.size} actions; at most ${mostActions} are read`);
  const starts = drafts.size > mostActions ? new Map<string, Micros>() : startTimes(drafts);
  const actions: TimedAction[] = [];
  let end = 0;
  for (const { id, lasts, name, parameters, targets: aimed } of drafts.values()) {
    const at = starts.get(name) ?? 0;
    end = Math.max(end, at + (lasts ?? 0));
    if (id === "aws:fis:wait") continue;
    const selection = aimed[0]?.selection ?? { kind: "all" };
    actions.push({ where: `action "${name}"`, id, at, lasts, parameters, aims: aimed.map(({ aim }) => aim), selection });
  }
  const conditions = template
    .at("stopConditions")
    .items()
    .filter((condition) => condition.at("source").text() !== "none");
  const notes = conditions.length === 0 ? [] : ["stop conditions are not replayed: an expectation of the scenario says what must hold"];
  return { vocabulary: "AWS FIS", title: template.at("description").text() ?? "experiment", actions, end, notes };
}

function readTargets(template: Json): ReadonlyMap<string, Target> {
  return new Map(
    template
      .at("targets")
      .entries()
      .map(([name, target]) => {
        target.at("resourceType").needed("the type of a target's resources");
        const arns = target
          .at("resourceArns")
          .items()
          .map((arn) => (arn.text() ?? "").replace(/^.*[/:]/, ""));
        const tags = target
          .at("resourceTags")
          .entries()
          .map(([, value]) => value.text() ?? "");
        return [name, { aim: { names: [...arns, ...tags, name] }, selection: readSelection(target) }] as const;
      }),
  );
}

function readSelection(target: Json): Selection {
  const mode = target.at("selectionMode").needed("the selection mode of a target");
  const match = /^(COUNT|PERCENT)\((\d{1,7})\)$/.exec(mode);
  const number = Number(match?.[2]);
  if (match?.[1] === "COUNT" && number > 0) return { kind: "count", count: number };
  if (match?.[1] === "PERCENT" && number > 0 && number <= 100) return { kind: "share", share: number / 100 };
  if (mode !== "ALL" && mode !== "")
    target.at("selectionMode").error(`the selection mode "${mode.slice(0, 80)}" is not known; allowed are ALL, COUNT(n) and PERCENT(n)`);
  return { kind: "all" };
}

function readAction(name: string, json: Json, targets: ReadonlyMap<string, Target>): Draft {
  const parameters = new Map(
    json
      .at("parameters")
      .entries()
      .map(([key, value]) => [key.toLowerCase(), value.text() ?? ""] as const),
  );
  const key = ["duration", "startInstancesAfterDuration"].find((candidate) => json.at("parameters").has(candidate));
  const nested = /"DurationSeconds"\s*:\s*"?(\d{1,9})"?/.exec(parameters.get("documentparameters") ?? "")?.[1];
  const written = key === undefined ? undefined : json.at("parameters").at(key).duration();
  const aimed = json
    .at("targets")
    .entries()
    .flatMap(([, value]) => {
      const target = value.needed("the name of a target");
      const found = targets.get(target);
      if (found === undefined && target !== "")
        value.error(() => `there is no target "${target}", ${suggest(target, [...targets.keys()], "the targets are")}`);
      return found === undefined ? [] : [found];
    });
  return {
    name,
    json,
    id: json.at("actionId").needed("the id of an action"),
    lasts: nested === undefined ? written : readIsoDuration(`PT${nested}S`),
    parameters,
    after: json
      .at("startAfter")
      .items()
      .map((item) => ({ name: item.text() ?? "", json: item })),
    targets: aimed,
  };
}

/** When each action starts; names that are not there and circles are noted. */
function startTimes(drafts: ReadonlyMap<string, Draft>): ReadonlyMap<string, Micros> {
  const starts = new Map<string, Micros>();
  const settled = new Set<string>();
  for (const { after } of drafts.values()) {
    for (const { json, name } of after) {
      if (!drafts.has(name)) json.error(() => `there is no action "${name}", ${suggest(name, [...drafts.keys()], "the actions are")}`);
    }
  }
  const before = new Map([...drafts.values()].map(({ after, name }) => [name, new Set(after.map((other) => other.name))]));
  for (const names of before.values()) for (const name of names) if (!drafts.has(name)) names.delete(name);
  const followers = new Map<string, string[]>([...drafts.keys()].map((name) => [name, []]));
  for (const [name, names] of before) for (const other of names) followers.get(other)?.push(name);
  const ready = [...before].flatMap(([name, names]) => (names.size === 0 ? [name] : []));
  // whoever is never ready stands in a circle, or waits for one
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    const start = starts.get(name) ?? 0;
    starts.set(name, start);
    settled.add(name);
    for (const follower of followers.get(name) ?? []) {
      starts.set(follower, Math.max(starts.get(follower) ?? 0, start + (drafts.get(name)?.lasts ?? 0)));
      const waited = before.get(follower);
      waited?.delete(name);
      if (waited?.size === 0) ready.push(follower);
    }
  }
  for (const { json, name } of drafts.values()) {
    if (!settled.has(name)) json.at("startAfter").error(`action "${name}" waits for itself, directly or through others`);
  }
  return starts;
}
