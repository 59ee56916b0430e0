import { FactKind } from "../../model/facts.ts";
import type { Invariant } from "../invariant.ts";
import { NumberById } from "../numberById.ts";

/** What has become of a message, as far as was told. */
const Fate = { unknown: 0, waiting: 1, delivered: 2, completed: 3, ended: 4 } as const;

/** S19. */
export const queueAtLeastOnce: Invariant = {
  id: "S19",
  name: "queue-at-least-once",
  statement:
    "A message that a queue has accepted is visible, in the hands of a worker, or about to be visible again, until one of these is told of it, once: it was completed (and so delivered before), moved to a poison queue or to the dead letters, expired, or (only where messages are deleted when they are taken) lost. Nothing but duplicates of the work is told of a message that was completed, and nothing at all of one that has ended otherwise, unless a worker has it still in hand. At the horizon a queue's backlog is what was accepted less what has ended.",
  watch({ platform, measured, broken }) {
    const { world, design } = platform;
    const { messages, queues } = world;
    const fates = new NumberById(Fate.unknown);
    const queueOf = new NumberById(-1);
    const open = new Float64Array(queues.length);
    const end = (message: number, fate: number, how: string): void => {
      const before = fates.get(message);
      if (before !== Fate.waiting && before !== Fate.delivered) broken(`message ${message} is ${how}, and had ended or never was`);
      fates.set(message, fate);
      open[queueOf.get(message)]--;
    };
    return {
      listensTo:
        queues.length === 0
          ? []
          : [
              FactKind.messageEnqueued,
              FactKind.messageTaken,
              FactKind.messageCompleted,
              FactKind.messageDuplicated,
              FactKind.messagePoisoned,
              FactKind.messageReappeared,
              FactKind.messageDeadLettered,
              FactKind.messageExpired,
              FactKind.messageLost,
            ],
      observe({ kind, subject, value }) {
        const fate = fates.get(subject);
        switch (kind) {
          case FactKind.messageEnqueued:
            if (fate === Fate.waiting || fate === Fate.delivered)
              broken(`message ${subject} is gone without an end: its place is given to another`);
            fates.set(subject, Fate.waiting);
            queueOf.set(subject, value);
            open[value]++;
            return;
          case FactKind.messageTaken:
            if (fate === Fate.ended || fate === Fate.unknown) broken(`message ${subject} is taken, and has ended or never was`);
            if (fate === Fate.waiting) fates.set(subject, Fate.delivered);
            return;
          case FactKind.messageCompleted:
            if (fate !== Fate.delivered) broken(`message ${subject} is completed, and nobody has taken it, or it has ended`);
            end(subject, Fate.completed, "completed");
            return;
          case FactKind.messageDuplicated:
            if (fate === Fate.waiting || fate === Fate.delivered) broken(`message ${subject} is worked on twice, and was never completed`);
            return;
          case FactKind.messageReappeared:
            if (fate === Fate.waiting || fate === Fate.ended) broken(`message ${subject} is visible again, and nobody had it`);
            return;
          case FactKind.messageLost:
            if (design.queues[queueOf.get(subject)].receiveMode !== "receive-and-delete") broken(`message ${subject} is lost`);
            end(subject, Fate.ended, "lost");
            return;
          case FactKind.messagePoisoned:
            end(subject, Fate.ended, "poisoned");
            return;
          case FactKind.messageDeadLettered:
            end(subject, Fate.ended, "dead-lettered");
            return;
          default:
            end(subject, Fate.ended, "expired");
        }
      },
      look() {
        for (let message = 0; message < messages.capacity; message++) {
          const fate = fates.get(message);
          if (fate !== Fate.waiting && fate !== Fate.delivered) continue;
          const isThere = messages.ids.isLive(message) && messages.done[message] === 0;
          const isVisible = messages.takenAt[message] === -1;
          const isHeld = messages.jobs[message] > 0 || messages.reappearance[message] >= 0;
          if (!isThere || !(isVisible || isHeld)) broken(`message ${message} is nowhere, and has not ended`);
        }
      },
      atHorizon() {
        measured.queues.queues.forEach(({ backlog }, queue) => {
          if (backlog !== open[queue]) broken(`the backlog of queue ${queue} is ${backlog}, and ${open[queue]} messages have not ended`);
        });
      },
    };
  },
};
