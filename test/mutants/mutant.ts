/** One small mistake that somebody could make in the model: a text of its source in place of another. */
export interface Mutant {
  readonly name: string;
  /** File below src/. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Ids of the invariants of which one, at least, must notice. */
  readonly noticedBy: readonly string[];
}
