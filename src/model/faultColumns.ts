import { defineColumns } from "../kernel/columns.ts";

/** A clock that strikes a fault again and again at one target. */
export const ClockColumns = defineColumns({
  fault: Int32Array,
  /** -1: the target is resolved when it strikes. */
  target: Int32Array,
  event: Int32Array,
  /** Of a stopped clock: what is left of it. */
  left: Float64Array,
  stream: Int32Array,
  /** The next clock of the same instance. */
  next: Int32Array,
});
export type ClockColumns = InstanceType<typeof ClockColumns>;

/** Repairs that run or wait for a crew. */
export const RepairColumns = defineColumns({
  incident: Int32Array,
  fault: Int32Array,
  target: Int32Array,
  event: Int32Array,
  duration: Float64Array,
});
export type RepairColumns = InstanceType<typeof RepairColumns>;

/** Grey failures that are open at instances: they go on serving, badly. */
export const AilmentColumns = defineColumns({
  instance: Int32Array,
  incident: Int32Array,
  /** The repair that ends it, -1 none. */
  repair: Int32Array,
  /** The instance's next one. */
  next: Int32Array,
  slowdown: Float64Array,
  bootFactor: Float64Array,
  errorShare: Float64Array,
  /** 1: it outlives the process it struck. */
  lasting: Uint8Array,
  /** When it turns next, of one that comes and goes. */
  event: Int32Array,
});
export type AilmentColumns = InstanceType<typeof AilmentColumns>;
