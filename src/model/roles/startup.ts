import { isCalm } from "../calm.ts";
import type { TaskProgram } from "../roleParts.ts";
import type { Platform } from "../world.ts";
import { drawFor, happens, stretched } from "./draws.ts";

/**
 * Startup tasks run in file order at every start of the role, not only at boot. Simple ones hold up what comes after them, and an exit code
 * other than 0 is the end of the start; foreground ones run beside it and hold up the role's next stop; background ones concern nobody.
 */

/**
 * Runs the startup tasks of what an instance is to run, from `delay` from now on. Returns how long they hold up the start; the column
 * `failedTask` then says which of them has failed at the end of that time, -1 none.
 */
export function runStartupTasks(platform: Platform, instance: number, delay: number): number {
  const { instances } = platform.world;
  const { startupTasks } = platform.catalogue.programs[instances.program[instance]];
  instances.failedTask[instance] = -1;
  instances.foregroundUntil[instance] = 0;
  let duration = delay;
  for (const task of startupTasks) {
    const takes = stretched(platform, instance, drawFor(platform, instance, task.duration));
    if (!task.simple) {
      const end = platform.calendar.now + duration + takes;
      if (end > instances.foregroundUntil[instance]) instances.foregroundUntil[instance] = end;
      continue;
    }
    duration += takes;
    if (!fails(platform, instance, task)) continue;
    instances.failedTask[instance] = task.place;
    break;
  }
  return duration;
}

/** The tasks have run once on the disk of an instance that was deployed before the run began. */
export function rememberFirstBoot(platform: Platform, instance: number): void {
  const { startupTasks } = platform.catalogue.programs[platform.world.instances.program[instance]];
  for (const task of startupTasks) if (task.failsFrom > 0) platform.world.taskRuns.set(placeOf(platform, instance, task.name), 1);
}

/** The disk that startup tasks change is made anew: whatever they did there, they do for the first time again. */
export function forgetTaskRuns(platform: Platform, instance: number): void {
  const { catalogue, world } = platform;
  for (let task = 0; task < catalogue.taskNames.length; task++) {
    const place = placeOf(platform, instance, task);
    if (world.taskRuns.get(place) > 0) world.taskRuns.set(place, 0);
  }
}

function fails(platform: Platform, instance: number, task: TaskProgram): boolean {
  if (task.failsFrom > 0) {
    const { taskRuns } = platform.world;
    const place = placeOf(platform, instance, task.name);
    const runs = Math.max(0, taskRuns.get(place)) + 1;
    taskRuns.set(place, runs);
    if (runs >= task.failsFrom && !isCalm(platform.world)) return true;
  }
  return happens(platform, instance, task.fails);
}

function placeOf({ catalogue }: Platform, instance: number, task: number): number {
  return instance * catalogue.taskNames.length + task;
}
