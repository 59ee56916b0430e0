import { compileLaw, type Law } from "../random/laws.ts";
import { compileArrivals, compilePolicy } from "./clientProgram.ts";
import type { Design, FaultDesign } from "./design.ts";
import { slotIndex } from "./fabric/deploy.ts";
import { faults as faultKinds } from "./faults/index.ts";
import { linksOf } from "./links.ts";
import { udp } from "./policies/balancing/policy.ts";
import { type Catalogue, compileRole } from "./program.ts";
import { taskNames } from "./roleParts.ts";

/** Compiles everything of a design that is looked up while it runs. */
export function compileCatalogue(design: Design): Catalogue {
  const endpoints = design.service.roles.flatMap((role, index) =>
    role.endpoints.map((endpoint) => ({
      role: index,
      design: endpoint,
      probe: endpoint.probe ?? design.balancer.probe,
      idleTimeout: endpoint.idleTimeout ?? design.balancer.idleTimeout,
      stays: endpoint.ignoreRoleInstanceStatus === true,
    })),
  );
  const { fabric } = design;
  // what a role runs before anything is deployed, too: the demand of requests that find no deployment
  const programs = design.service.roles.map((role, index) => compileRole(design, role, index));
  const programsOf = design.operations.map((operation) =>
    "roles" in operation ? operation.roles.map((role, index) => programs.push(compileRole(design, role, index)) - 1) : [],
  );
  return {
    programs,
    programsOf,
    taskNames: taskNames(design),
    endpoints,
    endpointsOf: design.service.roles.map((_, role) => endpoints.flatMap((endpoint, id) => (endpoint.role === role ? [id] : []))),
    clients: design.clients.map((client) => ({
      endpoint: endpoints.findIndex(
        (endpoint) => design.service.roles[endpoint.role].name === client.role && endpoint.design.name === client.endpoint,
      ),
      slot: slotIndex(client.slot),
      // an attempt does not outlive its request
      timeout: Math.min(client.timeout, client.deadline),
      arrivals: client.arrivals === undefined ? undefined : compileArrivals(client.arrivals),
      think: lawOrNone(client.session?.think ?? client.think),
      sessions: client.session !== undefined || client.users > 0,
      addresses: client.addresses,
      demands: client.arrivals?.kind === "instants" ? client.arrivals.demands : undefined,
      policy: compilePolicy(client),
      priority: client.priority,
      transport: client.protocol === "udp" ? udp : 6,
      direct: client.instance ?? -1,
    })),
    producers: design.queues.map((queue) => (queue.arrivals === undefined ? undefined : compileArrivals(queue.arrivals))),
    failovers: { stores: design.stores.map(failoverOf), queues: design.queues.map(failoverOf) },
    careful: programs.some((program) => program.careful),
    mixed: programs.some(
      ({ design: { endpoints, internalEndpoints }, queue }) => queue >= 0 && endpoints.length + internalEndpoints.length > 0,
    ),
    links: linksOf(design),
    faults: design.faults.map((fault) => {
      const kind = faultKinds.find((candidate) => candidate.kind === fault.kind);
      if (kind === undefined) throw new RangeError(`there is no fault ${fault.kind}`);
      return {
        design: fault,
        kind,
        strike: kind.strike,
        end: kind.end,
        needsCrew: kind.needsCrew,
        isGrey: kind.grey === true,
        strikesInstance: kind.strikes === "instance",
        every: lawOrNone(fault.every),
        repair: lawOrNone(fault.trace?.lasts === undefined ? fault.repairAfter : { law: "constant", value: 0 }),
        laws: lawsOf(fault),
      };
    }),
    laws: {
      crashDetection: compileLaw(fabric.crashDetection),
      guestReboot: compileLaw(fabric.guestReboot),
      provision: compileLaw(fabric.provision),
      reimage: compileLaw(fabric.reimage),
      hostRestart: compileLaw(fabric.hostRestart),
      hostRepair: fabric.hostRepair.map(({ takes }) => compileLaw(takes)),
      failover: compileLaw(fabric.controller.failover),
      operator: lawOrNone(fabric.operator),
      install: compileLaw(fabric.install),
      stagger: compileLaw(fabric.stagger),
      swap: compileLaw(fabric.swap),
      topologyChange: compileLaw(fabric.topologyChange),
      hostUpdate: compileLaw(design.patching.hostUpdate),
      hostPause: compileLaw(design.patching.hostPause),
      agentUpdate: compileLaw(design.patching.agentUpdate),
      swapTransient: compileLaw(fabric.swapTransient.duration),
    },
  };
}

function lawsOf({ parameters = {} }: FaultDesign): Readonly<Record<string, Law>> {
  const laws: Record<string, Law> = {};
  for (const [name, value] of Object.entries(parameters)) if (typeof value === "object") laws[name] = compileLaw(value);
  return laws;
}

function lawOrNone(spec: Parameters<typeof compileLaw>[0] | undefined) {
  return spec === undefined ? undefined : compileLaw(spec);
}

function failoverOf({ failover }: { readonly failover?: Parameters<typeof compileLaw>[0] | undefined }) {
  return lawOrNone(failover);
}
