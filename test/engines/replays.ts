import { fingerprintHex, mixNumber } from "../../src/kernel/fingerprint.ts";
import type { Engine, Program } from "./engines.ts";
import type { Job, Outcome } from "./job.ts";

/** What one engine made of its jobs. */
export interface Replays {
  readonly engine: Engine;
  readonly version: string;
  /** Of the jobs, in their order; fewer when it stopped early. */
  readonly outcomes: readonly Outcome[];
  /** Wall time from its start. */
  readonly seconds: number;
  /** Why it stopped early. */
  readonly problem?: string;
}

/** Replays jobs in an engine; never throws for what the engine does. `each` is told after every job. */
export async function replayAll(engine: Engine, program: Program, jobs: readonly Job[], each: (job: Job) => void): Promise<Replays> {
  const started = performance.now();
  const outcomes: Outcome[] = [];
  const version = engine.version();
  const done = () => ({ engine, version, outcomes, seconds: (performance.now() - started) / 1000 });
  try {
    const session = await engine.open(program);
    try {
      for (const job of jobs) {
        outcomes.push(await session.ask({ ask: "outcome", job }));
        each(job);
      }
    } finally {
      await session.close();
    }
    return done();
  } catch (error) {
    return { ...done(), problem: error instanceof Error ? error.message : String(error) };
  }
}

/** One hash over the traces and metrics of outcomes, in their order: 16 hex digits. */
export function hashOf(outcomes: readonly Outcome[]): string {
  const hash = new Int32Array(2);
  for (const { trace, metrics, events, facts } of outcomes) {
    mixNumber(hash, events);
    mixNumber(hash, facts);
    for (const hex of [trace, metrics]) {
      mixNumber(hash, Number.parseInt(hex.slice(0, 8), 16));
      mixNumber(hash, Number.parseInt(hex.slice(8), 16));
    }
  }
  return fingerprintHex(hash);
}

/** The first job in which two engines differ, by its place; -1 when they agree in all that both replayed. */
export function firstDifference(a: readonly Outcome[], b: readonly Outcome[]): number {
  const common = Math.min(a.length, b.length);
  for (let place = 0; place < common; place++) if (hashOf([a[place]]) !== hashOf([b[place]])) return place;
  return -1;
}
