import type { Micros } from "../../kernel/time.ts";
import type { AutoscaleCombination, AutoscaleRuleDesign } from "../design.ts";
import { InstanceState } from "../status.ts";
import type { Autoscaler, Group, Platform } from "../world.ts";

/** Measures what every rule of an autoscaled role reads, once a grain; NaN when no instance is there to be measured. */
export function measureRules(platform: Platform, autoscaler: Autoscaler, group: Group | undefined, rules: readonly AutoscaleRuleDesign[]) {
  const { now } = platform.calendar;
  const processors = group === undefined ? [] : processorUse(platform, group, autoscaler.group >= 0 && autoscaler.group !== group.id);
  autoscaler.group = group?.id ?? -1;
  rules.forEach((rule, index) => {
    const { samples } = autoscaler;
    if (samples[index] === undefined) samples[index] = [];
    samples[index].push(now, group === undefined ? Number.NaN : measure(platform, group, rule, processors));
    while (samples[index][0] < now - rule.window - platform.design.autoscale.metricDelay) samples[index].splice(0, 2);
  });
}

/** What a rule reads now: its grains within the window that can be read already, made one; NaN when there are none. */
export function readRule(platform: Platform, rule: AutoscaleRuleDesign, samples: readonly number[] | undefined, asked: number): number {
  const values = readWindow(platform, rule, samples);
  const value = rule.aggregation === "last" ? (values.at(-1) ?? Number.NaN) : combine(values, rule.aggregation);
  // the threshold of a queue is of the messages for each instance
  return rule.metric === "queue" ? value / Math.max(1, asked) : value;
}

/** What can be read now of the grains within a rule's window, oldest first. */
export function readWindow(platform: Platform, rule: AutoscaleRuleDesign, samples: readonly number[] | undefined): number[] {
  const until = platform.calendar.now - platform.design.autoscale.metricDelay;
  const values: number[] = [];
  for (let place = 0; samples !== undefined && place < samples.length; place += 2) {
    const at: Micros = samples[place];
    if (at > until - rule.window && at <= until && !Number.isNaN(samples[place + 1])) values.push(samples[place + 1]);
  }
  return values;
}

function measure(platform: Platform, group: Group, rule: AutoscaleRuleDesign, processors: readonly number[]): number {
  if (rule.metric === "cpu") return combine(processors, rule.statistic);
  if (rule.metric === "queue") return queueLength(platform, rule.queue ?? "");
  return combine(
    working(platform, group).map((instance) => platform.world.instances.waiting[instance]),
    rule.statistic,
  );
}

/** Percent of its processors that each working instance used since the last grain; work that was begun and not done is carried on. */
function processorUse(platform: Platform, group: Group, isNew: boolean): readonly number[] {
  const { world, catalogue, design } = platform;
  const { instances } = world;
  const used: number[] = [];
  for (const instance of group.instances) {
    const program = catalogue.programs[instances.program[instance]];
    // a slot of a role that does not share its cores is that part of them
    const most = design.autoscale.grain * (program.shared ? program.cores : program.concurrency);
    const isWorking = instances.state[instance] === InstanceState.ready;
    // what it did before anybody measured it belongs to no grain
    if (isNew) instances.workBegun[instance] = 0;
    const work = Math.min(instances.workBegun[instance], most);
    instances.workBegun[instance] = isWorking ? instances.workBegun[instance] - work : 0;
    if (isWorking && !isNew) used.push((100 * work) / most);
  }
  return used;
}

/** Messages in the queue and in the hands of workers: what the queue's own count tells. */
function queueLength({ world, design }: Platform, name: string): number {
  return world.queues[design.queues.findIndex((candidate) => candidate.name === name)].stored;
}

function working({ world }: Platform, group: Group): readonly number[] {
  return group.instances.filter((instance) => world.instances.state[instance] === InstanceState.ready);
}

function combine(values: readonly number[], how: AutoscaleCombination): number {
  if (values.length === 0) return Number.NaN;
  let sum = 0;
  for (const value of values) sum += value;
  if (how === "sum") return sum;
  if (how === "average") return sum / values.length;
  return how === "min" ? Math.min(...values) : Math.max(...values);
}
