import { defineColumns } from "../kernel/columns.ts";

/**
 * Requests of clients that retry, hedge, break the circuit or have a deadline: a call is the whole of a request, and each of its attempts is a
 * request of its own.
 */
export const CallColumns = defineColumns({
  /** The record that stands for the whole: what is told of the request is told of it, and its demand is that of every attempt. */
  request: Int32Array,
  /** Its number among those of its client, from 1: with the number of the try it names every draw of a retry. */
  number: Int32Array,
  /** What source-ip distribution sees, in every attempt. */
  address: Int32Array,
  /** Tries made, hedges not counted; and attempts that were sent, hedges counted. */
  tries: Int32Array,
  sent: Int32Array,
  /** Attempts that are under way: the try, and its hedge; -1 none. */
  attempt: Int32Array,
  hedge: Int32Array,
  /** The half-open spell of the circuit whose probe the try is; 0 when it is none. */
  trial: Int32Array,
  /** The next retry or hedge. */
  timer: Int32Array,
  deadline: Int32Array,
  /** The last wait before a retry, without its jitter. */
  wait: Float64Array,
  /** Why its last attempt failed, and whom that is attributed to. */
  cause: Uint8Array,
  incident: Int32Array,
  fact: Float64Array,
});
export type CallColumns = InstanceType<typeof CallColumns>;

/** Calls of one role to another that are open: from the first try until the handler that makes them goes on, or is gone. */
export const RoleCallColumns = defineColumns({
  /** The request or job whose handler waits. */
  caller: Int32Array,
  /** The request at the other role; -1 while there is none: between two tries, or when nobody will answer. */
  callee: Int32Array,
  link: Int32Array,
  /** Where the first try is in the list of instances; the next ones go on from there. */
  place: Int32Array,
  /** Of every try. */
  demand: Float64Array,
  storeTime: Float64Array,
  startedAt: Float64Array,
  /** Why the last try failed, or why nobody will answer, and whom that is attributed to. */
  cause: Uint8Array,
  incident: Int32Array,
  fact: Float64Array,
});
export type RoleCallColumns = InstanceType<typeof RoleCallColumns>;
