import { NumberById } from "./numberById.ts";

/**
 * "p leads to q within a time", for each binding (an instance, a backend, a host, an operation): what is owed, and by when. Monitors ask for
 * what is overdue before they hear a fact, so that a q that comes too late is not taken for one in time.
 */
export class LeadsTo {
  private readonly due = new NumberById(Number.POSITIVE_INFINITY);
  /** A heap of deadlines and their bindings; those that were discharged or put off since are still in it. */
  private readonly times: number[] = [];
  private readonly bindings: number[] = [];

  /** q is owed for a binding at this instant or before; replaces what was owed for it. */
  oblige(binding: number, by: number): void {
    if (this.due.get(binding) === by) return;
    this.due.set(binding, by);
    if (by !== Number.POSITIVE_INFINITY) this.push(by, binding);
  }

  /** q has happened, or is not owed any more. */
  discharge(binding: number): void {
    this.due.set(binding, Number.POSITIVE_INFINITY);
  }

  /** When q is owed for a binding; Infinity when it is not. */
  dueAt(binding: number): number {
    return this.due.get(binding);
  }

  /** A binding for which q was owed before this instant, and is not any more; -1 none. */
  overdue(now: number): number {
    while (this.times.length > 0 && this.times[0] < now) {
      const [by, binding] = [this.times[0], this.bindings[0]];
      this.pop();
      if (this.due.get(binding) !== by) continue;
      this.discharge(binding);
      return binding;
    }
    return -1;
  }

  private push(time: number, binding: number): void {
    const { bindings, times } = this;
    let place = times.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (times[parent] <= time) break;
      times[place] = times[parent];
      bindings[place] = bindings[parent];
      place = parent;
    }
    times[place] = time;
    bindings[place] = binding;
  }

  private pop(): void {
    const { bindings, times } = this;
    const time = times.pop() ?? 0;
    const binding = bindings.pop() ?? 0;
    if (times.length === 0) return;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= times.length) break;
      if (child + 1 < times.length && times[child + 1] < times[child]) child++;
      if (times[child] >= time) break;
      times[place] = times[child];
      bindings[place] = bindings[child];
      place = child;
    }
    times[place] = time;
    bindings[place] = binding;
  }
}
