import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { invariants } from "../invariants/index.ts";
import { faults } from "../model/faults/index.ts";
import { vmSizeNames } from "../model/hardware/sizes.ts";
import { balancingPolicies } from "../model/policies/balancing/index.ts";
import { readWhole } from "../node/files.ts";
import { packageRoot } from "../node/packageRoot.ts";
import { arrivalForms } from "../scenario/arrivalsText.ts";
import { lawNames, laws } from "../scenario/lawText.ts";
import { metricForms } from "../scenario/metrics.ts";
import { parse } from "../scenario/parse.ts";
import { presetNames, presetSummaries } from "../scenario/presets.ts";
import { operation } from "../scenario/schema/operations.ts";
import { alternativesOf, shapeOf, wordsOf } from "../scenario/schema/walk.ts";
import { selectorForms } from "../scenario/selectorText.ts";
import { vmSizeText } from "../scenario/vmSizeText.ts";

/** A name and what it stands for, in one sentence. */
export interface Entry {
  readonly name: string;
  readonly summary: string;
}

/** Something that `nines list` lists. */
export interface Topic extends Entry {
  list(): readonly Entry[];
}

/** Every topic, in the order in which they are listed. */
export const topics: readonly Topic[] = [
  {
    name: "scenarios",
    summary: "Scenario files here and in scenarios/, and those that come with Nines.",
    list: () => [...new Map([...scenariosIn(packageRoot("scenarios")), ...scenariosIn("."), ...scenariosIn("scenarios")]).values()],
  },
  {
    name: "presets",
    summary: "Where defaults come from.",
    list: () => presetNames.map((name) => ({ name, summary: presetSummaries[name] })),
  },
  {
    name: "faults",
    summary: "What can fail.",
    list: () => faults.map(({ kind, summary, example }) => ({ name: kind, summary: `${summary} Example: ${example}` })),
  },
  { name: "operations", summary: "What people do to a deployment.", list: operations },
  {
    name: "policies",
    summary: "How the balancer chooses an instance.",
    list: () => balancingPolicies.map(({ kind, summary }) => ({ name: kind, summary })),
  },
  { name: "selectors", summary: "How a target is named.", list: () => selectorForms.map(({ form, summary }) => ({ name: form, summary })) },
  {
    name: "arrivals",
    summary: "How requests and messages arrive.",
    list: () => arrivalForms.map(({ form, summary }) => ({ name: form, summary })),
  },
  { name: "laws", summary: "Laws of random times.", list: () => lawNames.map((name) => ({ name, summary: lawSummary(name) })) },
  { name: "sizes", summary: "VM sizes.", list: () => vmSizeNames.map((name) => ({ name, summary: vmSizeText(name) })) },
  {
    name: "metrics",
    summary: "What can be expected of a run.",
    list: () => metricForms.map(({ form, summary, unit }) => ({ name: form, summary: `${summary} Unit: ${unit}.` })),
  },
  {
    name: "invariants",
    summary: "What holds in every run, and run --check watches.",
    list: () => invariants.map(({ id, name, statement }) => ({ name: id, summary: `${name}: ${statement}` })),
  },
];

function operations(): readonly Entry[] {
  return alternativesOf(operation).flatMap((kind) => {
    const tag = shapeOf(kind)?.kind;
    return tag === undefined ? [] : wordsOf(tag).map((name) => ({ name, summary: kind.meta()?.description ?? "" }));
  });
}

function lawSummary(name: string): string {
  return Object.hasOwn(laws, name) ? laws[name as keyof typeof laws].summary : "One of the values of a CSV column, each alike.";
}

/** The scenario files of a folder by their path; what is not a scenario is passed over. */
function scenariosIn(folder: string): readonly (readonly [string, Entry])[] {
  return entriesOf(folder).flatMap(({ name }) => {
    const file = join(folder, name);
    try {
      const { value } = parse(new TextDecoder().decode(readWhole(file, file, 1024 * 1024)), { file });
      const { name: title, summary = title, horizon } = value as Record<string, unknown>;
      return typeof title === "string" && horizon !== undefined ? [[title, { name: file, summary: String(summary) }] as const] : [];
    } catch {
      return [];
    }
  });
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
