import { never } from "../../kernel/time.ts";
import type { ClientDesign, Design, RoleDesign } from "../../model/design.ts";
import { mean } from "../../random/lawSpec.ts";
import type { LawSpec } from "../../random/laws.ts";

/** The parts of a scenario for which conditional relations hold: what disturbs them is taken out of its design. */

/** More than any scenario needs, and few enough to be counted exactly. */
const plenty = 1_000_000;

/**
 * Nothing fails, nobody operates, nothing runs out and nobody gives up: no faults, defects, operations or scaling, room for everybody, no
 * limits, no time-outs, one ready instance is enough, and only clients of what is deployed in production.
 */
export function calm(design: Design): Design {
  const roles = design.service.roles.map(calmRole);
  return {
    ...design,
    hosting: { ...design.hosting, healthCheck: undefined },
    datacenter: { ...design.datacenter, host: { cores: plenty, memoryMiB: 1024 * plenty, diskMiB: 1024 * plenty }, clusters: [] },
    service: { ...design.service, deployedAtStart: true, coreQuota: 0, trafficRules: [], roles },
    balancer: { ...design.balancer, idleTimeout: never },
    fabric: { ...design.fabric, startFailure: 0 },
    accounts: { storage: 0, serviceBus: 0 },
    queues: design.queues.map((queue) => ({ ...queue, maxRate: 0, maxMessages: 0 })),
    stores: design.stores.map((store) => ({ ...store, maxRate: 0 })),
    clients: design.clients.filter((client) => reaches(client, roles)).map(patient),
    measure: { ...design.measure, ready: 1 },
    buggify: undefined,
    heal: undefined,
    faults: [],
    operations: [],
    autoscale: { ...design.autoscale, roles: [] },
  };
}

function calmRole(role: RoleDesign): RoleDesign {
  return {
    ...role,
    instances: Math.max(1, role.instances),
    queueLimit: -1,
    admission: undefined,
    handler: role.handler.map((step) => (step.step === "call" ? { ...step, timeout: never } : step)),
    endpoints: role.endpoints.map((endpoint) => ({ ...endpoint, idleTimeout: never })),
    localStorage: role.localStorage.map((folder) => ({ ...folder, sizeMiB: plenty })),
    startupTasks: [],
    onStartFails: 0,
    runReturns: undefined,
    crashAfter: undefined,
  };
}

function reaches({ endpoint, instance, role, slot }: ClientDesign, roles: readonly RoleDesign[]): boolean {
  const asked = roles.find(({ name }) => name === role);
  return slot === "production" && asked !== undefined && (instance ?? 0) < asked.instances && endpoint !== "";
}

function patient(client: ClientDesign): ClientDesign {
  return { ...client, timeout: never, deadline: never, hedge: never, retry: undefined, breaker: undefined };
}

/**
 * One queue in front of `concurrency` servers: the first web role that has open clients becomes one instance, first come first served, whose
 * requests only compute; only those clients are left. In words why not, when there is none.
 */
export function oneQueue(design: Design): Design | string {
  const quiet = calm(design);
  const isOpen = ({ arrivals, instance, session }: ClientDesign) =>
    arrivals !== undefined && session === undefined && instance === undefined;
  const role = quiet.service.roles.find(
    ({ handler, kind, name }) =>
      kind === "web" &&
      handler.some(({ step }) => step === "compute") &&
      quiet.clients.some((client) => client.role === name && isOpen(client)),
  );
  if (role === undefined) return "no web role that computes has open clients without sessions";
  const server: RoleDesign = {
    ...role,
    instances: 1,
    discipline: "fifo",
    handler: role.handler.filter(({ step }) => step === "compute"),
    internalEndpoints: [],
    iis: { coldStart: constant(0), idleTimeout: never, recycleEvery: never },
    localStorage: [],
  };
  return {
    ...quiet,
    service: { ...quiet.service, roles: [server] },
    clients: quiet.clients.filter((client) => client.role === role.name && isOpen(client)),
    queues: [],
    stores: [],
  };
}

/**
 * A platform on which placement is frozen: nobody heals, nothing moves, every duration is the mean of its law, nobody asks for anything; what
 * strikes is given at instants.
 */
export function frozen(design: Design): Design {
  const quiet = calm(design);
  const { fabric } = quiet;
  return {
    ...quiet,
    hosting: { ...quiet.hosting, ownerHeals: false },
    datacenter: { ...quiet.datacenter, repairCrews: 0 },
    service: { ...quiet.service, roles: quiet.service.roles.map(frozenRole) },
    balancer: { ...quiet.balancer, probe: { ...quiet.balancer.probe, phase: { kind: "fixed", at: 0 } } },
    fabric: {
      ...fabric,
      healing: { process: false, guest: false, host: false },
      operator: undefined,
      bootBySize: false,
      stagger: constant(0),
      guestConnect: never,
      guestReboot: certain(fabric.guestReboot),
      provision: certain(fabric.provision),
      crashDetection: certain(fabric.crashDetection),
      roleRestart: certain(fabric.roleRestart),
    },
    clients: [],
    queues: [],
    stores: [],
  };
}

function frozenRole(role: RoleDesign): RoleDesign {
  return {
    ...role,
    handler: role.handler
      .filter(({ step }) => step === "compute")
      .map((step) => (step.step === "compute" ? { ...step, demand: certain(step.demand) } : step)),
    queue: undefined,
    poll: undefined,
    internalEndpoints: [],
    endpoints: role.endpoints.map((endpoint) =>
      endpoint.probe === undefined ? endpoint : { ...endpoint, probe: { ...endpoint.probe, phase: { kind: "fixed", at: 0 } } },
    ),
    iis: { ...role.iis, coldStart: certain(role.iis.coldStart) },
    roleStart: certain(role.roleStart),
    onStart: certain(role.onStart),
    onStop: certain(role.onStop),
    localStorage: [],
  };
}

/** The law that always gives this many microseconds. */
export function constant(value: number): LawSpec {
  return { law: "constant", value };
}

/** The mean of a law, rounded, in place of it; an hour where it has none. */
function certain(law: LawSpec): LawSpec {
  const value = mean(law);
  return constant(Number.isFinite(value) ? Math.round(value) : 3_600_000_000);
}
