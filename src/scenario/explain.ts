import { faults } from "../model/faults/index.ts";
import { vmSizeNames } from "../model/hardware/sizes.ts";
import { balancingPolicies } from "../model/policies/balancing/index.ts";
import { alwaysForms } from "./alwaysText.ts";
import { arrivalForms } from "./arrivalsText.ts";
import { allKeys, type KeyEntry, keysOf } from "./keys.ts";
import { lawNames, laws } from "./lawText.ts";
import { metricForms } from "./metrics.ts";
import { nearest } from "./nearest.ts";
import { operationTexts } from "./operationText.ts";
import { type DefaultCell, defaultCell, defaultFaults, defaultRows, presetNames, presetSummaries } from "./presets.ts";
import { ScenarioError } from "./problem.ts";
import { fault, writeDefault } from "./schema/faults.ts";
import { operation } from "./schema/operations.ts";
import { alternativesOf, wordsOf } from "./schema/walk.ts";
import { selectorForms } from "./selectorText.ts";
import { sources } from "./sources.ts";
import { vmSizeText } from "./vmSizeText.ts";

/**
 * What a key, law, fault, operation, policy, metric, preset, selector, VM size or source means, with unit, default and source, as plain text.
 *
 * Names and indexes can be left out or written: `clients.timeout` and `clients.browsers.timeout` are the same key. Throws ScenarioError with
 * the nearest names when nothing is called so.
 */
export function explain(topic: string): string {
  const wanted = topic.trim();
  const keys = [...allKeys(), ...eventKeys()];
  const key = keys.find(({ path }) => matches(path.split("."), wanted.split(".")));
  if (key !== undefined) return explainKey(key, keys);
  const others = otherTopics();
  const other = others.get(wanted) ?? formTopics().get(wanted) ?? others.get(callOf(wanted)) ?? formTopics().get(callOf(wanted));
  if (other !== undefined) return other;
  const names = [...new Set([...keys.map(({ path }) => shortPath(path)), ...others.keys()])];
  throw new ScenarioError([
    { file: "explain", line: 1, column: 1, severity: "error", message: `there is no "${wanted}", ${proposal(wanted, names)}` },
  ]);
}

/** A key without its placeholders: `clients.timeout`. */
function shortPath(path: string): string {
  return path.replaceAll(".*", "");
}

/** The default of a key in words: the azure one, then those of other presets that differ. */
function defaultLines(path: string): readonly string[] {
  return defaultRows
    .filter((row) => row.path === path)
    .flatMap(({ cells, of }, index) => {
      const differing = presetNames.filter((preset) => preset === "azure" || cells[preset].value !== cells.azure.value);
      const shown = index === 0 ? differing : differing.filter((preset) => cells[preset].note !== defaultCell(preset, path)?.note);
      return shown.map((preset) => `${preset}${of === undefined ? "" : ` (${of} roles)`}: ${writeCell(cells[preset])}`);
    });
}

/** A default with where it comes from: `15s (Microsoft Docs, ...)`. */
function writeCell({ guess, note, sources: keys, value }: DefaultCell): string {
  const from = keys.map((key) => sources[key]).join("; ");
  return `${value}${guess ? " [guess]" : ""}\n      ${from}${note === undefined ? "" : `\n      ${note}`}`;
}

function explainKey({ isGroup, meta, path, required, schema, shown }: KeyEntry, keys: readonly KeyEntry[]): string {
  const lines = [shown, `  ${meta.description ?? "A group of keys."}`];
  if (meta.unit !== undefined) lines.push(`  Unit: ${meta.unit}`);
  const words = wordsOf(schema);
  if (words.length > 0 && words.length <= 20) lines.push(`  Choices: ${words.join(", ")}`);
  const defaults = defaultLines(path);
  if (required) lines.push("  Required.");
  else if (defaults.length > 0) lines.push("  Default", ...defaults.map((line) => `    ${line}`));
  else if (meta.absent !== undefined) lines.push(`  When absent: ${meta.absent}`);
  if (!isGroup) return lines.join("\n");
  const depth = path.split(".").length;
  const inner = keys.filter(
    (key) => key.path.startsWith(`${path}.`) && key.path.split(".").filter((step) => step !== "*").length <= depth + 1,
  );
  return [
    ...lines,
    "  Keys",
    ...inner.map((key) => `    ${key.path.split(".").pop()}: ${key.meta.description ?? ""}${shortDefault(key)}`),
  ].join("\n");
}

/** The default of a key within its group: ` 20% when absent.` */
function shortDefault({ meta, path, required }: KeyEntry): string {
  const cell = defaultCell("azure", path);
  if (required) return " Required.";
  if (cell !== undefined) return ` When absent: ${cell.value}${cell.guess ? " [guess]" : ""}.`;
  return meta.absent === undefined ? "" : ` When absent: ${meta.absent}.`;
}

/** The keys of faults and operations, each once although several kinds have it. */
function eventKeys(): readonly KeyEntry[] {
  const of = (prefix: string, schema: typeof fault | typeof operation): readonly KeyEntry[] =>
    alternativesOf(schema).flatMap((kind) => keysOf(kind, `${prefix}.*`).filter(({ path }) => !path.includes(".roles.")));
  const seen = new Set<string>();
  return [...of("faults", fault), ...of("operations", operation)].filter(({ path }) => !seen.has(path) && seen.add(path));
}

function otherTopics(): ReadonlyMap<string, string> {
  const topics = new Map<string, string>();
  for (const name of lawNames) {
    const law = name === "empirical" ? undefined : laws[name as keyof typeof laws];
    const parameters = law === undefined ? "file, in ms" : law.parameters.map((parameter) => parameter.name).join(", ");
    topics.set(name, `${name}(${parameters})\n  ${law?.summary ?? "One of the values of a CSV column, each alike."}`);
  }
  for (const { classes, example, kind, parameters = [], repairSummary, summary } of faults) {
    const rates = defaultFaults.azure.filter((rate) => rate.kind === kind).map(({ every, target }) => `${target} ${every}`);
    const rate = rates.length === 0 ? "" : `\n  faults: default (azure): ${rates.join("; ")}`;
    const keys = parameters
      .map((parameter) => {
        const absent = parameter.default === undefined ? " Required." : ` When absent: ${writeDefault(parameter)}.`;
        return `\n  ${parameter.name}: ${parameter.description}${absent}`;
      })
      .join("");
    const ofClass = classes === undefined ? "" : `\n  class: ${classes.join(", ")}; the first when absent.`;
    topics.set(kind, `${kind}\n  ${summary}\n  repairAfter: ${repairSummary}${ofClass}${keys}\n  Example: ${example}${rate}`);
  }
  for (const { keys, name, summary } of operationTexts()) {
    const lines = keys.map(
      ({ absent, description, key, required }) =>
        `\n  ${key}: ${description}${required ? " Required." : absent === "" ? "" : ` When absent: ${absent}.`}`,
    );
    topics.set(name, `${name}\n  ${summary}${lines.join("")}`);
  }
  for (const { kind, summary } of balancingPolicies) topics.set(kind, `${kind}\n  ${summary}`);
  for (const { form, summary, unit } of metricForms) topics.set(form, `${form}\n  ${summary}\n  Unit: ${unit}`);
  for (const { form, summary } of alwaysForms) topics.set(form, `${form}\n  ${summary}\n  Unit: count, for always`);
  for (const preset of presetNames) topics.set(preset, `${preset}\n  ${presetSummaries[preset]}`);
  topics.set("selectors", ["selectors", ...selectorForms.map(({ form, summary }) => `  ${form}: ${summary}`)].join("\n"));
  topics.set("arrivals", ["arrivals", ...arrivalForms.map(({ form, summary }) => `  ${form}\n    ${summary}`)].join("\n"));
  return topics;
}

/** What is written as a call or an example, and what stands behind a default: by its text, forms by the name before the bracket too. */
function formTopics(): ReadonlyMap<string, string> {
  const topics = new Map<string, string>();
  for (const { form, summary } of [...arrivalForms, ...selectorForms]) {
    const text = `${form}\n  ${summary}`;
    topics.set(form, text);
    const name = callOf(form);
    topics.set(name, topics.has(name) && name !== form ? `${topics.get(name)}\n${text}` : text);
  }
  for (const name of vmSizeNames) topics.set(name, `${name}\n  ${vmSizeText(name)}`);
  for (const [name, text] of Object.entries(sources)) topics.set(name, `${name}\n  Source of defaults: ${text}`);
  return topics;
}

/** `lognormal` of `lognormal(80ms, 1.2)`; any other text as it is. */
function callOf(text: string): string {
  return /^([A-Za-z]\w*)\s*\(/.exec(text)?.[1] ?? text;
}

/** Whether steps match a path in which `*` stands for any step, or for none. */
function matches(path: readonly string[], steps: readonly string[]): boolean {
  const [first, ...rest] = path;
  if (first === undefined) return steps.length === 0;
  if (first === "*" && matches(rest, steps)) return true;
  if (steps.length === 0 || (first !== "*" && first !== steps[0])) return false;
  return matches(rest, steps.slice(1));
}

function proposal(wanted: string, names: readonly string[]): string {
  const near = nearest(wanted, names);
  if (near !== undefined) return `did you mean "${near}"?`;
  const last = wanted.split(".").pop() ?? wanted;
  const below = names.filter((name) => name.startsWith(`${wanted}.`));
  const exact = names.filter((name) => name.split(".").pop() === last);
  const like = names.filter((name) => nearest(last, [name.split(".").pop() ?? name]) !== undefined);
  const similar = [...new Set([...below, ...(exact.length > 0 ? exact : like)])];
  if (similar.length > 0) return `perhaps: ${similar.slice(0, 8).join(", ")}`;
  return `the sections are: ${names
    .filter((name) => !name.includes("."))
    .slice(0, 19)
    .join(", ")}`;
}
