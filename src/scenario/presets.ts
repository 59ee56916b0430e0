import type { SourceKey } from "./sources.ts";

/** The presets, the first is the default. */
export const presetNames = ["azure", "classic-2011", "ideal"] as const;

/** Name of a preset. */
export type PresetName = (typeof presetNames)[number];

/** What each preset is, in a sentence. */
export const presetSummaries: Readonly<Record<PresetName, string>> = {
  azure: "Rates and recovery times of today, everything else as the platform documents it.",
  "classic-2011": "The platform as it was measured in 2010-2012: slow starts, slow detection of dead hosts.",
  ideal: "Everything ready at time 0; no start, restart, network or swap takes time; nobody heals unless asked. For exact cases.",
};

/** How the text of a default is read. */
type DefaultKind = "duration" | "law" | "rate" | "size" | "number" | "boolean" | "choice";

/** One default of one preset. */
export interface DefaultCell {
  /** As a scenario would write it. */
  readonly value: string | number | boolean;
  readonly sources: readonly SourceKey[];
  /** No documentation or measurement gives it. */
  readonly guess: boolean;
  readonly note: string | undefined;
}

/** The default of one key; `*` in a path stands for any name or index. */
export interface DefaultRow {
  readonly path: string;
  /** Only for roles of this kind. */
  readonly of: "web" | "worker" | undefined;
  readonly kind: DefaultKind;
  readonly cells: Readonly<Record<PresetName, DefaultCell>>;
}

type Value = string | number | boolean;
type From = SourceKey | readonly SourceKey[];
interface Given {
  readonly azure: DefaultCell;
  readonly classic?: DefaultCell;
  readonly ideal?: DefaultCell;
}

const known = (value: Value, from: From, note?: string): DefaultCell => ({ value, sources: [from].flat(), guess: false, note });
const guess = (value: Value, from: From = "judgement", note?: string): DefaultCell => ({
  value,
  sources: [from].flat(),
  guess: true,
  note,
});
const exact = (value: Value): DefaultCell => known(value, "ideal");

function row(path: string, kind: DefaultKind, { azure, classic = azure, ideal = azure }: Given, of?: "web" | "worker"): DefaultRow {
  return { path, of, kind, cells: { azure, "classic-2011": classic, ideal } };
}

const datacenter = [
  row("datacenter.faultDomains", "number", { azure: known(2, "sla") }),
  row("datacenter.hostsPerFaultDomain", "number", { azure: guess(20) }),
  row("datacenter.host.cores", "number", { azure: guess(16) }),
  row("datacenter.host.memory", "size", { azure: guess("112GiB") }),
  row("datacenter.host.disk", "size", { azure: guess("4TiB") }),
  row("datacenter.repairCrews", "choice", { azure: known("unlimited", "semantics") }),
  row("subscription.cores", "choice", { azure: known("unlimited", "semantics", "the platform's quota is 20 cores, off unless set") }),
];

const role = (key: string, kind: DefaultKind, given: Given, of?: "web" | "worker"): DefaultRow =>
  row(`service.roles.*.${key}`, kind, given, of);

const service = [
  row("service.upgradeDomains", "number", { azure: known(5, ["schema-csdef-file", "update-azure-service"]) }),
  row("service.version", "choice", { azure: known("v1", "semantics") }),
  row("service.deployedAtStart", "boolean", { azure: known(true, "semantics") }),
  role("size", "choice", { azure: known("Small", "schema-csdef-webrole") }),
  role("instances", "number", { azure: guess(2, ["judgement", "sla"], "two, because the SLA asks for two") }),
  role("queueLimit", "choice", { azure: known("unlimited", "semantics") }),
  role("service", "law", { azure: guess("lognormal(80ms, 1.2)") }),
  role("discipline", "choice", { azure: known("fifo", "semantics") }),
  role("scaleBySize", "boolean", { azure: known(true, "semantics"), ideal: exact(false) }),
  role("cancelOnTimeout", "boolean", { azure: known(false, "semantics") }),
  role("coldStart", "law", { azure: guess("lognormal(5s, 0.5)"), ideal: exact("0s") }),
  role("idleTimeout", "duration", { azure: known("20min", ["iis", "availability-faq"]), ideal: exact("never") }),
  role("recycleEvery", "duration", { azure: known("29h", "availability-faq"), ideal: exact("never") }),
  role("startupTasks.*.type", "choice", { azure: known("simple", "schema-csdef-file") }),
  role("startupTasks.*.duration", "law", { azure: guess("lognormal(30s, 0.667)"), ideal: exact("0s") }),
  role(
    "roleStart",
    "law",
    {
      azure: guess("lognormal(10s, 0.687)", ["calibrated", "judgement"], "with OnStart 15 s, sd 7.5 s: the restart of a role"),
      classic: known("lognormal(75s, 0.267)", ["calibrated", "mao2012"], "with provision 375 s"),
      ideal: exact("0s"),
    },
    "web",
  ),
  role(
    "roleStart",
    "law",
    {
      azure: guess("lognormal(10s, 0.687)", ["calibrated", "judgement"], "with OnStart 15 s, sd 7.5 s: the restart of a role"),
      classic: known("lognormal(105s, 0.238)", ["calibrated", "mao2012"], "with provision 405 s"),
      ideal: exact("0s"),
    },
    "worker",
  ),
  role("onStart", "law", { azure: guess("lognormal(5s, 0.6)"), ideal: exact("0s") }),
  role("onStop", "law", { azure: guess("lognormal(5s, 1)", ["judgement", "onstop"]), ideal: exact("0s") }),
  role("localStorage.*.size", "size", { azure: known("100MiB", "schema-csdef-webrole") }),
  role("localStorage.*.cleanOnRoleRecycle", "boolean", { azure: known(true, "schema-csdef-webrole") }),
];

const balancer = [
  row("balancer.policy", "choice", { azure: known("hash", "semantics", "a hash of the 5-tuple, as the platform documents") }),
  row("balancer.probe", "choice", {
    azure: known("probe", "schema-csdef-loadbalancerprobe", "as the keys below say"),
    ideal: known("none", "ideal", "rotation follows readiness at once"),
  }),
  row("balancer.probe.interval", "duration", { azure: known("15s", "schema-csdef-loadbalancerprobe") }),
  row("balancer.probe.evictAfter", "duration", {
    azure: known("31s", "schema-csdef-loadbalancerprobe", "two intervals and a second, where that is longer"),
  }),
  row("balancer.probe.readmitAfter", "number", { azure: known(1, "semantics") }),
  row("balancer.probe.asks", "choice", { azure: known("agent", "workflow-process") }),
  row("balancer.probe.phase", "choice", { azure: known("uniform", "semantics") }),
  row("balancer.idleTimeout", "duration", { azure: known("4min", "idle-timeout") }),
];

const fabric = [
  row("fabric.healing", "choice", { azure: known("platform", ["workflow-process", "healing"]), ideal: exact("none") }),
  row("fabric.crashDetection", "law", {
    azure: guess("1s", ["kwill", "judgement"]),
    classic: known("uniform(0s, 5s)", ["kwill", "sla"]),
    ideal: exact("0s"),
  }),
  row("fabric.roleRestart", "law", {
    azure: guess("lognormal(10s, 0.687)", ["calibrated", "judgement"], "with OnStart 15 s, sd 7.5 s"),
    classic: known("lognormal(75s, 0.267)", ["calibrated", "mao2012"], "a role start without the boot of its VM"),
    ideal: exact("0s"),
  }),
  row("fabric.restartBackoff.first", "duration", { azure: guess("10s"), ideal: exact("0s") }),
  row("fabric.restartBackoff.max", "duration", { azure: guess("5min"), ideal: exact("0s") }),
  row("fabric.restartBackoff.reset", "duration", { azure: guess("10min"), ideal: exact("0s") }),
  row("fabric.guestHeartbeat.period", "duration", { azure: known("5s", "russ") }),
  row("fabric.guestHeartbeat.timeout", "duration", { azure: known("10min", "workflow-process") }),
  row("fabric.hostHeartbeat.period", "duration", { azure: guess("5s") }),
  row("fabric.hostHeartbeat.timeout", "duration", { azure: guess("30s"), classic: guess("5min") }),
  row("fabric.guestReboot", "law", {
    azure: guess("lognormal(75s, 0.346)", ["calibrated", "judgement"], "with role start and OnStart 90 s, cv 0.3"),
    classic: guess("lognormal(3min, 0.25)"),
    ideal: exact("0s"),
  }),
  row("fabric.provision", "law", {
    azure: known(
      "lognormal(6min, 0.312)",
      ["calibrated", "mao2012", "hill2010"],
      "with role start and OnStart 375 s, cv 0.3 (the cv is judgement)",
    ),
    classic: known("lognormal(5min, 0.2)", ["calibrated", "mao2012"], "with role start 375 s (web) and 405 s (worker)"),
    ideal: exact("0s"),
  }),
  row("fabric.reimage", "law", { azure: guess("lognormal(2min, 0.333)"), ideal: exact("0s") }),
  row("fabric.restartHostFirst", "boolean", { azure: known(true, "healing") }),
  row("fabric.hostRestart", "law", { azure: guess("lognormal(7min, 0.286)", ["judgement", "healing"]), ideal: exact("0s") }),
  row("fabric.operator", "choice", { azure: guess("lognormal(30min, 1)", "judgement"), ideal: exact("none") }),
  row("fabric.drainTimeout", "duration", { azure: known("90s", "semantics") }),
  row("fabric.install", "law", { azure: guess("uniform(30s, 90s)"), ideal: exact("0s") }),
  row("fabric.walkPoll", "duration", { azure: known("0s", "semantics"), classic: guess("15s") }),
  row("fabric.startTimeout", "duration", {
    azure: known("30min", "update-azure-service"),
    classic: known("15min", "update-azure-service"),
  }),
  row("fabric.swap", "law", { azure: guess("lognormal(4s, 0.75)", ["judgement", "swap"]), ideal: exact("0s") }),
];

const storage = [
  row("queues.*.visibilityTimeout", "duration", { azure: known("30s", "queue-api") }),
  row("queues.*.maxDequeueCount", "choice", { azure: known("unlimited", "semantics", "the queue itself dead-letters nothing") }),
  row("queues.*.maxRate", "choice", { azure: known("2000/s", "queue-targets"), ideal: exact("unlimited") }),
  row("stores.*.read", "law", { azure: guess("lognormal(6ms, 0.833)") }),
  row("stores.*.write", "law", { azure: guess("lognormal(10ms, 0.8)") }),
];

const clients = [
  row("clients.*.slot", "choice", { azure: known("production", "semantics") }),
  row("clients.*.think", "law", { azure: guess("exponential(10s)") }),
  row("clients.*.session.requests", "number", { azure: guess(10) }),
  row("clients.*.session.think", "law", { azure: guess("exponential(10s)") }),
  row("clients.*.timeout", "duration", { azure: known("100s", "httpclient"), ideal: exact("never") }),
  row("clients.*.addresses", "number", { azure: guess(1000) }),
];

const rest = [
  row("operations.*.slot", "choice", { azure: known("production", "semantics", "staging for deploy and delete") }),
  row("measure.warmUp", "duration", { azure: known("0s", "semantics") }),
  row("measure.ready", "number", { azure: known(1, "semantics") }),
  row("measure.latencyThreshold", "duration", { azure: guess("1s") }),
];

/** Every default of every preset, in the order of the reference page. */
export const defaultRows: readonly DefaultRow[] = [...datacenter, ...service, ...balancer, ...fabric, ...storage, ...clients, ...rest];

/** The default of a preset for a key, or undefined when no preset has one. */
export function defaultCell(preset: PresetName, path: string, of?: "web" | "worker"): DefaultCell | undefined {
  return defaultRows.find((row) => row.path === path && (row.of === undefined || of === undefined || row.of === of))?.cells[preset];
}

/** One rate that `faults: default` switches on, as a scenario would write it. */
export interface FaultRate {
  readonly kind: string;
  readonly class: "hardware" | "reboot" | undefined;
  readonly target: string;
  readonly every: string;
  readonly repairAfter: string | undefined;
  readonly sources: readonly SourceKey[];
  readonly guess: boolean;
  readonly note: string | undefined;
}

const rates = (
  kind: string,
  target: string,
  every: string,
  from: From,
  more: { class?: "hardware" | "reboot"; repairAfter?: string; guess?: boolean; note?: string } = {},
): FaultRate => {
  return {
    kind,
    class: more.class,
    target,
    every,
    repairAfter: more.repairAfter,
    sources: [from].flat(),
    guess: more.guess ?? false,
    note: more.note,
  };
};

const appCrash = rates("app-crash", "each(instance)", "exponential(30d)", ["judgement", "liu2019"], {
  guess: true,
  note: "depends on the application; the guest agent restarts it",
});
const appHang = rates("app-hang", "each(instance)", "exponential(120d)", ["judgement", "kwill"], {
  guess: true,
  note: "nobody on the platform notices; the operator restarts it",
});

/** What `faults: default` means in each preset. */
export const defaultFaults: Readonly<Record<PresetName, readonly FaultRate[]>> = {
  azure: [
    appCrash,
    appHang,
    rates("vm-failure", "each(instance)", "exponential(1y)", ["judgement", "kwill"], {
      guess: true,
      repairAfter: "lognormal(60s, 0.893)",
      note: "with the reboot (90 s) the VM is back after 150 s, cv 0.4",
    }),
    rates("host-failure", "each(host)", "exponential(12.5y)", "vishwanath2010", {
      class: "hardware",
      repairAfter: "lognormal(1d, 1)",
      note: "8 % of servers a year; instances do not wait for the repair",
    }),
    rates("host-failure", "each(host)", "exponential(2y)", ["dean2008", "ford2010"], {
      class: "reboot",
      note: "detection, restart and boot together take about the 10 min observed",
    }),
    rates("rack-power", "each(faultDomain)", "exponential(10y)", ["ford2010", "dean2008"], { repairAfter: "lognormal(3h, 1)" }),
  ],
  "classic-2011": [
    appCrash,
    appHang,
    rates("vm-failure", "each(instance)", "exponential(1y)", "judgement", { guess: true, note: "found by its missing heartbeats" }),
    rates("host-failure", "each(host)", "exponential(12.5y)", "vishwanath2010", { class: "hardware", repairAfter: "7d" }),
    rates("host-failure", "each(host)", "exponential(1y)", "judgement", { class: "reboot", guess: true }),
    rates("rack-power", "each(faultDomain)", "exponential(10y)", "dean2009", { repairAfter: "lognormal(2h, 1)" }),
  ],
  ideal: [],
};
