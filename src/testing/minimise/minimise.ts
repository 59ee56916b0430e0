import { type Path, valueAt, writePath } from "../../scenario/place.ts";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { type Draft, pathsOf, smaller, withInstances, without, withoutRole, withTopology, withValue } from "./edits.ts";

/** A scenario that still fails when nothing more can be left out of it, or when the budget is used up. */
export interface Minimised {
  readonly scenario: Scenario;
  /** How often `fails` was asked. */
  readonly runs: number;
  /** What was left out or made smaller, in order. */
  readonly steps: readonly string[];
  /** Whether no single step more can be taken; false when the budget ended the search. */
  readonly isFixedPoint: boolean;
}

/**
 * Makes a scenario that fails as small as it goes: leaves out halves and single ones of faults and operations, then clients, queues, stores and
 * roles, then any other key; then halves and rounds times and counts, the horizon first. Again and again until nothing goes any more, or until
 * `fails` was asked `budget` times. `fails` decides what counts: a scenario that is not valid should not.
 */
export function minimise(
  scenario: Scenario,
  fails: (scenario: Scenario) => boolean,
  options: { readonly budget?: number } = {},
): Minimised {
  const search = new Search(scenario as Draft, fails, options.budget ?? 500);
  let before: Draft | undefined;
  while (before !== search.best && search.hasBudget) {
    before = search.best;
    for (const list of ["faults", "operations"]) search.halve(list);
    for (const section of ["clients", "queues", "stores", "autoscale", "patching", "expect", "variants", "pricing", "measure"])
      search.drop([section]);
    search.dropRoles();
    search.scaleDown();
    search.dropKeys();
    search.shrinkValues();
  }
  return { scenario: search.best as unknown as Scenario, runs: search.runs, steps: search.steps, isFixedPoint: search.hasBudget };
}

class Search {
  best: Draft;
  runs = 0;
  readonly steps: string[] = [];
  private readonly fails: (scenario: Scenario) => boolean;
  private readonly budget: number;
  private readonly known = new Set<string>();

  constructor(scenario: Draft, fails: (scenario: Scenario) => boolean, budget: number) {
    this.best = scenario;
    this.fails = fails;
    this.budget = budget;
  }

  get hasBudget(): boolean {
    return this.runs < this.budget;
  }

  /** Leaves out runs of a list, from all of it to single entries. */
  halve(key: string): void {
    const list = (): readonly unknown[] => {
      const value = this.best[key];
      return Array.isArray(value) ? value : [];
    };
    this.drop([key]);
    for (let size = Math.ceil(list().length / 2); size >= 1 && list().length > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = list().length - size; from >= 0; from--) {
        const fewer = list().filter((_, place) => place < from || place >= from + size);
        if (fewer.length < list().length) this.take(withValue(this.best, [key], fewer), `${size} of ${key} less`);
      }
    }
  }

  /** Leaves out what stands at a path, if there is something. */
  drop(path: Path): boolean {
    return valueAt(this.best, path) !== undefined && this.take(without(this.best, path), `without ${writePath(path)}`);
  }

  dropRoles(): void {
    for (const role of Object.keys((valueAt(this.best, ["service", "roles"]) ?? {}) as object))
      this.take(withoutRole(this.best, role), `without role ${role}`);
  }

  /** Fewer instances and hosts, with what is aimed at them. */
  scaleDown(): void {
    const roles = (valueAt(this.best, ["service", "roles"]) ?? {}) as Readonly<Record<string, unknown>>;
    for (const role of Object.keys(roles)) {
      const count = (): number => Number(valueAt(this.best, ["service", "roles", role, "instances"]) ?? 0);
      const fewer = (wanted: number): boolean =>
        wanted >= 1 && wanted < count() && this.take(withInstances(this.best, role, wanted), `${role} with ${wanted} instances`);
      while (fewer(1) || fewer(Math.floor(count() / 2)) || fewer(count() - 1));
    }
    const size = (key: string): number => Number(valueAt(this.best, ["datacenter", key]) ?? 0);
    const tinier = (racks: number, hosts: number): boolean =>
      (racks < size("faultDomains") || hosts < size("hostsPerFaultDomain")) &&
      this.take(withTopology(this.best, racks, hosts), `${racks} fault domains of ${hosts} hosts`);
    const [racks, hosts] = [size("faultDomains"), size("hostsPerFaultDomain")];
    if (racks < 1 || hosts < 1) return;
    for (let fewer = 1; fewer <= racks; fewer++) for (let least = 1; least <= hosts; least++) if (tinier(fewer, least)) return;
  }

  /** Parents before their children; from the end, so that places in lists stay true. */
  dropKeys(): void {
    for (let depth = 1; depth <= deepest; depth++) {
      const paths = pathsOf(this.best).filter((path) => path.length === depth && !needed.has(String(path[0]) + path.length));
      for (const path of paths.reverse()) this.drop(path);
    }
  }

  shrinkValues(): void {
    const paths = [
      ["horizon"],
      ...pathsOf(this.best).filter((path) => !["seed", "horizon"].includes(String(path[0])) && writePath(path) !== "heal.settle"),
    ];
    for (const path of paths) {
      for (let goes = true; goes; ) {
        goes = smaller(valueAt(this.best, path)).some((value) =>
          this.take(withValue(this.best, path, value), `${writePath(path)} ${String(value)}`),
        );
      }
    }
  }

  private take(candidate: Draft, step: string): boolean {
    const text = JSON.stringify(candidate);
    if (this.known.has(text) || !this.hasBudget) return false;
    this.known.add(text);
    this.runs++;
    if (!this.fails(candidate as unknown as Scenario)) return false;
    this.best = candidate;
    this.steps.push(step);
    return true;
  }
}

/** Keys at more than so many levels are left alone. */
const deepest = 6;
/** What a scenario cannot be without, what chooses its defaults, and what says what fails: with less time to settle, everything does. */
const needed = new Set(["name1", "preset1", "hosting1", "horizon1", "service1", "seed1", "always1", "always2", "heal1", "heal2"]);
