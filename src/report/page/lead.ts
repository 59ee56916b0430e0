import type { RunResult } from "../../experiment/result.ts";
import type { Design } from "../../model/design.ts";
import { type AttributedGroup, attributedGroups, sourceText } from "../attribution.ts";
import { counted, decimal, grouped } from "../numbers.ts";
import type { Story } from "../story/story.ts";
import { listNames } from "../story/words.ts";
import { duration, instant } from "../times.ts";
import { causeText } from "../verdict.ts";

/** What was replayed, in two sentences: the service, its load, and what strikes it. */
export function setting({ design, summary }: RunResult, story: Story): string {
  const { clusters, faultDomains, hostsPerFaultDomain } = design.datacenter;
  const parts = clusters.length < 2 ? "" : `, in clusters ${listNames(clusters.map(({ hosts, name }) => `${name} (${grouped(hosts)})`))}`;
  const where = `${counted(faultDomains, "fault domain")} of ${counted(hostsPerFaultDomain, "host")}${parts}`;
  const rate = rateText(design, summary);
  const queues =
    design.queues.length === 0
      ? ""
      : `, ${design.queues.length === 1 ? "queue" : "queues"} ${listNames(design.queues.map(({ name }) => name))}`;
  const load = rate === "" ? (queues === "" ? "" : `;${queues.slice(1)}`) : `; ${rate}${queues}`;
  return `${rolesText(design)} on ${where}${load}.${strikesText(story)}`;
}

function rolesText({ service: { roles } }: Design): string {
  if (roles.length === 0) return "No roles";
  const sizes = new Set(roles.map(({ size }) => size.name));
  const parts = roles.map(({ name, instances, size }) => `${grouped(instances)} ${name}${sizes.size > 1 ? ` (${size.name})` : ""}`);
  const total = roles.reduce((sum, { instances }) => sum + instances, 0);
  return `${listNames(parts, 6)} ${total === 1 ? "instance" : "instances"}${sizes.size === 1 ? ` (${roles[0].size.name})` : ""}`;
}

/** The load that the clients offer: as designed when all of them are plain Poisson, else as it came. */
function rateText({ clients, measure }: Design, { requests, runs }: RunResult["summary"]): string {
  if (clients.length === 0) return "";
  const rates = clients.map(({ arrivals, session }) =>
    arrivals?.kind === "renewal" && arrivals.interarrival.law === "exponential" && session === undefined
      ? 1e6 / arrivals.interarrival.mean
      : undefined,
  );
  const designed = rates.reduce((sum, rate) => (sum === undefined || rate === undefined ? undefined : sum + rate), 0 as number | undefined);
  if (designed !== undefined) return `${rateFigure(designed)} requests/s`;
  const length = (measure.to - measure.from) / 1e6;
  return length <= 0 ? "" : `${rateFigure(requests.offered / length / runs)} requests/s on average`;
}

function rateFigure(rate: number): string {
  return decimal(rate, rate < 1 ? 3 : rate < 100 ? 1 : 0);
}

function strikesText({ events }: Story): string {
  const strikes = events.filter(({ family }) => family === "fault");
  if (strikes.length === 0) return "";
  const [{ label, at }] = strikes;
  const first = `At ${instant(at, 0)} ${label}`;
  return strikes.length === 1 ? ` ${first}.` : ` ${first}, the first of ${counted(strikes.length, "fault")} told here.`;
}

/** The verdict's reason: what failed and why, what that cost, and how it ended. */
export function reason({ summary }: RunResult, story: Story): string {
  const { requests } = summary;
  const { queues, byClient } = summary;
  const nothing = byClient.length === 0 ? "No client calls the service." : "No requests were offered.";
  const sentences = [requests.offered === 0 ? nothing : failuresSentence(summary), ...queues.flatMap(lossSentence)];
  const refused = summary.operations.filter(({ outcome }) => outcome === "refused").length;
  if (refused > 0) sentences.push(`${counted(refused, "operation was", "operations were")} refused.`);
  return [...sentences, recoverySentence(story)].filter((sentence) => sentence !== "").join(" ");
}

/** Messages that are gone, and what took most of them. */
function lossSentence({ name, lost, lostBy }: RunResult["summary"]["queues"][number]): string[] {
  const [most] = [...lostBy].sort((a, b) => b.lost - a.lost);
  if (lost === 0 || most === undefined) return [];
  const share = lostBy.length === 1 ? "" : `, ${grouped(most.lost)} of them`;
  return [`${counted(lost, "message")} of queue ${name} ${lost === 1 ? "is" : "are"} lost${share} (${sourceText(most.source)}).`];
}

function failuresSentence({ requests, runs }: RunResult["summary"]): string {
  const { failed, offered, failedByAttribution } = requests;
  if (failed === 0) return `None of ${counted(offered, "request")} failed.`;
  const head = `${grouped(failed)} of ${counted(offered, "request")} failed`;
  const groups = attributedGroups(failedByAttribution, runs);
  const [only] = groups;
  if (groups.length === 1 && (only.held === 0 || only.held === failed)) {
    return `${head}: ${failed === 1 ? "it" : "they"} ${causeText(only.cause, failed)} (${only.source}).`;
  }
  const parts = groups.slice(0, 3).map(groupWords);
  const rest = groups.slice(3).reduce((sum, group) => sum + group.failed, 0);
  return `${head}: ${listNames(rest > 0 ? [...parts, `${grouped(rest)} for other reasons`] : parts, 4)}.`;
}

/** The failures of one attribution: those it found in an instance's hands, and those that came later. */
function groupWords({ cause, failed, held, isLoad, source, targets }: AttributedGroup): string {
  if (isLoad || held === 0 || held === failed || cause === "crash") return `${grouped(failed)} ${causeText(cause, failed)} (${source})`;
  const later = failed - held;
  const whose = targets.length === 0 ? "its" : "their";
  return `${grouped(later)} ${causeText(cause, later)} and ${grouped(held)} ${held === 1 ? "was" : "were"} in ${whose} hands already (${source})`;
}

function recoverySentence({ events, acts, horizon }: Story): string {
  const [worst] = acts.filter(({ isOperation }) => !isOperation);
  if (worst === undefined || worst.cost === 0) return "";
  if (worst.to >= horizon) return `What was struck when ${worst.cause} was not all ready again at the end.`;
  const last = events.find(({ family, at, text }) => family === "recovered" && at === worst.to && !text.includes("the last at"));
  const what =
    last === undefined
      ? "Everything was as before"
      : last.text.replace(/ (is|are) /, (_, verb: string) => (verb === "is" ? " was " : " were "));
  return `${what.replace(/, before .*/, "")} ${duration(worst.to - worst.from)} after ${worst.cause} at ${instant(worst.from, 0)}.`;
}
