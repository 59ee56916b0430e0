import { sampleMicros } from "../../random/laws.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { InstanceState } from "../status.ts";
import { startService } from "../work/station.ts";
import type { Platform } from "../world.ts";

/**
 * Storage queues: at least once. A message that was taken is invisible for the visibility time-out; when nobody has deleted it by then it is
 * visible again. Deleting needs the receipt of the last taking. A message taken too often is moved to the poison queue by the worker.
 */

const second = 1_000_000;

/** Whether the queue accepts a message now; it throttles beyond its rate, counted by whole seconds. */
export function acceptsMessage(platform: Platform, queue: number): boolean {
  const limit = platform.design.queues[queue].maxRate;
  if (limit === 0) return true;
  const state = platform.world.queues[queue];
  const now = Math.floor(platform.calendar.now / second);
  if (now !== state.budgetSecond) {
    state.budgetSecond = now;
    state.budget = limit;
  }
  return state.budget > 0;
}

/** Puts a new message into a queue and wakes a worker. */
export function enqueueMessage(platform: Platform, queue: number, cause: number): void {
  const { world, calendar } = platform;
  const { messages } = world;
  const message = messages.allocate();
  const state = world.queues[queue];
  if (state.budget > 0) state.budget--;
  messages.queue[message] = queue;
  messages.enqueuedAt[message] = calendar.now;
  messages.dequeues[message] = 0;
  messages.done[message] = 0;
  messages.jobs[message] = 0;
  messages.reappearance[message] = -1;
  messages.demand[message] = -1;
  const consumer = state.consumers.length > 0 ? world.groups[state.consumers[0]].program : -1;
  if (consumer >= 0) messages.demand[message] = drawDemand(platform, queue, consumer);
  messages.fact[message] = platform.trace.emit(FactKind.messageEnqueued, message, queue, cause);
  becomeVisible(platform, message);
}

/** Event: the visibility time-out of a taken message is over. */
export function messageReappeared(platform: Platform, message: number, receipt: number): void {
  const { messages } = platform.world;
  messages.reappearance[message] = -1;
  if (messages.done[message] === 2 || messages.dequeues[message] !== receipt) return;
  platform.trace.emit(FactKind.messageReappeared, message, receipt, messages.fact[message]);
  becomeVisible(platform, message);
}

/** An idle worker takes as many visible messages as it has free slots. */
export function takeMessages(platform: Platform, instance: number): void {
  const { world, catalogue } = platform;
  const { instances } = world;
  const program = catalogue.programs[instances.program[instance]];
  if (program.queue < 0 || instances.state[instance] !== InstanceState.ready) return;
  const { visible } = world.queues[program.queue];
  while (visible.length > 0 && instances.busy[instance] < program.concurrency) {
    const message = visible.shift();
    platform.trace.emit(FactKind.queueDepthChanged, program.queue, visible.length, world.messages.fact[message]);
    take(platform, instance, message);
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

/** The worker finished a job: the message is deleted if the receipt is still good, and counts once. */
export function completeJob(platform: Platform, job: number): void {
  const { world, calendar, trace } = platform;
  const { messages, requests } = world;
  const message = requests.message[job];
  const receipt = requests.receipt[job];
  messages.jobs[message]--;
  messages.finishedBy[message] = job;
  if (messages.done[message] === 0) {
    messages.done[message] = 1;
    trace.emit(FactKind.messageCompleted, message, calendar.now - messages.enqueuedAt[message], messages.fact[message]);
  } else {
    trace.emit(FactKind.messageDuplicated, message, requests.instance[job], messages.fact[message]);
  }
  if (messages.dequeues[message] === receipt) {
    calendar.cancel(messages.reappearance[message]);
    messages.reappearance[message] = -1;
    // visible again, but nobody else has taken it: the receipt is still the last one
    if (isVisible(platform, message)) withdraw(platform, message);
    messages.done[message] = 2;
  }
  releaseIfOver(platform, message);
}

/** The worker died or was stopped with the job in hand: nobody deletes the message, so it becomes visible again in time. */
export function abandonJob(platform: Platform, job: number): void {
  const { world } = platform;
  const { messages, requests } = world;
  const message = requests.message[job];
  messages.jobs[message]--;
  expectReappearance(platform, message);
  releaseIfOver(platform, message);
}

/** A job will now end at another instant (its VM was frozen): it may outlive its visibility time-out. */
export function jobDelayed(platform: Platform, job: number): void {
  const { messages, requests } = platform.world;
  const message = requests.message[job];
  if (messages.dequeues[message] === requests.receipt[job]) expectReappearance(platform, message);
}

function take(platform: Platform, instance: number, message: number): void {
  const { world, calendar, trace, design } = platform;
  const { messages, requests } = world;
  const queue = messages.queue[message];
  const { maxDequeueCount, visibilityTimeout } = design.queues[queue];
  const count = ++messages.dequeues[message];
  messages.takenAt[message] = calendar.now;
  if (maxDequeueCount > 0 && count > maxDequeueCount) {
    if (messages.done[message] === 0) trace.emit(FactKind.messagePoisoned, message, count, messages.fact[message]);
    messages.done[message] = 2;
    releaseIfOver(platform, message);
    return;
  }
  trace.emit(FactKind.messageTaken, message, instance, messages.fact[message]);
  messages.jobs[message]++;
  const job = requests.allocate();
  requests.client[job] = -1;
  requests.session[job] = -1;
  requests.instance[job] = instance;
  requests.message[job] = message;
  requests.receipt[job] = count;
  requests.arrivedAt[job] = messages.enqueuedAt[message];
  const program = world.instances.program[instance];
  if (messages.demand[message] < 0) messages.demand[message] = drawDemand(platform, queue, program);
  requests.demand[job] = messages.demand[message];
  requests.storeTime[job] = drawStoreTime(platform, queue, program);
  startService(platform, instance, job);
  const shared = platform.catalogue.programs[program].shared;
  if (shared || requests.endsAt[job] > calendar.now + visibilityTimeout) expectReappearance(platform, message);
}

function becomeVisible(platform: Platform, message: number): void {
  const { world } = platform;
  const queue = world.messages.queue[message];
  const worker = idleWorker(platform, queue);
  if (worker >= 0) {
    // it never waits, so the queue is no deeper for it
    take(platform, worker, message);
    world.instances.usedAt[worker] = platform.calendar.now;
    return;
  }
  const { visible } = world.queues[queue];
  visible.push(message);
  world.messages.takenAt[message] = -1;
  platform.trace.emit(FactKind.queueDepthChanged, queue, visible.length, world.messages.fact[message]);
}

function withdraw(platform: Platform, message: number): void {
  const { world, trace } = platform;
  const queue = world.messages.queue[message];
  const { visible } = world.queues[queue];
  visible.remove(message);
  trace.emit(FactKind.queueDepthChanged, queue, visible.length, world.messages.fact[message]);
}

/** The idle worker with the smallest id; those that poll are only told when to look. */
function idleWorker(platform: Platform, queue: number): number {
  const { world, catalogue } = platform;
  const { instances } = world;
  let first = -1;
  for (const group of world.queues[queue].consumers) {
    for (const instance of world.groups[group].instances) {
      const program = catalogue.programs[instances.program[instance]];
      if (instances.state[instance] !== InstanceState.ready || instances.busy[instance] >= program.concurrency) continue;
      if (program.design.poll !== undefined) expectPoll(platform, instance, program.design.poll);
      else if (first < 0 || instance < first) first = instance;
    }
  }
  return first;
}

/** Schedules the next look of an idle worker: `min` after it became idle, then at doubling distances up to `max`. */
function expectPoll(platform: Platform, instance: number, poll: { readonly min: number; readonly max: number }): void {
  const { world, calendar } = platform;
  const { instances } = world;
  if (instances.pollEvent[instance] >= 0) return;
  let at = instances.usedAt[instance];
  let step = poll.min;
  // a look at this very instant has found nothing: it came before the message
  while (at <= calendar.now && step < poll.max) {
    at += step;
    step = Math.min(2 * step, poll.max);
  }
  if (at <= calendar.now) at += (1 + Math.floor((calendar.now - at) / poll.max)) * poll.max;
  instances.pollEvent[instance] = calendar.schedule(at, EventKind.workerPolled, instance);
}

function expectReappearance(platform: Platform, message: number): void {
  const { world, calendar, design } = platform;
  const { messages } = world;
  if (messages.done[message] === 2 || messages.reappearance[message] >= 0 || isVisible(platform, message)) return;
  const at = Math.max(calendar.now, messages.takenAt[message] + design.queues[messages.queue[message]].visibilityTimeout);
  messages.reappearance[message] = calendar.schedule(at, EventKind.messageReappeared, message, messages.dequeues[message]);
}

/** Visible means: in the queue since its last taking. */
function isVisible(platform: Platform, message: number): boolean {
  return platform.world.messages.takenAt[message] === -1;
}

function releaseIfOver(platform: Platform, message: number): void {
  const { messages } = platform.world;
  if (messages.done[message] === 2 && messages.jobs[message] === 0) messages.release(message);
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
