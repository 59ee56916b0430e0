import { EventKind } from "../events.ts";
import { InstanceState } from "../status.ts";
import { takeMessages } from "../storage/queue.ts";
import { CallPhase, leaveClient, noClient, RequestState } from "../work/requests.ts";
import { leaveQueue, leaveService, startWaiting } from "../work/station.ts";
import type { Platform } from "../world.ts";
import { isUnheard } from "./answers.ts";
import { wait } from "./lifecycle.ts";

/** The client no longer wants this attempt, because another one was answered: no failure; in service it goes on for nobody, or is stopped. */
export function withdraw(platform: Platform, attempt: number): void {
  const { requests } = platform.world;
  leaveClient(platform, attempt);
  if (requests.state[attempt] === RequestState.lost) {
    requests.ids.release(attempt);
    endDrainIfEmpty(platform, requests.instance[attempt]);
  } else letGo(platform, attempt);
}

/** Takes a request out of its slot before it is done, with the call to another role that it waits for. */
export function stopWork(platform: Platform, instance: number, request: number): void {
  const { world, calendar } = platform;
  calendar.cancel(world.requests.completion[request]);
  if (world.requests.phase[request] >= CallPhase.asking) hangUp(platform, request, true);
  leaveService(platform, instance, request);
}

/** A handler that waits for another role is gone. The other one hears of it (`told`), or works on for nobody. */
export function hangUp(platform: Platform, request: number, told: boolean): void {
  const { requests, roleCalls } = platform.world;
  const call = requests.asks[request];
  const callee = roleCalls.callee[call];
  requests.phase[request] = CallPhase.computing;
  roleCalls.ids.release(call);
  if (callee < 0) return;
  if (told && !isUnheard(platform, requests.instance[request]) && !isUnheard(platform, requests.instance[callee])) letGo(platform, callee);
  else requests.client[callee] = noClient;
}

/** Nobody waits for a request any more: it leaves the queue, or its slot if the role stops such work; else it goes on for nobody. */
export function letGo(platform: Platform, request: number): void {
  const { world, catalogue } = platform;
  const { instances, requests } = world;
  const instance = requests.instance[request];
  if (requests.state[request] === RequestState.waiting) {
    leaveQueue(platform, instance, request);
    requests.ids.release(request);
  } else if (catalogue.programs[instances.program[instance]].design.cancelOnTimeout) {
    stopWork(platform, instance, request);
    requests.ids.release(request);
    startWaiting(platform, instance);
    if (catalogue.mixed) takeMessages(platform, instance);
  } else requests.client[request] = noClient;
  endDrainIfEmpty(platform, instance);
}

/** A draining instance that holds nothing any more need not wait for its drain time-out. */
export function endDrainIfEmpty(platform: Platform, instance: number): void {
  const { instances } = platform.world;
  if (instances.state[instance] !== InstanceState.draining) return;
  if (instances.busy[instance] > 0 || instances.waiting[instance] > 0) return;
  platform.calendar.cancel(instances.timer[instance]);
  wait(platform, instance, 0, EventKind.drainTimedOut);
}
