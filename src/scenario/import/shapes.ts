/**
 * What the value of an attribute may be: any text, a text that is needed, a text that is needed and may be empty, true or false, or one of
 * some words.
 */
type AttributeRule = "text" | "needed" | "present" | "boolean" | readonly string[];

/** An element of the service files: its attributes and children in the order of the schema. */
export interface Shape {
  readonly attributes?: Readonly<Record<string, AttributeRule>>;
  readonly children?: Readonly<Record<string, Shape>>;
  /** The attribute that tells siblings of this name apart. */
  readonly key?: string;
  /** At most one may stand in its parent. */
  readonly single?: true;
  /** Its parent needs at least one. */
  readonly needed?: true;
  /** Siblings of other names among which it stands in the order of the file. */
  readonly among?: string;
}

const contexts = ["limited", "elevated"];

const environment: Shape = {
  single: true,
  children: {
    Variable: {
      key: "name",
      attributes: { name: "needed", value: "text" },
      children: { RoleInstanceValue: { single: true, attributes: { xpath: "needed" } } },
    },
  },
};

const runtime: Shape = {
  single: true,
  attributes: { executionContext: contexts },
  children: {
    Environment: environment,
    EntryPoint: {
      single: true,
      children: {
        NetFxEntryPoint: { single: true, attributes: { assemblyName: "needed", targetFrameworkVersion: "needed" } },
        ProgramEntryPoint: { single: true, attributes: { commandLine: "needed", setReadyOnProcessStart: "boolean" } },
      },
    },
  },
};

const directories: Record<string, Shape> = {};
const directory = { attributes: { name: "needed", physicalDirectory: "needed" }, children: directories, key: "name" } as const;
// Applications and directories nest as deep as a person likes.
directories.VirtualApplication = directory;
directories.VirtualDirectory = directory;

const site: Shape = {
  key: "name",
  attributes: { name: "needed", physicalDirectory: "text" },
  children: {
    ...directories,
    Bindings: {
      single: true,
      children: { Binding: { needed: true, key: "name", attributes: { name: "needed", endpointName: "needed", hostHeader: "text" } } },
    },
  },
};

const portRange: Shape = { attributes: { min: "needed", max: "needed" } };
const localStorage: Shape = { key: "name", attributes: { name: "needed", cleanOnRoleRecycle: "boolean", sizeInMB: "text" } };

const endpoints: Record<string, Shape> = {
  InputEndpoint: {
    among: "endpoint",
    attributes: {
      name: "needed",
      protocol: "needed",
      port: "needed",
      certificate: "text",
      localPort: "text",
      ignoreRoleInstanceStatus: "boolean",
      loadBalancerProbe: "text",
      loadBalancer: "text",
      loadBalancerDistribution: "text",
      idleTimeoutInMinutes: "text",
    },
  },
  InternalEndpoint: {
    among: "endpoint",
    attributes: { name: "needed", protocol: "needed", port: "text" },
    children: { FixedPort: { attributes: { port: "needed" } }, FixedPortRange: portRange },
  },
  InstanceInputEndpoint: {
    among: "endpoint",
    attributes: { name: "needed", localPort: "needed", protocol: "needed" },
    children: { AllocatePublicPortFrom: { children: { FixedPort: { attributes: { port: "needed" } }, FixedPortRange: portRange } } },
  },
};

/** A role of a definition, web or worker; only a web role has `Sites`. */
const role: Shape = {
  among: "role",
  attributes: { name: "needed", vmsize: "text", enableNativeCodeExecution: "boolean" },
  children: {
    Certificates: {
      children: {
        Certificate: {
          key: "name",
          attributes: {
            name: "needed",
            storeLocation: ["LocalMachine", "CurrentUser"],
            storeName: "text",
            permissionLevel: ["limitedOrElevated", "elevated"],
          },
        },
      },
    },
    ConfigurationSettings: { children: { Setting: { key: "name", attributes: { name: "needed" } } } },
    Imports: { children: { Import: { key: "moduleName", attributes: { moduleName: "needed" } } } },
    Endpoints: { children: endpoints },
    LocalResources: { children: { LocalStorage: localStorage } },
    LocalStorage: localStorage,
    Runtime: runtime,
    Sites: { single: true, children: { Site: { ...site, needed: true } } },
    Startup: {
      single: true,
      attributes: { priority: "text" },
      children: {
        Task: {
          attributes: { commandLine: "needed", executionContext: contexts, taskType: "text" },
          children: { Environment: environment },
        },
      },
    },
    Contents: {
      single: true,
      children: {
        Content: {
          attributes: { destination: "needed" },
          children: { SourceDirectory: { needed: true, single: true, attributes: { path: "needed" } } },
        },
      },
    },
    // Old schema versions have these directly under the role.
    InputEndpoints: { children: endpoints },
    InternalEndpoints: { children: endpoints },
    ...endpoints,
  },
};

/** Every element of a service definition (azd:schema-csdef-file.md and the pages beside it). */
export const definitionShape: Shape = {
  attributes: { name: "needed", xmlns: "text", schemaVersion: "text", upgradeDomainCount: "text", topologyChangeDiscovery: "text" },
  children: {
    LoadBalancerProbes: {
      children: {
        LoadBalancerProbe: {
          attributes: {
            name: "needed",
            protocol: "needed",
            path: "text",
            port: "text",
            intervalInSeconds: "text",
            timeoutInSeconds: "text",
          },
        },
      },
    },
    WebRole: role,
    WorkerRole: role,
    NetworkTrafficRules: {
      children: {
        OnlyAllowTrafficTo: {
          children: {
            Destinations: { children: { RoleEndpoint: { attributes: { endpointName: "needed", roleName: "needed" } } } },
            AllowAllTraffic: {},
            WhenSource: { attributes: { matches: "text" }, children: { FromRole: { attributes: { roleName: "needed" } } } },
          },
        },
      },
    },
  },
};

const network: Shape = {
  single: true,
  children: {
    AccessControls: {
      children: {
        AccessControl: {
          key: "name",
          attributes: { name: "needed" },
          children: {
            Rule: {
              key: "order",
              attributes: { order: "needed", action: ["permit", "deny"], remoteSubnet: "needed", description: "text" },
            },
          },
        },
      },
    },
    EndpointAcls: { children: { EndpointAcl: { attributes: { role: "needed", endpoint: "needed", accessControl: "needed" } } } },
    Dns: {
      single: true,
      children: { DnsServers: { children: { DnsServer: { key: "name", attributes: { name: "needed", IPAddress: "needed" } } } } },
    },
    VirtualNetworkSite: { single: true, attributes: { name: "needed" } },
    AddressAssignments: {
      children: {
        InstanceAddress: {
          key: "roleName",
          attributes: { roleName: "needed" },
          children: {
            Subnets: { children: { Subnet: { key: "name", attributes: { name: "needed" } } } },
            PublicIPs: {
              children: {
                PublicIP: { key: "name", attributes: { name: "needed", idleTimeoutInMinutes: "text", domainNameLabel: "text" } },
              },
            },
          },
        },
        ReservedIPs: { children: { ReservedIP: { single: true, attributes: { name: "needed" } } } },
      },
    },
    LoadBalancers: {
      children: {
        LoadBalancer: {
          key: "name",
          attributes: { name: "needed" },
          children: {
            FrontendIPConfiguration: {
              single: true,
              attributes: { type: ["private"], subnet: "text", staticVirtualNetworkIPAddress: "text" },
            },
          },
        },
      },
    },
  },
};

/** Every element of a service configuration (azd:schema-cscfg-file.md and the pages beside it). */
export const configurationShape: Shape = {
  attributes: { serviceName: "needed", xmlns: "text", osFamily: "text", osVersion: "text", schemaVersion: "text" },
  children: {
    Role: {
      attributes: { name: "needed", vmName: "text" },
      children: {
        Instances: { attributes: { count: "needed" } },
        ConfigurationSettings: { children: { Setting: { key: "name", attributes: { name: "needed", value: "present" } } } },
        Certificates: {
          children: {
            Certificate: { key: "name", attributes: { name: "needed", thumbprint: "present", thumbprintAlgorithm: "text" } },
          },
        },
      },
    },
    NetworkConfiguration: network,
  },
};

/** The shape at a path of element names below another; throws RangeError for names that are not there. */
export function shapeAt(shape: Shape, ...path: readonly string[]): Shape {
  let current = shape;
  for (const name of path) {
    const next = current.children?.[name];
    if (next === undefined) throw new RangeError(`no element ${name}`);
    current = next;
  }
  return current;
}
