import { type DefaultKind, type DefaultRow, exact, type Given, guess, known, row } from "./cells.ts";

const role = (key: string, kind: DefaultKind, given: Given, of?: "web" | "worker"): DefaultRow =>
  row(`service.roles.*.${key}`, kind, given, of);

/** Defaults of the service and its roles. */
export const serviceRows: readonly DefaultRow[] = [
  row("service.upgradeDomains", "number", { azure: known(5, ["schema-csdef-file", "update-azure-service"]) }),
  row("service.version", "choice", { azure: known("v1", "semantics") }),
  row("service.reservedIp", "boolean", { azure: known(false, "semantics") }),
  row("service.deployedAtStart", "boolean", { azure: known(true, "semantics") }),
  role("size", "choice", { azure: known("Small", "schema-csdef-webrole") }),
  role("instances", "number", { azure: guess(2, ["judgement", "sla"], "two, because the SLA asks for two") }),
  role("queueLimit", "choice", { azure: known("unlimited", "semantics") }),
  role("service", "law", { azure: guess("lognormal(80ms, 1.2)") }),
  role("discipline", "choice", { azure: known("fifo", "semantics") }),
  role("scaleBySize", "boolean", { azure: known(true, "semantics"), ideal: exact(false) }),
  role("cancelOnTimeout", "boolean", { azure: known(false, "semantics") }),
  role("coldStart", "law", { azure: guess("lognormal(5s, 0.5)"), ideal: exact("0s") }),
  role("idleTimeout", "duration", { azure: known("20min", ["iis", "availability-faq"]), ideal: exact("never") }),
  role("recycleEvery", "duration", { azure: known("29h", "availability-faq"), ideal: exact("never") }),
  role("startupTasks.*.type", "choice", { azure: known("simple", "schema-csdef-file") }),
  role("startupTasks.*.duration", "law", { azure: guess("lognormal(30s, 0.667)"), ideal: exact("0s") }),
  role("startupTasks.*.fails", "share", { azure: known("0%", "semantics") }),
  role("startupTasks.*.idempotent", "boolean", {
    azure: known(true, "startup-tasks", "as tasks must be, because they run at every start"),
  }),
  role("answersWhileStopping", "boolean", { azure: known(false, "semantics") }),
  role("onStartFails", "share", { azure: known("0%", "semantics") }),
  role(
    "roleStart",
    "law",
    {
      azure: guess("lognormal(10s, 0.687)", ["calibrated", "judgement"], "with OnStart 15 s, sd 7.5 s: the restart of a role"),
      classic: known("lognormal(75s, 0.267)", ["calibrated", "mao2012"], "with provision 375 s"),
      ideal: exact("0s"),
    },
    "web",
  ),
  role(
    "roleStart",
    "law",
    {
      azure: guess("lognormal(10s, 0.687)", ["calibrated", "judgement"], "with OnStart 15 s, sd 7.5 s: the restart of a role"),
      classic: known("lognormal(105s, 0.238)", ["calibrated", "mao2012"], "with provision 405 s"),
      ideal: exact("0s"),
    },
    "worker",
  ),
  role("onStart", "law", { azure: guess("lognormal(5s, 0.6)"), ideal: exact("0s") }),
  role("onStop", "law", { azure: guess("lognormal(5s, 1)", ["judgement", "onstop"]), ideal: exact("0s") }),
  role("localStorage.*.size", "size", { azure: known("100MiB", "schema-csdef-webrole") }),
  role("localStorage.*.cleanOnRoleRecycle", "boolean", { azure: known(true, "schema-csdef-webrole") }),
];
