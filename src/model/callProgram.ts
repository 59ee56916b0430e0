import { compileLaw, type Law } from "../random/laws.ts";
import type { CallRetryDesign, Design, QueueDesign, RoleDesign, SelectorDesign } from "./design.ts";
import { type AskProgram, compileAsk } from "./links.ts";

/** A call to a store or a queue, compiled. */
export interface CallProgram {
  readonly kind: "store" | "enqueue" | "role";
  /** The store, queue or role. */
  readonly id: number;
  readonly isWrite: boolean;
  /** Whether a store or queue can ever turn it down. */
  readonly canFail: boolean;
  /** Latency of a call to a store. */
  readonly law: Law | undefined;
  readonly retry: CallRetryDesign;
  /** Of a call to a role. */
  readonly asks: AskProgram | undefined;
}

/** Calls that take time, in order, and then what is put into queues. */
export function compileCalls(design: Design, { handler, name }: RoleDesign): readonly CallProgram[] {
  const calls: CallProgram[] = [];
  for (const step of handler) {
    if (step.step === "call") calls.push(compileAsk(design, name, step));
    if (step.step !== "store") continue;
    const id = design.stores.findIndex((store) => store.name === step.store);
    calls.push({
      kind: "store",
      id,
      isWrite: step.operation === "write",
      canFail: canFail(design, "store", id),
      law: compileLaw(design.stores[id][step.operation]),
      retry: step.retry,
      asks: undefined,
    });
  }
  for (const step of handler) {
    if (step.step !== "enqueue") continue;
    const id = design.queues.findIndex((queue) => queue.name === step.queue);
    calls.push({
      kind: "enqueue",
      id,
      isWrite: true,
      canFail: canFail(design, "queue", id),
      law: undefined,
      retry: step.retry,
      asks: undefined,
    });
  }
  return calls;
}

/** Whether a store or queue can ever turn a call down. */
function canFail(design: Design, what: "store" | "queue", id: number): boolean {
  if (what === "queue" && isLimited(design, design.queues[id])) return true;
  const { maxRate, name } = what === "store" ? design.stores[id] : design.queues[id];
  return maxRate > 0 || design.faults.some(({ target }) => strikes(target, what, name));
}

function strikes(target: SelectorDesign, what: "store" | "queue", name: string): boolean {
  return target.select === what ? target.name === name : "among" in target && target.among === what;
}

function isLimited({ accounts }: Design, { kind, maxMessages }: QueueDesign): boolean {
  return maxMessages > 0 || (kind === "storage" ? accounts.storage : accounts.serviceBus) > 0;
}
