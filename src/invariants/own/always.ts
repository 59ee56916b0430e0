import type { Invariant } from "../invariant.ts";
import { Moment } from "./moment.ts";

/** The id of every invariant that is not of the catalogue. */
export const ownId = "own";

/** What is true at an instant or not. */
export type Condition = (moment: Moment) => boolean;

/** An invariant of the user's own: the condition is true after every event up to the horizon. `found` says what there was instead. */
export function always(name: string, holds: Condition, found: (moment: Moment) => string = () => "it is not so"): Invariant {
  return {
    id: ownId,
    name,
    statement: `Always, after every event: ${name}.`,
    watch({ broken, platform }) {
      const moment = new Moment(platform);
      return {
        afterEvent() {
          if (!platform.world.closed && !holds(moment)) broken(found(moment));
        },
      };
    },
  };
}
