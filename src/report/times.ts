import { day, hour, type Micros, millisecond, minute, second, year } from "../kernel/time.ts";

/** An instant with `decimals` of a second (0 to 3), cut: `12:05.834`, `1:02:05.8`, `3 d 04:00:00`, from two years on `213 y 225 d 02:57`. */
export function instant(at: Micros, decimals = 3): string {
  if (at >= 2 * year) {
    const years = Math.floor(at / year);
    const rest = at - years * year;
    return `${years} y ${Math.floor(rest / day)} d ${two(Math.floor((rest % day) / hour))}:${two(Math.floor((rest % hour) / minute))}`;
  }
  const days = Math.floor(at / day);
  const hours = Math.floor((at % day) / hour);
  const minutes = Math.floor((at % hour) / minute);
  const seconds = Math.floor((at % minute) / second);
  const fraction = Math.floor((at % second) / millisecond);
  const part = decimals === 0 ? "" : `.${String(fraction).padStart(3, "0").slice(0, decimals)}`;
  const tail = `${two(minutes)}:${two(seconds)}${part}`;
  if (days > 0) return `${days} d ${two(hours)}:${tail}`;
  return hours > 0 ? `${hours}:${tail}` : `${minutes}:${two(seconds)}${part}`;
}

/** A duration in its two largest units, to the nearest: `340 ms`, `5.8 s`, `17 min 40 s`, `3 h 20 min`, `3 d 4 h`, `250 y`. */
export function duration(of: Micros): string {
  if (of === 0) return "0 s";
  if (of < millisecond) return `${Math.round(of)} µs`;
  if (of < 10 * millisecond) return `${trimmed((of / millisecond).toFixed(1))} ms`;
  if (of < second - millisecond / 2) return `${Math.round(of / millisecond)} ms`;
  if (of < minute - second / 20) return `${trimmed((of / second).toFixed(1))} s`;
  if (of < hour - second / 2) return inUnits(Math.round(of / second), 60, "min", "s");
  if (of < day - minute / 2) return inUnits(Math.round(of / minute), 60, "h", "min");
  if (of < 2 * year) return inUnits(Math.round(of / hour), 24, "d", "h");
  const years = Math.floor(of / year);
  const days = Math.floor((of - years * year) / day);
  return days > 0 && years < 100 ? `${years} y ${days} d` : `${years} y`;
}

/** Steps between ticks of a time axis, from seconds to centuries. */
const steps: readonly Micros[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 5, 10, 30, 60, 120].map((n) => n * day),
  ...[1, 2, 5, 10, 25, 50, 100].map((n) => n * year),
];

/** Round instants for a time axis from 0 to `end`, at most seven steps, each with its label: `0 min`, `5:00`, `2 h`, `3 d`. */
export function timeTicks(end: Micros): readonly { readonly at: Micros; readonly label: string }[] {
  const step = steps.find((candidate) => end / candidate <= 7) ?? steps[steps.length - 1];
  const ticks: { at: Micros; label: string }[] = [];
  for (let at = 0; at <= end; at += step) ticks.push({ at, label: tickLabel(at, step, end) });
  return ticks;
}

function tickLabel(at: Micros, step: Micros, end: Micros): string {
  const unit = step >= year ? "y" : step >= day ? "d" : step >= hour ? "h" : end >= minute ? "min" : "s";
  if (at === 0) return `0 ${unit}`;
  return step >= hour ? duration(at) : unit === "s" ? `${at / second} s` : instant(at, 0);
}

function inUnits(total: number, base: number, big: string, small: string): string {
  const rest = total % base;
  const whole = `${Math.floor(total / base)} ${big}`;
  return rest === 0 ? whole : `${whole} ${small === "min" ? two(rest) : rest} ${small}`;
}

function trimmed(text: string): string {
  return text.replace(/\.0$/, "");
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
