import { defineColumns } from "../kernel/columns.ts";

/** Folders of local storage that requests have written to. */
export const FolderColumns = defineColumns({
  /** Index of its name among those of the design. */
  name: Int32Array,
  /** Acknowledged items that are in it, and what all of them take. */
  items: Float64Array,
  usedKiB: Float64Array,
  /** The instance's next folder. */
  next: Int32Array,
});
export type FolderColumns = InstanceType<typeof FolderColumns>;
