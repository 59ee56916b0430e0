import { never } from "../../kernel/time.ts";
import type { AutoscaleProfileDesign, AutoscaleRuleDesign, ClientDesign, Design } from "../../model/design.ts";
import { mean } from "../../random/lawSpec.ts";
import type { Path } from "../place.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import { writeDuration } from "../units.ts";
import type { Context } from "./context.ts";
import type { Targets } from "./targets.ts";

/** Warns of what is there and does nothing. */
export function checkUse(design: Design, given: ReadScenario, targets: Targets, context: Context): void {
  checkQueues(design, context);
  const { clients, measure, service, stores } = design;
  const steps = service.roles.flatMap((role) => role.handler);
  for (const { name } of stores) {
    if (!steps.some((step) => step.step === "store" && step.store === name)) context.warn(["stores", name], `nobody calls ${name}`);
  }
  for (const client of clients) checkClient(client, targets, context);
  for (const { instances, name } of service.roles) {
    if (measure.ready > instances)
      context.warn(["measure", "ready"], `${name} has ${instances} instances: it never has ${measure.ready} ready`);
  }
  checkAutoscale(design, given, context);
  checkPatching(design, given, context);
  checkChoices(given, context);
}

function checkQueues({ operations, queues, service }: Design, context: Context): void {
  const versions = [service.roles, ...operations.map((operation) => ("roles" in operation ? operation.roles : []))].flat();
  for (const { arrivals, name } of queues) {
    const isPoison = queues.some(({ poisonQueue }) => poisonQueue === name);
    if (isPoison) continue;
    const isFed =
      arrivals !== undefined || versions.some(({ handler }) => handler.some((step) => step.step === "enqueue" && step.queue === name));
    if (!versions.some((role) => role.queue === name)) context.warn(["queues", name], `nobody takes messages from ${name}`);
    else if (!isFed) context.warn(["queues", name], `nobody puts messages into ${name}: give it arrivals, or a role that does`);
  }
}

function checkClient({ deadline, instance, name, retry, role, slot, timeout }: ClientDesign, targets: Targets, context: Context): void {
  const path = ["clients", name];
  if (slot === "staging" && !targets.staging) context.warn([...path, "slot"], "nothing is ever deployed to staging: every request fails");
  const count = targets.instances.get(role);
  if (instance !== undefined && count !== undefined && instance >= count)
    context.warn([...path, "endpoint"], `${role} has ${count} instances, numbered from 0: every request fails`);
  if (retry === undefined) return;
  if (retry.attempts === 1) context.warn([...path, "retry"], "one attempt is the first one: nothing is retried");
  else if (deadline <= retry.backoff.first && retry.jitter === "none")
    context.warn([...path, "retry"], "nothing is retried: the deadline is over before the first back-off is");
  else if (timeout >= never && deadline >= never)
    context.warn([...path, "retry"], "without a timeout slow answers are waited for, and only what fails at once is retried");
  else if (deadline <= timeout && deadline < never)
    context.warn([...path, "retry"], "an attempt that times out is never retried: the deadline is over by then");
}

/** Rules that no figure can make fire, or that have nothing to change. */
function checkAutoscale({ autoscale, horizon }: Design, given: ReadScenario, context: Context): void {
  const isAsked = autoscale.roles.length > 0;
  if (
    isAsked &&
    autoscale.grain + autoscale.metricDelay > horizon &&
    autoscale.roles.some(({ profiles }) => profiles.some(({ rules }) => rules.length > 0))
  )
    context.warn(
      ["autoscale"],
      `no rule ever knows its metric: the first value is read after ${writeDuration(autoscale.grain + autoscale.metricDelay)}`,
    );
  for (const { profiles, role } of autoscale.roles) {
    const fixed = (given.autoscale?.roles[role]?.profiles ?? []).map((profile, index) => profile.name ?? `profile${index + 1}`);
    for (const profile of profiles) {
      const place = fixed.indexOf(profile.name);
      const path = ["autoscale", "roles", role, ...(place < 0 ? [] : ["profiles", place])];
      checkProfile(profile, path, context);
    }
  }
}

function checkProfile({ max, min, rules }: AutoscaleProfileDesign, path: Path, context: Context): void {
  if (rules.length > 0 && min === max)
    context.warn([...path, "rules"], `these rules never change anything: the capacity is from ${min} to ${max}`);
  rules.forEach((rule, index) => {
    if (isDead(rule))
      context.warn(
        [...path, "rules", index, "threshold"],
        `this rule never fires: ${rule.metric} is never ${rule.operator} ${rule.threshold}`,
      );
  });
}

/** No metric is below 0, and processors are never busier than 100 %. */
function isDead({ metric, operator, threshold }: AutoscaleRuleDesign): boolean {
  if (operator === "<") return threshold <= 0;
  if (operator === "<=") return threshold < 0;
  // above 100 is told where the rule is read
  return metric === "cpu" && operator === ">" && threshold === 100;
}

/** A patch calendar of which hardly anything falls into the run. */
function checkPatching({ operations }: Design, given: ReadScenario, context: Context): void {
  if (given.patching === undefined || given.patching === "none") return;
  const firsts = operations.flatMap((operation) =>
    "pass" in operation && operation.pass === 0 ? [operation.at + mean(operation.after)] : [],
  );
  if (firsts.length === 0 || firsts.some((at) => at <= context.horizon)) return;
  const first = Math.min(...firsts);
  context.warn(["patching"], `the first pass comes after ${writeDuration(first)} on average: in so short a run hardly anything is patched`);
}

function checkChoices({ lesson }: ReadScenario, context: Context): void {
  lesson?.choices.forEach((choice, index) => {
    const same = lesson.choices.indexOf(choice);
    if (same < index) context.warn(["lesson", "choices", index], `this choice is the same as choice ${same + 1}`);
  });
}
