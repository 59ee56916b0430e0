import { vmSizeNames } from "../model/hardware/sizes.ts";
import { FileRefused, type ScenarioFiles } from "./files.ts";
import { type ImportedService, importService } from "./import/service.ts";
import { toServiceSection } from "./import/toScenario.ts";
import { overlay } from "./merge.ts";
import type { Mistake } from "./messages.ts";
import { isMapping, valueAt } from "./place.ts";
import { type Problem, ScenarioError } from "./problem.ts";
import type { Scenario } from "./schema/scenario.ts";

/** A scenario with the roles of its service files below its own. */
export interface WithService {
  readonly value: unknown;
  /** About the keys that name the files. */
  readonly mistakes: readonly Mistake[];
  /** In the files themselves. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** What the files describe; absent without files and when they are wrong. */
  readonly imported?: ImportedService;
}

type TrafficRules = NonNullable<Scenario["service"]["trafficRules"]>;

/** Pairs of service files that were read before, by their names: a scenario and its variants name the same ones. */
export type ServiceImports = Map<string, ImportedService | readonly Problem[]>;

/** Puts what `service` says on top of the roles that its `definition` and `configuration` describe. */
export function withServiceFiles(value: unknown, files: ScenarioFiles | undefined, imports: ServiceImports = new Map()): WithService {
  const service = valueAt(value, ["service"]);
  const definition = valueAt(service, ["definition"]);
  const configuration = valueAt(service, ["configuration"]);
  const nothing: WithService = { value, mistakes: [], problems: [], warnings: [] };
  if (typeof definition !== "string" && typeof configuration !== "string") return nothing;
  const both = JSON.stringify([definition, configuration]);
  const before = imports.get(both);
  if (before !== undefined) return joined(value, before);
  const mistakes: Mistake[] = [];
  const read = (key: string, name: unknown): { file: string; bytes: Uint8Array } | undefined => {
    const path = ["service", key];
    try {
      if (name === undefined)
        mistakes.push({ path: ["service"], part: "key", message: `definition and configuration go together: ${key} is missing` });
      if (typeof name !== "string") return undefined;
      if (files === undefined) throw new FileRefused(`the file "${name}" cannot be read here: no files were given`);
      return { file: name, bytes: files.read(name) };
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      mistakes.push({ path, part: "value", message: error.message });
      return undefined;
    }
  };
  const pair = [read("definition", definition), read("configuration", configuration)] as const;
  if (pair[0] === undefined || pair[1] === undefined) return { ...nothing, mistakes };
  const imported = importedOrNot(pair[0], pair[1]);
  imports.set(both, imported);
  return joined(value, imported);
}

interface NamedFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

function importedOrNot(definition: NamedFile, configuration: NamedFile): ImportedService | readonly Problem[] {
  try {
    return importService(definition, configuration, vmSizeNames);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems;
  }
}

/** A scenario on top of what its service files describe, or what is wrong in them. */
function joined(value: unknown, imported: ImportedService | readonly Problem[]): WithService {
  if (!("service" in imported)) return { value, mistakes: [], problems: imported, warnings: [] };
  const service = valueAt(value, ["service"]);
  const overlaid = overlay(toServiceSection(imported.service), service);
  const section = valueAt(service, ["trafficRules"]) === undefined ? withoutGone(overlaid) : overlaid;
  const { warnings } = imported;
  return { value: isMapping(value) ? { ...value, service: section } : value, mistakes: [], problems: [], warnings, imported };
}

/** The section without rules of the files for what the scenario has taken away. */
function withoutGone(section: unknown): unknown {
  const rules = valueAt(section, ["trafficRules"]);
  const roles = valueAt(section, ["roles"]);
  if (!isMapping(section) || !isMapping(roles) || !Array.isArray(rules)) return section;
  const trafficRules = (rules as TrafficRules).flatMap(({ from, to }) => {
    const endpoints = valueAt(roles, [to.role, "internalEndpoints"]);
    if (!Array.isArray(endpoints) || !endpoints.includes(to.endpoint)) return [];
    return [{ to, from: from === "all" ? from : from.filter((name) => Object.hasOwn(roles, name)) }];
  });
  return { ...section, trafficRules };
}
