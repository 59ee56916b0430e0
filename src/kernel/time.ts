/** Simulated time in whole microseconds since the start of the run; also a duration; exact up to 2^53. */
export type Micros = number;

/** One microsecond, the unit of simulated time. */
export const microsecond: Micros = 1;
/** One millisecond in microseconds. */
export const millisecond: Micros = 1_000;
/** One second in microseconds. */
export const second: Micros = 1_000_000;
/** One minute in microseconds. */
export const minute: Micros = 60 * second;
/** One hour in microseconds. */
export const hour: Micros = 60 * minute;
/** One day in microseconds. */
export const day: Micros = 24 * hour;
/** One Julian year (365.25 days) in microseconds. */
export const year: Micros = 365.25 * day;

/** The instant that is not reached; every instant from here on, Infinity included, is never. */
export const never: Micros = Number.MAX_SAFE_INTEGER;

/** The longest run that microseconds can count exactly, in microseconds: 285 years. */
export const maxHorizon: Micros = 285 * year;

/** The instant `duration` microseconds after `at`, or never when it cannot be counted exactly. */
export function after(at: Micros, duration: Micros): Micros {
  const sum = at + duration;
  return sum < never ? sum : never;
}
