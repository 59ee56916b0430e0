import type { RunResult } from "../../experiment/result.ts";
import { shortStruck } from "./incidentWords.ts";
import type { Telling, TellingKind } from "./telling.ts";

/** An event in a few words, for the strip above the charts. */
export function shortWords(telling: Telling, result: RunResult): string {
  const { kind, fact, root } = telling;
  const { cast } = result;
  switch (kind) {
    case "struck":
      return shortStruck(cast.incidents[fact.subject].kind, cast.incidents[fact.subject].target);
    case "ended": {
      const { kind: fault, target } = cast.incidents[fact.subject];
      const isOfHardware = fault === "host-failure" || fault.startsWith("rack-");
      return isOfHardware ? "repaired" : `${target} is back`;
    }
    case "operationRefused":
      return `${operationWord(cast, fact.subject)} refused`;
    case "operationAutoscaled":
      return (cast.reasons[fact.value] ?? "autoscale").replace(/:.*/, "");
    case "operationStarted":
      return operationWord(cast, fact.subject);
    case "domainStarted":
      return `UD ${fact.value}`;
    case "operationReplaced":
      return `${operationWord(cast, fact.subject)} ends`;
    case "operationStuck":
      return "stuck";
    case "operationFinished":
      return `${operationWord(cast, root?.subject ?? fact.subject)} done`;
    default:
      return shortNames[kind];
  }
}

/** `upgrade`, `host OS update`. */
function operationWord({ operations }: RunResult["cast"], operation: number): string {
  return operations[operation]?.kind.replaceAll("-", " ").replace(/\bos\b/, "OS") ?? "operation";
}

const shortNames: Readonly<Record<Exclude<TellingKind, "struck" | "ended" | `operation${string}` | "domainStarted">, string>> = {
  dropped: "dropped",
  declaredDead: "declared dead",
  crashNoticed: "restarted",
  guestDeclaredDead: "guest restarted",
  hangNoticed: "restarted by hand",
  ownerActed: "restarted by hand",
  excluded: "excluded",
  replaced: "replaced",
  waiting: "no room",
  hostReported: "reports a fault",
  repairStep: "next step",
  strayStopped: "stray stopped",
  controllerBack: "decides again",
  restartFailed: "placed anew",
  restarted: "host restarted",
  placed: "placed anew",
  readyAgain: "ready again",
  backInRotation: "back in rotation",
  swapped: "VIP moves",
  connectionsShut: "connections refused",
  localWritesLost: "writes lost",
  changesLost: "changes lost",
  onStopCut: "OnStop cut",
};
