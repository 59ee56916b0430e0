import { maxHorizon } from "../kernel/time.ts";
import type { Design } from "../model/design.ts";
import { balancingPolicies } from "../model/policies/balancing/index.ts";
import { isBalancing, type Policy } from "../model/policies/own.ts";
import type { AlwaysText } from "./alwaysText.ts";
import { defaultsOf } from "./defaults.ts";
import type { Expectation } from "./expectText.ts";
import { ReadingBudget, type ScenarioFiles } from "./files.ts";
import { hashText } from "./hash.ts";
import type { Lesson } from "./lesson.ts";
import { mergeLayers, objectSource } from "./merge.ts";
import type { Mistake } from "./messages.ts";
import { ParsedScenario } from "./parse.ts";
import { isMapping, type Path, type Source, valueAt, writePath } from "./place.ts";
import type { PresetName } from "./presets.ts";
import { headline, type Problem, ScenarioError } from "./problem.ts";
import { readScenario } from "./recover.ts";
import { Context, type Names } from "./resolve/context.ts";
import { resolveLesson } from "./resolve/lesson.ts";
import { metricNames, resolveAlways, resolveDesign, resolveExpectations } from "./resolve/resolve.ts";
import type { Scenario } from "./schema/scenario.ts";
import { namePattern } from "./selectorText.ts";
import { type ServiceImports, withServiceFiles } from "./serviceFiles.ts";
import { type VariantLayers, variantsOf } from "./variants.ts";

/** A scenario without mistakes, every default filled in. */
export interface ValidScenario {
  readonly name: string;
  /** What it shows; its name when it does not say. */
  readonly summary: string;
  readonly preset: PresetName;
  readonly seed: number;
  readonly runs: number;
  readonly design: Design;
  readonly expectations: readonly Expectation[];
  /** What must hold after every event. */
  readonly always: readonly AlwaysText[];
  readonly lesson: Lesson | undefined;
  readonly warnings: readonly Problem[];
  /** The user's own policies, which the design may name. */
  readonly policies: readonly Policy[];
  /** Its variants in the order of the file, each a scenario of its own; usually none. */
  readonly variants: readonly ValidScenario[];
  /** Which variant of a scenario it is; absent of a whole one. */
  readonly variant?: string;
  /** 8 hex digits over everything that decides what happens, the seed and the number of runs left out. */
  readonly hash: string;
}

/** What validation may look at besides the scenario. */
export interface ValidateOptions {
  /** Where files are read from that the scenario names; without, naming one is a mistake. */
  readonly files?: ScenarioFiles;
  /** Changes as `path=value`, on top of everything. */
  readonly set?: readonly string[];
  /** In place of the scenario's own. */
  readonly seed?: number;
  readonly runs?: number;
  /** Policies of the user's own, which a scenario may name as `balancer.policy` or `autoscale.roles.NAME.policy`. */
  readonly policies?: readonly Policy[];
}

const usualSeed = 42;

/**
 * Checks a scenario and its variants, and fills in the defaults.
 *
 *     layers (--set, variant, file, base, service files) -> read by the schema -> resolved against the preset -> ValidScenario
 *
 * Throws ScenarioError with all mistakes at once, in the order in which they stand.
 */
export function validate(input: ParsedScenario | Scenario | object, options: ValidateOptions = {}): ValidScenario {
  const top = input instanceof ParsedScenario ? input : objectSource(input);
  const merged = mergeLayers(top, options.set ?? [], options.files);
  const named = variantsOf(merged);
  const shared: Shared = { options, budget: new ReadingBudget(), imports: new Map() };
  const whole = check(merged.whole, shared, [], named);
  const variants = named.map(({ layers, mistakes, variant }) => ({ variant, ...check(layers, shared, mistakes, undefined) }));
  const idle = alikeVariants(variants).map((mistake) => locate(mistake, merged.whole, merged.whole.value));
  const found = [...whole.problems, ...variants.flatMap(({ problems }) => problems), ...idle];
  const located = inOrder([...distinct(found), ...checkOptions(options)], top.file);
  const errors = located.filter(({ severity }) => severity === "error");
  if (errors.length > 0 || whole.resolved === undefined) throw new ScenarioError(errors);
  const valid = variants.flatMap(({ resolved, variant }) =>
    resolved === undefined ? [] : [nameVariant(resolved, variant, whole.resolved)],
  );
  const hash = valid.length === 0 ? whole.resolved.hash : hashText([whole.resolved.hash, ...valid.map((one) => one.hash)].join(" "));
  const warnings = distinct([...whole.warnings, ...variants.flatMap((one) => one.warnings), ...located]);
  return { ...whole.resolved, warnings, variants: valid, hash };
}

/** Warnings about variants that there is nothing to compare with. */
function alikeVariants(
  variants: readonly { readonly variant: string; readonly resolved: ValidScenario | undefined }[],
): readonly Mistake[] {
  const warning = (variant: string, message: string): Mistake => {
    return { path: ["variants", variant], part: "key", severity: "warning", message };
  };
  if (variants.length === 1) return variants.map(({ variant }) => warning(variant, "there is no other variant to compare this one with"));
  return variants.flatMap(({ resolved, variant }, index) => {
    const same = variants.slice(0, index).find((earlier) => earlier.resolved !== undefined && earlier.resolved.hash === resolved?.hash);
    return same === undefined ? [] : [warning(variant, `this variant is the same as ${same.variant}: nothing in it makes a difference`)];
  });
}

/** What a scenario and its variants have in common while they are checked. */
interface Shared {
  readonly options: ValidateOptions;
  readonly budget: ReadingBudget;
  readonly imports: ServiceImports;
}

/** What checking one scenario, or one variant of it, came to. */
interface Checked {
  readonly resolved: ValidScenario | undefined;
  readonly problems: readonly Problem[];
  /** In its service files. */
  readonly warnings: readonly Problem[];
}

/** `variants` are those of a whole scenario, which has the lesson for all of them; undefined of a variant. */
function check(
  layers: Source,
  { budget, imports, options }: Shared,
  known: readonly Mistake[],
  variants: readonly VariantLayers[] | undefined,
): Checked {
  const { value, warnings, ...service } = withServiceFiles(layers.value, options.files, imports);
  const reading = readScenario(value);
  const mistakes: Mistake[] = [...known, ...service.mistakes, ...reading.mistakes];
  const problems: Problem[] = [...service.problems];
  let resolved: ValidScenario | undefined;
  // without its files the roles of the service are not known, so nothing that names one can be checked
  const isKnown = service.mistakes.length === 0 && service.problems.length === 0;
  if (reading.scenario !== undefined && isKnown) {
    const { scenario } = reading;
    const names = { ...namesOf(value), ...policyNames(options.policies ?? []) };
    const context = new Context(defaultsOf(scenario.preset ?? "azure", scenario.hosting), names, options.files, scenario.horizon, budget);
    if (scenario.horizon > maxHorizon)
      context.complain(["horizon"], "a horizon of more than 285 y cannot be counted: give the scenario runs");
    const design = resolveDesign(scenario, context);
    const expectations = resolveExpectations(scenario.expect, design, context);
    const always = resolveAlways(scenario.always, context);
    const lesson = variants === undefined ? undefined : resolveLesson(scenario, variants, metricNames(design.measure, context), context);
    mistakes.push(...besides(mistakes, context.mistakes, reading.original));
    problems.push(...context.problems);
    const { name, preset = "azure", summary = name } = scenario;
    resolved = {
      name,
      summary,
      preset,
      seed: options.seed ?? scenario.seed ?? usualSeed,
      runs: options.runs ?? scenario.runs ?? 1,
      design,
      expectations,
      always,
      lesson,
      warnings: [],
      policies: options.policies ?? [],
      variants: [],
      hash: hashText(JSON.stringify([name, design, expectations])),
    };
  }
  return { resolved, warnings, problems: [...problems, ...mistakes.map((mistake) => locate(mistake, layers, value))] };
}

/** A variant as a scenario of its own; without a summary of its own, its name leads that of the whole. */
function nameVariant(resolved: ValidScenario, variant: string, whole: ValidScenario | undefined): ValidScenario {
  const summary = resolved.summary === whole?.summary ? `${variant}: ${resolved.summary}` : resolved.summary;
  return { ...resolved, name: `${resolved.name} (${variant})`, summary, variant };
}

/** What is wrong in a scenario is wrong in its variants too, and told once. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [headline(problem), problem])).values()];
}

function namesOf(value: unknown): Omit<Names, "balancing" | "autoscale"> {
  const keys = (...path: Path): readonly string[] => {
    const mapping = valueAt(value, path);
    return isMapping(mapping) ? Object.keys(mapping) : [];
  };
  return { roles: keys("service", "roles"), queues: keys("queues"), stores: keys("stores"), clients: keys("clients") };
}

/** Names of the user's own policies, by what they decide. */
function policyNames(policies: readonly Policy[]): Pick<Names, "balancing" | "autoscale"> {
  const names = (wanted: boolean) => policies.filter((policy) => isBalancing(policy) === wanted).map(({ kind }) => kind);
  return { balancing: names(true), autoscale: names(false) };
}

/** What the checks found that is no mere consequence of what could not be read. */
function besides(before: readonly Mistake[], found: readonly Mistake[], original: (path: Path) => Path): readonly Mistake[] {
  const unread = before.map((mistake) => mistake.about ?? mistake.path);
  return found
    .map((mistake) => ({ ...mistake, path: original(mistake.path) }))
    .filter(({ follows = [], path }) => !unread.some((wrong) => isWithin(wrong, path) || follows.some((above) => isWithin(wrong, above))));
}

function isWithin(path: Path, above: Path): boolean {
  return above.every((key, index) => key === path[index]);
}

function locate(mistake: Mistake, source: Source, value: unknown): Problem {
  const { path, part, hint, severity = "error" } = mistake;
  const message = mistake.message.length > 1000 ? `${mistake.message.slice(0, 1000)}...` : mistake.message;
  const { at, length } = partOf(mistake, value);
  for (let depth = path.length; depth >= 0; depth--) {
    const isWhole = depth === path.length;
    const place = isWhole ? source.locate(path, part, at, length) : source.locate(path.slice(0, depth), "key");
    if (place !== undefined) return { ...place, severity, message, hint };
  }
  const where = path.length === 0 ? "" : `${writePath(path)}: `;
  return { file: source.file, line: 1, column: 1, severity, message: `${where}${message}`, hint };
}

function partOf({ at, inText, length, path }: Mistake, value: unknown): { at?: number; length?: number } {
  if (inText === undefined) return at === undefined ? {} : { at, length: length ?? 1 };
  const text = valueAt(value, path);
  const found = typeof text === "string" ? text.indexOf(inText) : -1;
  return found < 0 ? {} : { at: found, length: inText.length };
}

function inOrder(problems: readonly Problem[], first: string): readonly Problem[] {
  const rank = ({ file }: Problem): number => (file === first ? 0 : file === "--set" ? 1 : 2);
  return [...problems].sort((a, b) => rank(a) - rank(b) || compare(a.file, b.file) || a.line - b.line || a.column - b.column);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function checkOptions({ policies = [], runs, seed }: ValidateOptions): readonly Problem[] {
  const problem = (file: string, message: string): Problem => ({ file, line: 1, column: 1, severity: "error", message });
  const found: Problem[] = [];
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0))
    found.push(problem("--seed", `a seed is a whole number from 0 on, not ${seed}`));
  if (runs !== undefined && !(Number.isInteger(runs) && runs >= 1 && runs <= 1_000_000)) {
    found.push(problem("--runs", `runs is a whole number from 1 to 1,000,000, not ${runs}`));
  }
  const known = new Set(balancingPolicies.map(({ kind }) => kind));
  for (const { kind } of policies) {
    if (typeof kind !== "string" || !namePattern.test(kind)) found.push(problem("policies", `"${String(kind)}" is no name for a policy`));
    else if (known.has(kind)) found.push(problem("policies", `there is a policy "${kind}" already: give yours another name`));
    known.add(kind);
  }
  return found;
}
