import { decides } from "../controller.ts";
import type { AutoscaledRoleDesign, AutoscaleRuleDesign, OperationDesign } from "../design.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { factOf, openOperation, reopenOperation } from "../incidents.ts";
import { type AutoscaleDecision, type AutoscaleVerdict, decideAutoscale, type RuleView } from "../policies/autoscale/decide.ts";
import { InstanceState, instanceStateNames, looksReady } from "../status.ts";
import { placeOfText } from "../texts.ts";
import type { Autoscaler, Group, Operation, Platform } from "../world.ts";
import { allocationReason, demandOfMore } from "./allocation.ts";
import { measureRules, readRule } from "./autoscaleMetrics.ts";
import { decideByPolicy } from "./autoscaleOwn.ts";
import { profileAt } from "./autoscaleProfile.ts";
import { slotIndex } from "./deploy.ts";
import { areSettled, finishOperation, lockDeployment, lockWords, OperationStatus } from "./locks.ts";
import type { OperationKind } from "./operationKind.ts";
import { coresAsked, coresOf, quotaReason } from "./quota.ts";
import { setInstances } from "./scale.ts";

/** The autoscaler as it changes a role: it begins by itself, and is done when those that come or go have. */
export const autoscale: OperationKind<Extract<OperationDesign, { kind: "autoscale" }>> = {
  summary: "Changes the number of instances of a role by rules and by the clock.",
  mutates: true,
  refuse: () => undefined,
  begin: () => undefined,
  isDone: areSettled,
};

/** Lets the autoscaler of an operation of the design begin to measure and to look. */
export function startAutoscaler({ calendar, design, world }: Platform, operation: number): void {
  const { grain, job } = design.autoscale;
  const id = world.autoscalers.length;
  world.autoscalers.push({ id, operation, samples: [], group: -1, scaledAt: -1, verdict: "steady", out: 0, in: 0, flapping: 0, frozen: 0 });
  calendar.schedule(grain, EventKind.autoscaleMeasured, id);
  calendar.schedule(job, EventKind.autoscaleLooked, id);
}

/** Event: a grain is over. */
export function autoscaleMeasured(platform: Platform, id: number): void {
  if (platform.world.closed) return;
  const autoscaler = platform.world.autoscalers[id];
  const role = roleOf(platform, autoscaler);
  measureRules(platform, autoscaler, groupOf(platform, role), rulesOf(role));
  platform.calendar.scheduleAfter(platform.design.autoscale.grain, EventKind.autoscaleMeasured, id);
}

/** Event: the job looks at the metrics, decides, and acts if nothing stands in the way. */
export function autoscaleLooked(platform: Platform, id: number): void {
  const { world, calendar, design } = platform;
  if (world.closed) return;
  calendar.scheduleAfter(design.autoscale.job, EventKind.autoscaleLooked, id);
  const autoscaler = world.autoscalers[id];
  const role = roleOf(platform, autoscaler);
  const group = groupOf(platform, role);
  if (group === undefined) return;
  const profile = profileAt(design.autoscale, role, calendar.now);
  const { rules, ...limits } = role.profiles[profile];
  const before = rulesOf({ ...role, profiles: role.profiles.slice(0, profile) }).length;
  const views = rules.map((rule, index): RuleView => {
    const cooling = autoscaler.scaledAt >= 0 && calendar.now - autoscaler.scaledAt < rule.cooldown;
    return { rule, value: readRule(platform, rule, autoscaler.samples[before + index], group.asked), cooling };
  });
  const view = { asked: group.asked, min: limits.min, max: limits.max, default: limits.default, rules: views };
  const decision =
    role.policy === undefined
      ? decideAutoscale(view)
      : decideByPolicy(platform, role.policy, autoscaler, view, autoscaler.samples.slice(before));
  if (decision.to === group.asked) {
    tell(platform, autoscaler, decision.verdict, () => wordsOf(decision, views, group.asked, role.policy));
    return;
  }
  const obstacle = obstacleFor(platform, group, decision.to);
  if (obstacle !== undefined) {
    const why = `not scaled ${decision.to > group.asked ? "out" : "in"} to ${decision.to}: ${obstacle.words}`;
    tell(platform, autoscaler, obstacle.verdict, () => why);
    return;
  }
  act(platform, autoscaler, group, decision.to, wordsOf(decision, views, group.asked, role.policy));
}

function act(platform: Platform, autoscaler: Autoscaler, group: Group, to: number, words: string): void {
  const { world, calendar } = platform;
  const operation = world.operations[autoscaler.operation];
  if (operation.incident < 0) {
    operation.startedAt = calendar.now;
    operation.incident = openOperation(platform, operation.id);
  } else reopenOperation(platform, operation.incident);
  operation.status = OperationStatus.running;
  operation.finishedAt = -1;
  operation.fact = factOf(platform, operation.incident);
  autoscaler.scaledAt = calendar.now;
  autoscaler.verdict = "steady";
  if (to > group.asked) autoscaler.out++;
  else autoscaler.in++;
  emit(platform, autoscaler, words, operation.fact);
  scaleTo(platform, operation, group, to);
}

function scaleTo(platform: Platform, operation: Operation, group: Group, to: number): void {
  operation.deployment = group.deployment;
  operation.waitingFor.length = 0;
  operation.waitingFor.push(...setInstances(platform, operation, group, to));
  lockDeployment(platform, operation, group.deployment);
  if (areSettled(platform, operation)) finishOperation(platform, operation);
}

/** A verdict that leaves everything as it is, is told when it is another one than before. */
function tell(platform: Platform, autoscaler: Autoscaler, verdict: AutoscaleVerdict | "frozen" | "refused", words: () => string): void {
  if (autoscaler.verdict === verdict) return;
  autoscaler.verdict = verdict;
  if (verdict === "flapping") autoscaler.flapping++;
  if (verdict === "frozen") autoscaler.frozen++;
  // a role at rest with the fewest instances is no news
  if (verdict !== "steady" && verdict !== "at-min") emit(platform, autoscaler, words(), -1);
}

function emit(platform: Platform, { operation }: Autoscaler, words: string, cause: number): void {
  platform.trace.emit(FactKind.autoscaleDecided, operation, placeOfText(platform, words), cause);
}

/** What keeps the autoscaler from acting: an instance of any role that is not ready, another operation, or no cores. */
function obstacleFor(platform: Platform, group: Group, to: number): { verdict: "frozen" | "refused"; words: string } | undefined {
  const waiting = firstUnready(platform, group.deployment);
  if (waiting !== undefined) return { verdict: "frozen", words: waiting };
  if (!decides(platform)) return { verdict: "frozen", words: "the fabric controller does not decide" };
  const locked = lockWords(platform);
  if (locked !== undefined) return { verdict: "frozen", words: locked };
  const { size } = platform.catalogue.programs[group.program].design;
  const more = coresOf({ instances: to, size }) - coresAsked(platform, group);
  const short = quotaReason(platform, more) ?? allocationReason(platform, demandOfMore(platform, group, to));
  return short === undefined ? undefined : { verdict: "refused", words: short };
}

/** The first instance of the deployment that the platform does not take for ready. */
function firstUnready({ design, world }: Platform, deployment: number): string | undefined {
  const { firstGroup, groupCount } = world.deployments[deployment];
  for (const { instances, role } of world.groups.slice(firstGroup, firstGroup + groupCount)) {
    for (const instance of instances) {
      const state = world.instances.state[instance];
      if (looksReady(state) || state === InstanceState.paused) continue;
      return `${design.service.roles[role].name}/${world.instances.index[instance]} is ${instanceStateNames[state]}`;
    }
  }
  return undefined;
}

function wordsOf({ verdict, to, rule, projected }: AutoscaleDecision, views: readonly RuleView[], asked: number, policy?: string): string {
  const view = rule < 0 ? undefined : views[rule];
  const because = view === undefined ? `policy ${policy ?? ""}` : ruleWords(view.rule, view.value);
  switch (verdict) {
    case "out":
      return `scaled out from ${asked} to ${to}: ${because}`;
    case "in":
      return `scaled in from ${asked} to ${to}: ${because}`;
    case "below-min":
      return `scaled out from ${asked} to ${to}: fewer than the profile's minimum`;
    case "above-max":
      return `scaled in from ${asked} to ${to}: more than the profile's maximum`;
    case "no-metrics":
      return `scaled out from ${asked} to ${to}: no metric can be read, and that is the default`;
    case "at-max":
      return `not scaled out: ${asked} is the most that the profile allows, ${because}`;
    case "cooling":
      return `in cool-down: ${because}`;
    case "flapping":
      return `not scaled in: it would flap, ${view === undefined ? "" : ruleWords(view.rule, projected)} afterwards`;
    case "at-min":
    case "steady":
      return "steady";
  }
}

/** `cpu 82.5 % > 70 %`, `12 messages of jobs an instance > 10`, `3 requests waiting > 2`. */
function ruleWords({ metric, operator, queue, threshold }: AutoscaleRuleDesign, value: number): string {
  const number = (of: number): string => (Number.isInteger(of) ? String(of) : of.toFixed(1));
  if (metric === "cpu") return `cpu ${number(value)} % ${operator} ${number(threshold)} %`;
  const what = metric === "queue" ? `messages of ${queue ?? ""} an instance` : "requests waiting";
  return `${number(value)} ${what} ${operator} ${number(threshold)}`;
}

/** The rules of all profiles: metrics are there whether or not their profile is in force. */
function rulesOf({ profiles }: AutoscaledRoleDesign): readonly AutoscaleRuleDesign[] {
  return profiles.flatMap(({ rules }) => rules);
}

function roleOf({ design }: Platform, { operation }: Autoscaler): AutoscaledRoleDesign {
  const of = design.operations[operation];
  const found = design.autoscale.roles.find((role) => of.kind === "autoscale" && role.role === of.role && role.slot === of.slot);
  if (found === undefined) throw new RangeError(`operation ${operation} is no autoscaler`);
  return found;
}

function groupOf({ design, world }: Platform, { role, slot }: AutoscaledRoleDesign): Group | undefined {
  const vip = world.vips[slotIndex(slot)];
  if (vip < 0) return undefined;
  return world.groups[world.deployments[vip].firstGroup + design.service.roles.findIndex(({ name }) => name === role)];
}
