import { compileLaw, type Law } from "../random/laws.ts";
import { type CallProgram, compileCalls } from "./callProgram.ts";
import type { ArrivalProgram, ClientProgram } from "./clientProgram.ts";
import type { AutoscaledRoleDesign, Design, EndpointDesign, FaultDesign, ProbeDesign, RoleDesign } from "./design.ts";
import type { FaultKind } from "./faults/fault.ts";
import type { LinkDesign } from "./links.ts";
import { bootFactorOf, compileFolders, compileTasks, type LocalWrite, type TaskProgram } from "./roleParts.ts";

/** What an instance runs: one version of one role, compiled. */
export interface Program {
  readonly role: number;
  readonly design: RoleDesign;
  /** Demands of its compute steps, and times of its store steps. */
  readonly compute: readonly Law[];
  readonly stores: readonly Law[];
  /** The law of its only step, when computing is all it does. */
  readonly onlyStep: Law | undefined;
  /** Its calls to stores, in order, then the queues it puts a message into when a request succeeds. */
  readonly calls: readonly CallProgram[];
  /** How many of the calls are to stores. */
  readonly storeCalls: number;
  /** Whether a store it calls can fail, or it calls a role: its calls are then made one by one, after the computing. */
  readonly staged: boolean;
  /** Whether any call may be made more than once, or is made one by one. */
  readonly careful: boolean;
  /** Whether computing is all that a request does. */
  readonly plain: boolean;
  /** Queue it consumes, -1 none. */
  readonly queue: number;
  /** How many messages it takes at once, and how often it renews its hold on them (0 never). */
  readonly batch: number;
  readonly renewal: number;
  readonly concurrency: number;
  readonly queueLimit: number;
  /** By priority, how many it may hold for a request to be admitted; undefined: it admits all. */
  readonly admission: readonly number[] | undefined;
  readonly speed: number;
  readonly shared: boolean;
  /** Whether a service lasts as long as was drawn: at speed 1, alone on its slot, on a pool that is always warm, with nobody who measures it. */
  readonly nominal: boolean;
  /** Whether an autoscaler reads how busy its processors are. */
  readonly metered: boolean;
  readonly cores: number;
  /** Whether its pool can ever be cold. */
  readonly pool: boolean;
  readonly coldStart: Law;
  readonly roleStart: Law;
  readonly roleRestart: Law;
  readonly onStart: Law;
  readonly onStop: Law;
  readonly onStartFails: number;
  readonly runReturns: Law | undefined;
  readonly crashAfter: Law | undefined;
  /** Its VM takes so much longer to boot than a small one. */
  readonly bootFactor: number;
  /** Its simple and foreground startup tasks, in order: nobody waits for the others. */
  readonly startupTasks: readonly TaskProgram[];
  readonly writes: readonly LocalWrite[];
  /** For each folder name of the design: whether this version has it emptied at every start of the role. */
  readonly cleaned: readonly boolean[];
}

/** Everything of a design that is looked up while it runs: code and constants, never changed after the build. */
export interface Catalogue {
  /** Those of the service's roles first, then those that operations bring. */
  readonly programs: readonly Program[];
  /** Programs of the roles that each operation of the design brings: ids by role; empty when it brings none. */
  readonly programsOf: readonly (readonly number[])[];
  /** Of all versions: their runs are counted by name. */
  readonly taskNames: readonly string[];
  readonly endpoints: readonly {
    readonly role: number;
    readonly design: EndpointDesign;
    readonly probe: ProbeDesign;
    readonly idleTimeout: number;
    readonly stays: boolean;
  }[];
  /** Endpoints of each role. */
  readonly endpointsOf: readonly (readonly number[])[];
  readonly clients: readonly ClientProgram[];
  readonly producers: readonly (ArrivalProgram | undefined)[];
  /** How long outages last that nobody else ends. */
  readonly failovers: { readonly stores: readonly (Law | undefined)[]; readonly queues: readonly (Law | undefined)[] };
  /** Whether any program is careful, and whether any consumes a queue and has requests besides. */
  readonly careful: boolean;
  readonly mixed: boolean;
  readonly links: readonly LinkDesign[];
  readonly faults: readonly {
    readonly design: FaultDesign;
    readonly kind: FaultKind;
    /** What is asked of the kind at each strike: kinds are records of many shapes, and this one has a single one. */
    readonly strike: FaultKind["strike"];
    readonly end: FaultKind["end"];
    readonly needsCrew: boolean;
    readonly isGrey: boolean;
    readonly strikesInstance: boolean;
    readonly every: Law | undefined;
    readonly repair: Law | undefined;
    /** Its parameters that are laws, by name. */
    readonly laws: Readonly<Record<string, Law>>;
  }[];
  readonly laws: {
    readonly crashDetection: Law;
    readonly guestReboot: Law;
    readonly provision: Law;
    readonly reimage: Law;
    readonly hostRestart: Law;
    readonly hostRepair: readonly Law[];
    readonly failover: Law;
    readonly operator: Law | undefined;
    readonly install: Law;
    readonly stagger: Law;
    readonly swap: Law;
    readonly topologyChange: Law;
    readonly hostUpdate: Law;
    readonly hostPause: Law;
    readonly agentUpdate: Law;
    readonly swapTransient: Law;
  };
}

/** Compiles one version of a role. */
export function compileRole(design: Design, role: RoleDesign, roleIndex: number): Program {
  const isWeb = role.kind === "web";
  const compute = role.handler.filter((step) => step.step === "compute").map((step) => compileLaw(step.demand));
  const calls = compileCalls(design, role);
  const storeCalls = calls.filter((call) => call.kind === "store").length;
  const queue = design.queues.findIndex(({ name }) => name === role.queue);
  const staged = calls.some((call) => call.kind === "role" || (call.kind === "store" && call.canFail));
  const taking = role.handler.filter(({ step }) => step === "compute" || step === "store" || step === "call");
  const onlyStep = taking.length === 1 ? compute[0] : undefined;
  const careful = staged || calls.some((call) => call.kind === "enqueue" && (call.retry.attempts !== 1 || !isWeb) && call.canFail);
  const shared = role.discipline === "processor-sharing";
  const metered = design.autoscale.roles.some((scaled) => scaled.role === role.name && readsProcessors(scaled));
  const pool = isWeb && !(role.iis.coldStart.law === "constant" && role.iis.coldStart.value === 0);
  return {
    role: roleIndex,
    design: role,
    compute,
    onlyStep,
    stores: calls.flatMap((call) => call.law ?? []),
    calls,
    storeCalls,
    staged,
    plain: calls.length === 0 && role.handler.every(({ step }) => step === "compute"),
    careful,
    queue,
    batch: role.batch,
    renewal: role.renewLease >= 0 || queue < 0 ? role.renewLease : Math.max(1, Math.floor(design.queues[queue].visibilityTimeout / 2)),
    concurrency: role.concurrency,
    queueLimit: role.queueLimit < 0 ? Number.MAX_SAFE_INTEGER : role.queueLimit,
    admission: role.admission,
    speed: role.speed,
    shared,
    nominal: role.speed === 1 && !(careful || shared || metered || pool),
    metered,
    cores: role.size.cores,
    pool,
    coldStart: compileLaw(role.iis.coldStart),
    roleStart: compileLaw(role.roleStart),
    roleRestart: compileLaw(design.fabric.roleRestart),
    onStart: compileLaw(role.onStart),
    onStop: compileLaw(role.onStop),
    onStartFails: role.onStartFails,
    runReturns: role.runReturns === undefined ? undefined : compileLaw(role.runReturns),
    crashAfter: role.crashAfter === undefined ? undefined : compileLaw(role.crashAfter),
    bootFactor: design.fabric.bootBySize ? bootFactorOf(role.size.cores) : 1,
    startupTasks: compileTasks(design, role),
    ...compileFolders(design, role),
  };
}

function readsProcessors({ profiles }: AutoscaledRoleDesign): boolean {
  return profiles.some(({ rules }) => rules.some(({ metric }) => metric === "cpu"));
}
