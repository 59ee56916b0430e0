import type { Shape } from "./reader.ts";

// Parts of the service files that say how a package is built or an operating system is set up. They change nothing in a
// simulation, yet each is known by name, so that what is unknown stands out (platform-facts section 1).

const variables: Shape = {
  children: { Variable: { attributes: ["name", "value"], children: { RoleInstanceValue: { attributes: ["xpath"] } } } },
};

/** `<Environment>` of a startup task or of the role's process. */
export const environmentShape: Shape = variables;

/** `<Runtime>`: where the role's process starts and as whom. */
export const runtimeShape: Shape = {
  attributes: ["executionContext"],
  children: {
    Environment: variables,
    EntryPoint: {
      children: {
        NetFxEntryPoint: { attributes: ["assemblyName", "targetFrameworkVersion"] },
        ProgramEntryPoint: { attributes: ["commandLine", "setReadyOnProcessStart"] },
      },
    },
  },
};

/** `<Contents>`: what goes into the package. */
export const contentsShape: Shape = {
  children: { Content: { attributes: ["destination"], children: { SourceDirectory: { attributes: ["path"] } } } },
};

const virtualDirectory: Shape = { attributes: ["name", "physicalDirectory"] };
const virtualDirectories: Record<string, Shape> = { VirtualDirectory: virtualDirectory };
const virtualApplication: Shape = { attributes: ["name", "physicalDirectory"], children: virtualDirectories };
virtualDirectories.VirtualApplication = virtualApplication;

/** `<Site>` of a web role, without its bindings. */
export const siteShape: Shape = { attributes: ["name", "physicalDirectory"], children: virtualDirectories };

/** `<NetworkConfiguration>` of a service configuration, without the names that are kept. */
export const networkShape: Shape = {
  children: {
    AccessControls: {
      children: {
        AccessControl: {
          attributes: ["name"],
          children: { Rule: { attributes: ["order", "action", "remoteSubnet", "description"] } },
        },
      },
    },
    EndpointAcls: { children: { EndpointAcl: { attributes: ["role", "endpoint", "accessControl"] } } },
    Dns: { children: { DnsServers: { children: { DnsServer: { attributes: ["name", "IPAddress"] } } } } },
  },
};
