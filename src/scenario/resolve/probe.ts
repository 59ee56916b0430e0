import type * as z from "zod";
import { second } from "../../kernel/time.ts";
import type { ProbeDesign } from "../../model/design.ts";
import type { Path } from "../place.ts";
import type { balancingProbe } from "../schema/balancer.ts";
import type { Context } from "./context.ts";

type ReadProbe = z.output<typeof balancingProbe> | undefined;

/** A probe with what it does not say taken from another one. */
export function resolveProbe(given: ReadProbe, below: ProbeDesign, path: Path, context: Context): ProbeDesign {
  if (given === undefined) return below;
  if (given === "none") return { ...below, kind: "none" };
  const interval = given.interval ?? below.interval;
  const inherited = below.responseTimeout === below.interval ? interval : below.responseTimeout;
  const { phase } = given;
  const probe: ProbeDesign = {
    kind: "probe",
    asks: given.asks ?? below.asks,
    interval,
    evictAfter: given.evictAfter ?? Math.max(below.evictAfter, 2 * interval + second),
    misses: given.misses ?? below.misses,
    responseTimeout: given.responseTimeout ?? inherited,
    readmitAfter: given.readmitAfter ?? below.readmitAfter,
    readmitAfterFlap: given.readmitAfterFlap ?? below.readmitAfterFlap,
    flapWithin: given.flapWithin ?? below.flapWithin,
    phase: phase === undefined ? below.phase : typeof phase === "number" ? { kind: "fixed", at: phase } : { kind: phase },
  };
  check(probe, given, path, context);
  return probe;
}

function check(probe: ProbeDesign, given: Exclude<ReadProbe, "none" | undefined>, path: Path, context: Context): void {
  const { evictAfter, interval, misses, phase, responseTimeout } = probe;
  if (misses === 0 && evictAfter < interval) {
    context.warn([...path, "evictAfter"], "evictAfter is shorter than the interval: one silent probe evicts, before the next one");
  }
  if (misses > 0 && given.evictAfter !== undefined)
    context.complain([...path, "evictAfter"], "misses replaces evictAfter: give one of the two");
  if (misses === 0 && given.responseTimeout !== undefined) context.complain([...path, "responseTimeout"], "responseTimeout needs misses");
  if (responseTimeout > interval) context.complain([...path, "responseTimeout"], "a probe cannot take longer than the interval");
  if (phase.kind === "fixed" && phase.at >= interval) context.complain([...path, "phase"], "the phase lies inside the interval");
}
