import { slowDownHost, speedUpHost } from "../hardware/slowHost.ts";
import type { FaultKind } from "./fault.ts";

/** A server grows slow: a failing disk, a throttled processor, a noisy neighbour. */
export const slowHost: FaultKind = {
  kind: "slow-host",
  summary: "A server grows slow without failing: every instance on it computes so many times longer, heartbeats and probes go on.",
  strikes: "host",
  parameters: [
    { name: "factor", type: "number", min: 1, max: 10_000, default: 5, description: "What the time of computing is multiplied by." },
  ],
  repair: "optional",
  repairSummary: "Until the server is as fast as before; for good, if absent.",
  needsCrew: false,
  example: "{ at: 5min, kind: slow-host, host: hostOf(web/0), factor: 4, repairAfter: 1h }",
  strike: (platform, host, incident) => slowDownHost(platform, host, incident),
  end: (platform, host, incident) => speedUpHost(platform, host, incident),
};
