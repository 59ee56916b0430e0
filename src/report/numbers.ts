const negativePowers = [1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15];
/** 10^(-k/10), so that nines need no logarithm, whose last bit differs from machine to machine. */
const tenthsOfADecade = [
  1, 0.7943282347242815, 0.6309573444801932, 0.5011872336272722, 0.3981071705534972, 0.3162277660168379, 0.251188643150958,
  0.199526231496888, 0.1584893192461113, 0.1258925411794167,
];
/** One rounding error of a ratio just below 1. */
const slack = 2.3e-16;
const secondsAMonth = 30 * 24 * 3600;

/** A whole number in groups of three: `107,755`. */
export function grouped(value: number): string {
  const digits = Math.abs(Math.round(value)).toFixed(0);
  return (value < 0 ? "-" : "") + digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 request`, `2 requests`, `107,755 requests`. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(value)} ${value === 1 ? noun : plural}`;
}

/** A number of at least 0 with at most `places` decimals, cut, without trailing zeros: `17.5`. */
export function decimal(value: number, places: number): string {
  const scale = Number(`1e${places}`);
  const units = Math.floor(value * scale + 1e-9);
  const rest = units % scale;
  const part = rest === 0 ? "" : `.${rest.toFixed(0).padStart(places, "0").replace(/0+$/, "")}`;
  return grouped((units - rest) / scale) + part;
}

/** A number that is no count, to the nearest with three decimals below 10 and two above: `1.008`, `3.38`, `17.28`. */
export function factor(value: number): string {
  const places = Math.abs(value) < 10 ? 3 : 2;
  const scale = Number(`1e${places}`);
  return (value < 0 ? "-" : "") + decimal(Math.round(Math.abs(value) * scale) / scale, places);
}

/** An amount of money without its currency, to the nearest: `17.28`, `2,365.20`, `0.0045`. */
export function money(value: number): string {
  if (Math.abs(value) < 1) return value.toFixed(4).replace(/0{1,2}$/, "");
  const cents = Math.round(value * 100);
  return `${grouped(Math.floor(cents / 100))}.${String(cents % 100).padStart(2, "0")}`;
}

/**
 * An availability (0..1) as a percentage, cut, so that it never looks better than it is: `99.583 %`, one more decimal for each nine from
 * 99.99 % on, `100 %` only of exactly 1.
 */
export function percent(ratio: number): string {
  return percentAt(ratio, percentPlaces(ratio));
}

/** The decimals that `percent` shows of a ratio. */
function percentPlaces(ratio: number): number {
  if (ratio >= 1 || ratio <= 0) return 0;
  return Math.min(12, Math.max(3, Math.floor(tenthsOfNines(failureShare(ratio)) / 10)));
}

/** A ratio (0..1) as a percentage with so many places, cut; rounded up when asked. */
export function percentAt(ratio: number, places: number, up = false): string {
  if (ratio >= 1) return "100 %";
  if (ratio <= 0) return "0 %";
  const scale = Number(`1e${places + 2}`);
  const exact = ratio * scale;
  const units = up ? Math.ceil(exact - exact * 4e-16) : Math.floor(exact + exact * 4e-16);
  if (up && units >= scale) return "100 %";
  const digits = Math.min(units, scale - 1)
    .toFixed(0)
    .padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  return places === 0 ? `${whole} %` : `${whole}.${digits.slice(-places)} %`;
}

/** A share (0..1 or more) as whole percent, rounded up: `46 %` of an allowance. */
export function share(ratio: number): string {
  return `${grouped(Math.ceil(ratio * 100 - 1e-9))} %`;
}

/** A 95 % interval of availabilities (0..1), rounded outwards: `99.943 to 99.960 %`. */
export function percentInterval(low: number, high: number): string {
  const places = Math.max(percentPlaces(low), percentPlaces(high));
  const from = percentAt(low, places).replace(" %", "");
  return `${from} to ${percentAt(high, places, true)}`;
}

/** Nines of a run in which `failed` of `offered` requests failed, cut to one decimal; a bound when none failed, null when that says nothing. */
export function nines(failed: number, offered: number): string | null {
  if (offered <= 0) return null;
  if (failed > 0) return `${oneDecimal(tenthsOfNines(failed / offered))} nines`;
  return offered < 30 ? null : `≥ ${oneDecimal(tenthsOfNines(3 / offered))} nines`;
}

/** Nines of an availability (0..1), cut to one decimal; null of exactly 1, which no number of nines describes. */
export function ninesOf(ratio: number): string | null {
  return ratio >= 1 ? null : `${oneDecimal(tenthsOfNines(failureShare(ratio)))} nines`;
}

/** Downtime in a month of 30 days at a rate of failure (0..1), rounded up: `3 h 01 min`, `5 min 42 s`, `8 s`. */
export function downtimeAMonth(failureRate: number): string {
  const exact = failureRate * secondsAMonth;
  if (exact <= 0) return "0 s";
  if (exact < 1) return `${Math.max(1, Math.ceil(exact * 1000 - 1e-6))} ms`;
  const seconds = Math.ceil(exact - 1e-6);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
  const hours = Math.ceil(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A latency in milliseconds: `4.2 ms`, `457 ms`, `3,070 ms`, from 10 s on `12.4 s`. */
export function latency(ms: number): string {
  const [value, unit] = latencyParts(ms);
  return `${value} ${unit}`;
}

/** A latency in milliseconds as figure and unit, for layouts that set them apart. */
export function latencyParts(ms: number): readonly [value: string, unit: string] {
  // ages of messages, not latencies of requests
  if (ms >= 599_950) return [decimal(ms / 60_000 + 0.05, 1), "min"];
  if (ms >= 9_999.5) return [decimal(ms / 1000 + 0.05, 1), "s"];
  if (ms >= 9.95 || ms === 0) return [grouped(ms), "ms"];
  return ms >= 0.095 ? [(Math.round(ms * 10) / 10).toFixed(1), "ms"] : [grouped(Math.max(1, Math.round(ms * 1000))), "µs"];
}

/** A 95 % interval of latencies in milliseconds: `465 to 479 ms`. */
export function latencyInterval(low: number, high: number): string {
  const [from, fromUnit] = latencyParts(low);
  const [to, unit] = latencyParts(high);
  return fromUnit === unit ? `${from} to ${to} ${unit}` : `${from} ${fromUnit} to ${to} ${unit}`;
}

/** A fingerprint in groups of four digits. */
export function fingerprintGroups(fingerprint: string): readonly string[] {
  return fingerprint.match(/.{1,4}/g) ?? [];
}

/** The share that fails of an availability, without the rounding error that 1 - ratio would add. */
function failureShare(ratio: number): number {
  return Math.max(1 - ratio - slack, 1e-16);
}

/** The largest k with share <= 10^(-k/10). */
function tenthsOfNines(failing: number): number {
  let decades = 0;
  while (decades + 1 < negativePowers.length && failing <= negativePowers[decades + 1]) decades++;
  let tenths = 0;
  while (tenths < 9 && failing <= tenthsOfADecade[tenths + 1] * negativePowers[decades]) tenths++;
  return decades * 10 + tenths;
}

function oneDecimal(tenths: number): string {
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
