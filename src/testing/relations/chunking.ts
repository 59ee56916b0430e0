import type { Course } from "../../experiment/course.ts";
import { expectSame } from "./outcome.ts";
import type { Relation } from "./relation.ts";

/** So many events between two interruptions: very few, few, some. */
const slices = [1, 7, 400];

/** M3. */
export const chunking: Relation = {
  id: "M3",
  name: "chunking",
  statement:
    "A run that is interrupted again and again, after a few events or many, and a run that goes event by event, are the run that goes through in one piece.",
  exactness: "exact",
  applies: () => true,
  check({ design, seed }, { replay }) {
    const whole = replay("the run in one piece", design, seed);
    for (const eventsASlice of slices) {
      expectSame(chunking, whole, replay(`the run in slices of ${eventsASlice} events`, design, seed, { eventsASlice }));
    }
    const drive = (course: Course): Course => {
      while (course.step());
      return course;
    };
    expectSame(chunking, whole, replay("the run event by event", design, seed, { drive }));
  },
};
