import type { Job, PlainFact } from "./job.ts";
import type { Session } from "./session.ts";

/** The first thing that two engines see differently in one run; `undefined` is a fact or figure that the other one does not have. */
export type Difference =
  | { readonly kind: "fact"; readonly number: number; readonly a: PlainFact | undefined; readonly b: PlainFact | undefined }
  | { readonly kind: "figure"; readonly a: string | undefined; readonly b: string | undefined }
  /** All facts and figures agree; only events that no fact tells of differ. */
  | { readonly kind: "events" };

/** Facts between two marks of the rolling fingerprint. */
const every = 1024;

/**
 * Locates the first fact in which two engines differ: both replay with marks of the rolling fingerprint, halving finds the first mark that
 * differs, and the facts before it are compared one by one. Where no fact differs, the first figure does, or none.
 */
export async function locate(job: Job, a: Session, b: Session): Promise<Difference> {
  const [marksA, marksB] = await Promise.all([a.ask({ ask: "marks", job, every }), b.ask({ ask: "marks", job, every })]);
  const block = firstUnlike(marksA, marksB);
  if (block < Math.max(marksA.length, marksB.length)) {
    const part = { ask: "facts", job, from: block * every, to: (block + 1) * every } as const;
    const [factsA, factsB] = await Promise.all([a.ask(part), b.ask(part)]);
    const place = factsA.findIndex((fact, index) => !isSame(fact, factsB[index]));
    const first = place < 0 ? factsA.length : place;
    return { kind: "fact", number: block * every + first, a: factsA[first], b: factsB[first] };
  }
  const [figuresA, figuresB] = await Promise.all([a.ask({ ask: "figures", job }), b.ask({ ask: "figures", job })]);
  const unlike = (figure: string, index: number): boolean => figure !== figuresB[index] && !figure.startsWith("fingerprint ");
  const figure = figuresA.findIndex(unlike);
  if (figure >= 0) return { kind: "figure", a: figuresA[figure], b: figuresB[figure] };
  return { kind: "events" };
}

/** The place of the first mark that differs, by halving: marks of a rolling fingerprint are alike up to it and unlike from it on. */
export function firstUnlike(a: readonly string[], b: readonly string[]): number {
  let low = 0;
  let high = Math.min(a.length, b.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (a[middle] === b[middle]) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isSame(a: PlainFact, b: PlainFact | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
