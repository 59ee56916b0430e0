import type { OperationDesign } from "../design.ts";
import type { Operation, Platform } from "../world.ts";

/** A kind of operation: what it needs, how it begins, and when it is done. */
export interface OperationKind<D extends OperationDesign = OperationDesign> {
  readonly summary: string;
  /** The deployments it changes, which no other operation may be changing. */
  deployments(platform: Platform, design: D): readonly number[];
  /** Why it cannot begin now, in the platform's words. */
  refuse(platform: Platform, design: D): string | undefined;
  begin(platform: Platform, operation: Operation, design: D): void;
  isDone(platform: Platform, operation: Operation, design: D): boolean;
}
