import { FactKind } from "../../model/facts.ts";
import type { Platform } from "../../model/world.ts";
import { RequestAccount } from "../accounts/requests.ts";
import type { Invariant } from "../invariant.ts";

/** S27. */
export const noLeak: Invariant = {
  id: "S27",
  name: "no-leak",
  statement:
    "No more records are kept than there are things: of requests those of open requests, of attempts under way and of what instances hold; of calls, sessions and messages those that are open by the facts, and messages in somebody's hands; and no more events are pending than so many of each kind of thing can have. At the end no request, attempt or call is open, and no client waits for one.",
  watch({ account, platform, broken }) {
    const told = account(RequestAccount);
    const { calendar, world } = platform;
    const { instances, messages, requests } = world;
    let sessions = 0;
    let enqueued = 0;
    return {
      listensTo: [
        FactKind.sessionStarted,
        FactKind.sessionEnded,
        FactKind.messageEnqueued,
        FactKind.messageCompleted,
        FactKind.messagePoisoned,
        FactKind.messageDeadLettered,
        FactKind.messageExpired,
        FactKind.messageLost,
      ],
      observe({ kind }) {
        switch (kind) {
          case FactKind.sessionStarted:
            sessions++;
            return;
          case FactKind.sessionEnded:
            sessions--;
            return;
          case FactKind.messageEnqueued:
            enqueued++;
            return;
          default:
            enqueued--;
        }
      },
      look() {
        const open = told.arrived - told.settled;
        let held = 0;
        for (const group of world.groups) for (const id of group.instances) held += instances.busy[id] + instances.waiting[id];
        // a call has a record for the whole, and at most two attempts beside those that instances hold
        if (requests.count > open + 2 * world.calls.count + held)
          broken(`${requests.count} records of requests for ${open} that are open, ${world.calls.count} calls and ${held} held`);
        if (world.calls.count > open) broken(`${world.calls.count} calls for ${open} open requests`);
        if (world.sessions.count !== sessions) broken(`${world.sessions.count} records for ${sessions} sessions`);
        let done = 0;
        for (let message = 0; message < messages.capacity; message++) {
          if (!messages.ids.isLive(message) || messages.done[message] === 0) continue;
          const isKept = messages.jobs[message] > 0 || messages.reappearance[message] >= 0 || messages.takenAt[message] === -1;
          if (!isKept) broken(`message ${message} is done, and its record is kept for nobody`);
          done++;
        }
        if (messages.count > enqueued + done) broken(`${messages.count} records for ${enqueued} messages`);
        const limit = mostEvents(platform);
        if (calendar.size > limit) broken(`${calendar.size} events are pending, and no more than ${limit} have a cause`);
      },
      atEnd() {
        const open = told.arrived - told.settled;
        if (open !== 0 || world.requestsInFlight !== 0) broken(`${open} requests are open at the end, ${world.requestsInFlight} in flight`);
        if (world.calls.count !== 0) broken(`${world.calls.count} calls are open at the end`);
        for (const { firstOpen, id } of world.clients) if (firstOpen >= 0) broken(`client ${id} waits for request ${firstOpen} at the end`);
      },
    };
  },
};

/** The most events that can be pending, each kind of thing having so many at once. */
function mostEvents({ design, world }: Platform): number {
  let alive = 0;
  for (const { instances } of world.groups) alive += instances.length;
  const work = world.requests.count + 2 * world.calls.count + 2 * world.messages.count + world.sessions.count;
  // timer, poll, health check, the end of Run, the next shared completion; and a look of an operation that waits until it is calm
  const lives = 6 * alive + world.backends.count + world.rotations.length + world.clocks.count + world.repairs.count + world.ailments.count;
  const service = 2 * world.clients.length + world.queues.length + 2 * world.autoscalers.length + world.topologyChanges.length;
  const hardware = 2 * world.hosts.count + world.incidents.length + 1 + world.controller.waiting.length;
  const operations = world.deployments.length + (4 + design.service.upgradeDomains) * design.operations.length;
  // a common cause may be about to hit everything; records of failures come one by one for each target
  const faults = design.faults.length * (1 + world.hosts.count + world.racks.count + alive + world.stores.length + world.queues.length);
  return work + lives + service + hardware + operations + faults;
}
