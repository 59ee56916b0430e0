import { clients } from "./clients.ts";
import { faultSchedule } from "./faults.ts";
import { operations } from "./operations.ts";
import { scenario } from "./scenario.ts";
import { service } from "./service.ts";
import { topology } from "./topology.ts";

/**
 * Arbitraries of fast-check for scenarios and their parts: valid by construction, shrinking towards the plainest.
 *
 * `scenario`, `topology` and `service` stand alone; `clients`, `faultSchedule` and `operations` are for a scenario that is given, and valid
 * in it. Regressions are fast-check's `examples`.
 */
export const arb = { scenario, topology, service, clients, faultSchedule, operations } as const;
