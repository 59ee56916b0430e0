import type { Micros } from "./time.ts";

/** A mistake of ours, not of the person using the simulator; carries what is needed to replay it. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
  /** Simulated instant in microseconds at which the invariant broke. */
  at?: Micros;
  /** The event being processed, in words. */
  event?: string;
  /** The seed of the run. */
  seed?: string;
  /** Fingerprint of the calendar when the invariant broke, 16 hex digits. */
  fingerprint?: string;
}

/** Throws an InvariantError with the message unless the condition holds; build costly messages only on failure, with `violated`. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** Throws an InvariantError; for hot paths, where the message must not be built unless it is needed. */
export function violated(message: string): never {
  throw new InvariantError(message);
}
