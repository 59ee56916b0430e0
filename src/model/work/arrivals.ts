import { type Micros, never } from "../../kernel/time.ts";
import { sampleMicros } from "../../random/laws.ts";
import { unitExponential } from "../../random/ziggurat.ts";
import type { ArrivalProgram } from "../clientProgram.ts";
import type { ArrivalState, Platform } from "../world.ts";

/** The time until the next arrival; never when there is none. */
export function untilNextArrival(platform: Platform, program: ArrivalProgram, state: ArrivalState): number {
  const { calendar, streams } = platform;
  const design = program.design;
  switch (design.kind) {
    case "renewal":
      return sampleMicros(program.laws[0], streams, state.streams.arrivals);
    case "piecewise":
      return until(calendar.now, nextPiecewise(platform, design, state));
    case "bursts":
      return until(calendar.now, nextInBursts(platform, program, state));
    case "counts":
      return until(calendar.now, nextCounted(platform, design, state));
    case "instants":
      return state.cursor < design.at.length ? Math.max(0, design.at[state.cursor++] - calendar.now) : never;
  }
}

function until(now: Micros, at: Micros): Micros {
  return at >= never ? never : at - now;
}

/** A Poisson process whose rate is constant on pieces: a unit exponential is spent at the rate of each piece, so nothing is thinned. */
function nextPiecewise(
  platform: Platform,
  design: { starts: readonly number[]; rates: readonly number[]; period?: number | undefined },
  state: ArrivalState,
): number {
  const { starts, rates, period } = design;
  let work = unitExponential(platform.streams, state.streams.arrivals);
  let at = platform.calendar.now;
  const wholes = period === undefined ? 0 : Math.floor(at / period);
  let origin = wholes * (period ?? 0);
  let piece = starts.length - 1;
  while (piece > 0 && starts[piece] > at - origin) piece--;
  let idle = 0;
  while (at < platform.design.horizon) {
    const last = piece === starts.length - 1;
    const end = last ? (period === undefined ? never : origin + period) : origin + starts[piece + 1];
    const capacity = (end - at) * rates[piece];
    if (work < capacity) return at + Math.floor(work / rates[piece] + 0.5);
    // a whole period without any rate will never bring an arrival
    idle = capacity > 0 ? 0 : idle + 1;
    if (idle > starts.length) return never;
    work -= capacity;
    at = end;
    piece = last ? 0 : piece + 1;
    if (last) origin = end;
  }
  return never;
}

/** A Poisson process whose rate jumps between two values after sojourns drawn from laws. */
function nextInBursts(platform: Platform, program: ArrivalProgram, state: ArrivalState): number {
  const design = program.design;
  if (design.kind !== "bursts") return never;
  const { streams, calendar } = platform;
  const stream = state.streams.arrivals;
  let work = unitExponential(streams, stream);
  let at = calendar.now;
  while (at < platform.design.horizon) {
    // a sojourn takes time, or two of none would go round for ever
    if (state.phaseEndsAt < 0) state.phaseEndsAt = at + Math.max(1, sampleMicros(program.laws[state.phase], streams, stream));
    const rate = design.rates[state.phase];
    const capacity = (state.phaseEndsAt - at) * rate;
    if (work < capacity) return at + Math.floor(work / rate + 0.5);
    work -= capacity;
    at = state.phaseEndsAt;
    state.phase = 1 - state.phase;
    state.phaseEndsAt = -1;
  }
  return never;
}

/** So many arrivals in each interval, at independent uniform instants inside it. */
function nextCounted(
  platform: Platform,
  design: { counts: readonly number[]; every: number; offset: number },
  state: ArrivalState,
): number {
  const { counts, every, offset } = design;
  while (state.batchPlace >= state.batchLength) {
    const place = offset + state.cursor;
    if (place >= counts.length) return never;
    const start = state.cursor * every;
    state.cursor++;
    state.batchPlace = 0;
    state.batchLength = counts[place];
    for (let i = 0; i < state.batchLength; i++)
      state.batch[i] = start + Math.floor(platform.streams.uniform(state.streams.arrivals) * every);
    state.batch.subarray(0, state.batchLength).sort();
  }
  return Math.max(platform.calendar.now, state.batch[state.batchPlace++]);
}

/** How many arrivals of one interval must be remembered at once. */
export function batchSize(program: ArrivalProgram | undefined): number {
  if (program?.design.kind !== "counts") return 0;
  let most = 0;
  for (const count of program.design.counts) most = Math.max(most, count);
  return most;
}
