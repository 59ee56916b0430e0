import type { Problem } from "../problem.ts";
import type { NetworkConfiguration, ServiceConfiguration } from "./configuration.ts";
import type { Named, ServiceDefinition } from "./definition.ts";
import type { EndpointDefinition } from "./endpoints.ts";
import { problemAt, quoted } from "./reader.ts";

/** One way in which the two files do not match although the service can run. */
export interface Mismatch {
  readonly code:
    | "setting-without-value"
    | "setting-not-declared"
    | "certificate-without-thumbprint"
    | "certificate-not-declared"
    | "load-balancer-not-configured"
    | "address-of-unknown-role";
  readonly role: string;
  readonly settings?: readonly string[];
  readonly names?: readonly string[];
}

/** Settings and certificates of these modules are added by `<Imports>` and by the tools, in either file. */
const pluginPrefix = "Microsoft.WindowsAzure.Plugins.";

/** Settings, certificates, load balancers and subnets that stand in one of the two files only, with a warning for each. */
export function findMismatches(
  definition: ServiceDefinition,
  configuration: ServiceConfiguration,
): { readonly mismatches: Mismatch[]; readonly warnings: Problem[] } {
  const mismatches: Mismatch[] = [];
  const warnings: Problem[] = [];
  const note = (code: Mismatch["code"], role: string, found: readonly Named[], text: string): void => {
    if (found.length === 0) return;
    const names = found.map((item) => item.name);
    mismatches.push(code.startsWith("setting") ? { code, role, settings: names } : { code, role, names });
    for (const { name, place } of found) warnings.push(problemAt(place, "warning", `${text.replace("%", quoted(name))}`));
  };
  for (const role of definition.roles) {
    const other = configuration.roles.find((candidate) => candidate.name === role.name);
    if (other === undefined) continue;
    const of = `of role ${quoted(role.name)}`;
    note(
      "setting-without-value",
      role.name,
      missing(role.settings, other.settings),
      `setting % ${of} has no value in the service configuration`,
    );
    note(
      "setting-not-declared",
      role.name,
      missing(other.settings, role.settings),
      `setting % ${of} is not declared in the service definition`,
    );
    const lacking = missing(role.certificates, other.certificates);
    note("certificate-without-thumbprint", role.name, lacking, `certificate % ${of} has no thumbprint in the service configuration`);
    const undeclared = missing(other.certificates, role.certificates);
    note("certificate-not-declared", role.name, undeclared, `certificate % ${of} is not declared in the service definition`);
    const balanced = role.endpoints.flatMap((found) => balancerOf(found, configuration.network));
    note("load-balancer-not-configured", role.name, balanced, `load balancer % ${of} is not in the service configuration`);
  }
  for (const address of configuration.networkRoles) {
    if (definition.roles.some((role) => role.name === address.name)) continue;
    note("address-of-unknown-role", address.name, [address], "an address is assigned to role %, which does not exist");
  }
  return { mismatches, warnings };
}

function missing(all: readonly Named[], others: readonly Named[]): Named[] {
  const names = new Set(others.map((other) => other.name));
  return all.filter(({ name }) => name !== "" && !name.startsWith(pluginPrefix) && !names.has(name));
}

function balancerOf({ endpoint, place }: EndpointDefinition, network: NetworkConfiguration | null): Named[] {
  const name = endpoint.loadBalancer;
  return name === undefined || network?.loadBalancers.includes(name) ? [] : [{ name, place }];
}
