import { figuresOf } from "../../metrics/summarise.ts";
import { FactKind } from "../../model/facts.ts";
import type { Invariant } from "../invariant.ts";

/** S29. */
export const noNan: Invariant = {
  id: "S29",
  name: "no-nan",
  statement:
    "The subject, value and cause of every fact are whole numbers from -1 on, its instant a whole number of microseconds from 0 on, and its cause was told before it; every figure of the run is finite, or absent where there is nothing to measure.",
  watch({ platform, measured, broken }) {
    const right = new Float64Array(1);
    return {
      listensTo: Object.values(FactKind),
      observe({ id, at, kind, subject, value, cause }) {
        // nearly every fact: small whole numbers, at an instant that was found right before
        const areSmall = (subject | 0) === subject && (value | 0) === value && (cause | 0) === cause;
        if (areSmall && at === right[0] && subject >= -1 && value >= -1 && cause >= -1 && cause < id) return;
        right[0] = at;
        if (isWhole(at) && isWhole(subject) && isWhole(value) && isWhole(cause) && at >= 0 && cause < id) return;
        broken(`fact ${id} of kind ${kind} at ${at} us: subject ${subject}, value ${value}, cause ${cause}`);
      },
      atEnd() {
        const found = firstNotFinite(figuresOf(measured, platform), "figures");
        if (found !== undefined) broken(`${found} is not a finite number`);
      },
    };
  },
};

function isWhole(value: number): boolean {
  return value >= -1 && Math.floor(value) === value && value <= Number.MAX_SAFE_INTEGER;
}

/** The path of the first number that is not finite. */
function firstNotFinite(value: unknown, path: string): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : path;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = firstNotFinite(inner, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
