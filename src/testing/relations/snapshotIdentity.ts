import { Course, type CourseOptions } from "../../experiment/course.ts";
import { expectSame } from "./outcome.ts";
import type { Relation } from "./relation.ts";

/** Shares of the events after which a snapshot is taken; at the last one, nothing is left to happen. */
const shares = [0, 0.2, 0.5, 0.77, 1];

/** M2. */
export const snapshotIdentity: Relation = {
  id: "M2",
  name: "snapshot-identity",
  statement:
    "A run that is saved after any event, cloned as plain data, restored and run on is the run that was not interrupted, and so is the run that was saved: checked after none, a fifth, half, three quarters and all of the events, those after the horizon included.",
  exactness: "exact",
  applies: () => true,
  check({ design, seed }, { replay }) {
    const whole = replay("the run that is not interrupted", design, seed);
    for (const share of shares) {
      const events = Math.floor(share * whole.events);
      const saved = (course: Course): Course => {
        runOn(course, events);
        course.save();
        return course;
      };
      const restored = (course: Course, options: CourseOptions): Course => {
        runOn(course, events);
        return new Course(options, structuredClone(course.save()));
      };
      expectSame(snapshotIdentity, whole, replay(`the run that is saved after ${events} events`, design, seed, { drive: saved }));
      expectSame(snapshotIdentity, whole, replay(`the run that is restored after ${events} events`, design, seed, { drive: restored }));
    }
  },
};

function runOn(course: Course, events: number): void {
  while (course.platform.calendar.processed < events && course.step());
}
