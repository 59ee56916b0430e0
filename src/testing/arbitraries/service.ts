import fc from "fast-check";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { limitsOf, type SizeOptions } from "./limits.ts";
import { among, maybe, pick, whole } from "./pick.ts";
import { backRole, calls, type Role, webRole, workerRole } from "./roles.ts";
import { type Queue, queue, type Store, store } from "./storage.ts";

/** A service with the queues and stores that it needs. */
export type Service = Pick<Scenario, "service" | "queues" | "stores">;

type Step = NonNullable<Role["handler"]>[number];
type Roles = NonNullable<Scenario["service"]["roles"]>;

/** A service before it is known which of its parts are there. */
interface ServiceDraft {
  readonly upgradeDomains: number;
  readonly deployedAtStart: boolean;
  readonly reservedIp: boolean;
  readonly osVersion: string | undefined;
  readonly web: Role;
  readonly work: Role | undefined;
  readonly back: Role | undefined;
  readonly webCalls: readonly Step[];
  readonly workCalls: readonly Step[];
  readonly trafficRules: NonNullable<Scenario["service"]["trafficRules"]> | undefined;
  readonly topologyChangeDiscovery: "blast" | "upgrade-domain-walk" | undefined;
  readonly jobs: Queue;
  readonly arrivals: string;
  readonly db: Store;
}

/** A cloud service: web role `web`, a worker `work` behind queue `jobs`, and a role `back` that they call; shrinks towards `web` with one instance. */
export function service(options: SizeOptions = {}): fc.Arbitrary<Service> {
  const limits = limitsOf(options);
  const draft: fc.Arbitrary<ServiceDraft> = fc.record({
    upgradeDomains: whole(1, 5),
    deployedAtStart: pick(true, true, true, true, true, true, true, false),
    reservedIp: pick(false, false, true),
    osVersion: pick(undefined, undefined, undefined, "WA-GUEST-OS-4.1"),
    web: webRole(limits),
    work: fc.option(workerRole(limits), { nil: undefined, freq: 3 }),
    back: maybe(backRole(limits)),
    webCalls: calls("back", "work"),
    workCalls: calls("back"),
    trafficRules: maybe(
      among<NonNullable<Scenario["service"]["trafficRules"]>>(
        [{ to: { role: "back", endpoint: "api" }, from: "all" }],
        [{ to: { role: "back", endpoint: "api" }, from: ["web"] }],
      ),
    ),
    topologyChangeDiscovery: maybe(pick("blast", "upgrade-domain-walk")),
    jobs: queue,
    arrivals: pick("poisson(20/min)", `poisson(${limits.load}/s)`),
    db: store,
  });
  return draft.map(serviceOf);
}

function serviceOf(draft: ServiceDraft): Service {
  const { back, db, jobs, trafficRules, work } = draft;
  const there = [...(work === undefined ? [] : ["work"]), ...(back === undefined ? [] : ["back"])];
  const roles: Roles = { web: calling(draft.web, draft.webCalls, there) };
  if (work !== undefined) {
    const called = draft.webCalls.some((step) => "call" in step && step.call === "work");
    roles.work = { ...calling(suited(work, jobs), draft.workCalls, there), ...(called ? { internalEndpoints: ["api"] } : {}) };
  }
  if (back !== undefined) roles.back = back;
  const used = Object.values(roles);
  const usesQueue = used.some((role) => role.queue !== undefined || role.handler?.some((step) => "enqueue" in step));
  const usesStore = used.some(({ handler }) => handler?.some((step) => "store" in step));
  return {
    service: {
      upgradeDomains: draft.upgradeDomains,
      ...(draft.deployedAtStart ? {} : { deployedAtStart: false }),
      ...(draft.reservedIp ? { reservedIp: true } : {}),
      ...(draft.osVersion === undefined ? {} : { osVersion: draft.osVersion, osAge: "1d" }),
      ...(draft.topologyChangeDiscovery === undefined ? {} : { topologyChangeDiscovery: draft.topologyChangeDiscovery }),
      ...(back === undefined || trafficRules === undefined ? {} : { trafficRules }),
      roles,
    },
    ...(usesQueue ? { queues: { jobs: { ...jobs, arrivals: draft.arrivals }, poison: {} } } : {}),
    ...(usesStore ? { stores: { db } } : {}),
  };
}

/** The role with its calls to those that are there. */
function calling(role: Role, more: readonly Step[], there: readonly string[]): Role {
  const steps = more.filter((step) => "call" in step && there.includes(step.call));
  if (steps.length === 0) return role;
  const { handler, service, ...rest } = role;
  return { ...rest, handler: [...(handler ?? [{ compute: service ?? "100ms" }]), ...steps] };
}

/** A worker that suits the queue: only storage queues are polled. */
function suited({ poll, ...work }: Role, jobs: Queue): Role {
  return poll === undefined || jobs.kind === "service-bus" ? work : { ...work, poll };
}
