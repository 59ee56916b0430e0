/** What one engine is to replay: everything it needs is text, so that no engine reads a file. */
export interface Job {
  /** Name of the scenario, and of its variant where it has some. */
  readonly name: string;
  /** The scenario as YAML. */
  readonly text: string;
  /** The files that the scenario names, as text. */
  readonly files: Readonly<Record<string, string>>;
  /** Changes as `path=value`, on top of the scenario. */
  readonly set: readonly string[];
  readonly variant?: string | undefined;
  readonly seed: number;
}

/** What a replay came to. */
export interface Outcome {
  readonly events: number;
  readonly facts: number;
  /** The fingerprint of all facts and all events, 16 hex digits. */
  readonly trace: string;
  /** The fingerprint of all figures, 16 hex digits. */
  readonly metrics: string;
}

/** One fact as numbers: its place is its number in the run. */
export interface PlainFact {
  /** Microseconds. */
  readonly at: number;
  readonly kind: string;
  readonly subject: number;
  readonly value: number;
  readonly cause: number;
}

/** What an engine is asked, in order of detail. */
export type Question =
  | { readonly ask: "outcome"; readonly job: Job }
  /** The rolling fingerprint of the facts after each `every` of them, and after the last. */
  | { readonly ask: "marks"; readonly job: Job; readonly every: number }
  /** The facts from one number to before another. */
  | { readonly ask: "facts"; readonly job: Job; readonly from: number; readonly to: number }
  /** The figures, one on a line with its path. */
  | { readonly ask: "figures"; readonly job: Job };

/** The answers, by question. */
export interface Answers {
  readonly outcome: Outcome;
  readonly marks: readonly string[];
  readonly facts: readonly PlainFact[];
  readonly figures: readonly string[];
}
