import { never } from "../../kernel/time.ts";
import { sampleMicros } from "../../random/laws.ts";
import { bugFires } from "../buggify.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { InstanceState } from "../status.ts";
import { enqueueAt, startService } from "../work/station.ts";
import type { Platform } from "../world.ts";
import { expectReappearance, showAgain } from "./leases.ts";
import { refusalOf, spendBudget } from "./limits.ts";
import { idleWorker } from "./workers.ts";

/**
 * Queues: at least once. A message that was taken is invisible for the visibility time-out (Service Bus: locked); when nobody has deleted it by
 * then it is visible again. Deleting needs the receipt of the last taking. A message taken too often is moved away, from a storage queue by the
 * worker, from a Service Bus queue by the queue. With receive-and-delete a message is gone once it is taken: at most once.
 */

/** Puts a new message into a queue and wakes a worker. */
export function enqueueMessage(platform: Platform, queue: number, cause: number): void {
  const { world, calendar, design } = platform;
  const { messages } = world;
  const message = messages.ids.allocate();
  const state = world.queues[queue];
  spendBudget(platform, queue);
  state.stored++;
  messages.queue[message] = queue;
  messages.enqueuedAt[message] = calendar.now;
  messages.dequeues[message] = 0;
  messages.done[message] = 0;
  messages.jobs[message] = 0;
  messages.reappearance[message] = -1;
  messages.expiry[message] = -1;
  messages.renewal[message] = 0;
  messages.demand[message] = -1;
  const consumer = state.consumers.length > 0 ? world.groups[state.consumers[0]].program : -1;
  if (consumer >= 0) messages.demand[message] = drawDemand(platform, queue, consumer);
  const { sessions } = design.queues[queue];
  messages.session[message] = sessions > 0 ? Math.floor(platform.streams.uniform(state.streams.demand) * sessions) : -1;
  messages.fact[message] = platform.trace.emit(FactKind.messageEnqueued, message, queue, cause);
  becomeVisible(platform, message);
}

/** Event: the visibility time-out of a taken message is over. */
export function messageReappeared(platform: Platform, message: number, receipt: number): void {
  const { messages } = platform.world;
  messages.reappearance[message] = -1;
  if (messages.done[message] === 2 || messages.dequeues[message] !== receipt) return;
  returnMessage(platform, message);
}

/** Event: a message has waited for its time to live. */
export function messageExpired(platform: Platform, message: number): void {
  platform.world.messages.expiry[message] = -1;
  withdraw(platform, message);
  expire(platform, message);
}

/** A message that was taken is back in its queue, or moved away by the queue: it was delivered too often, or is too old. */
export function returnMessage(platform: Platform, message: number): void {
  const { world, design, trace } = platform;
  const { messages } = world;
  const queue = messages.queue[message];
  const { kind, maxDequeueCount } = design.queues[queue];
  messages.renewal[message] = 0;
  if (kind === "service-bus" && maxDequeueCount > 0 && messages.dequeues[message] >= maxDequeueCount) {
    if (messages.done[message] === 0) trace.emit(FactKind.messageDeadLettered, message, messages.dequeues[message], messages.fact[message]);
    removeMessage(platform, message);
    return;
  }
  trace.emit(FactKind.messageReappeared, message, messages.dequeues[message], messages.fact[message]);
  leaveHand(platform, message);
  const session = messages.session[message];
  becomeVisible(platform, message);
  // it may be too old to come back, and the next of its session has its turn
  if (session >= 0) wakeWorkers(platform, queue);
}

/** An idle worker takes as many visible messages as it has free slots, and more in one go when it takes batches. */
export function takeMessages(platform: Platform, instance: number): void {
  const { world, catalogue } = platform;
  const { instances } = world;
  const program = catalogue.programs[instances.program[instance]];
  if (program.queue < 0 || instances.state[instance] !== InstanceState.ready) return;
  const { outages } = world.queues[program.queue];
  // those it has in hand come first
  if (outages.length === 0 && instances.waiting[instance] === 0) {
    let taken = 0;
    while (instances.busy[instance] < program.concurrency || (taken > 0 && taken % program.batch !== 0)) {
      const message = nextMessage(platform, program.queue);
      if (message < 0) break;
      taken++;
      withdraw(platform, message);
      take(platform, instance, message);
    }
  }
  instances.usedAt[instance] = platform.calendar.now;
}

/** Event: an idle worker that polls looks into its queue. */
export function workerPolled(platform: Platform, instance: number): void {
  platform.world.instances.pollEvent[instance] = -1;
  const idleSince = platform.world.instances.usedAt[instance];
  const busy = platform.world.instances.busy[instance];
  takeMessages(platform, instance);
  // it found nothing: its back-off goes on where it was
  if (platform.world.instances.busy[instance] === busy) platform.world.instances.usedAt[instance] = idleSince;
}

/** Messages may have become free to take, other than by arriving: idle workers take them, or are told when to look. */
export function wakeWorkers(platform: Platform, queue: number): void {
  while (nextMessage(platform, queue) >= 0) {
    const worker = idleWorker(platform, queue);
    if (worker < 0) return;
    takeMessages(platform, worker);
  }
}

/** The message is not in the queue any more; its record goes when no worker has it in hand. */
export function removeMessage(platform: Platform, message: number): void {
  const { world, calendar } = platform;
  const { messages } = world;
  if (messages.done[message] !== 2) {
    messages.done[message] = 2;
    world.queues[messages.queue[message]].stored--;
    calendar.cancel(messages.reappearance[message]);
    messages.reappearance[message] = -1;
    calendar.cancel(messages.expiry[message]);
    messages.expiry[message] = -1;
    if (leaveHand(platform, message)) wakeWorkers(platform, messages.queue[message]);
  }
  releaseIfOver(platform, message);
}

/** The record of a message that is gone is given back once no worker has it in hand. */
export function releaseIfOver(platform: Platform, message: number): void {
  const { messages } = platform.world;
  if (messages.done[message] === 2 && messages.jobs[message] === 0) messages.ids.release(message);
}

/** Takes a visible message out of those that wait. */
export function withdraw(platform: Platform, message: number): void {
  const { world, trace, calendar } = platform;
  const { messages } = world;
  const queue = messages.queue[message];
  const { visible } = world.queues[queue];
  visible.remove(message);
  calendar.cancel(messages.expiry[message]);
  messages.expiry[message] = -1;
  trace.emit(FactKind.queueDepthChanged, queue, visible.length, messages.fact[message]);
}

function take(platform: Platform, instance: number, message: number): void {
  const { world, calendar, trace, design, catalogue } = platform;
  const { messages, requests, instances } = world;
  const queue = messages.queue[message];
  const { kind, maxDequeueCount, visibilityTimeout } = design.queues[queue];
  const count = ++messages.dequeues[message];
  messages.takenAt[message] = calendar.now;
  if (kind === "storage" && maxDequeueCount > 0 && count > maxDequeueCount) {
    poison(platform, message, count);
    return;
  }
  trace.emit(FactKind.messageTaken, message, instance, messages.fact[message]);
  messages.jobs[message]++;
  if (messages.session[message] >= 0) world.queues[queue].inHand[messages.session[message]] = message;
  const job = requests.ids.allocate();
  requests.client[job] = -1;
  requests.session[job] = -1;
  requests.instance[job] = instance;
  requests.message[job] = message;
  requests.receipt[job] = count;
  requests.arrivedAt[job] = messages.enqueuedAt[message];
  const program = instances.program[instance];
  if (messages.demand[message] < 0) messages.demand[message] = drawDemand(platform, queue, program);
  requests.demand[job] = messages.demand[message];
  requests.storeTime[job] = drawStoreTime(platform, queue, program);
  const { careful, concurrency, renewal, shared } = catalogue.programs[program];
  messages.renewal[message] = renewal;
  const isShown = design.queues[queue].receiveMode !== "receive-and-delete" && bugFires(platform, "duplicate-delivery", message);
  const starts = instances.busy[instance] < concurrency;
  if (starts) startService(platform, instance, job);
  else enqueueAt(platform, instance, job);
  if (isShown) showAgain(platform, message);
  if (renewal > 0) return;
  if (!starts || shared || careful || requests.endsAt[job] > calendar.now + visibilityTimeout) expectReappearance(platform, message);
}

/** The handler finds that a message was taken too often, and moves it; if it cannot, the message comes back once more. */
function poison(platform: Platform, message: number, count: number): void {
  const { world, trace, design } = platform;
  const { messages } = world;
  const { poisonQueue } = design.queues[messages.queue[message]];
  const target = poisonQueue === undefined ? -1 : design.queues.findIndex(({ name }) => name === poisonQueue);
  const { fact } = messages;
  if (messages.done[message] === 0) {
    if (target >= 0 && refusalOf(platform, target) >= 0) {
      expectReappearance(platform, message);
      return;
    }
    const poisoned = trace.emit(FactKind.messagePoisoned, message, count, fact[message]);
    if (target >= 0) enqueueMessage(platform, target, poisoned);
  }
  removeMessage(platform, message);
}

function becomeVisible(platform: Platform, message: number): void {
  const { world, calendar, design } = platform;
  const { messages } = world;
  const queue = messages.queue[message];
  const { timeToLive } = design.queues[queue];
  const expiresAt = timeToLive === never ? never : messages.enqueuedAt[message] + timeToLive;
  if (expiresAt <= calendar.now) {
    expire(platform, message);
    return;
  }
  const isNext = messages.session[message] < 0 || isFree(platform, message);
  const worker = isNext ? idleWorker(platform, queue) : -1;
  if (worker >= 0) {
    // it never waits, so the queue is no deeper for it
    take(platform, worker, message);
    world.instances.usedAt[worker] = calendar.now;
    return;
  }
  const { visible } = world.queues[queue];
  // one that was taken before comes before the later ones of its session
  if (messages.session[message] >= 0 && messages.dequeues[message] > 0) visible.unshift(message);
  else visible.push(message);
  messages.takenAt[message] = -1;
  if (expiresAt < design.horizon) messages.expiry[message] = calendar.schedule(expiresAt, EventKind.messageExpired, message);
  platform.trace.emit(FactKind.queueDepthChanged, queue, visible.length, messages.fact[message]);
}

function expire(platform: Platform, message: number): void {
  const { world, design, trace } = platform;
  const { messages } = world;
  const { deadLetterExpired } = design.queues[messages.queue[message]];
  if (messages.done[message] === 0) trace.emit(FactKind.messageExpired, message, deadLetterExpired ? 1 : 0, messages.fact[message]);
  removeMessage(platform, message);
}

/** The first message that may be taken, -1 none: of a session, only while no other of it is in somebody's hands. */
function nextMessage(platform: Platform, queue: number): number {
  const { visible, inHand } = platform.world.queues[queue];
  if (inHand.length === 0) return visible.at(0);
  for (let place = 0; place < visible.length; place++) if (isFree(platform, visible.at(place))) return visible.at(place);
  return -1;
}

function isFree({ world }: Platform, message: number): boolean {
  const { messages } = world;
  return world.queues[messages.queue[message]].inHand[messages.session[message]] < 0;
}

/** The next message of its session may be taken; false when it was in nobody's hands or has no session. */
function leaveHand({ world }: Platform, message: number): boolean {
  const { messages } = world;
  const session = messages.session[message];
  const { inHand } = world.queues[messages.queue[message]];
  if (session < 0 || inHand[session] !== message) return false;
  inHand[session] = -1;
  return true;
}

function drawDemand(platform: Platform, queue: number, program: number): number {
  const stream = platform.world.queues[queue].streams.demand;
  let demand = 0;
  for (const law of platform.catalogue.programs[program].compute) demand += sampleMicros(law, platform.streams, stream);
  return demand;
}

function drawStoreTime(platform: Platform, queue: number, program: number): number {
  const stream = platform.world.queues[queue].streams.demand;
  let time = 0;
  for (const law of platform.catalogue.programs[program].stores) time += sampleMicros(law, platform.streams, stream);
  return time;
}
