import type { Micros } from "../../kernel/time.ts";
import type { Design, MeasureDesign } from "../../model/design.ts";
import { monthsOf } from "../../model/months.ts";
import { mean } from "../../random/lawSpec.ts";
import { type AlwaysText, readAlways } from "../alwaysText.ts";
import { type Expectation, type MetricNames, readExpectation, type Span } from "../expectText.ts";
import type { Path } from "../place.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import { TextError } from "../textError.ts";
import { writeDuration } from "../units.ts";
import { autoscaleOperations, resolveAutoscale } from "./autoscale.ts";
import { resolveBuggify } from "./buggify.ts";
import type { Context } from "./context.ts";
import { resolveFabric } from "./fabric.ts";
import { resolveFaults } from "./faults.ts";
import { resolveHeal } from "./heal.ts";
import { resolveHosting } from "./hosting.ts";
import { checkUse } from "./idle.ts";
import { resolveMeasure } from "./measure.ts";
import { resolveOperations } from "./operations.ts";
import { resolvePatching } from "./patching.ts";
import { checkPrices, resolvePricing } from "./pricing.ts";
import { checkCircles } from "./roleCalls.ts";
import { resolveBalancer, resolveDatacenter, resolveService } from "./service.ts";
import { resolveAccounts, resolveOutages, resolveQueues, resolveStores } from "./storage.ts";
import { type Targets, targetsOf } from "./targets.ts";
import { resolveClients } from "./traffic.ts";

/** Connections that a Service Bus queue takes at once (platform-facts 11). */
const mostConnections = 100;

/** Fills every default in, checks what stands between the sections, and notes mistakes in the context. */
export function resolveDesign(given: ReadScenario, context: Context): Design {
  const datacenter = resolveDatacenter(given.datacenter, context);
  const balancer = resolveBalancer(given.balancer, context);
  const service = resolveService(given, datacenter, balancer, context);
  const targets = targetsOf(given, datacenter, context);
  const autoscale = resolveAutoscale(given.autoscale, context);
  const patching = resolvePatching(given, context);
  const design: Design = {
    horizon: given.horizon,
    hosting: resolveHosting(given, context),
    datacenter,
    service,
    balancer,
    fabric: resolveFabric(given.fabric, context),
    accounts: resolveAccounts(given.subscription, context),
    queues: resolveQueues(given.queues, context),
    stores: resolveStores(given.stores, context),
    clients: resolveClients(given.clients, service, context),
    operations: [...resolveOperations(given, balancer.probe, targets, context), ...autoscaleOperations(autoscale), ...patching.passes],
    patching: patching.design,
    faults: [...resolveFaults(given.faults, targets, context), ...resolveOutages(given, context), ...patching.pauses],
    measure: resolveMeasure(given.measure, context),
    autoscale,
    pricing: resolvePricing(given.pricing, context),
    buggify: resolveBuggify(given.buggify, context),
    heal: resolveHeal(given.heal, context),
  };
  checkLoops(design, context);
  checkCircles(design, context);
  checkUse(design, given, targets, context);
  checkPrices(
    design,
    (given.expect ?? []).some((text) => /^\s*(cost\.|roles\..*\.cost\s)/.test(text)),
    context,
  );
  checkWorkers(design, targets, context);
  return design;
}

/** Section `expect`, its texts read. */
export function resolveExpectations(
  given: ReadScenario["expect"],
  { measure, pricing: { currency } }: Pick<Design, "measure" | "pricing">,
  context: Context,
): readonly Expectation[] {
  const names = metricNames(measure, context);
  return (given ?? []).flatMap((text, index) => {
    const path = ["expect", index];
    try {
      const expectation = readExpectation(text, names, currency);
      if (expectation.metric === "availability.atLeast" && measure.atLeast === 0) {
        context.complain(path, "availability.atLeast needs measure.atLeast: how many must be ready?");
      }
      if (expectation.span !== undefined) checkSpan(expectation.span, measure, path, context);
      return [expectation];
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      context.complain(path, error.message, { at: error.at, length: error.length, hint: error.hint });
      return [];
    }
  });
}

/** Section `always`, its texts read. */
export function resolveAlways(given: ReadScenario["always"], context: Context): readonly AlwaysText[] {
  return (given ?? []).flatMap((text, index) => {
    try {
      return [readAlways(text, context.names)];
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      context.complain(["always", index], error.message, { at: error.at, length: error.length, hint: error.hint });
      return [];
    }
  });
}

/** The names that figures of a run can be asked for by. */
export function metricNames(measure: MeasureDesign, { names }: Context): MetricNames {
  return { ...names, months: () => monthsOf(measure).map(({ name }) => name) };
}

const follows = [["horizon"], ["measure"]];

/** Windows tell what was in them, and no part of it: an expectation of a part of the run begins and ends with one. */
function checkSpan({ from, to }: Span, measure: MeasureDesign, path: Path, context: Context): void {
  if (from < measure.from || to > measure.to) {
    context.complain(
      path,
      `measured is from ${writeDuration(measure.from)} to ${writeDuration(measure.to)}: a part of the run lies within`,
      { follows },
    );
    return;
  }
  const isOnBorder = (at: Micros): boolean => at === measure.to || (at - measure.from) % measure.window === 0;
  if (isOnBorder(from) && isOnBorder(to)) return;
  const windows = `windows of ${writeDuration(measure.window)} from ${writeDuration(measure.from)} on`;
  context.complain(path, `a part of the run begins and ends with a window, and there are ${windows}: set measure.window, or move it`, {
    follows,
  });
}

/** A message that makes another message for its own queue, for ever, in no time. */
function checkLoops({ service }: Design, context: Context): void {
  for (const { handler, name, queue } of service.roles) {
    const index = handler.findIndex((step) => step.step === "enqueue" && step.queue === queue);
    if (index < 0) continue;
    const work = handler.reduce((sum, step) => sum + (step.step === "compute" ? mean(step.demand) : 1), 0);
    if (work < 1) context.complain(["service", "roles", name, "handler", index], "this feeds its own queue in no time, without end");
  }
}

/** What stands between a worker and its queue. */
function checkWorkers({ queues, service }: Design, targets: Targets, context: Context): void {
  for (const { kind, name, visibilityTimeout } of queues) {
    const workers = service.roles.filter(({ queue }) => queue === name);
    for (const { name: role, poll, renewLease } of workers) {
      const path = ["service", "roles", role];
      if (kind === "service-bus" && poll !== undefined) {
        context.complain([...path, "poll"], "a service-bus queue hands messages out at once: poll is for storage queues", { part: "key" });
      }
      if (renewLease >= visibilityTimeout) context.complain([...path, "renewLease"], `${name} lets go before that: renew more often`);
    }
    const connections = workers.reduce((sum, role) => sum + (targets.instances.get(role.name) ?? role.instances), 0);
    if (kind === "service-bus" && connections > mostConnections) {
      context.complain(
        ["queues", name],
        `${connections} instances take from ${name}, but a service-bus queue has ${mostConnections} connections`,
      );
    }
  }
}
