import type { Micros } from "../../kernel/time.ts";

const second = 1_000_000;
const units = { W: 604_800, D: 86_400, H: 3600, M: 60, S: 1 } as const;

/** A duration in ISO 8601, such as PT10M or P1DT2H, in microseconds; undefined for anything else, years and months included, whose length varies. */
export function readIsoDuration(text: string): Micros | undefined {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,6})?)S)?)?$/.exec(text.trim());
  const parts = match?.slice(1) ?? [];
  if (parts.every((part) => part === undefined) || text.trim().endsWith("T")) return undefined;
  const sizes = [units.W, units.D, units.H, units.M, units.S];
  const total = parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (sizes[index] ?? 0), 0);
  const micros = Math.round(total * second);
  return Number.isSafeInteger(micros) ? micros : undefined;
}
