import type { RunResult } from "../../experiment/result.ts";
import { readLoss } from "../../model/roles/disks.ts";
import { counted } from "../numbers.ts";
import { duration, instant } from "../times.ts";
import type { Telling, TellingKind } from "./narrator.ts";
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
  const last = telling.last > telling.at ? `, the last at ${instant(telling.last, 1)}` : "";
  return clause(telling, result) + last;
}

function clause(telling: Telling, result: RunResult): string {
  const { fact, kind } = telling;
  const names = listNames(telling.instances.map((id) => result.cast.instances[id].name));
  const isOne = telling.instances.length === 1;
  switch (kind) {
    case "struck":
      return struckWords(telling, result, names);
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
      return `the fabric controller decides again after ${duration(fact.value)}; ${counted(fact.subject, "decision")} had waited`;
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

function struckWords({ fact }: Telling, { cast }: RunResult, names: string): string {
  const { kind, target, class: faultClass } = cast.incidents[fact.subject];
  const victims = names === "nothing" ? ", no instance was on it" : `, ${names} ${names.includes(" and ") ? "die" : "dies"} with it`;
  switch (kind) {
    case "app-crash":
      return `the process of ${target} crashes`;
    case "app-hang":
      return `${target} hangs: it runs but answers nothing`;
    case "rack-switch":
      return `the switch of ${target} fails: nobody reaches its hosts`;
    case "controller-failure":
      return "the primary of the fabric controller dies";
    case "control-plane-outage":
      return "the control plane goes out: nobody decides";
    case "web-process-crash":
      return `the web process of ${target} dies, its role host lives`;
    case "app-errors":
      return `responses of ${target} begin to fail`;
    case "slow":
    case "slow-host":
      return `${target} grows slow`;
    case "slow-boot":
      return `starts of ${target} become slow`;
    case "flap":
      return `${target} falls silent and answers in turns`;
    case "pause":
      return `${target} is paused for maintenance`;
    case "vm-failure":
      return `the VM of ${target} fails`;
    case "host-failure":
      return `${target} fails (${faultClass ?? "hardware"})${victims}`;
    case "rack-power":
      return `the rack of ${target} loses power${victims}`;
    case "store-outage":
      return `store ${target} is out: every call to it fails`;
    case "queue-outage":
      return `queue ${target} is out: nothing is put in or taken`;
    default:
      return defectWords(kind, target) ?? `${kind} strikes ${target}`;
  }
}

function lossWords({ fact, kind }: Telling, names: string): string {
  const { count, event } = readLoss(fact.value);
  const what = kind === "changesLost" ? counted(count, "change made by hand", "changes made by hand") : counted(count, "local write");
  return `${names} loses ${what}: ${event}`;
}

/** What goes wrong by itself, without a fault of the scenario. */
function defectWords(kind: string, target: string): string | undefined {
  const clauses: Readonly<Record<string, string>> = {
    "startup-task-failure": `a startup task of ${target} fails: the role cannot start`,
    "onstart-failure": `OnStart of ${target} fails: its process is killed without OnStop`,
    "unhandled-exception": `the version that ${target} runs throws: its process ends without OnStop`,
    "full-local-storage": `local storage of ${target} is full: writes fail`,
    "run-return": `Run of ${target} returns: the role recycles`,
  };
  return clauses[kind];
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
  if (kind === "rack-power") return `power returns to the rack of ${target}`;
  if (kind === "rack-switch") return `the switch of ${target} works again`;
  if (kind === "store-outage" || kind === "queue-outage") return `${target} is available again`;
  return kind === "host-failure" ? `${target} is repaired` : `${kind} of ${target} ends`;
}

function operationWords({ kind, fact, root, hosts }: Telling, { cast, summary }: RunResult): string {
  const operation = kind === "operationRefused" || root === null ? fact.subject : root.subject;
  const title = cast.operations[operation]?.title ?? `operation ${operation}`;
  switch (kind) {
    case "operationRefused":
      return `${cast.operations[operation]?.kind ?? "operation"} refused: ${cast.reasons[fact.value] ?? "no reason was kept"}`;
    case "connectionsShut":
      return `new connections are refused for ${duration(fact.value)} while the swap takes hold`;
    case "operationAutoscaled":
      return `${title}: ${cast.reasons[fact.value] ?? "no reason was kept"}`;
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
