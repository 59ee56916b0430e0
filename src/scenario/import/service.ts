import { type Problem, ScenarioError } from "../problem.ts";
import { checkDefinition, checkPair, findTooMany } from "./checks.ts";
import { type NetworkConfiguration, readConfiguration, type ServiceConfiguration } from "./configuration.ts";
import {
  type LocalStorage,
  type ProbeDefinition,
  type RoleDefinition,
  readDefinition,
  type ServiceDefinition,
  type StartupTask,
  type TrafficRule,
} from "./definition.ts";
import { findDoubts } from "./doubts.ts";
import type { Endpoint } from "./endpoints.ts";
import { findMismatches, type Mismatch } from "./mismatches.ts";
import { Findings } from "./reader.ts";
import { readXml, type XmlElement } from "./xml.ts";

/** A file by the name to show in messages and its content, which is decoded when it is bytes. */
export interface ServiceFile {
  readonly file: string;
  readonly bytes: Uint8Array | string;
}

/** A role as both files together describe it, every default filled in. */
export interface ServiceRole {
  readonly name: string;
  readonly kind: "web" | "worker";
  readonly size: string;
  readonly instances: number;
  readonly endpoints: readonly Endpoint[];
  readonly startupTasks: readonly StartupTask[];
  readonly localStorage: readonly LocalStorage[];
  /** Names of imported modules, such as RemoteAccess. */
  readonly imports: readonly string[];
  /** How many settings the definition declares. */
  readonly settings: number;
}

/** A custom probe of the load balancer, defaults filled in. */
export type Probe = Omit<ProbeDefinition, "place">;

/** A cloud service as `nines import --json` prints it. */
export interface Service {
  readonly serviceName: string;
  readonly schemaVersion: string | null;
  readonly configurationSchemaVersion: string | null;
  readonly upgradeDomainCount: number;
  readonly topologyChangeDiscovery: "Blast" | "UpgradeDomainWalk" | null;
  readonly osFamily: string;
  readonly osVersion: string;
  readonly roles: readonly ServiceRole[];
  readonly probes: readonly Probe[];
  /** How many traffic rules there are; `trafficRules` says what they allow. */
  readonly networkTrafficRules: number;
  readonly trafficRules: readonly TrafficRule[];
  readonly networkConfiguration: NetworkConfiguration | null;
  /** What stands in one of the two files only. */
  readonly mismatches: readonly Mismatch[];
  /** Elements and attributes of both files that are not known, as `Root/Role[name]/Element@attribute (line 12)`. */
  readonly notUnderstood: readonly string[];
}

/** A service and what is odd about its files. */
export interface ImportedService {
  readonly service: Service;
  readonly warnings: readonly Problem[];
  /** Both files as they were read, for what no simulation knows. */
  readonly roots: { readonly definition: XmlElement; readonly configuration: XmlElement };
}

/** Files with more mistakes than this are not service files that a person wrote. */
const mostProblems = 500;

/**
 * Joins a service definition and a service configuration to one service.
 *
 * `knownSizes` are the VM sizes that the model can place. Throws ScenarioError with all mistakes of both files at once.
 */
export function importService(definition: ServiceFile, configuration: ServiceFile, knownSizes: readonly string[]): ImportedService {
  const problems: Problem[] = [];
  const defined = read(definition, readDefinition, problems);
  const configured = read(configuration, readConfiguration, problems);
  const tooMany = findTooMany(defined?.result, configured?.result);
  if (tooMany !== undefined) throw new ScenarioError([tooMany]);
  if (defined !== undefined) problems.push(...checkDefinition(defined.result, knownSizes));
  if (defined !== undefined && configured !== undefined) problems.push(...checkPair(defined.result, configured.result));
  if (problems.length > 0 || defined === undefined || configured === undefined) {
    throw new ScenarioError(inFileOrder(problems, definition.file).slice(0, mostProblems));
  }
  const { mismatches, warnings } = findMismatches(defined.result, configured.result);
  const notUnderstood = [...defined.findings.notUnderstood(), ...configured.findings.notUnderstood()];
  return {
    service: join(defined.result, configured.result, mismatches, notUnderstood),
    warnings: inFileOrder(
      [...findDoubts(defined.result), ...warnings, ...defined.findings.misspelt(), ...configured.findings.misspelt()],
      definition.file,
    ),
    roots: { definition: defined.findings.document.root, configuration: configured.findings.document.root },
  };
}

function read<T>(
  { file, bytes }: ServiceFile,
  reader: (findings: Findings) => T | undefined,
  problems: Problem[],
): { readonly result: T; readonly findings: Findings } | undefined {
  try {
    const findings = new Findings(readXml(file, bytes));
    const result = reader(findings);
    problems.push(...findings.problems);
    return result === undefined ? undefined : { result, findings };
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function inFileOrder(problems: readonly Problem[], first: string): Problem[] {
  const rank = (problem: Problem): number => (problem.file === first ? 0 : 1);
  return [...problems].sort((a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column);
}

function join(
  definition: ServiceDefinition,
  configuration: ServiceConfiguration,
  mismatches: readonly Mismatch[],
  notUnderstood: readonly string[],
): Service {
  const instances = new Map(configuration.roles.map((role) => [role.name, role.instances ?? 1]));
  return {
    serviceName: definition.name,
    schemaVersion: definition.schemaVersion,
    configurationSchemaVersion: configuration.schemaVersion,
    upgradeDomainCount: definition.upgradeDomainCount ?? 5,
    topologyChangeDiscovery: definition.topologyChangeDiscovery,
    osFamily: configuration.osFamily,
    osVersion: configuration.osVersion,
    roles: definition.roles.map((role) => joinRole(role, instances.get(role.name) ?? 1)),
    probes: definition.probes.map(({ place: _, ...probe }) => probe),
    networkTrafficRules: definition.trafficRules.length,
    trafficRules: definition.trafficRules.map(({ to, from }) => ({ to, from })),
    networkConfiguration: configuration.network,
    mismatches,
    notUnderstood,
  };
}

function joinRole(role: RoleDefinition, instances: number): ServiceRole {
  return {
    name: role.name,
    kind: role.kind,
    size: role.vmsize ?? "Small",
    instances,
    endpoints: role.endpoints.map(({ endpoint }) => endpoint),
    startupTasks: role.startupTasks,
    localStorage: role.localStorage.map(({ place: _, ...storage }) => storage),
    imports: role.imports.map(({ name }) => name),
    settings: role.settings.length,
  };
}
