import type { Micros } from "../../kernel/time.ts";
import type { InstanceState } from "../../model/status.ts";
import type { RootedFact } from "./causes.ts";

/** The kinds of things that are told. */
export type TellingKind =
  | "struck"
  | "dropped"
  | "declaredDead"
  | "crashNoticed"
  | "guestDeclaredDead"
  | "hangNoticed"
  | "ownerActed"
  | "excluded"
  | "replaced"
  | "waiting"
  | "hostReported"
  | "repairStep"
  | "strayStopped"
  | "controllerBack"
  | "restartFailed"
  | "restarted"
  | "placed"
  | "ended"
  | "readyAgain"
  | "backInRotation"
  | "operationStarted"
  | "operationFinished"
  | "operationRefused"
  | "operationReplaced"
  | "operationStuck"
  | "operationAutoscaled"
  | "connectionsShut"
  | "domainStarted"
  | "swapped"
  | "localWritesLost"
  | "changesLost"
  | "onStopCut";

/** Something worth telling, not yet in words. */
export interface Telling {
  readonly kind: TellingKind;
  readonly at: Micros;
  /** The last of several that are told together, and how many they are. */
  readonly last: Micros;
  readonly times: number;
  /** The strike or operation it goes back to. */
  readonly root: RootedFact | null;
  readonly fact: RootedFact;
  /** Instances it happened to. */
  readonly instances: readonly number[];
  /** Where they went, or which hosts or upgrade domains it is about. */
  readonly hosts: readonly number[];
  /** The state of the first of them at that instant. */
  readonly state: InstanceState | -1;
}

/** Everything worth telling about a run, in order, and what each root cost. */
export interface Narration {
  readonly tellings: readonly Telling[];
  /** Instance-time that was not ready, by root. */
  readonly cost: ReadonlyMap<RootedFact, Micros>;
  /** When the last instance that a root had struck was ready again; absent while one is not. */
  readonly healedAt: ReadonlyMap<RootedFact, Micros>;
  /** When an operation was over, by its root; absent while it goes on. */
  readonly finishedAt: ReadonlyMap<RootedFact, Micros>;
}
