import { EventKind } from "../events.ts";
import type { Platform } from "../world.ts";

/** Visible means: in the queue since its last taking. */
export function isVisible({ world }: Platform, message: number): boolean {
  return world.messages.takenAt[message] === -1;
}

/** Nobody will delete or renew a message that was taken, as far as is known: it becomes visible again when the last hold on it is over. */
export function expectReappearance(platform: Platform, message: number): void {
  const { world, calendar, design } = platform;
  const { messages } = world;
  if (messages.done[message] === 2 || messages.reappearance[message] >= 0 || isVisible(platform, message)) return;
  const { receiveMode, visibilityTimeout } = design.queues[messages.queue[message]];
  if (receiveMode === "receive-and-delete") return;
  const period = messages.renewal[message];
  const taken = messages.takenAt[message];
  // renewals change nothing while they succeed, so that they are no events
  const renewedAt = period > 0 ? taken + Math.floor((calendar.now - taken) / period) * period : taken;
  const at = Math.max(calendar.now, renewedAt + visibilityTimeout);
  messages.reappearance[message] = calendar.schedule(at, EventKind.messageReappeared, message, messages.dequeues[message]);
}

/** A message that was just taken is visible again at once: others get it too. */
export function showAgain({ calendar, world }: Platform, message: number): void {
  const { messages } = world;
  if (messages.done[message] === 2) return;
  calendar.cancel(messages.reappearance[message]);
  messages.reappearance[message] = calendar.schedule(calendar.now, EventKind.messageReappeared, message, messages.dequeues[message]);
}

/** The worker that has a message and could not renew it can again: at once, if that is not too late. */
export function renewAgain(platform: Platform, message: number): void {
  const { messages } = platform.world;
  if (messages.renewal[message] === 0 || messages.reappearance[message] < 0 || isVisible(platform, message)) return;
  platform.calendar.cancel(messages.reappearance[message]);
  messages.reappearance[message] = -1;
  messages.takenAt[message] = platform.calendar.now;
}

/** A queue is out: holds on its messages are not renewed. */
export function stopRenewals(platform: Platform, queue: number): void {
  forEachHeld(platform, queue, expectReappearance);
}

/** A queue is back: holds that are not over are renewed. */
export function resumeRenewals(platform: Platform, queue: number): void {
  forEachHeld(platform, queue, renewAgain);
}

function forEachHeld(platform: Platform, queue: number, act: (platform: Platform, message: number) => void): void {
  const { messages } = platform.world;
  for (let message = 0; message < messages.capacity; message++) {
    if (!messages.ids.isLive(message) || messages.queue[message] !== queue || messages.renewal[message] === 0) continue;
    if (messages.jobs[message] > 0 && !isVisible(platform, message)) act(platform, message);
  }
}
