import { FactKind } from "../facts.ts";
import type { Platform } from "../world.ts";
import { expectReappearance, isVisible, renewAgain } from "./leases.ts";
import { releaseIfOver, removeMessage, returnMessage, withdraw } from "./queue.ts";

/** The worker finished a job: the message is deleted if the receipt is still good, and counts once. */
export function completeJob(platform: Platform, job: number): void {
  const { world, calendar, trace } = platform;
  const { messages, requests } = world;
  const message = requests.message[job];
  messages.jobs[message]--;
  if (messages.done[message] === 0) {
    messages.done[message] = 1;
    trace.emit(FactKind.messageCompleted, message, calendar.now - messages.enqueuedAt[message], messages.fact[message]);
  } else {
    trace.emit(FactKind.messageDuplicated, message, requests.instance[job], messages.fact[message]);
  }
  if (!isReceiptGood(platform, job)) releaseIfOver(platform, message);
  else if (isOut(platform, message)) {
    // the queue hears nothing of it: the message comes back
    expectReappearance(platform, message);
    messages.renewal[message] = 0;
  } else {
    // visible again, but nobody else has taken it: the receipt is still the last one
    if (isVisible(platform, message)) withdraw(platform, message);
    removeMessage(platform, message);
  }
}

/** The worker died or was stopped with the job in hand, by that incident: nobody deletes the message, so it becomes visible again in time. */
export function abandonJob(platform: Platform, job: number, incident: number): void {
  const { messages, requests } = platform.world;
  const message = requests.message[job];
  messages.jobs[message]--;
  if (!isReceiptGood(platform, job)) releaseIfOver(platform, message);
  else if (isGone(platform, message)) loseMessage(platform, message, incident);
  else {
    expectReappearance(platform, message);
    messages.renewal[message] = 0;
  }
}

/** The handler gave up, because of that incident: from Service Bus the message can be taken again at once, from a storage queue in time. */
export function failJob(platform: Platform, job: number, incident: number): void {
  const { world, calendar, design } = platform;
  const { messages, requests } = world;
  const message = requests.message[job];
  const isServiceBus = design.queues[messages.queue[message]].kind === "service-bus";
  if (
    !isServiceBus ||
    !isReceiptGood(platform, job) ||
    isGone(platform, message) ||
    isOut(platform, message) ||
    isVisible(platform, message)
  ) {
    abandonJob(platform, job, incident);
    return;
  }
  messages.jobs[message]--;
  calendar.cancel(messages.reappearance[message]);
  messages.reappearance[message] = -1;
  returnMessage(platform, message);
}

/** A job will now end at another instant (its VM was frozen): it may outlive the hold on its message. */
export function jobDelayed(platform: Platform, job: number): void {
  if (isReceiptGood(platform, job)) expectReappearance(platform, platform.world.requests.message[job]);
}

/** A job goes on: its worker renews its hold on the message again, unless that is over. */
export function jobResumed(platform: Platform, job: number): void {
  const message = platform.world.requests.message[job];
  if (isReceiptGood(platform, job) && !isOut(platform, message)) renewAgain(platform, message);
}

function loseMessage(platform: Platform, message: number, incident: number): void {
  const { messages } = platform.world;
  platform.trace.emit(FactKind.messageLost, message, incident, messages.fact[message]);
  removeMessage(platform, message);
}

/** Nobody has taken the message since, and nobody has moved it away. */
function isReceiptGood({ world }: Platform, job: number): boolean {
  const { messages, requests } = world;
  const message = requests.message[job];
  return messages.done[message] !== 2 && messages.dequeues[message] === requests.receipt[job];
}

/** It was deleted when it was taken. */
function isGone({ world, design }: Platform, message: number): boolean {
  return design.queues[world.messages.queue[message]].receiveMode === "receive-and-delete";
}

/** Nothing can be said to its queue; one that has nothing more to say to it does not mind. */
function isOut(platform: Platform, message: number): boolean {
  const { messages, queues } = platform.world;
  return queues[messages.queue[message]].outages.length > 0 && !isGone(platform, message);
}
