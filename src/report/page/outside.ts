import type { RunResult } from "../../experiment/result.ts";
import { decimal, grouped, latency, money, percent } from "../numbers.ts";
import { callCausesText } from "../stores.ts";
import { html, type Markup, table } from "./markup.ts";

const columnsOf = (...headings: readonly string[]) => headings.map((heading, place) => ({ heading, isFigure: place > 0 }));

/** Queues and stores: where messages and calls went, as tables; nothing without them. */
export function stateRows({ summary }: RunResult): readonly Markup[] {
  const { queues, runs, stores } = summary;
  if (queues.length === 0 && stores.length === 0) return [];
  const endings = [
    { heading: "Poisoned", of: queues.map(({ poisoned }) => poisoned) },
    { heading: "Dead-lettered", of: queues.map(({ deadLettered }) => deadLettered) },
    { heading: "Expired", of: queues.map(({ expired }) => expired) },
    { heading: "Lost", of: queues.map(({ lost }) => lost) },
    { heading: "Refused", of: queues.map(({ refused }) => refused) },
  ].filter(({ of }) => of.some((count) => count > 0));
  const queueRows = queues.map(({ name, enqueued, completed, duplicates, backlog, depthMax, ageMs }, place) => [
    name,
    grouped(enqueued),
    grouped(completed),
    grouped(duplicates),
    ...endings.map(({ of }) => grouped(of[place] ?? 0)),
    grouped(backlog),
    grouped(depthMax),
    ageMs.p50 === null ? null : latency(ageMs.p50),
    ageMs.p99 === null ? null : latency(ageMs.p99),
  ]);
  const headings = ["Queue", "In", "Finished", "Twice", ...endings.map(({ heading }) => heading), "Left", "Deepest", "Age p50", "Age p99"];
  const storeRows = stores.map(({ name, kind, availability, reads, writes, failed, throttled }) => [
    `${name}, ${kind}`,
    availability === null ? null : percent(availability),
    grouped(reads),
    grouped(writes),
    grouped(failed),
    grouped(throttled),
  ]);
  const content = [
    queues.length === 0 ? null : table(columnsOf(...headings), queueRows, "Queues"),
    stores.length === 0
      ? null
      : table(columnsOf("Store", "Available", "Reads", "Writes", "Calls failed", "Of them throttled"), storeRows, "Stores"),
  ];
  const sums = runs > 1 ? ` Counts are of all ${grouped(runs)} runs together.` : "";
  const note = `What stands outside the deployment. Every message is in exactly one column from Finished to Left, but for those done twice; refused ones never were in the queue.${sums}`;
  return [html`<section class="row" id="state"><div><h3>Queues and stores</h3><p>${note}</p></div><div>${content}</div></section>`];
}

/** Calls between roles, as a table; nothing without them. */
export function callRows({ summary }: RunResult): readonly Markup[] {
  const { roleCalls } = summary;
  if (roleCalls.length === 0) return [];
  const rows = roleCalls.map(({ abandoned, failed, failedByCause, from, meanMs, offered, retries, to }) => [
    `${from} to ${to}`,
    grouped(offered),
    grouped(failed),
    callCausesText({ failedByCause }),
    grouped(abandoned),
    grouped(retries),
    meanMs === null ? null : latency(meanMs),
  ]);
  const headings = ["Roles", "Calls", "Failed", "Causes", "Given up", "Tried again", "Mean latency"];
  const note = "At internal endpoints, which nobody balances: the caller picks an instance, and knows nothing of its health.";
  const content = table(columnsOf(...headings), rows, "Calls between roles");
  return [html`<section class="row" id="calls"><div><h3>Calls between roles</h3><p>${note}</p></div><div>${content}</div></section>`];
}

/** What instances cost, and what autoscalers did about their number. */
export function costRows({ summary }: RunResult): readonly Markup[] {
  const { autoscale, byRole, cost, runs } = summary;
  if (cost.instanceHours === 0) return [];
  const amount = (value: number | null): string | null => (value === null ? null : money(value));
  const rows = [
    ...byRole.map(({ name, instanceHours, cost: own }) => [name, decimal(instanceHours, 2), amount(own)]),
    ...(cost.staging.instanceHours > 0 ? [["of it in staging", decimal(cost.staging.instanceHours, 2), amount(cost.staging.total)]] : []),
    ["all", decimal(cost.instanceHours, 2), amount(cost.total)],
    ...(cost.perMillionRequests === null ? [] : [["a million requests", null, money(cost.perMillionRequests)]]),
  ];
  const scaled = autoscale.map(({ name, scaledOut, scaledIn, flappingAvoided, frozen }) => [
    name,
    grouped(scaledOut),
    grouped(scaledIn),
    grouped(flappingAvoided),
    grouped(frozen),
  ]);
  const content = [
    table(columnsOf("Role", "Instance-hours", cost.currency), rows, "Cost"),
    autoscale.length === 0
      ? null
      : table(columnsOf("Autoscaler", "Scaled out", "Scaled in", "Not in, to avoid flapping", "Frozen"), scaled, "Autoscalers"),
  ];
  const note = `Prices of ${cost.asOf}. Charged from placement to deletion, in either slot${runs > 1 ? `; of one run, on average. Autoscalers: all ${grouped(runs)} runs together` : ""}.`;
  return [
    html`<section class="row" id="cost"><div><h3>${autoscale.length === 0 ? "Cost" : "Cost and scaling"}</h3><p>${note}</p></div><div>${content}</div></section>`,
  ];
}
