import { defineColumns } from "../kernel/columns.ts";

/** Repairs that run or wait for a crew. */
export const RepairColumns = defineColumns({
  incident: Int32Array,
  fault: Int16Array,
  target: Int32Array,
  event: Int32Array,
  duration: Float64Array,
});
export type RepairColumns = InstanceType<typeof RepairColumns>;
