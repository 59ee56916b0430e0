import type { OperationDesign } from "../design.ts";
import type { Operation, Platform } from "../world.ts";

/** A kind of operation: what it needs, how it begins, and when it is done. */
export interface OperationKind<D extends OperationDesign = OperationDesign> {
  readonly summary: string;
  /** Why it cannot begin now, in the platform's words. */
  refuse(platform: Platform, design: D, operation: Operation): string | undefined;
  begin(platform: Platform, operation: Operation, design: D): void;
  isDone(platform: Platform, operation: Operation, design: D): boolean;
}
