import { type MetricNames, type ReadMetric, readMetric } from "./expectText.ts";
import { readPart, TextError } from "./textError.ts";
import { readDuration } from "./units.ts";

/** How exactly a figure is wanted. */
export interface Precision extends ReadMetric {
  /** As written. */
  readonly text: string;
  /** Half the width of the interval: in the unit of the metric, or as a part of the figure itself. */
  readonly halfWidth: number;
  readonly isRelative: boolean;
}

const usage = "write availability.request ±1e-5 or latency.p99 ±2%";
const pattern = /^(\s*)(\S+?)(\s*)(±|\+-|\+\/-)(\s*)(\S+)\s*$/;
const number = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?$/;

/**
 * Reads `availability.request ±1e-5, latency.p99 ±2%`: with a percent sign the half-width is a part of the figure itself, otherwise it is in the
 * unit of the metric, and a duration where that is a time. `+-` is the same as `±`. Throws TextError.
 */
export function readPrecisions(text: string, names: MetricNames): readonly Precision[] {
  let at = 0;
  return text.split(",").map((part) => {
    const start = at;
    at += part.length + 1;
    return readPart((words) => readPrecision(words, names), part, start);
  });
}

function readPrecision(text: string, names: MetricNames): Precision {
  const match = pattern.exec(text);
  if (match === null) throw new TextError("a precision is a metric, ±, and a half-width", 0, Math.max(1, text.length), usage);
  const [, indent = "", written = "", gap = "", sign = "", space = "", value = ""] = match;
  const metric = readPart((words) => readMetric(words, names), written, indent.length);
  const at = indent.length + written.length + gap.length + sign.length + space.length;
  const isRelative = value.endsWith("%");
  const halfWidth = readPart((words) => (isRelative ? readNumber(words.slice(0, -1)) / 100 : readHalfWidth(words, metric)), value, at);
  if (!(halfWidth > 0)) throw new TextError("nothing is known without any error: a half-width is above 0", at, value.length, usage);
  return { ...metric, text: `${metric.metric} ±${value}`, halfWidth, isRelative };
}

function readHalfWidth(text: string, { unit, metric }: ReadMetric): number {
  if (unit !== "ms" && unit !== "seconds") return readNumber(text);
  if (number.test(text))
    throw new TextError(`the half-width of ${metric} is a time, such as 5ms, or a part of it, such as 2%`, 0, text.length);
  return readDuration(text) / (unit === "ms" ? 1000 : 1_000_000);
}

function readNumber(text: string): number {
  if (!number.test(text)) throw new TextError(`"${text}" is not a number`, 0, text.length, usage);
  return Number(text);
}
