import type { Micros } from "../kernel/time.ts";
import { type BuggifyDesign, bugSites } from "../model/design/buggify.ts";
import type {
  BalancerDesign,
  BreakerDesign,
  ClientDesign,
  FabricDesign,
  FaultDesign,
  HealthCheckDesign,
  HostingKind,
  PricingDesign,
  ProbeDesign,
  RetryDesign,
} from "../model/design.ts";
import type { LawSpec } from "../random/lawSpec.ts";
import { type Cells, cellsOf } from "./defaultCells.ts";
import { readLaw } from "./lawText.ts";
import { type PatchCalendar, readPatching } from "./patchCalendar.ts";
import { defaultFaults, type PresetName } from "./presets.ts";
import { type RoleDefaults, type RoleKind, readRole } from "./roleDefaults.ts";
import { type AutoscaleDefaults, readAutoscale, readPricing } from "./scalingDefaults.ts";
import { readSelector } from "./selectorText.ts";
import { readStorage, type StorageDefaults } from "./storageDefaults.ts";
import { readRate } from "./units.ts";

/** Every default of a preset, its texts read. */
export interface Defaults extends StorageDefaults {
  readonly hosting: HostingKind;
  readonly healthCheck: { readonly isOn: boolean } & Pick<HealthCheckDesign, "interval" | "failures" | "replaceAfter">;
  readonly datacenter: {
    readonly faultDomains: number;
    readonly hostsPerFaultDomain: number;
    readonly cores: number;
    readonly memoryMiB: number;
    readonly diskMiB: number;
    readonly repairCrews: number;
  };
  readonly coreQuota: number;
  readonly upgradeDomains: number;
  readonly version: string;
  readonly deployedAtStart: boolean;
  readonly reservedIp: boolean;
  readonly roles: Readonly<Record<RoleKind, RoleDefaults>>;
  readonly policy: string;
  readonly probe: ProbeDesign;
  readonly connection: Pick<BalancerDesign, "idleTimeout" | "idleReset" | "sku">;
  readonly fabric: FabricDesign;
  readonly client: {
    readonly slot: "production" | "staging";
    readonly think: LawSpec;
    readonly session: { readonly requests: number; readonly think: LawSpec };
    readonly timeout: Micros;
    readonly deadline: Micros;
    readonly retry: Pick<RetryDesign, "attempts" | "backoff" | "jitter">;
    readonly budget: NonNullable<RetryDesign["budget"]>;
    readonly breaker: BreakerDesign;
    readonly hedge: Micros;
    readonly priority: number;
    readonly protocol: ClientDesign["protocol"];
    readonly addresses: number;
  };
  readonly operationSlot: "production" | "staging";
  readonly patching: PatchCalendar;
  readonly osVersion: string;
  readonly topologyChangeDiscovery: "blast" | "upgrade-domain-walk";
  readonly operationChange: "settings" | "certificate";
  readonly operationRecycle: boolean;
  readonly osAge: Micros;
  readonly operationMode: "auto" | "manual" | "simultaneous";
  readonly operationPortal: boolean;
  readonly operationForce: boolean;
  readonly measure: { readonly warmUp: Micros; readonly ready: number; readonly latencyThreshold: Micros };
  readonly faults: readonly FaultDesign[];
  readonly pricing: PricingDesign;
  readonly autoscale: AutoscaleDefaults;
  readonly buggify: BuggifyDesign;
}

const read = new Map<string, Defaults>();

/** The defaults of a preset under a hosting model; they are read once. */
export function defaultsOf(preset: PresetName, hosting: HostingKind = "cloud-service"): Defaults {
  const key = `${preset} ${hosting}`;
  const before = read.get(key);
  if (before !== undefined) return before;
  const defaults = readDefaults(preset, hosting);
  read.set(key, defaults);
  return defaults;
}

function readDefaults(preset: PresetName, hosting: HostingKind): Defaults {
  const cells = cellsOf(preset, hosting);
  const { choice, count, duration, law, number, size, flag } = cells;
  return {
    hosting,
    healthCheck: {
      isOn: choice("balancer.healthCheck") === "on",
      interval: duration("balancer.healthCheck.interval"),
      failures: number("balancer.healthCheck.failures"),
      replaceAfter: duration("balancer.healthCheck.replaceAfter"),
    },
    datacenter: {
      faultDomains: number("datacenter.faultDomains"),
      hostsPerFaultDomain: number("datacenter.hostsPerFaultDomain"),
      cores: number("datacenter.host.cores"),
      memoryMiB: size("datacenter.host.memory"),
      diskMiB: size("datacenter.host.disk"),
      repairCrews: count("datacenter.repairCrews", 0),
    },
    coreQuota: count("subscription.cores", 0),
    upgradeDomains: number("service.upgradeDomains"),
    version: choice("service.version"),
    deployedAtStart: flag("service.deployedAtStart"),
    reservedIp: flag("service.reservedIp"),
    roles: { web: readRole(cells, "web"), worker: readRole(cells, "worker") },
    policy: choice("balancer.policy"),
    probe: readProbe(cells),
    connection: {
      idleTimeout: duration("balancer.idleTimeout"),
      idleReset: flag("balancer.idleReset"),
      sku: choice("balancer.sku") as "classic",
    },
    fabric: readFabric(cells),
    ...readStorage(cells),
    client: {
      slot: choice("clients.*.slot") as "production",
      think: law("clients.*.think"),
      session: { requests: number("clients.*.session.requests"), think: law("clients.*.session.think") },
      ...readTrying(cells),
      protocol: choice("clients.*.protocol") as "tcp",
      addresses: number("clients.*.addresses"),
    },
    operationSlot: choice("operations.*.slot") as "production",
    patching: readPatching(cells),
    osVersion: choice("service.osVersion"),
    topologyChangeDiscovery: choice("service.topologyChangeDiscovery") as "blast",
    operationChange: choice("operations.*.change") as "settings",
    operationRecycle: flag("operations.*.recycle"),
    osAge: duration("service.osAge"),
    operationMode: choice("operations.*.mode") as "auto",
    operationPortal: flag("operations.*.portal"),
    operationForce: flag("operations.*.force"),
    measure: {
      warmUp: duration("measure.warmUp"),
      ready: number("measure.ready"),
      latencyThreshold: duration("measure.latencyThreshold"),
    },
    faults: readFaults(preset),
    autoscale: readAutoscale(cells),
    pricing: readPricing(cells, preset, hosting),
    buggify: {
      sites: bugSites,
      active: cells.share("buggify.active"),
      fires: cells.share("buggify.fires"),
      slowBoot: law("buggify.slowBoot"),
      lateReport: law("buggify.lateReport"),
    },
  };
}

function readTrying({ choice, duration, number, share }: Cells) {
  return {
    timeout: duration("clients.*.timeout"),
    deadline: duration("clients.*.deadline"),
    retry: {
      attempts: number("clients.*.retry.attempts"),
      backoff: { first: duration("clients.*.retry.backoff.first"), max: duration("clients.*.retry.backoff.max") },
      jitter: choice("clients.*.retry.jitter") as "full",
    },
    budget: {
      ratio: share("clients.*.retry.budget.ratio"),
      min: readRate(choice("clients.*.retry.budget.min")),
      burst: number("clients.*.retry.budget.burst"),
    },
    breaker: {
      failures: 0,
      share: share("clients.*.breaker.share"),
      window: duration("clients.*.breaker.window"),
      minimum: number("clients.*.breaker.minimum"),
      openFor: duration("clients.*.breaker.openFor"),
      probes: number("clients.*.breaker.probes"),
    },
    hedge: duration("clients.*.hedge"),
    priority: number("clients.*.priority"),
  };
}

function readProbe({ choice, duration, number }: Cells): ProbeDesign {
  const interval = duration("balancer.probe.interval");
  return {
    kind: choice("balancer.probe") === "none" ? "none" : "probe",
    asks: choice("balancer.probe.asks") as "agent",
    interval,
    evictAfter: duration("balancer.probe.evictAfter"),
    misses: 0,
    responseTimeout: interval,
    readmitAfter: number("balancer.probe.readmitAfter"),
    readmitAfterFlap: number("balancer.probe.readmitAfterFlap"),
    flapWithin: duration("balancer.probe.flapWithin"),
    phase: { kind: choice("balancer.probe.phase") as "uniform" },
  };
}

function readFabric({ choice, duration, flag, law, number, share }: Cells): FabricDesign {
  const healing = choice("fabric.healing");
  const heals = healing === "platform";
  const heartbeat = (who: string) => ({ period: duration(`fabric.${who}.period`), timeout: duration(`fabric.${who}.timeout`) });
  const operator = choice("fabric.operator");
  return {
    healing: { process: heals, guest: heals, host: heals || healing === "host" },
    controller: {
      replicas: number("fabric.controller.replicas"),
      lease: duration("fabric.controller.lease"),
      failover: law("fabric.controller.failover"),
    },
    crashDetection: law("fabric.crashDetection"),
    roleRestart: law("fabric.roleRestart"),
    restartBackoff: {
      first: duration("fabric.restartBackoff.first"),
      max: duration("fabric.restartBackoff.max"),
      reset: duration("fabric.restartBackoff.reset"),
    },
    guestHeartbeat: heartbeat("guestHeartbeat"),
    hostHeartbeat: heartbeat("hostHeartbeat"),
    bootBySize: flag("fabric.bootBySize"),
    stagger: law("fabric.stagger"),
    startFailure: share("fabric.startFailure"),
    guestConnect: duration("fabric.guestConnect"),
    guestReboot: law("fabric.guestReboot"),
    provision: law("fabric.provision"),
    reimage: law("fabric.reimage"),
    restartHostFirst: flag("fabric.restartHostFirst"),
    hostRestart: law("fabric.hostRestart"),
    hostRepair: [],
    operator: operator === "none" ? undefined : (readLaw(operator) as LawSpec),
    drainTimeout: duration("fabric.drainTimeout"),
    install: law("fabric.install"),
    walkPoll: duration("fabric.walkPoll"),
    startTimeout: duration("fabric.startTimeout"),
    scaleIn: choice("fabric.scaleIn") as "highest",
    swap: law("fabric.swap"),
    topologyChange: law("fabric.topologyChange"),
    swapTransient: { probability: share("fabric.swapTransient.probability"), duration: law("fabric.swapTransient.duration") },
  };
}

function readFaults(preset: PresetName): readonly FaultDesign[] {
  return defaultFaults[preset].map((rate) => ({
    kind: rate.kind,
    target: readSelector(rate.target).selector,
    at: undefined,
    every: readLaw(rate.every) as LawSpec,
    repairAfter: rate.repairAfter === undefined ? undefined : (readLaw(rate.repairAfter) as LawSpec),
    class: rate.class,
  }));
}
