import type fc from "fast-check";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { among, maybe, pick, record } from "./pick.ts";
import { phase } from "./times.ts";

/** Section `fabric` of a scenario. */
export type Fabric = NonNullable<Scenario["fabric"]>;

const heartbeat = among({ period: "5s", timeout: "20s" }, { period: "15s", timeout: "1min" });

/** Guest agents that often need longer to connect than the host agent waits; drawn anew at each boot, so that every one connects some day. */
const withSlowAgents = { provision: "exponential(10s)", guestReboot: "exponential(10s)", guestConnect: "15s" };

/** The controller and its agents, quick enough that much happens in minutes; shrinks towards a platform that acts at once. */
export const fabric: fc.Arbitrary<Fabric> = record({
  healing: among<NonNullable<Fabric["healing"]>>("platform", "platform", "none", { guest: false }, { process: false, host: false }),
  controller: among(
    { replicas: 1 },
    { replicas: 3, lease: "5s", failover: "3s" },
    { replicas: 5, lease: "0s", failover: "exponential(10s)" },
  ),
  crashDetection: phase,
  roleRestart: phase,
  guestReboot: phase,
  provision: phase,
  reimage: phase,
  stagger: pick("0s", "0s", "5s"),
  startFailure: pick("0%", "0%", "30%"),
  bootBySize: pick(false, true),
  hostRestart: phase,
  hostRepair: maybe(
    among([
      { step: "power-cycle", takes: "10s", mends: "50%" },
      { step: "reimage", takes: "20s", mends: "100%" },
    ]),
  ),
  install: phase,
  swap: phase,
  swapTransient: maybe(among({ probability: "50%", duration: "20s" })),
  topologyChange: pick("0s", "5s", "uniform(1s, 20s)"),
  scaleIn: pick("highest", "random"),
  operator: pick("none", "30s"),
  restartHostFirst: pick(false, true),
  drainTimeout: pick("0s", "5s"),
  startTimeout: pick("60s", "10s"),
  walkPoll: pick("0s", "15s"),
  guestConnect: pick(undefined, undefined, "never", "1min"),
  guestHeartbeat: heartbeat,
  hostHeartbeat: heartbeat,
  restartBackoff: among({ first: "5s", max: "20s", reset: "60s" }),
  slowAgents: pick(false, false, true),
}).map(({ slowAgents, ...rest }) => (slowAgents ? { ...rest, ...withSlowAgents } : rest));
