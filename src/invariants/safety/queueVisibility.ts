import { bugSites } from "../../model/design/buggify.ts";
import { EventKind } from "../../model/events.ts";
import { FactKind } from "../../model/facts.ts";
import type { Invariant } from "../invariant.ts";
import { NumberById } from "../numberById.ts";

/** Number of the site in the fact that it fires. */
const duplicateDelivery = bugSites.indexOf("duplicate-delivery");

/** S20. */
export const queueVisibility: Invariant = {
  id: "S20",
  name: "queue-visibility",
  statement:
    "Between two deliveries of a message it is told to be visible again, and that is no earlier than its visibility time-out after the first, except that a handler that fails gives a Service Bus message back at once, and unless the site duplicate-delivery of buggify fired for it. Work that ends with an old receipt deletes nothing: the message is still there after it (under processor sharing this last part is not looked at).",
  watch({ platform, broken }) {
    const { calendar, design, world } = platform;
    const { messages, requests } = world;
    /** When a message was delivered last, -1 when it may be delivered; and how many had it in hand before. */
    const takenAt = new NumberById(-1);
    const jobsBefore = new NumberById(0);
    /** 1 of a message that the site has shown to others. */
    const shown = new NumberById(0);
    let stale = -1;
    let dequeues = 0;
    let fact = -1;
    return {
      listensTo:
        world.queues.length === 0
          ? []
          : [
              FactKind.messageEnqueued,
              FactKind.messageTaken,
              FactKind.messageReappeared,
              FactKind.messageCompleted,
              FactKind.messageDuplicated,
              FactKind.bugFired,
            ],
      observe({ kind, subject, value, at }) {
        if (kind === FactKind.bugFired) {
          if (subject === duplicateDelivery) shown.set(value, 1);
        } else if (kind === FactKind.messageEnqueued) takenAt.set(subject, -1);
        else if (kind === FactKind.messageTaken) {
          const before = takenAt.get(subject);
          if (before >= 0) broken(`message ${subject} is delivered, and was at ${before} us, and has not been visible since`);
          takenAt.set(subject, at);
          shown.set(subject, 0);
          jobsBefore.set(subject, messages.jobs[subject]);
        } else if (kind === FactKind.messageReappeared) {
          const { kind: type, visibilityTimeout } = design.queues[messages.queue[subject]];
          const isGivenBack = type === "service-bus" && messages.jobs[subject] <= jobsBefore.get(subject);
          const before = takenAt.get(subject);
          if (before >= 0 && at < before + visibilityTimeout && !isGivenBack && shown.get(subject) === 0)
            broken(`message ${subject} is visible ${at - before} us after it was taken, and its time-out is ${visibilityTimeout} us`);
          takenAt.set(subject, -1);
        } else if (
          messages.done[subject] !== 2 &&
          calendar.kind === EventKind.serviceCompleted &&
          requests.receipt[calendar.target] !== messages.dequeues[subject]
        ) {
          stale = subject;
          dequeues = messages.dequeues[subject];
          fact = messages.fact[subject];
        }
      },
      afterEvent() {
        if (stale < 0) return;
        const message = stale;
        stale = -1;
        // taken again since, or its record given to another: that is another story
        if (messages.dequeues[message] !== dequeues || messages.fact[message] !== fact) return;
        if (messages.done[message] === 2) broken(`work with an old receipt has deleted message ${message}`);
      },
    };
  },
};
