import type { Design } from "../../model/design.ts";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { validate } from "../../scenario/validate.ts";

/** What faults, operations and clients can name. */
export interface Around {
  readonly faultDomains: number;
  readonly hosts: number;
  readonly upgradeDomains: number;
  readonly roles: readonly RoleAround[];
  readonly stores: readonly string[];
  readonly queues: readonly string[];
  /** In whole seconds, at least 1. */
  readonly horizon: number;
}

/** A role that can be named. */
export interface RoleAround {
  readonly name: string;
  /** How many it has at the start. */
  readonly instances: number;
  /** As clients write them. */
  readonly endpoints: readonly string[];
}

/** What can be named in a scenario; throws ScenarioError when there is a mistake in it. */
export function aroundScenario({ autoscale: _, balancer: __, ...scenario }: Scenario): Around {
  // these two name nothing that others can name, but perhaps a policy of the user's own
  return aroundDesign(validate(scenario).design);
}

function aroundDesign({ datacenter, horizon, queues, service, stores }: Design): Around {
  return {
    faultDomains: datacenter.faultDomains,
    hosts: datacenter.faultDomains * datacenter.hostsPerFaultDomain,
    upgradeDomains: service.upgradeDomains,
    roles: service.roles.map(({ endpoints, instances, name }) => ({
      name,
      instances,
      endpoints: endpoints.map((endpoint) => `${name}/${endpoint.name}${endpoint.instanceInput ? "/0" : ""}`),
    })),
    stores: stores.map(({ name }) => name),
    queues: queues.map(({ name }) => name),
    horizon: Math.max(1, Math.floor(horizon / 1e6)),
  };
}
