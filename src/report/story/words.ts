import type { RunResult } from "../../experiment/result.ts";
import { readLoss } from "../../model/roles/disks.ts";
import { counted } from "../numbers.ts";
import { duration, instant } from "../times.ts";
import { endsWords, strikesWords } from "./incidentWords.ts";
import type { Telling, TellingKind } from "./telling.ts";
import { whyDropped } from "./whyDropped.ts";

/** What an event is to the reader: something broke, was seen, is being mended, is over, was asked for, was refused. */
export type EventFamily = "fault" | "noticed" | "healing" | "recovered" | "operation" | "refused";

const families: Readonly<Record<TellingKind, EventFamily>> = {
  struck: "fault",
  dropped: "noticed",
  declaredDead: "noticed",
  crashNoticed: "healing",
  guestDeclaredDead: "healing",
  hangNoticed: "healing",
  ownerActed: "healing",
  excluded: "noticed",
  replaced: "healing",
  waiting: "healing",
  hostReported: "noticed",
  repairStep: "healing",
  strayStopped: "healing",
  controllerBack: "recovered",
  restartFailed: "healing",
  restarted: "healing",
  placed: "healing",
  ended: "healing",
  readyAgain: "recovered",
  backInRotation: "recovered",
  operationStarted: "operation",
  operationFinished: "operation",
  operationRefused: "refused",
  operationReplaced: "operation",
  operationStuck: "refused",
  operationAutoscaled: "operation",
  connectionsShut: "fault",
  domainStarted: "operation",
  swapped: "operation",
  localWritesLost: "fault",
  changesLost: "fault",
  onStopCut: "fault",
};

/** The family of an event. */
export function familyOf({ kind }: Telling): EventFamily {
  return families[kind];
}

/** `web/0`, `web/0 and web/2`, `web/0, web/1 and 118 more`. */
export function listNames(names: readonly string[], atMost = 3): string {
  if (names.length <= 1) return names[0] ?? "nothing";
  if (names.length > atMost) return `${names.slice(0, atMost - 1).join(", ")} and ${names.length - atMost + 1} more`;
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** An event in words, as one clause without an instant. */
export function words(telling: Telling, result: RunResult): string {
  const { at, hosts, instances, kind, last, times } = telling;
  // many at once are counted by whom they happened to, and decisions by themselves
  const again = kind !== "operationAutoscaled" && times > Math.max(1, instances.length, hosts.length) ? `, ${counted(times, "time")}` : "";
  return clause(telling, result) + again + (last > at ? `, the last at ${instant(last, 1)}` : "");
}

function clause(telling: Telling, result: RunResult): string {
  const { fact, kind } = telling;
  const names = listNames(telling.instances.map((id) => result.cast.instances[id].name));
  const isOne = telling.instances.length === 1;
  switch (kind) {
    case "struck":
      return strikeWords(telling, result, names);
    case "dropped":
      return `the balancer drops ${names}: ${whyDropped(telling, result)}`;
    case "declaredDead":
      return `the controller declares ${listHosts(telling.hosts)} dead`;
    case "crashNoticed":
      return `the guest agent restarts ${names}, ${duration(fact.value)} after it crashed`;
    case "guestDeclaredDead":
      return `the host agent restarts the guest of ${names}: ${duration(fact.value)} without a heartbeat`;
    case "hangNoticed":
      return `the operator restarts ${names}, hung for ${duration(fact.value)}`;
    case "ownerActed":
      return `the owner restarts ${names}, dead for ${duration(fact.value)}: nobody on the platform watches it`;
    case "excluded":
      return `the health check takes ${names} out, not healthy for ${duration(fact.value)}`;
    case "replaced":
      return `the health check has ${names} replaced, not healthy for ${duration(fact.value)}`;
    case "hostReported":
      return `the agent of ${listHosts(telling.hosts)} reports a fault of its hardware`;
    case "repairStep":
      return `the next step for ${listHosts(telling.hosts)}: ${result.design.fabric.hostRepair[fact.value - 1]?.step ?? "another try"}`;
    case "strayStopped":
      return `${names}, placed elsewhere meanwhile, ${isOne ? "is" : "are"} stopped on ${listHosts(telling.hosts)} before anyone hears it`;
    case "controllerBack":
      return `the fabric controller decides again after ${duration(fact.value)}; ${fact.subject === 0 ? "no decision" : counted(fact.subject, "decision")} had waited`;
    case "waiting":
      return `${names} ${isOne ? "waits" : "wait"}: no host has room`;
    case "restartFailed":
      return restartFailedWords(telling, result);
    case "restarted":
      return `host ${fact.subject} is restarted, ${names} ${isOne ? "boots where it was" : "boot where they were"}`;
    case "placed":
      return movesWords(telling, result);
    case "ended":
      return endedWords(telling, result);
    case "readyAgain":
      return `${names} ${isOne ? "is" : "are"} ready again${isBalanced(telling, result) ? ", before the balancer noticed" : ""}`;
    case "backInRotation":
      return `${names} ${isOne ? "is" : "are"} back in rotation`;
    case "localWritesLost":
    case "changesLost":
      return lossWords(telling, names);
    case "onStopCut":
      return `OnStop of ${names} is cut: it would have run for ${duration(fact.value)}`;
    default:
      return operationWords(telling, result);
  }
}

function strikeWords({ fact }: Telling, { cast }: RunResult, names: string): string {
  const { kind, target, class: faultClass } = cast.incidents[fact.subject];
  const what = strikesWords(kind, target);
  const victims = names === "nothing" ? ", no instance was on it" : `, ${names} ${names.includes(" and ") ? "die" : "dies"} with it`;
  if (kind === "host-failure") return `${what} (${faultClass ?? "hardware"})${victims}`;
  return kind === "rack-power" ? what + victims : what;
}

function lossWords({ fact, kind }: Telling, names: string): string {
  const { count, event } = readLoss(fact.value);
  const what = kind === "changesLost" ? counted(count, "change made by hand", "changes made by hand") : counted(count, "local write");
  return `${names} loses ${what}: ${event}`;
}

function restartFailedWords(telling: Telling, result: RunResult): string {
  const { cast } = result;
  const isOnlyHost = telling.root !== null && cast.incidents[telling.root.subject]?.target === `host ${telling.fact.subject}`;
  const whose =
    telling.last > telling.at
      ? "host restarts failed"
      : isOnlyHost
        ? "its restart failed"
        : `the restart of host ${telling.fact.subject} failed`;
  return telling.instances.length === 0 ? whose : `${whose}; ${movesWords(telling, result)}`;
}

function movesWords({ instances, hosts, last, at }: Telling, { cast }: RunResult): string {
  if (instances.length > 3 || last > at) return `${counted(instances.length, "instance starts", "instances start")} anew on other hosts`;
  return instances.map((id, place) => `${cast.instances[id].name} ${place === 0 ? "starts anew " : ""}on host ${hosts[place]}`).join(", ");
}

function endedWords({ fact }: Telling, { cast }: RunResult): string {
  const { kind, target } = cast.incidents[fact.subject];
  return endsWords(kind, target) ?? `${kind} of ${target} ends`;
}

function operationWords({ kind, fact, root, hosts, times }: Telling, { cast, summary }: RunResult): string {
  const operation = kind === "operationRefused" || root === null ? fact.subject : root.subject;
  const title = cast.operations[operation]?.title ?? `operation ${operation}`;
  switch (kind) {
    case "operationRefused":
      return `${cast.operations[operation]?.kind ?? "operation"} refused: ${cast.reasons[fact.value] ?? "no reason was kept"}`;
    case "connectionsShut":
      return `new connections are refused for ${duration(fact.value)} while the swap takes hold`;
    case "operationAutoscaled":
      return `${title}: ${times > 1 ? `${counted(times, "decision")}, the first: ` : ""}${cast.reasons[fact.value] ?? "no reason was kept"}`;
    case "operationFinished":
      return `done: ${title}${root === null ? "" : `, after ${duration(fact.at - root.at)}`}`;
    case "operationReplaced":
      return `${title} takes the place of ${cast.operations[fact.subject]?.title}`;
    case "operationStuck":
      return `${title} is stuck: upgrade domain ${fact.value} crashes again and again on what it was given`;
    case "domainStarted":
      return hosts.length === 1
        ? `upgrade domain ${fact.value} has its turn`
        : `upgrade domains ${listNames(hosts.map(String))} have their turns`;
    case "swapped": {
      const swap = summary.operations.find(({ id }) => id === operation);
      const held =
        swap === undefined
          ? ""
          : `, ${counted(swap.requestsInFlight, "request")} and ${counted(swap.sessionsInFlight, "session")} in flight`;
      return `the VIP moves: staging is production now${held}`;
    }
    default:
      return `begun: ${title}`;
  }
}

function isBalanced({ instances }: Telling, { cast, design }: RunResult): boolean {
  const role = design.service.roles.find(({ name }) => name === cast.instances[instances[0]].role);
  return (role?.endpoints.length ?? 0) > 0;
}

function listHosts(hosts: readonly number[]): string {
  return listNames(hosts.map((host) => `host ${host}`));
}
