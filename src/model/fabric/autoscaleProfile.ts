import { day } from "../../kernel/time.ts";
import type { AutoscaleDesign, AutoscaledRoleDesign } from "../design.ts";

/** Index of the profile that applies at an instant: fixed dates before recurrences before the default. */
export function profileAt({ startsAt }: Pick<AutoscaleDesign, "startsAt">, { profiles }: AutoscaledRoleDesign, now: number): number {
  const at = (startsAt + now) % (7 * day);
  const weekday = Math.floor(at / day);
  const time = at % day;
  return profiles.findIndex(({ when }) => {
    if (when.kind === "always") return true;
    if (when.kind === "fixed") return now >= when.from && now < when.to;
    const { days, from, to } = when;
    if (from < to) return days.includes(weekday) && time >= from && time < to;
    // past midnight it is still the day it began on
    return time >= from ? days.includes(weekday) : time < to && days.includes((weekday + 6) % 7);
  });
}
