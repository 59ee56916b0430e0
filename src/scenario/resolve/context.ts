import type { Micros } from "../../kernel/time.ts";
import type { ArrivalsDesign } from "../../model/design.ts";
import { type LawSpec, mean } from "../../random/lawSpec.ts";
import type { ArrivalsDraft } from "../arrivalsText.ts";
import type { Defaults } from "../defaults.ts";
import type { ReadingBudget, ScenarioFiles } from "../files.ts";
import type { LawDraft } from "../lawText.ts";
import type { Mistake } from "../messages.ts";
import { suggest } from "../nearest.ts";
import type { Path } from "../place.ts";
import type { Problem } from "../problem.ts";
import { loadArrivals, loadLaw } from "./data.ts";

/** The names that exist in a scenario, whether or not what they name could be read. */
export interface Names {
  readonly roles: readonly string[];
  readonly queues: readonly string[];
  readonly stores: readonly string[];
  readonly clients: readonly string[];
  /** Policies of the user's own. */
  readonly balancing: readonly string[];
  readonly autoscale: readonly string[];
}

/** A mean below this is distorted by rounding to whole microseconds (semantics 1). */
const shortest: Micros = 100;

/** More mistakes, and more warnings, than anybody reads. */
const mostNoted = 200;

/** What resolving a scenario needs to know and where it puts its mistakes. */
export class Context {
  readonly defaults: Defaults;
  readonly names: Names;
  readonly files: ScenarioFiles | undefined;
  readonly horizon: Micros;
  readonly budget: ReadingBudget;
  readonly mistakes: Mistake[] = [];
  /** Mistakes in other files than the scenario's. */
  readonly problems: Problem[] = [];
  private errors = 0;
  private warnings = 0;

  constructor(defaults: Defaults, names: Names, files: ScenarioFiles | undefined, horizon: Micros, budget: ReadingBudget) {
    this.defaults = defaults;
    this.names = names;
    this.files = files;
    this.horizon = horizon;
    this.budget = budget;
  }

  /** Notes a mistake at the value, or at the key, that a path leads to. */
  complain(path: Path, message: string, more: Partial<Omit<Mistake, "path" | "message">> = {}): void {
    if (this.isFull) return;
    this.errors++;
    this.mistakes.push({ path, message, part: "value", ...more });
  }

  /** Claims that so many mistakes are noted that nobody reads more. */
  get isFull(): boolean {
    return this.errors >= mostNoted;
  }

  /** Notes something that is allowed and probably not meant. */
  warn(path: Path, message: string): void {
    if (this.warnings++ < mostNoted) this.mistakes.push({ path, message, part: "value", severity: "warning" });
  }

  /** Notes a name that does not exist; false when it does not. */
  checkName(what: "role" | "queue" | "store", name: string, path: Path, where: Partial<Mistake> = {}): boolean {
    const names = this.names[`${what}s`];
    if (names.includes(name)) return true;
    // looking for the nearest of many names again and again takes its time
    if (this.isFull) return false;
    this.complain(path, `there is no ${what} "${name}", ${suggest(name, names, `the ${what}s are`)}`, where);
    return false;
  }

  /** The same surroundings for what has been checked before: mistakes are dropped. */
  quiet(): Context {
    return new Context(this.defaults, this.names, this.files, this.horizon, this.budget);
  }

  /** A law with its file read, or the default when the scenario has none. */
  law(draft: LawDraft | undefined, fallback: LawSpec, ...path: Path): LawSpec {
    if (draft === undefined) return fallback;
    const law = "file" in draft ? loadLaw(draft, path, this) : draft;
    this.checkMean(law, path);
    return law;
  }

  /** A law of times after which something happens again: never 0 on average, or the clock would stand still. */
  clock(draft: LawDraft, ...path: Path): LawSpec {
    const law = this.law(draft, { law: "constant", value: 1 }, ...path);
    if (mean(law) < 1) this.complain(path, "these times must be at least 1us on average");
    return law;
  }

  /** Arrivals with their files read. */
  arrivals(draft: ArrivalsDraft, ...path: Path): ArrivalsDesign {
    const arrivals = loadArrivals(draft, path, this);
    if (arrivals.kind === "renewal") {
      if (mean(arrivals.interarrival) < 1) this.complain(path, "arrivals must be at least 1us apart on average");
      else this.checkMean(arrivals.interarrival, path);
    }
    if (arrivals.kind === "bursts" && arrivals.sojourns.some((sojourn) => mean(sojourn) < 1)) {
      this.complain(path, "a state must last at least 1us on average");
    }
    return arrivals;
  }

  /** Warns when an instant lies beyond the horizon. */
  checkInstant(at: Micros, path: Path): void {
    if (at > this.horizon) this.warn(path, "this never happens: it is after the horizon");
  }

  private checkMean(law: LawSpec, path: Path): void {
    const average = mean(law);
    if (average > 0 && average < shortest) {
      this.warn(
        path,
        `a mean of ${Number(average.toPrecision(3))}us is distorted by rounding to whole microseconds: stay above ${shortest}us`,
      );
    }
  }
}

/** Entries of a mapping, sorted by name, so that their order in a file does not matter. */
export function sortedEntries<T>(mapping: Readonly<Record<string, T>> | undefined): readonly [string, T][] {
  return mapping === undefined ? [] : Object.entries(mapping).sort(([a], [b]) => (a < b ? -1 : 1));
}
