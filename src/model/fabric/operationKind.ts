import type { OperationDesign } from "../design.ts";
import type { Operation, Platform } from "../world.ts";

/** A kind of operation: what it needs, how it begins, and when it is done. */
export interface OperationKind<D extends OperationDesign = OperationDesign> {
  readonly summary: string;
  /** True: it changes a deployment, so only one of its like at a time, and it is refused while a deployment is locked. */
  readonly mutates: boolean;
  /** Instead of being refused while something else is in progress, it waits. */
  readonly waits?: boolean;
  /** Why it cannot begin now, in the platform's words. */
  refuse(platform: Platform, design: D, operation: Operation): string | undefined;
  /** Whether it may take the place of the operation that holds the lock. */
  replaces?(platform: Platform, design: D, running: Operation): boolean;
  begin(platform: Platform, operation: Operation, design: D): void;
  isDone(platform: Platform, operation: Operation, design: D): boolean;
}
