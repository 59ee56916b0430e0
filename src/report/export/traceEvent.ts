import type { RunResult } from "../../experiment/result.ts";

/** One event of the Chrome Trace Event format; times are in microseconds. */
export interface TraceEvent {
  readonly ph: "M" | "X" | "i" | "s" | "f" | "C";
  readonly name: string;
  readonly cat?: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Of an arrow: its start and its end have the same. */
  readonly id?: number;
  /** Of the end of an arrow: it points at the slice around it. */
  readonly bp?: "e";
  /** Of an instant: it is one of the whole trace. */
  readonly s?: "g";
  readonly args?: Readonly<Record<string, string | number>>;
}

/** Where an event stands. */
export interface Track {
  readonly pid: number;
  readonly tid: number;
}

/**
 * Which process and thread of the viewer belongs to what. Numbers begin at 1 and no two tracks share one, processes included: viewers treat 0
 * as the idle process, and some look threads up by their number alone.
 */
export class Layout {
  private readonly domains: number;
  private readonly cast: RunResult["cast"];

  constructor({ design, cast }: Pick<RunResult, "design" | "cast">) {
    this.domains = design.datacenter.faultDomains;
    this.cast = cast;
  }

  /** The process of a fault domain; -1 is that of the instances that wait for a host. */
  domain(id: number): number {
    return id < 0 ? this.domains + 1 : id + 1;
  }

  /** The process of faults and operations. */
  get incidents(): number {
    return this.domains + 2;
  }

  /** The process of the counters. */
  get service(): number {
    return this.domains + 3;
  }

  /** The states of an instance while it is in a fault domain. */
  states(instance: number, domain: number): Track {
    return { pid: this.domain(domain), tid: this.service + 1 + instance };
  }

  /** Its place in the rotation. */
  rotation(instance: number, domain: number): Track {
    return { pid: this.domain(domain), tid: this.service + 1 + this.cast.instances.length + instance };
  }

  /** How long a fault lasted. */
  fault(incident: number): Track {
    return { pid: this.incidents, tid: this.service + 1 + 2 * this.cast.instances.length + incident };
  }

  /** How long an operation lasted. */
  operation(id: number): Track {
    return { pid: this.incidents, tid: this.fault(this.cast.incidents.length).tid + id };
  }

  /** Names and order of the tracks in use, for the head of the trace. */
  *names(tracks: Iterable<Track>): Generator<TraceEvent> {
    const threads = new Map<number, Set<number>>();
    for (const { pid, tid } of tracks) {
      const known = threads.get(pid);
      if (known === undefined) threads.set(pid, new Set([tid]));
      else known.add(tid);
    }
    const ascending = (a: number, b: number): number => a - b;
    for (const pid of [...threads.keys()].sort(ascending)) {
      const isFirst = pid >= this.incidents;
      yield metadata("process_name", pid, pid, { name: this.processName(pid) });
      yield metadata("process_sort_index", pid, pid, { sort_index: isFirst ? pid - this.incidents : pid + 1 });
      for (const tid of [...threads.get(pid)!].sort(ascending)) {
        const thread = this.thread(tid);
        if (thread === undefined) continue;
        yield metadata("thread_name", pid, tid, { name: thread.name });
        yield metadata("thread_sort_index", pid, tid, { sort_index: thread.order });
      }
    }
  }

  private processName(pid: number): string {
    if (pid <= this.domains) return `fault domain ${pid - 1}`;
    if (pid === this.incidents) return "faults and operations";
    return pid === this.service ? "service" : "waiting for a host";
  }

  /** Rotation follows its instance; undefined of the thread that a process has for itself. */
  private thread(tid: number): { readonly name: string; readonly order: number } | undefined {
    const { instances, incidents, operations } = this.cast;
    let id = tid - this.service - 1;
    if (id < 0) return undefined;
    if (id < instances.length) return { name: instances[id].name, order: 2 * id };
    id -= instances.length;
    if (id < instances.length) return { name: `${instances[id].name} in rotation`, order: 2 * id + 1 };
    id -= instances.length;
    if (id < incidents.length) return { name: `${incidents[id].kind} of ${incidents[id].target}`, order: operations.length + id };
    id -= incidents.length;
    return { name: operations[id].title, order: id };
  }
}

function metadata(name: string, pid: number, tid: number, args: Readonly<Record<string, string | number>>): TraceEvent {
  return { ph: "M", name, pid, tid, ts: 0, args };
}
