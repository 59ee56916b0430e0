import type { Micros } from "../../kernel/time.ts";
import type { TraceEvent, Track } from "./traceEvent.ts";

/** What is to be drawn on a track from now on. */
interface Slice {
  readonly name: string;
  readonly category: string;
  /** Place in the log of the fact that began it; -1 when it goes on from before. */
  readonly fact: number;
  readonly args?: Readonly<Record<string, string | number>>;
}

/** A line of slices that follow each other and never overlap; it may go on on another track. */
export class SliceLine {
  private readonly sink: (event: TraceEvent, fact: number) => void;
  private readonly keepsEmpty: boolean;
  /** Undefined: nothing is known of where it is, and nothing is drawn. */
  private track: Track | undefined;
  private open: Slice | undefined;
  private since: Micros = 0;

  /** `sink` is given each slice once it has ended; those without a duration only on request. */
  constructor(track: Track | undefined, sink: (event: TraceEvent, fact: number) => void, keepsEmpty = false) {
    this.track = track;
    this.sink = sink;
    this.keepsEmpty = keepsEmpty;
  }

  /** Whether something is being drawn. */
  get isOpen(): boolean {
    return this.open !== undefined;
  }

  /** Ends what was drawn and begins the next slice. */
  begin(at: Micros, slice: Slice): void {
    this.end(at);
    this.open = slice;
    this.since = at;
  }

  /** Ends what was drawn. */
  end(at: Micros): void {
    const { open, track } = this;
    this.open = undefined;
    if (open === undefined || track === undefined || (at <= this.since && !this.keepsEmpty)) return;
    const { name, category, fact, args } = open;
    this.sink(
      { ph: "X", name, cat: category, ...track, ts: this.since, dur: at - this.since, ...(args === undefined ? {} : { args }) },
      fact,
    );
  }

  /** Goes on on another track, with other particulars when they changed. */
  move(at: Micros, track: Track | undefined, args?: Slice["args"]): void {
    const slice = this.open;
    const isNew = at <= this.since;
    this.end(at);
    this.track = track;
    if (slice === undefined) return;
    this.begin(at, { ...slice, fact: isNew ? slice.fact : -1, ...(args === undefined ? {} : { args }) });
  }
}
