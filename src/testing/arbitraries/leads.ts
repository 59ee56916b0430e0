import type { Operation, OperationDraft } from "./operations.ts";

type Kind = Operation["kind"];
type Slot = OperationDraft["slot"];

/** What stands in the two slots, if every operation so far has been accepted. */
export class Slots {
  private readonly filled: Record<Slot, boolean> = { production: true, staging: false };

  /** Whether there is a deployment. */
  has(slot: Slot): boolean {
    return this.filled[slot];
  }

  /** The slot itself where an operation of the kind can be accepted there, else the other one. */
  suited(kind: Kind, slot: Slot): Slot {
    return this.filled[slot] === (kind !== "deploy") ? slot : slot === "production" ? "staging" : "production";
  }

  /** What it is like afterwards. */
  follow(kind: Kind, slot: Slot): void {
    if (kind === "deploy") this.filled[slot] = true;
    else if (kind === "delete") this.filled[slot] = false;
    else if (kind === "swap") [this.filled.production, this.filled.staging] = [this.filled.staging, this.filled.production];
  }
}

/** An operation that comes before another, and what is said of it in place of what is drawn for that one. */
interface Lead {
  readonly kind: Kind;
  readonly said: Partial<OperationDraft>;
}

/** Asked for until it is accepted: whatever else is in progress comes to its end. */
const again = "5s";
const walk: Lead = { kind: "walk-upgrade-domain", said: { extra: 0, again } };

/** What an operation needs to be accepted, in order. */
export function leadsOf(kind: Kind, { extra, mode }: OperationDraft, slot: Slot, slots: Slots): readonly Lead[] {
  const manual: Lead = { kind: "upgrade", said: { slot, mode: "manual", extra: 0, again } };
  switch (kind) {
    case "swap":
      // of the same make, so that its endpoints suit
      return slots.has("staging") ? [] : [{ kind: "deploy", said: { slot: "staging", change: undefined, extra: 0, again } }];
    case "rollback":
      // of an upgrade that has not begun, that is half done, or that goes on by itself
      if (extra === 5) return [{ kind: "upgrade", said: { slot, mode, extra: 0, again } }];
      return extra < 3 ? [manual] : [manual, walk];
    case "walk-upgrade-domain":
      return [manual, ...Array.from({ length: extra }, () => walk)];
    case "start":
      return [{ kind: "stop", said: { slot, again } }];
    default:
      return [];
  }
}
