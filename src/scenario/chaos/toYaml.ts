import { Document, isMap, isSeq } from "yaml";
import type { Micros } from "../../kernel/time.ts";
import { writeDuration } from "../units.ts";
import type { ImportedExperiment } from "./importExperiment.ts";

/** What a scenario needs after the last action, so that its end can be seen. */
const aftermath = 600_000_000;

/**
 * A scenario that goes on top of `base` and replays an experiment, as YAML text; what does not map stands in comments at the top. The horizon
 * is the base's unless the experiment ends after it.
 */
export function scenarioFromExperiment(imported: ImportedExperiment, base: string, horizon: Micros): string {
  const { end, faults, notes, operations, title, vocabulary } = imported;
  const late = end + aftermath > horizon;
  const document = new Document({
    name: title.slice(0, 100) || "experiment",
    base,
    ...(late ? { horizon: writeDuration(end + aftermath) } : {}),
    ...(faults.length === 0 ? {} : { faults }),
    ...(operations.length === 0 ? {} : { operations }),
  });
  const remarks = [`From an experiment of ${vocabulary}: its faults take the place of those of ${base}.`, ...notes];
  document.commentBefore = remarks.map((remark) => ` ${remark.replace(/[\p{Cc}\u2028\u2029]+/gu, " ")}`).join("\n");
  for (const key of ["faults", "operations"]) {
    const list = document.get(key);
    if (isSeq(list)) for (const item of list.items) if (isMap(item)) item.flow = true;
  }
  return document.toString({ lineWidth: 0 });
}
