import { it } from "vitest";

/** One fact of the platform, as its documents or its engineers tell it. */
export interface Fact {
  /** Section and number: "3.4". */
  readonly id: string;
  /** What is so, in one sentence of ours. */
  readonly text: string;
  /** The document, talk or article that says so. */
  readonly source: string;
  /** How sure it is: read in the vendor's document, read in a blog or talk, recalled, or a guess. */
  readonly mark: "document" | "blog" | "recalled" | "guess";
  /** Why the simulator does not show it; absent when a test shows it. */
  readonly notModelled?: string;
}

/** The function that tests the facts of a section: one test for each, named after it. */
export function factsOf(section: readonly Fact[]): (id: string, run: () => void | Promise<void>) => void {
  return (id, run) => {
    const fact = section.find((candidate) => candidate.id === id);
    if (fact === undefined) throw new RangeError(`section has no fact ${id}`);
    it(`fact ${id}: ${fact.text}`, run);
  };
}
