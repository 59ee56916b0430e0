import fc from "fast-check";
import { vmSize } from "../../model/hardware/sizes.ts";
import { hostingNames } from "../../scenario/presets.ts";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import type { Around, RoleAround } from "./around.ts";
import { type AutoscaleDraft, autoscaleDraft, autoscaleOf } from "./autoscale.ts";
import { type Balancer, balancer, balancerOn } from "./balancer.ts";
import { type Buggify, buggify } from "./buggify.ts";
import { type ClientDraft, clientDrafts, clientsOf } from "./clients.ts";
import { type Fabric, fabric } from "./fabric.ts";
import { type FaultDraft, faultDrafts, faultKindNames, faultsOf } from "./faults.ts";
import { limitsOf, type SizeOptions } from "./limits.ts";
import { type Operation, type OperationDraft, operationDrafts, operationKindNames, operationsOf } from "./operations.ts";
import { type Patching, patching } from "./patching.ts";
import { among, maybe, pick, record, whole } from "./pick.ts";
import type { Role } from "./roles.ts";
import { type Service, service } from "./service.ts";
import { features, leftOut, without } from "./swarm.ts";
import { type Topology, topology } from "./topology.ts";

/** What `arb.scenario` may be told. */
export interface ScenarioOptions extends SizeOptions {
  /** Whether every scenario goes without a random half of the kinds of faults, of operations and of features, so that the rest gets room: true unless told otherwise. */
  readonly swarm?: boolean;
  /** The kinds of faults that may come: all unless told otherwise. */
  readonly faultKinds?: readonly string[];
  /** The kinds of operations that may come: all unless told otherwise. */
  readonly operationKinds?: readonly string[];
}

/** A scenario in parts that do not know each other, each of which shrinks by itself. */
interface ScenarioDraft {
  readonly preset: "ideal" | "azure" | "classic-2011";
  readonly hosting: (typeof hostingNames)[number];
  readonly seed: number;
  readonly minutes: number;
  readonly topology: Topology;
  /** Cores of the quota beyond what the service needs in one slot or in both, and the limits of accounts. */
  readonly subscription:
    | { readonly spare: number; readonly forBoth: boolean; readonly storageRate?: string; readonly serviceBusRate?: string }
    | undefined;
  readonly service: Service;
  readonly balancer: Balancer;
  readonly fabric: Fabric;
  readonly clients: readonly ClientDraft[];
  readonly faults: readonly FaultDraft[];
  readonly operations: readonly OperationDraft[];
  readonly autoscale: AutoscaleDraft | undefined;
  readonly patching: Patching | undefined;
  readonly buggify: Buggify | undefined;
  readonly measure: Scenario["measure"] | undefined;
  readonly pricing: "exact" | "minute" | "clock-hour" | undefined;
  readonly offFaults: ReadonlySet<string>;
  readonly offOperations: ReadonlySet<string>;
  readonly offFeatures: ReadonlySet<string>;
  /** The hundredth of the horizon at which faults end. */
  readonly healAt: number | undefined;
}

/** Whole scenarios in which anything may happen, every one valid; shrinks towards one host, one instance, one client and nothing that happens. */
export function scenario(options: ScenarioOptions = {}): fc.Arbitrary<Scenario> {
  const { faultKinds = faultKindNames, operationKinds = operationKindNames, swarm = true } = options;
  const draft: fc.Arbitrary<ScenarioDraft> = fc.record({
    preset: pick("ideal", "ideal", "ideal", "ideal", "azure", "classic-2011"),
    hosting: pick("cloud-service", "cloud-service", "cloud-service", ...hostingNames),
    seed: fc.noBias(whole(0, 1_000_000)),
    minutes: fc.noBias(whole(1, limitsOf(options).minutes)),
    topology: topology(options),
    subscription: maybe(
      record({
        spare: whole(0, 8),
        forBoth: pick(true, true, false),
        storageRate: maybe(pick("10/s", "unlimited")),
        serviceBusRate: maybe(pick("10/s", "unlimited")),
      }),
    ),
    service: service(options),
    balancer,
    fabric,
    clients: clientDrafts(options),
    faults: faultDrafts(options),
    operations: operationDrafts(options),
    autoscale: maybe(autoscaleDraft),
    patching: maybe(patching),
    buggify: maybe(buggify),
    measure: maybe(
      among<NonNullable<Scenario["measure"]>>(
        { atLeast: 1 },
        { atLeast: 2, ready: 2, warmUp: "10s", latencyThreshold: "1s" },
        { window: "7s", to: "50s", epoch: "2026-01-31" },
      ),
    ),
    pricing: maybe(pick("exact", "minute", "clock-hour")),
    offFaults: leftOut(faultKindNames, swarm),
    offOperations: leftOut(operationKindNames, swarm),
    offFeatures: leftOut<string>(features, swarm),
    // last, so that the draws above are what they would be without it
    healAt: pick(undefined, undefined, undefined, undefined, undefined, 90, 50),
  });
  return draft.map((parts) =>
    scenarioOf(parts, allowed(faultKinds, parts.offFaults), allowed(operationKinds, parts.offOperations), operationKinds),
  );
}

/** Without what the run goes without; when that is everything that may come, the first of it stays. */
function allowed(kinds: readonly string[], off: ReadonlySet<string>): readonly string[] {
  const left = kinds.filter((kind) => !off.has(kind));
  return left.length === 0 ? kinds.slice(0, 1) : left;
}

function scenarioOf(
  draft: ScenarioDraft,
  faultKinds: readonly string[],
  operationKinds: readonly string[],
  leads: readonly string[],
): Scenario {
  const { hosting, minutes, preset, seed } = draft;
  const bare = deployable(without(draft.service, draft.offFeatures), operationKinds);
  const datacenter = withoutClusters(draft.topology, draft.offFeatures);
  const around = aroundParts(datacenter, bare, minutes);
  const scenario: Scenario = {
    name: "generated",
    preset,
    hosting,
    horizon: `${minutes}min`,
    seed,
    datacenter,
    ...(draft.subscription === undefined ? {} : { subscription: subscriptionOf(draft.subscription, bare) }),
    ...bare,
    balancer: balancerOn(hosting, draft.balancer),
    fabric: draft.fabric,
    clients: clientsOf(draft.clients, around),
    faults: faultsOf(draft.faults, around, faultKinds),
    operations: [...firstDeployment(bare), ...operationsOf(draft.operations, around, sensible(hosting, operationKinds), leads)],
    ...(draft.autoscale === undefined ? {} : { autoscale: autoscaleOf(draft.autoscale, around) }),
    ...(draft.patching === undefined ? {} : { patching: draft.patching }),
    ...(draft.buggify === undefined ? {} : { buggify: draft.buggify }),
    ...(draft.healAt === undefined ? {} : { heal: { at: `${Math.floor(0.6 * minutes * draft.healAt)}s` } }),
    ...(draft.measure === undefined ? {} : { measure: draft.measure }),
    ...(draft.pricing === undefined ? {} : { pricing: { billing: draft.pricing } }),
  };
  return without(scenario, draft.offFeatures);
}

/** Virtual machines have no slots to swap. */
function sensible(hosting: string, operationKinds: readonly string[]): readonly string[] {
  return hosting === "virtual-machines" && operationKinds.length > 1 ? operationKinds.filter((kind) => kind !== "swap") : operationKinds;
}

/** What nobody may deploy is there from the start. */
function deployable({ service: { deployedAtStart, ...rest }, ...around }: Service, operationKinds: readonly string[]): Service {
  const later = deployedAtStart === false && operationKinds.includes("deploy");
  return { service: later ? { ...rest, deployedAtStart } : rest, ...around };
}

function firstDeployment({ service }: Service): Operation[] {
  return service.deployedAtStart === false ? [{ at: "5s", kind: "deploy", slot: "production" }] : [];
}

/** Clusters are the hosts: without them there must still be some. */
function withoutClusters({ clusters, ...rest }: Topology, off: ReadonlySet<string>): Topology {
  if (clusters === undefined || !off.has("clusters")) return clusters === undefined ? rest : { ...rest, clusters };
  return { ...rest, hostsPerFaultDomain: clusters.reduce((sum, { hosts }) => sum + hosts, 0) };
}

function aroundParts(
  { clusters, faultDomains = 1, hostsPerFaultDomain }: Topology,
  { queues, service, stores }: Service,
  minutes: number,
): Around {
  const perDomain = hostsPerFaultDomain ?? (clusters ?? []).reduce((sum, { hosts }) => sum + hosts, 0);
  return {
    faultDomains,
    hosts: faultDomains * perDomain,
    upgradeDomains: service.upgradeDomains ?? 1,
    roles: Object.entries(service.roles ?? {}).map(([name, role]) => roleAround(name, role)),
    stores: Object.keys(stores ?? {}),
    queues: Object.keys(queues ?? {}),
    horizon: minutes * 60,
  };
}

function roleAround(name: string, { endpoints, instances = 0, kind }: Role): RoleAround {
  if (endpoints === undefined) return { name, instances, endpoints: kind === "web" ? [name] : [] };
  return { name, instances, endpoints: Object.entries(endpoints).map(([key, own]) => `${name}/${key}${own?.instanceInput ? "/1" : ""}`) };
}

/** An operation beyond the quota is refused; the service itself keeps within it. */
function subscriptionOf({ forBoth, spare, ...rates }: NonNullable<ScenarioDraft["subscription"]>, bare: Service): Scenario["subscription"] {
  return { cores: (forBoth ? 2 : 1) * coresOf(bare) + spare, ...rates };
}

/** Cores that the service takes at the start. */
function coresOf({ service }: Service): number {
  return Object.values(service.roles ?? {}).reduce(
    (sum, { instances = 0, size = "Small" }) => sum + instances * (vmSize(size)?.cores ?? 1),
    0,
  );
}
