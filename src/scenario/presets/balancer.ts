import { type DefaultRow, exact, guess, known, row } from "./cells.ts";

/** Defaults of the load balancer. */
export const balancerRows: readonly DefaultRow[] = [
  row("balancer.policy", "choice", { azure: known("hash", "semantics", "a hash of the 5-tuple, as the platform documents") }),
  row("balancer.probe", "choice", {
    azure: known("probe", "schema-csdef-loadbalancerprobe", "as the keys below say"),
    ideal: known("none", "ideal", "rotation follows readiness at once"),
  }),
  row("balancer.probe.interval", "duration", { azure: known("15s", "schema-csdef-loadbalancerprobe") }),
  row("balancer.probe.evictAfter", "duration", {
    azure: known("31s", "schema-csdef-loadbalancerprobe", "two intervals and a second, where that is longer"),
  }),
  row("balancer.probe.readmitAfter", "number", { azure: known(1, "semantics") }),
  row("balancer.probe.readmitAfterFlap", "number", { azure: guess(2, ["lb-probe", "judgement"]), ideal: exact(1) }),
  row("balancer.probe.flapWithin", "duration", { azure: guess("1min"), ideal: exact("0s") }),
  row("balancer.probe.asks", "choice", { azure: known("agent", "workflow-process") }),
  row("balancer.probe.phase", "choice", { azure: known("uniform", "semantics") }),
  row("balancer.healthCheck", "choice", { azure: known("none", "semantics", "on with hosting: app-service") }),
  row("balancer.healthCheck.failures", "number", { azure: known(10, "health-check") }),
  row("balancer.healthCheck.interval", "duration", { azure: known("1min", "health-check") }),
  row("balancer.healthCheck.replaceAfter", "duration", { azure: known("1h", "health-check") }),
  row("balancer.idleTimeout", "duration", { azure: known("4min", "idle-timeout") }),
  row("balancer.idleReset", "boolean", { azure: known(false, "idle-timeout", "dropped silently"), ideal: exact(true) }),
  row("balancer.sku", "choice", { azure: known("classic", "lb-probe", "the balancer of Cloud Services"), ideal: exact("standard") }),
];
