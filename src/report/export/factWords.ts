import type { RunResult } from "../../experiment/result.ts";
import { bugSites } from "../../model/design/buggify.ts";
import { FactKind } from "../../model/facts.ts";
import { readLoss } from "../../model/roles/disks.ts";
import { failureCauses, HostState, instanceStateNames } from "../../model/status.ts";

/** The JSON text of what a number of a fact stands for; `subject` is that of the same fact. */
type Words = (value: number, subject: number) => string;

/** How the two numbers of a kind of fact are told. */
interface FactWords {
  readonly subject: Words;
  readonly value: Words;
}

/**
 * How the facts of a run are told, by kind: a name as a JSON string where the number is an id that has one, null for nobody, and the number
 * itself otherwise. Kinds without a fact are undefined.
 */
export function factWords({ cast }: Pick<RunResult, "cast">): readonly (FactWords | undefined)[] {
  const instance = named(cast.instances.map(({ name }) => name));
  const host = named(cast.hosts.map((_, id) => `host ${id}`));
  const queue = named(cast.queues);
  const client = named(cast.clients);
  const incident = named(cast.incidents.map(({ kind, target }) => `${kind} of ${target}`));
  const targets = named(cast.incidents.map(({ target }) => target));
  const target: Words = (_, subject) => targets(subject, subject);
  const operation = named(cast.operations.map(({ title }) => title));
  const changes = named(["settings", "topology"]);
  const words: Readonly<Record<keyof typeof FactKind, readonly [subject: Words, value: Words]>> = {
    requestArrived: [number, client],
    requestSent: [number, instance],
    requestSucceeded: [number, number],
    requestFailed: [number, named(failureCauses)],
    messageEnqueued: [number, queue],
    messageTaken: [number, instance],
    messageCompleted: [number, number],
    messageDuplicated: [number, instance],
    messagePoisoned: [number, number],
    messageReappeared: [number, number],
    sessionStarted: [number, client],
    sessionEnded: [number, client],
    queueDepthChanged: [queue, number],
    attemptStarted: [number, number],
    attemptFailed: [number, named(failureCauses)],
    circuitChanged: [client, named(["closed", "open", "half-open"])],
    faultStruck: [incident, target],
    faultEnded: [incident, target],
    hostChanged: [host, named(Object.keys(HostState))],
    instanceChanged: [instance, named(instanceStateNames)],
    instancePlaced: [instance, host],
    rotationChanged: [instance, number],
    hostDeclaredDead: [host, number],
    hostRestartEnded: [host, number],
    crashNoticed: [instance, number],
    guestDeclaredDead: [instance, number],
    hangNoticed: [instance, number],
    ownerActed: [instance, number],
    instanceExcluded: [instance, number],
    instanceReplaced: [instance, number],
    operationStarted: [operation, number],
    operationFinished: [operation, number],
    operationRefused: [operation, named(cast.reasons)],
    upgradeDomainStarted: [operation, number],
    slotsSwapped: [orNobody, orNobody],
    operationReplaced: [operation, operation],
    operationStuck: [operation, number],
    roleChanging: [instance, changes],
    roleChanged: [instance, changes],
    controllerSilent: [number, number],
    controllerBack: [number, number],
    strayStopped: [instance, host],
    hostReported: [host, incident],
    hostRepairStep: [host, number],
    storeChanged: [named(cast.stores), number],
    queueChanged: [queue, number],
    messageDeadLettered: [number, number],
    messageExpired: [number, number],
    messageLost: [number, incident],
    instancesAsked: [roleOfDeployment(cast.roles), number],
    startupTaskFailed: [instance, number],
    onStartFailed: [instance, number],
    roleThrew: [instance, number],
    runReturned: [instance, number],
    autoscaleDecided: [operation, named(cast.reasons)],
    connectionsShut: [operation, number],
    localWritesLost: [instance, loss],
    changedByHand: [instance, named(cast.reasons)],
    changesLost: [instance, loss],
    onStopReturned: [instance, number],
    onStopCut: [instance, number],
    bugFired: [named(bugSites), number],
    healed: [number, number],
  };
  const byKind: FactWords[] = [];
  for (const [name, [subject, value]] of Object.entries(words)) byKind[FactKind[name as keyof typeof FactKind]] = { subject, value };
  return byKind;
}

function number(value: number): string {
  return String(value);
}

/** How many were lost, and by what: "12 by reimage". */
function loss(value: number): string {
  const { count, event } = readLoss(value);
  return JSON.stringify(`${count} by ${event}`);
}

function orNobody(id: number): string {
  return id < 0 ? "null" : String(id);
}

function named(names: readonly string[]): Words {
  const texts = names.map((name) => JSON.stringify(name));
  return (id) => texts[id] ?? orNobody(id);
}

/** Every deployment has all roles of the service, in order, so that their ids go on counting from one deployment to the next. */
function roleOfDeployment(roles: readonly string[]): Words {
  return (id) => {
    const role = roles[id % roles.length];
    if (role === undefined) return orNobody(id);
    return JSON.stringify(id < roles.length ? role : `${role} of deployment ${Math.floor(id / roles.length)}`);
  };
}
