import type { Calendar } from "../kernel/calendar.ts";
import type { FactLog } from "./factLog.ts";
import { type FactKind, factKindNames, isControlFact } from "./facts.ts";

/** The fact being told, reused from one to the next: observers copy what they keep. */
export interface ToldFact {
  id: number;
  at: number;
  kind: number;
  subject: number;
  value: number;
  cause: number;
}

/** Watches facts from outside. It may read anything and change nothing. */
export interface Observer {
  readonly listensTo: readonly FactKind[];
  observe(fact: Readonly<ToldFact>): void;
}

/**
 * Which facts are kept: those of requests and messages too, those of the control plane, or none. A number: all until there are so many, and from
 * then on those of the control plane.
 */
export type KeptFacts = "all" | "control" | "none" | number;

/** What a trace has told and kept, as plain data. */
export interface TraceState {
  readonly count: number;
  readonly keptCount: number;
  readonly capacity: number;
  /** Since when facts of requests and messages are no longer kept; -1: it has not come to that. */
  readonly closedAt: number;
  readonly ids: Float64Array;
  readonly ats: Float64Array;
  readonly kinds: Uint8Array;
  readonly subjects: Float64Array;
  readonly values: Float64Array;
  readonly causes: Float64Array;
}

/** Facts of the control plane that are kept; beyond it the oldest are dropped, so that memory does not grow with the run. */
const controlCapacity = 1 << 17;

/** Tells facts to observers and keeps those of the control plane, all of them when a full trace is asked for. */
export class Trace {
  /** Facts told so far; the next fact's id. */
  count = 0;
  private readonly calendar: Calendar;
  private readonly observers: Observer[][];
  /** 1 for kinds that are kept. */
  private readonly kept: Uint8Array;
  /** 1 for kinds that nobody listens to and that are not kept: they are only counted. */
  private readonly unheard: Uint8Array;
  /** When there are so many facts, those of requests and messages are kept no longer. */
  private readonly most: number;
  /** Facts that are kept without dropping the oldest. */
  private readonly mostCapacity: number;
  private closedAt = -1;
  private readonly told: ToldFact = { id: 0, at: 0.5, kind: 0, subject: 0, value: 0.5, cause: 0.5 };

  private capacity = 1024;
  private keptCount = 0;
  private ids = new Float64Array(this.capacity);
  private ats = new Float64Array(this.capacity);
  private kinds = new Uint8Array(this.capacity);
  private subjects = new Float64Array(this.capacity);
  private values = new Float64Array(this.capacity);
  private causes = new Float64Array(this.capacity);

  /** Without a bound when everything is kept. */
  constructor(calendar: Calendar, keep: KeptFacts) {
    this.calendar = calendar;
    const isAll = keep === "all" || typeof keep === "number";
    this.kept = Uint8Array.from(factKindNames, (_, kind) => (isAll || (keep === "control" && isControlFact(kind)) ? 1 : 0));
    this.most = typeof keep === "number" ? keep : Number.POSITIVE_INFINITY;
    this.mostCapacity = isAll ? this.most + controlCapacity : controlCapacity;
    this.observers = factKindNames.map(() => []);
    this.unheard = Uint8Array.from(factKindNames, (_, kind) => 1 - this.kept[kind]);
    if (this.most <= 0) this.close();
  }

  /** Lets an observer watch from now on, after those that watch already. */
  watch(observer: Observer): void {
    for (const kind of observer.listensTo) {
      this.observers[kind].push(observer);
      this.unheard[kind] = 0;
    }
  }

  /** Tells a fact and returns its id, for use as a cause; ids do not depend on who listens. */
  emit(kind: FactKind, subject: number, value: number, cause: number): number {
    const id = this.count++;
    if (this.unheard[kind] === 0) this.tell(id, kind, subject, value, cause);
    return id;
  }

  /** The facts that were kept, oldest first. */
  log(): FactLog {
    const length = Math.min(this.keptCount, this.capacity);
    const start = this.keptCount > this.capacity ? this.keptCount % this.capacity : 0;
    const unrolled = <T extends Float64Array | Uint8Array>(column: T): T => {
      const copy = column.slice(0, length) as T;
      if (start > 0) {
        copy.set(column.subarray(start), 0);
        copy.set(column.subarray(0, start), this.capacity - start);
      }
      return copy;
    };
    return {
      length,
      dropped: this.keptCount - length,
      leftOut: this.count - this.keptCount,
      leftOutFrom: Math.max(0, this.closedAt),
      id: unrolled(this.ids),
      at: unrolled(this.ats),
      kind: unrolled(this.kinds),
      subject: unrolled(this.subjects),
      value: unrolled(this.values),
      cause: unrolled(this.causes),
    };
  }

  /** A copy of what was told and kept; observers and what is to be kept are no part of it. */
  save(): TraceState {
    const { capacity, closedAt, count, keptCount } = this;
    const used = Math.min(keptCount, capacity);
    return {
      count,
      keptCount,
      capacity,
      closedAt,
      ids: this.ids.slice(0, used),
      ats: this.ats.slice(0, used),
      kinds: this.kinds.slice(0, used),
      subjects: this.subjects.slice(0, used),
      values: this.values.slice(0, used),
      causes: this.causes.slice(0, used),
    };
  }

  /** Puts a copy back; it may be loaded again later, into a trace that keeps more kinds of facts too. */
  load(state: TraceState): void {
    const column = (saved: Float64Array): Float64Array<ArrayBuffer> => {
      const whole = new Float64Array(state.capacity);
      whole.set(saved);
      return whole;
    };
    this.count = state.count;
    this.keptCount = state.keptCount;
    this.capacity = state.capacity;
    this.ids = column(state.ids);
    this.ats = column(state.ats);
    this.subjects = column(state.subjects);
    this.values = column(state.values);
    this.causes = column(state.causes);
    this.kinds = new Uint8Array(state.capacity);
    this.kinds.set(state.kinds);
    this.closedAt = state.closedAt;
    if (this.keptCount >= this.most) this.close();
  }

  private tell(id: number, kind: FactKind, subject: number, value: number, cause: number): void {
    const told = this.told;
    told.id = id;
    told.at = this.calendar.now;
    told.kind = kind;
    told.subject = subject;
    told.value = value;
    told.cause = cause;
    if (isControlFact(kind)) tellControl(this.observers[kind], told);
    else tellTraffic(this.observers[kind], told);
    if (this.kept[kind] === 1) this.keep(id, kind, subject, value, cause);
  }

  private keep(id: number, kind: number, subject: number, value: number, cause: number): void {
    if (this.keptCount === this.capacity && this.capacity < this.mostCapacity) this.grow();
    // the capacity is a power of two
    const place = this.keptCount & (this.capacity - 1);
    this.keptCount++;
    this.ids[place] = id;
    this.ats[place] = this.calendar.now;
    this.kinds[place] = kind;
    this.subjects[place] = subject;
    this.values[place] = value;
    this.causes[place] = cause;
    if (this.keptCount === this.most) this.close();
  }

  /** From now on facts of requests and messages are only told. */
  private close(): void {
    if (this.closedAt < 0) this.closedAt = this.calendar.now;
    for (let kind = 0; kind < this.kept.length; kind++) {
      if (isControlFact(kind)) continue;
      this.kept[kind] = 0;
      this.unheard[kind] = this.observers[kind].length === 0 ? 1 : 0;
    }
  }

  private grow(): void {
    const size = this.capacity * 2;
    const doubled = (column: Float64Array): Float64Array<ArrayBuffer> => {
      const copy = new Float64Array(size);
      copy.set(column);
      return copy;
    };
    this.ids = doubled(this.ids);
    this.ats = doubled(this.ats);
    this.subjects = doubled(this.subjects);
    this.values = doubled(this.values);
    this.causes = doubled(this.causes);
    const kinds = new Uint8Array(size);
    kinds.set(this.kinds);
    this.kinds = kinds;
    this.capacity = size;
  }
}

// Two of the same: engines look up the method of more than four classes in one place anew at each call, and few watch each of the two.
function tellControl(observers: readonly Observer[], told: ToldFact): void {
  for (let i = 0; i < observers.length; i++) observers[i].observe(told);
}

function tellTraffic(observers: readonly Observer[], told: ToldFact): void {
  for (let i = 0; i < observers.length; i++) observers[i].observe(told);
}
