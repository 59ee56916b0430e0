import { day, type Micros } from "../kernel/time.ts";
import type { MeasureDesign } from "./design.ts";

/** A month of the run, as far as it is measured. */
export interface Month {
  /** "1" and on; `expect` names it so. */
  readonly name: string;
  /** "2027-03" with an epoch, else "month 3". */
  readonly label: string;
  readonly from: Micros;
  readonly to: Micros;
  /** Whether all of it is measured. */
  readonly isWhole: boolean;
}

/** A month without an epoch; agreements that state allowed minutes count so. */
const usualMonth: Micros = 30 * day;

/** The months of the measured time: of the calendar from an epoch on, else of 30 days from the start. */
export function monthsOf({ epoch, from, to }: MeasureDesign): readonly Month[] {
  const months: Month[] = [];
  let start = epoch === undefined ? 0 : -(epoch.day - 1) * day;
  for (let place = 0; start < to; place++) {
    const index = epoch === undefined ? 0 : epoch.year * 12 + epoch.month - 1 + place;
    const end = start + (epoch === undefined ? usualMonth : daysOf(index) * day);
    const label = epoch === undefined ? `month ${place + 1}` : labelOf(index);
    if (end > from) {
      const isWhole = start >= from && end <= to;
      months.push({ name: String(place + 1), label, from: Math.max(start, from), to: Math.min(end, to), isWhole });
    }
    start = end;
  }
  return months;
}

/** Days of a month that is counted from January of year 0 on, by the Gregorian calendar. */
function daysOf(index: number): number {
  const year = Math.floor(index / 12);
  const month = index % 12;
  if (month === 1) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31;
}

function labelOf(index: number): string {
  return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`;
}
