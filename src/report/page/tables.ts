import type { RunResult } from "../../experiment/result.ts";
import type { GroupSummary, Interval, RoleSummary, Summary, WindowSummary } from "../../metrics/summary.ts";
import { instanceStateNames } from "../../model/status.ts";
import { targetsText } from "../attribution.ts";
import { counted, decimal, grouped, latency, latencyInterval, money, percent, percentInterval } from "../numbers.ts";
import type { Story } from "../story/story.ts";
import { duration, instant } from "../times.ts";
import { driftLines, failureRows } from "../verdict.ts";
import { type Column, html, type Markup, table } from "./markup.ts";

/** Rows of a table of windows, or of instances, beyond which only the worst are listed. */
const mostWindows = 400;
const mostInstances = 100;
const mostSegments = 12;
/** What one fault struck is named up to so many. */
const mostTargets = 100;

const text = (heading: string): Column => ({ heading });
const figure = (heading: string): Column => ({ heading, isFigure: true });
const at = (seconds: number): string => instant(Math.round(seconds * 1e6), Number.isInteger(seconds) ? 0 : 1);

/** Closed until somebody wants it: the data of a picture. */
export function details(summary: string, content: Markup): Markup {
  return html`<details><summary>${summary}</summary>${content}</details>`;
}

/** The events of a story, one a line, as a list. */
export function eventList({ events, untold, knownFrom }: Story): Markup {
  const before =
    knownFrom > 0
      ? html`<li><span class="r mono"></span><span></span><span>Before ${instant(knownFrom, 0)} nothing was kept.</span></li>`
      : null;
  const more =
    untold > 0
      ? html`<li><span></span><span></span><span>And ${counted(untold, "more event")} of incidents that cost less.</span></li>`
      : null;
  const lines = events.map(
    (event) => html`<li><span class="r mono">${instant(event.at, 1)}</span><span>${event.family}</span><span>${event.text}</span></li>`,
  );
  return html`<ol class="events">${before}${lines}${more}</ol>`;
}

/** The windows: all of them, or those with the most failures. */
export function windowTable({ summary }: RunResult): Markup {
  const { windows, intervals, queues } = summary;
  const numbered = windows.map((window, place) => ({ window, place }));
  const isAll = windows.length <= mostWindows;
  const worst = [...numbered].sort((a, b) => b.window.failed - a.window.failed || a.place - b.place).slice(0, mostWindows);
  const shown = isAll ? numbered : worst.sort((a, b) => a.place - b.place);
  const hasIntervals = intervals !== null;
  const columns = [
    figure("From"),
    figure("To"),
    figure("Requests"),
    figure("Failed"),
    figure("Availability"),
    ...(hasIntervals ? [figure("95 % interval")] : []),
    figure("p50"),
    figure("p90"),
    figure("p99"),
    ...(hasIntervals ? [figure("95 % interval of p99")] : []),
    ...queues.map(({ name }) => figure(`${name}, most waiting`)),
  ];
  const rows = shown.map(({ window, place }) => {
    const interval = intervals?.windows[place];
    const ratio = hasIntervals ? [between(interval?.availability ?? null, percentInterval)] : [];
    const p99 = hasIntervals ? [between(interval?.latencyMs.p99 ?? null, latencyInterval)] : [];
    return [
      ...countCells(window),
      ...ratio,
      ...latencyCells(window),
      ...p99,
      ...queues.map((_, queue) => grouped(window.queueDepth[queue]?.max ?? 0)),
    ];
  });
  const rest = windows.length - shown.length;
  const note =
    rest > 0
      ? html`<p>The ${grouped(shown.length)} of ${grouped(windows.length)} windows with the most failures; all of them are in windows.csv.</p>`
      : null;
  return html`${note}${table(columns, rows, "Windows")}`;
}

function countCells({ fromSeconds, toSeconds, requests, failed, availability }: WindowSummary): readonly (string | null)[] {
  return [at(fromSeconds), at(toSeconds), grouped(requests), grouped(failed), availability === null ? null : percent(availability)];
}

function latencyCells({ latencyMs }: WindowSummary): readonly (string | null)[] {
  return [latencyMs.p50, latencyMs.p90, latencyMs.p99].map((ms) => (ms === null ? null : latency(ms)));
}

function between(interval: Interval | null, words: (low: number, high: number) => string): string | null {
  return interval === null ? null : words(interval.low, interval.high);
}

/** The instances and their states in order: all of them, or those that were not ready the longest. */
export function instanceTable({ summary }: RunResult, { lines }: Story): Markup {
  const byName = new Map(summary.instances.map((instance) => [instance.name, instance]));
  const known = lines.map((line, place) => ({ line, place, instance: byName.get(line.name) }));
  const worst = [...known].sort((a, b) => b.line.notReady - a.line.notReady || a.place - b.place).slice(0, mostInstances);
  const shown = worst.sort((a, b) => a.place - b.place);
  const columns = [text("Instance"), text("Size"), figure("FD"), figure("UD"), figure("Restarts"), figure("Not ready"), text("States")];
  const rows = shown.map(({ line, instance }) => {
    const states = line.segments.slice(0, mostSegments).map(({ from, state }) => `${instanceStateNames[state]} from ${instant(from, 0)}`);
    const more = line.segments.length > mostSegments ? `, and ${grouped(line.segments.length - mostSegments)} more` : "";
    const domain = line.faultDomain < 0 ? "" : String(line.faultDomain);
    return [
      line.name,
      instance?.size ?? "",
      domain,
      String(line.upgradeDomain),
      grouped(instance?.restarts ?? 0),
      duration(line.notReady),
      states.join(", ") + more,
    ];
  });
  const rest = known.length - shown.length;
  const drift = driftLines(summary.instances).map((line) => html`<p>${line}</p>`);
  const note = rest > 0 ? html`<p>Those ${grouped(shown.length)} of ${grouped(known.length)} that were not ready the longest.</p>` : null;
  return html`${note}${drift}${table(columns, rows, "Instances")}`;
}

/** Every attribution with its full text. */
export function failureTable({ summary }: RunResult): Markup {
  const rows = failureRows(summary).map(({ cause, source, failed, targets }) => {
    const whom = targets.length === 0 ? null : html`<p>${targetsText(targets, mostTargets)}</p>`;
    return [cause, html`${source}${whom}`, grouped(failed)];
  });
  return table(
    [text("Cause"), text("Attributed to"), figure("Requests")],
    [...rows, [html`<b>all causes</b>`, "", html`<b>${grouped(summary.requests.failed)}</b>`]],
    "Failures by cause",
  );
}

/** Roles and clients, each with its requests. */
export function groupTable({ summary, design }: RunResult): Markup {
  const columns = [
    text("Role or client"),
    figure("Requests"),
    figure("Failed"),
    figure("Availability"),
    figure("p50"),
    figure("p99"),
    figure("Ready on average"),
    figure("Fewest ready"),
    figure("Busy"),
    figure("Instance-hours"),
    figure(`Cost, ${summary.cost.currency}`),
  ];
  const none = [null, null, null, null, null];
  const rows = [
    ...summary.byRole.flatMap((role) => [
      [
        ...groupCells(role),
        role.readyMean === null ? null : role.readyMean.toFixed(3),
        grouped(role.readyMin),
        role.utilization === null ? null : percent(role.utilization),
        decimal(role.instanceHours, 2),
        role.cost === null ? null : money(role.cost),
      ],
      ...(role.staging === null ? [] : [[...countsOf(`${role.name}, staging`, role.staging), null, null, ...none]]),
    ]),
    ...summary.byClient.map((client, id) => [
      ...groupCells({ ...client, name: design.clients[id]?.slot === "staging" ? `${client.name}, staging` : client.name }),
      ...none,
    ]),
  ];
  return table(columns, rows, "Roles and clients");
}

function groupCells(group: GroupSummary): readonly (string | null)[] {
  const ms = (value: number | null): string | null => (value === null ? null : latency(value));
  return [...countsOf(group.name, group), ms(group.latencyMs.p50), ms(group.latencyMs.p99)];
}

function countsOf(name: string, { offered, failed, availability }: NonNullable<RoleSummary["staging"]>): readonly (string | null)[] {
  return [name, grouped(offered), grouped(failed), availability === null ? null : percent(availability)];
}

/** What was done to the service and what came of it, in order. */
export function operationTable({ summary }: RunResult): Markup {
  const operations = [...summary.operations].sort((a, b) => a.startedAtSeconds - b.startedAtSeconds);
  const hasSwap = operations.some(({ kind }) => kind === "swap");
  const columns = [
    figure("At"),
    text("Operation"),
    text("Outcome"),
    figure("Took"),
    ...(hasSwap ? [figure("In flight"), figure("Sessions")] : []),
    figure("Lost to it"),
    text("Reason"),
  ];
  const rows = operations.map((operation) => {
    const { title, kind, startedAtSeconds, outcome, reason, failedRequests, requestsInFlight, sessionsInFlight, passes } = operation;
    const word = outcome === "refused" || outcome === "stuck" ? html`<span class="no">${outcome}</span>` : outcome;
    const held = kind === "swap" ? [grouped(requestsInFlight), grouped(sessionsInFlight)] : [null, null];
    return [
      at(startedAtSeconds),
      passes > 1 ? `${title}, ${counted(passes, "pass", "passes")}` : title,
      word,
      tookCell(operation),
      ...(hasSwap ? held : []),
      outcome === "refused" ? null : grouped(failedRequests),
      reason,
    ];
  });
  return table(columns, rows, "Operations");
}

function tookCell({ kind, outcome, passes, startedAtSeconds, finishedAtSeconds }: Summary["operations"][number]): string | null {
  // passes and autoscalers come again and again
  if (finishedAtSeconds === null || outcome === "refused" || passes > 1 || kind === "autoscale") return null;
  return finishedAtSeconds === startedAtSeconds ? "at once" : duration((finishedAtSeconds - startedAtSeconds) * 1e6);
}
