import type { Invariant } from "../invariant.ts";

/** S3. */
export const monotoneClock: Invariant = {
  id: "S3",
  name: "monotone-clock",
  statement:
    "From one event to the next the instant does not go back, is a whole number of microseconds, and no event is pending in the past.",
  watch({ platform, broken }) {
    const { calendar } = platform;
    // an instant in a variable of a closure would be made anew at every event
    const last = new Float64Array(1);
    return {
      afterEvent() {
        const { now } = calendar;
        const before = last[0];
        if (now < before || !Number.isSafeInteger(now)) broken(`the instant ${now} us follows ${before} us`);
        if (calendar.peek() < now) broken(`an event is pending at ${calendar.peek()} us, before ${now} us`);
        last[0] = now;
      },
    };
  },
};
