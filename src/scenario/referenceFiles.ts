import { knownActions, wordOf } from "./chaos/vocabulary.ts";

/** What the parts of service files are in a scenario; those that are nothing there are read, checked and exported again. */
const parts: readonly (readonly [part: string, meaning: string])[] = [
  ["ServiceDefinition@upgradeDomainCount", "`service.upgradeDomains`"],
  ["WebRole, WorkerRole", "`service.roles.NAME`, with `kind`"],
  ["@vmsize, Instances@count", "`size`, `instances`"],
  ["Startup/Task", "`startupTasks`: the program's name, `type`; who may do what is kept"],
  ["LocalStorage", "`localStorage`: `size`, `cleanOnRoleRecycle`"],
  ["InputEndpoint", "`endpoints.NAME`; its ports and protocol are kept"],
  ["LoadBalancerProbe", "`endpoints.NAME.probe`: `interval`, `evictAfter`, `asks: application`; path and port are kept"],
  [
    "InputEndpoint@loadBalancerDistribution, @idleTimeoutInMinutes",
    "`balancer.policy: source-ip`, `balancer.idleTimeout`, where all endpoints agree",
  ],
  ["ServiceConfiguration@osVersion", "`service.osVersion`"],
  ["ReservedIPs", "`service.reservedIp`"],
  ["InternalEndpoint", "`internalEndpoints`; its ports and protocol are kept"],
  ["NetworkTrafficRules", "`service.trafficRules`, one for each destination"],
  ["ServiceDefinition@topologyChangeDiscovery", "`service.topologyChangeDiscovery`"],
  ["InstanceInputEndpoint", "told as not simulated, kept"],
  ["Certificates, ConfigurationSettings, Imports, Runtime, Sites, Contents, osFamily, the rest of NetworkConfiguration", "kept"],
];

/** The sections of the reference page about files of other programs: service files and chaos experiments. */
export function fileSections(): string {
  const service = parts.map(([part, meaning]) => `| ${part} | ${meaning} |`);
  const actions = knownActions.map((id) => {
    const word = wordOf(id);
    const meaning = word === undefined || word.strikes === "nothing" ? `not replayed: ${word?.why}` : word.becomes;
    return `| \`${id}\` | ${meaning} |`;
  });
  return `## Service files

\`nines import A.csdef B.cscfg\` makes a scenario of them, \`service.definition\` and \`service.configuration\` read them where they are, and \`nines export\` writes
a scenario's service back: what a scenario does not know stays as the files say it.

| part | in a scenario |
|---|---|
${service.join("\n")}

## Chaos experiments

\`nines import EXPERIMENT.json --service shop.yaml\` makes a scenario on top of shop.yaml of an experiment of Azure Chaos Studio (steps one after
another, branches side by side) or of a template of AWS FIS (\`startAfter\`). Targets are found by the names of roles, instances, stores and
queues, or as \`--map NAME=ROLE\` says; each sentence about what does not map stands at the top of the new scenario.

| action | becomes |
|---|---|
${actions.join("\n")}`;
}
