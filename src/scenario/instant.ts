/** What an instant of the calendar looks like: 2005-06-21T10:54, with seconds and a Z if need be. */
export const instantPattern = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?Z?$/;

/** An instant of the calendar as microseconds since the year 0; NaN when there is no such instant. Local times are taken as they stand. */
export function readInstant(text: string): number {
  const match = instantPattern.exec(text.trim());
  if (match === null) return Number.NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second >= 61) return Number.NaN;
  return Math.round((((daysBefore(year, month) + day) * 24 + hour) * 60 + minute) * 60e6 + second * 1e6);
}

/** Days from the beginning of the year 0 to the beginning of a month, by the Gregorian rule. */
function daysBefore(year: number, month: number): number {
  // counted in years that begin in March, leap days come last
  const y = month <= 2 ? year - 1 : year;
  const monthsSinceMarch = (month + 9) % 12;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * monthsSinceMarch + 2) / 5);
}
