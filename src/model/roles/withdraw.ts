import { EventKind } from "../events.ts";
import { InstanceState } from "../status.ts";
import { leaveClient, noClient, RequestState } from "../work/requests.ts";
import { leaveQueue, leaveService, startWaiting } from "../work/station.ts";
import type { Platform } from "../world.ts";
import { wait } from "./lifecycle.ts";

/** The client no longer wants this attempt, because another one was answered: no failure; in service it goes on for nobody, or is stopped. */
export function withdraw(platform: Platform, attempt: number): void {
  const { world, calendar, catalogue } = platform;
  const { instances, requests } = world;
  const instance = requests.instance[attempt];
  leaveClient(platform, attempt);
  if (requests.state[attempt] === RequestState.lost) requests.release(attempt);
  else if (requests.state[attempt] === RequestState.waiting) {
    leaveQueue(platform, instance, attempt);
    requests.release(attempt);
  } else if (catalogue.programs[instances.program[instance]].design.cancelOnTimeout) {
    calendar.cancel(requests.completion[attempt]);
    leaveService(platform, instance, attempt);
    requests.release(attempt);
    startWaiting(platform, instance);
  } else requests.client[attempt] = noClient;
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
