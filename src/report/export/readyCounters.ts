import type { Cast } from "../../experiment/result.ts";
import type { Micros } from "../../kernel/time.ts";
import type { TraceEvent } from "./traceEvent.ts";

interface Counter {
  readonly name: string;
  ready: number;
  /** The instant that is being counted; its value is drawn once time has moved on. */
  at: Micros;
  drawn: number;
}

/** Counts ready instances by role; roles of deployments that were made during the run count for themselves, as `web@v2`. */
export class ReadyCounters {
  private readonly counters: readonly Counter[];
  private readonly counterOf: readonly number[];
  private readonly isReady: Uint8Array;
  private readonly pid: number;
  private readonly draw: (event: TraceEvent) => void;

  constructor({ instances }: Pick<Cast, "instances">, pid: number, draw: (event: TraceEvent) => void) {
    const groups = instances.map(({ name, role }) => role + name.slice(role.length).replace(/^\/\d+/, ""));
    const names = [...new Set(groups)];
    const places = new Map(names.map((name, place) => [name, place]));
    this.counters = names.map((name) => ({ name: `ready ${name}`, ready: 0, at: -1, drawn: -1 }));
    this.counterOf = groups.map((group) => places.get(group)!);
    this.isReady = new Uint8Array(instances.length);
    this.pid = pid;
    this.draw = draw;
  }

  /** An instance is ready from now on, or is not. Instants come in order. */
  change(at: Micros, instance: number, isReady: boolean): void {
    const counter = this.counters[this.counterOf[instance]];
    if (counter.at < at) this.settle(counter);
    counter.at = at;
    const is = isReady ? 1 : 0;
    counter.ready += is - this.isReady[instance];
    this.isReady[instance] = is;
  }

  /** Draws what is still being counted. */
  finish(): void {
    for (const counter of this.counters) this.settle(counter);
  }

  private settle(counter: Counter): void {
    if (counter.at < 0 || counter.ready === counter.drawn) return;
    counter.drawn = counter.ready;
    this.draw({ ph: "C", name: counter.name, pid: this.pid, tid: this.pid, ts: counter.at, args: { instances: counter.ready } });
  }
}
