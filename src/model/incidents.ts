import { FactKind } from "./facts.ts";
import type { IdTable } from "./idTable.ts";
import type { Incident, Platform } from "./world.ts";

/** What can go wrong by itself, without a fault of the design: a version may be bad. */
export const Defect = { startupTask: 0, onStart: 1, exception: 2, runReturned: 3, storageFull: 4, vmStart: 5 } as const;
export type Defect = (typeof Defect)[keyof typeof Defect];

/** How reports call the defects. */
export const defectNames = [
  "startup-task-failure",
  "onstart-failure",
  "unhandled-exception",
  "run-return",
  "full-local-storage",
  "vm-start-failure",
] as const;

/** A fault of the design strikes a target: opens its incident, one for each target, and returns its id. */
export function openFault(platform: Platform, fault: number, target: number): number {
  const { incidents, incidentOf } = platform.world;
  let id = incidentOf[fault].get(target);
  if (id < 0) {
    id = newIncident(platform, { kind: platform.design.faults[fault].kind, fault, operation: -1, target }).id;
    incidentOf[fault].set(target, id);
  }
  return open(platform, incidents[id], FactKind.faultStruck, target);
}

/** A defect shows in an instance: opens its incident, one for each instance, and returns its id. */
export function openDefect(platform: Platform, defect: Defect, instance: number): number {
  const { incidents, defectOf } = platform.world;
  let id = defectOf[defect].get(instance);
  if (id < 0) {
    id = newIncident(platform, { kind: defectNames[defect], fault: -1, operation: -1, target: instance }).id;
    defectOf[defect].set(instance, id);
  }
  return open(platform, incidents[id], FactKind.faultStruck, instance);
}

/** The balancer drops an idle connection to an instance, and nobody is told: the incident of such connections, one for each instance. */
export function noteIdleDrop(platform: Platform, instance: number): number {
  return note(platform, "idle-timeout", platform.world.idleDropsOf, instance);
}

/** A traffic rule drops the call of an instance: the incident of such calls, one for each instance that makes them. */
export function noteForbidden(platform: Platform, instance: number): number {
  return note(platform, "traffic-rule", platform.world.forbiddenOf, instance);
}

/** The incident of a defect of an instance that is open, -1 none. */
export function openDefectOf({ world }: Platform, defect: Defect, instance: number): number {
  const id = world.defectOf[defect].get(instance);
  return id >= 0 && world.incidents[id].open > 0 ? id : -1;
}

/** Whether the scenario says itself when the incident is repaired, so that nobody else does it. */
export function hasOwnRepair({ world, catalogue }: Platform, incident: number): boolean {
  const { fault } = world.incidents[incident];
  return fault >= 0 && catalogue.faults[fault].repair !== undefined;
}

/** An operation of the design begins; returns the id of its incident, which the passes of one kind in the patch calendar share. */
export function openOperation(platform: Platform, operation: number): number {
  const { design, world } = platform;
  const { kind } = design.operations[operation];
  const before = isOfCalendar(platform, operation)
    ? world.incidents.find((incident) => incident.kind === kind && isOfCalendar(platform, incident.operation))
    : undefined;
  return open(
    platform,
    before ?? newIncident(platform, { kind, fault: -1, operation, target: operation }),
    FactKind.operationStarted,
    0,
    operation,
  );
}

function isOfCalendar({ design }: Platform, operation: number): boolean {
  if (operation < 0) return false;
  const spec = design.operations[operation];
  return "pass" in spec && spec.pass >= 0;
}

/** An operation that acts again and again acts once more. */
export function reopenOperation(platform: Platform, id: number): void {
  open(platform, platform.world.incidents[id], FactKind.operationStarted, 0);
}

/** The fault is repaired or healed. */
export function closeFault(platform: Platform, id: number): void {
  const incident = platform.world.incidents[id];
  if (incident.open === 0) return;
  close(platform, incident);
  platform.trace.emit(FactKind.faultEnded, id, incident.target, incident.fact);
}

/** The operation is over. */
export function closeOperation(platform: Platform, id: number): void {
  const incident = platform.world.incidents[id];
  if (incident.open > 0) close(platform, incident);
}

/** The operation takes nothing away for a while. */
export function suspendOperation(platform: Platform, id: number): void {
  closeOperation(platform, id);
}

/** The operation takes something away again: it struck now. */
export function resumeOperation({ world, calendar }: Platform, id: number): void {
  const incident = world.incidents[id];
  if (incident.open > 0) return;
  incident.open = 1;
  incident.occurrences++;
  incident.lastAt = calendar.now;
  if (takesCapacity(incident)) world.openIncidents.push(id);
}

/** The fact of an incident's latest strike, as a cause; -1 for no incident. */
export function factOf(platform: Platform, incident: number): number {
  return incident < 0 ? -1 : platform.world.incidents[incident].fact;
}

/** Something that happens again and again and is never open. */
function note(platform: Platform, kind: string, table: IdTable, instance: number): number {
  const { incidents } = platform.world;
  let id = table.get(instance);
  if (id < 0) {
    const incident = newIncident(platform, { kind, fault: -1, operation: -1, target: instance });
    id = incident.id;
    incident.lastAt = platform.calendar.now;
    table.set(instance, id);
  }
  incidents[id].occurrences++;
  return id;
}

function newIncident(platform: Platform, of: Pick<Incident, "kind" | "fault" | "operation" | "target">): Incident {
  const { incidents } = platform.world;
  const incident: Incident = { id: incidents.length, ...of, occurrences: 0, lastAt: 0, fact: -1, open: 0 };
  incidents.push(incident);
  return incident;
}

function open(platform: Platform, incident: Incident, kind: FactKind, value: number, operation = incident.operation): number {
  const { world, calendar, trace } = platform;
  incident.occurrences++;
  incident.lastAt = calendar.now;
  if (incident.open++ === 0 && takesCapacity(incident)) world.openIncidents.push(incident.id);
  const subject = operation >= 0 ? operation : incident.id;
  incident.fact = trace.emit(kind, subject, value, -1);
  return incident.id;
}

function close(platform: Platform, incident: Incident): void {
  const { openIncidents } = platform.world;
  if (--incident.open > 0) return;
  let place = openIncidents.indexOf(incident.id);
  if (place < 0) return;
  for (; place < openIncidents.length - 1; place++) openIncidents[place] = openIncidents[place + 1];
  openIncidents.pop();
}

const takers: ReadonlySet<string> = new Set([
  "upgrade",
  "rollback",
  "reboot",
  "reimage",
  "rebuild",
  "stop",
  "start",
  "configure",
  "host-os-update",
  "guest-os-update",
  "guest-agent-update",
]);

/** Whether overload may be put beside it: a fault of what serves, or an operation that takes instances away for a while. */
function takesCapacity({ operation, kind }: Incident): boolean {
  return operation < 0 ? kind !== "controller-failure" : takers.has(kind);
}
