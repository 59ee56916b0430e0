import type { RunResult } from "../../experiment/result.ts";
import type { Telling, TellingKind } from "./narrator.ts";

/** An event in a few words, for the strip above the charts. */
export function shortWords(telling: Telling, result: RunResult): string {
  const { kind, fact, root } = telling;
  const { cast } = result;
  switch (kind) {
    case "struck":
      return shortStruck(cast.incidents[fact.subject].kind, cast.incidents[fact.subject].target);
    case "operationRefused":
      return `${cast.operations[fact.subject]?.kind ?? "operation"} refused`;
    case "operationAutoscaled":
      return (cast.reasons[fact.value] ?? "autoscale").replace(/:.*/, "");
    case "operationStarted":
      return cast.operations[fact.subject]?.kind ?? "operation";
    case "domainStarted":
      return `UD ${fact.value}`;
    case "operationReplaced":
      return `${cast.operations[fact.subject]?.kind ?? "operation"} ends`;
    case "operationStuck":
      return "stuck";
    case "operationFinished":
      return `${cast.operations[root?.subject ?? fact.subject]?.kind ?? "operation"} done`;
    default:
      return shortNames[kind];
  }
}

const shortNames: Readonly<Record<Exclude<TellingKind, "struck" | `operation${string}` | "domainStarted">, string>> = {
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
  ended: "repaired",
  readyAgain: "ready again",
  backInRotation: "back in rotation",
  swapped: "VIP moves",
  connectionsShut: "connections refused",
  localWritesLost: "writes lost",
  changesLost: "changes lost",
  onStopCut: "OnStop cut",
};

function shortStruck(kind: string, target: string): string {
  if (kind === "vm-failure") return `VM of ${target} fails`;
  const verbs: Readonly<Record<string, string>> = {
    "app-crash": "crashes",
    "app-hang": "hangs",
    pause: "paused",
    "web-process-crash": "web dies",
    "controller-failure": "loses its primary",
    "control-plane-outage": "out",
    "app-errors": "errs",
    "slow-host": "grows slow",
    slow: "grows slow",
    "slow-boot": "starts slowly",
    flap: "flaps",
    "host-failure": "dies",
    "rack-power": "loses power",
    "rack-switch": "is cut off",
    "startup-task-failure": "cannot start",
    "onstart-failure": "cannot start",
    "unhandled-exception": "throws",
    "run-return": "recycles",
    "full-local-storage": "storage full",
    "store-outage": "out",
    "queue-outage": "out",
  };
  return `${target} ${verbs[kind] ?? kind}`;
}
