import type { Figures } from "../../metrics/summarise.ts";
import { figuresOf } from "../../metrics/summarise.ts";
import { replayInSlices } from "../replay.ts";
import type { Runnable } from "../run.ts";

/** What an estimate keeps of one replication: plain data, which may come from another thread or machine. */
export interface Replication {
  readonly number: number;
  /** Without windows, of which an estimate tells nothing. */
  readonly figures: Figures;
  readonly fingerprint: string;
  readonly events: number;
  readonly simulatedSeconds: number;
}

/** Whoever waits for a replication hears how far it is after about so many events. */
const slice = 50_000;

/** Replays one replication of a scenario; yields how far it is, 0..1. Whoever drives it may give up, and then gets nothing. */
export function* replicate({ design, seed, policies }: Runnable, number: number): Generator<number, Replication, unknown> {
  const steps = replayInSlices({ design, seed, replication: number, keep: "none", policies }, slice);
  let step = steps.next();
  while (!step.done) {
    yield step.value / design.horizon;
    step = steps.next(true);
  }
  const { platform, measured, fingerprint, events, simulated } = step.value;
  const figures: Figures = { ...figuresOf(measured, platform), windows: [] };
  return { number, figures, fingerprint, events, simulatedSeconds: simulated / 1e6 };
}
