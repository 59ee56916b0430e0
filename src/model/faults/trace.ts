import { isCalm } from "../calm.ts";
import { EventKind } from "../events.ts";
import { choiceStream, resolveTargets } from "../fabric/selectors.ts";
import type { Platform } from "../world.ts";
import { strike } from "./strike.ts";

/** Lets records of failures drive a fault, from the first one on. */
export function startTrace(platform: Platform, fault: number): void {
  const at = platform.design.faults[fault].trace?.at ?? [];
  if (at.length > 0) platform.calendar.schedule(at[0], EventKind.recordDue, fault, 0);
}

/** Event: a record of a failure begins: it strikes its own target, or those that the selector names, or a share of them. */
export function recordDue(platform: Platform, fault: number, record: number): void {
  const { world, calendar, design } = platform;
  const { target: selector, trace } = design.faults[fault];
  if (trace === undefined || isCalm(world)) return;
  if (record + 1 < trace.at.length) calendar.schedule(trace.at[record + 1], EventKind.recordDue, fault, record + 1);
  const lasts = trace.lasts === undefined ? -1 : trace.lasts[record];
  const selected = resolveTargets(platform, selector, fault);
  if (selected.length === 0) return;
  if (trace.target !== undefined) {
    strike(platform, fault, selected[trace.target[record] % selected.length], lasts);
    return;
  }
  let count = selected.length;
  if (trace.share !== undefined) count = Math.min(count, Math.ceil(trace.share[record] * selected.length));
  const stream = count < selected.length ? choiceStream(platform, fault) : -1;
  for (let place = 0; place < count; place++) {
    // the first ones of a shuffle
    const chosen = stream < 0 ? place : place + Math.floor(platform.streams.uniform(stream) * (selected.length - place));
    const target = selected[chosen];
    selected[chosen] = selected[place];
    strike(platform, fault, target, lasts);
  }
}
