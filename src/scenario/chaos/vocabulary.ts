import type { Micros } from "../../kernel/time.ts";
import type { Scenario } from "../schema/scenario.ts";
import { writeDuration } from "../units.ts";
import type { TimedAction } from "./experiment.ts";

/** One entry of `faults` as a scenario writes it. */
export type FaultEntry = Exclude<Scenario["faults"], "default" | undefined>[number];

/** One entry of `operations` as a scenario writes it. */
export type OperationEntry = NonNullable<Scenario["operations"]>[number];

/** What an action becomes for one target; `note` says in what it differs from the original. */
export interface Translation {
  readonly faults?: readonly Omit<FaultEntry, "instance">[];
  readonly operations?: readonly OperationEntry[];
  readonly note?: string;
}

/** What an action does in the terms of a scenario, or why it cannot be said in them. */
export type Word =
  | {
      /** Instances, the deployment as a whole, or a store or queue outside. */
      readonly strikes: "instances" | "service" | "outside";
      /** For the reference page. */
      readonly becomes: string;
      readonly translate: (action: TimedAction, at: Micros) => Translation | string;
    }
  | { readonly strikes: "nothing"; readonly why: string };

const until = ({ lasts }: TimedAction) => (lasts === undefined ? {} : { repairAfter: writeDuration(lasts) });
const when = (at: Micros) => ({ at: writeDuration(at) });

type Translate = (action: TimedAction, at: Micros) => Translation | string;
const instances = (becomes: string, translate: Translate): Word => ({ strikes: "instances", becomes, translate });
const nothing = (why: string): Word => ({ strikes: "nothing", why });

const shutdown = instances("vm-failure, repaired when the action ends", (action, at) => ({
  faults: [{ kind: "vm-failure", ...when(at), ...until(action) }],
  ...(action.parameters.get("abruptshutdown") === "false" ? { note: "a graceful shutdown is replayed as an abrupt one" } : {}),
}));

/** Requests on a VM whose processors are busy to `percent` get what is left of them. */
function slowed(action: TimedAction, at: Micros, percent: number): Translation | string {
  if (!(percent >= 1 && percent <= 100)) return `a pressure of "${percent}" is not from 1 to 100`;
  const factor = Math.min(100, Math.round(1000 / (100 - Math.min(percent, 99))) / 10);
  const entry = { kind: "slow", ...when(at), factor: Math.max(1, factor), ...until(action) };
  return { faults: [entry], note: `${percent} % of the processors taken is replayed as computing ${entry.factor} times longer` };
}

/** At most so many strikes stand for a process that is killed again and again. */
const mostKills = 100;

function killed(action: TimedAction, at: Micros, program: string): Translation {
  const kind = /^w3wp(\.exe)?$/i.test(program) ? "web-process-crash" : "app-crash";
  const more = kind === "web-process-crash" ? { repairAfter: "5s" } : {};
  const wanted = Math.max(1, Number(action.parameters.get("killintervalinmilliseconds") ?? 0) * 1000 || Number.MAX_SAFE_INTEGER);
  const lasts = action.lasts ?? 0;
  const interval = Math.max(wanted, Math.ceil(lasts / mostKills));
  const faults = [];
  for (let after = 0; after === 0 || after < lasts; after += interval) faults.push({ kind, ...when(at + after), ...more });
  const seldom = interval > wanted ? ` every ${writeDuration(interval)}, as often as makes a difference` : "";
  return { faults, note: `the end of "${program || "?"}" is replayed as ${kind}${seldom}` };
}

const unreachable = (what: string) =>
  instances("app-hang until the action ends", (action, at) => ({
    faults: [{ kind: "app-hang", ...when(at), ...until(action) }],
    note: `${what} is replayed as instances that answer nobody`,
  }));

const reboot = instances("the operation reboot", (_, at) => ({ operations: [{ kind: "reboot", ...when(at), instance: "" }] }));
const reimage = (note: string): Word =>
  instances("the operation reimage", (_, at) => ({ operations: [{ kind: "reimage", ...when(at), instance: "" }], note }));

/** A service outside the deployment, if the scenario has a store or queue that stands for it. */
const outage: Word = {
  strikes: "outside",
  becomes: "store-outage or queue-outage of the store or queue that --map names, until the action ends",
  translate: (action, at) => ({ faults: [{ kind: "store-outage", ...when(at), ...until(action) }] }),
};

const noNetwork = "the network between instances and what they call is not modelled";
const noMemory = "memory that runs short is not modelled";
const noDisk = "the speed of disks is not modelled";
const noSuch = (what: string) => nothing(`a cloud service has no ${what}`);

const services = /^(w3svc|was|iisadmin)$/i;

/** The actions of Azure Chaos Studio (its fault library), by the name without version, in small letters. */
const chaosStudio: Readonly<Record<string, Word>> = {
  "microsoft:virtualmachine:shutdown": shutdown,
  "microsoft:virtualmachinescaleset:shutdown": shutdown,
  "microsoft:virtualmachine:redeploy": reimage("a move to another host is replayed as a reimage where the instance is"),
  "microsoft:domainname:shutdown": {
    strikes: "service",
    becomes: "the operations delete and, when the action ends, deploy",
    translate: ({ lasts }, at) => ({
      operations: [
        { kind: "delete", ...when(at), slot: "production" },
        ...(lasts === undefined ? [] : [{ kind: "deploy" as const, ...when(at + lasts), slot: "production" as const }]),
      ],
      note: "a deployment that is stopped and started is replayed as one that is deleted and deployed",
    }),
  },
  "microsoft:agent:cpupressure": instances("slow, by what is left of the processors", (action, at) =>
    slowed(action, at, Number(action.parameters.get("pressurelevel"))),
  ),
  "microsoft:agent:killprocess": instances("web-process-crash for w3wp, app-crash for others, at every interval", (action, at) =>
    killed(action, at, action.parameters.get("processname") ?? ""),
  ),
  "microsoft:agent:pauseprocess": instances("app-hang until the action ends", (action, at) => ({
    faults: [{ kind: "app-hang", ...when(at), ...until(action) }],
  })),
  "microsoft:agent:stopservice": instances("web-process-crash for the services of IIS", (action, at) => {
    const service = action.parameters.get("servicename") ?? "";
    if (!services.test(service)) return `the Windows service "${service}" is not modelled`;
    return { faults: [{ kind: "web-process-crash", ...when(at), ...until(action) }] };
  }),
  "microsoft:agent:networkisolation": unreachable("network isolation"),
  "microsoft:networksecuritygroup:securityrule": instances("app-hang for a rule that denies inbound traffic", (action, at) => {
    const { parameters } = action;
    if ((parameters.get("access") ?? parameters.get("action"))?.toLowerCase() === "allow")
      return "a rule that allows traffic changes nothing";
    if (parameters.get("direction")?.toLowerCase() !== "inbound") return noNetwork;
    return {
      faults: [{ kind: "app-hang", ...when(at), ...until(action) }],
      note: "closed ports are replayed as instances that answer nobody",
    };
  }),
  "microsoft:agent:networklatency": nothing(noNetwork),
  "microsoft:agent:networkpacketloss": nothing(noNetwork),
  "microsoft:agent:networkdisconnect": nothing(noNetwork),
  "microsoft:agent:networkdisconnectviafirewall": nothing(noNetwork),
  "microsoft:agent:dnsfailure": nothing("names are not resolved in a simulation"),
  "microsoft:agent:timechange": nothing("the clocks of instances are all right in a simulation"),
  "microsoft:agent:physicalmemorypressure": nothing(noMemory),
  "microsoft:agent:virtualmemorypressure": nothing(noMemory),
  "microsoft:agent:diskiopressure": nothing(noDisk),
  "microsoft:agent:linuxdiskiopressure": nothing(noDisk),
  "microsoft:agent:stressng": nothing("what its arguments do is not known"),
  "microsoft:keyvault:denyaccess": outage,
  "microsoft:azureclusteredcacheforredis:reboot": outage,
  "microsoft:cosmosdb:failover": outage,
  "microsoft:servicebus:changequeuestate": outage,
  "microsoft:autoscalesettings:disableautoscale": nothing("a scenario without autoscaling says so itself"),
};

/** The actions of AWS FIS (its actions reference). */
const fis: Readonly<Record<string, Word>> = {
  "aws:ec2:stop-instances": shutdown,
  "aws:ec2:reboot-instances": reboot,
  "aws:ec2:terminate-instances": reimage("a terminated instance is replayed as one that is made anew where it is"),
  "aws:ec2:send-spot-instance-interruptions": shutdown,
  "aws:ssm:send-command": instances("slow for AWSFIS-Run-CPU-Stress, app-crash for AWSFIS-Run-Kill-Process", (action, at) =>
    sentCommand(action, at),
  ),
  "aws:network:disrupt-connectivity": unreachable("a disrupted network"),
  "aws:eks:pod-delete": instances("app-crash", (action, at) => killed(action, at, "pod")),
  "aws:ecs:stop-task": instances("app-crash", (action, at) => killed(action, at, "task")),
  "aws:rds:reboot-db-instances": outage,
  "aws:rds:failover-db-cluster": outage,
  "aws:ebs:pause-volume-io": nothing(noDisk),
  "aws:fis:inject-api-throttle-error": noSuch("calls to the interface of AWS"),
  "aws:fis:inject-api-internal-error": noSuch("calls to the interface of AWS"),
  "aws:fis:inject-api-unavailable-error": noSuch("calls to the interface of AWS"),
  "aws:cloudwatch:assert-alarm-state": nothing("an expectation of the scenario says what must hold"),
  "aws:elasticache:interrupt-cluster-az-power": outage,
};

function sentCommand(action: TimedAction, at: Micros): Translation | string {
  const document = /AWSFIS-Run-([A-Za-z-]+)/.exec(action.parameters.get("documentarn") ?? "")?.[1] ?? "";
  const written = action.parameters.get("documentparameters") ?? "";
  const parameter = (name: string) => new RegExp(`"${name}"\\s*:\\s*"?([^",}]{1,80})"?`).exec(written)?.[1];
  if (document === "CPU-Stress") return slowed(action, at, Number(parameter("LoadPercent") ?? 100));
  if (document === "Kill-Process") return killed(action, at, parameter("ProcessName") ?? "");
  if (document.startsWith("Network-")) return noNetwork;
  if (document === "Memory-Stress") return noMemory;
  if (document.startsWith("Disk-") || document === "IO-Stress") return noDisk;
  return "what its document does is not known";
}

/** What an action means, or undefined when its name is in neither vocabulary. */
export function wordOf(id: string): Word | undefined {
  const name = id.toLowerCase();
  if (name.startsWith("microsoft:azurekubernetesservicechaosmesh:")) return noSuch("Kubernetes");
  const words = name.startsWith("aws:") ? fis : chaosStudio;
  return Object.hasOwn(words, name) ? words[name] : undefined;
}

/** Every action that is known, in the order of the reference page. */
export const knownActions: readonly string[] = [...Object.keys(chaosStudio), ...Object.keys(fis)];
