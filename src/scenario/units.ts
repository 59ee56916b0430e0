import { day, hour, type Micros, millisecond, minute, never, second, year } from "../kernel/time.ts";
import { TextError } from "./textError.ts";

const timeUnits: Readonly<Record<string, number>> = { us: 1, ms: millisecond, s: second, min: minute, h: hour, d: day, y: year };
const sizeUnits: Readonly<Record<string, number>> = { KiB: 1 / 1024, MiB: 1, GiB: 1024, TiB: 1024 * 1024 };
const number = String.raw`(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?`;
const onePart = new RegExp(`(${number})\\s*([A-Za-zµ]*)`, "y");
const onlyNumber = new RegExp(`^[+-]?${number}$`);
const ratePattern = new RegExp(`^(${number})\\s*/\\s*([A-Za-z]+)$`);
const sizePattern = new RegExp(`^(${number})\\s*([A-Za-z]*)$`);
const percentPattern = new RegExp(`^(${number})\\s*%$`);

const unitsOfTime = "us ms s min h d y";

/** A duration such as `90s`, `1.5h` or `2y31d4h`, in whole microseconds rounded to the nearest; throws TextError. */
export function readDuration(text: string): Micros {
  const micros = Math.round(readExactDuration(text));
  if (micros >= never) throw new TextError("a duration of more than 285 y cannot be counted in microseconds", 0, text.length);
  return micros;
}

/** A duration in microseconds, fractions kept: the parameter of a law; throws TextError. */
export function readExactDuration(text: string): number {
  const trimmed = text.trim();
  if (trimmed.startsWith("-")) throw new TextError("a duration cannot be negative", 0, text.length);
  if (onlyNumber.test(trimmed)) {
    const hint = `write ${trimmed}s or ${trimmed}min`;
    throw new TextError(`a duration needs a unit: ${unitsOfTime}`, 0, text.length, hint);
  }
  let sum = 0;
  let at = 0;
  let parts = 0;
  while (at < text.length) {
    while (text[at] === " ") at++;
    if (at === text.length) break;
    onePart.lastIndex = at;
    const match = onePart.exec(text);
    if (match === null) throw notDuration(text, at);
    const [whole, amount = "", unit = ""] = match;
    const micros = Object.hasOwn(timeUnits, unit) ? timeUnits[unit] : undefined;
    if (micros === undefined) throw unknownUnit(unit, at + whole.length - unit.length, "duration", unitsOfTime);
    sum += Number(amount) * micros;
    at += whole.length;
    parts++;
  }
  if (parts === 0) throw notDuration(text, 0);
  if (!Number.isFinite(sum)) throw new TextError("a duration of more than 285 y cannot be counted in microseconds", 0, text.length);
  return sum;
}

/** A rate such as `200/s` or `12/y`, per microsecond; throws TextError. */
export function readRate(text: string): number {
  const trimmed = text.trim();
  const match = ratePattern.exec(trimmed);
  if (match === null) {
    if (onlyNumber.test(trimmed)) {
      throw new TextError(`a rate needs a unit: ${perUnits()}`, 0, text.length, `write ${trimmed}/s or ${trimmed}/min`);
    }
    throw new TextError(`"${text}" is not a rate`, 0, text.length, "write 200/s or 12/y");
  }
  const [, amount = "", unit = ""] = match;
  const micros = Object.hasOwn(timeUnits, unit) ? timeUnits[unit] : undefined;
  if (micros === undefined) {
    throw new TextError(`"/${unit}" is not a unit of a rate: ${perUnits()}`, text.lastIndexOf(unit), unit.length);
  }
  const rate = Number(amount) / micros;
  if (!Number.isFinite(rate)) throw new TextError("a rate is a finite number", 0, text.length);
  return rate;
}

/** A size such as `512MiB` in MiB; throws TextError. */
export function readSize(text: string): number {
  const match = sizePattern.exec(text.trim());
  const units = Object.keys(sizeUnits).join(" ");
  if (match === null) throw new TextError(`"${text}" is not a size`, 0, text.length, "write 512MiB or 112GiB");
  const [, amount = "", unit = ""] = match;
  if (unit === "") throw new TextError(`a size needs a unit: ${units}`, 0, text.length, `write ${amount}MiB or ${amount}GiB`);
  const mebibytes = Object.hasOwn(sizeUnits, unit) ? sizeUnits[unit] : undefined;
  if (mebibytes === undefined) throw unknownUnit(unit, text.lastIndexOf(unit), "size", units);
  return Number(amount) * mebibytes;
}

/** A percentage such as `99.95%` as a ratio; throws TextError. */
export function readPercent(text: string): number {
  const match = percentPattern.exec(text.trim());
  if (match !== null) return decimalShift(Number(match[1]));
  const bare = text.trim();
  if (onlyNumber.test(bare)) {
    // who writes 0.99 more likely means 99 %
    const scaled = Number(bare) > 0 && Number(bare) <= 1 ? `${Number((Number(bare) * 100).toPrecision(12))}% or ` : "";
    throw new TextError("a share needs a percent sign", 0, text.length, `write ${scaled}${bare}%`);
  }
  throw new TextError(`"${text}" is not a percentage`, 0, text.length, "write 99.95%");
}

/** A ratio as a percentage in the language: `99.95%`. */
export function writePercent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(12))}%`;
}

/** A duration in the units of the language, exact: `1h30min`, `45d`, `250us`. */
export function writeDuration(micros: Micros): string {
  if (micros >= never) return "never";
  let rest = micros;
  let text = "";
  for (const unit of ["y", "d", "h", "min", "s", "ms", "us"]) {
    const size = timeUnits[unit] ?? 1;
    const amount = Math.floor(rest / size);
    if (amount > 0) text += `${amount}${unit}`;
    rest -= amount * size;
  }
  return text === "" ? "0s" : text;
}

/** Divides by 100 in decimal, so that 99.95 % is the number 0.9995 and not its neighbour. */
function decimalShift(percent: number): number {
  return Number(`${percent}e-2`) || percent / 100;
}

function perUnits(): string {
  return unitsOfTime
    .split(" ")
    .slice(1)
    .map((unit) => `/${unit}`)
    .join(" ");
}

function notDuration(text: string, at: number): TextError {
  return new TextError(`"${text}" is not a duration`, at, text.length - at, "write 10s, 1.5h or 2y31d4h");
}

function unknownUnit(unit: string, at: number, of: string, units: string): TextError {
  if (unit === "") return new TextError(`a ${of} needs a unit: ${units}`, at - 1, 1);
  return new TextError(`"${unit}" is not a unit of a ${of}: ${units}`, at, unit.length);
}

/** Days of the longest form of each month. */
const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A day of the calendar: `2027-03-31`. Throws TextError. */
export function readDate(text: string): { readonly year: number; readonly month: number; readonly day: number } {
  const match = /^\s*(\d{4})-(\d{2})-(\d{2})\s*$/.exec(text);
  const [year, month, day] = (match ?? []).slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined)
    throw new TextError(`"${text}" is not a date`, 0, text.length, "write year-month-day, such as 2027-01-01");
  const days = longestMonths[month - 1] ?? 0;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (day < 1 || day > (month === 2 && !isLeap ? 28 : days)) throw new TextError(`there is no day ${text.trim()}`, 0, text.length);
  return { year, month, day };
}
