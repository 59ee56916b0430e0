import { type DefaultRow, exact, guess, known, row } from "./cells.ts";

/** Defaults of the patch calendar: what `patching: default` means. */
export const patchingRows: readonly DefaultRow[] = [
  row("service.osVersion", "choice", { azure: known("*", "schema-cscfg") }),
  row("service.osAge", "duration", { azure: guess("0s") }),
  row("service.topologyChangeDiscovery", "choice", {
    azure: guess("blast", ["schema-csdef-file", "judgement"], "the default is not documented"),
  }),
  row("operations.*.change", "choice", { azure: known("settings", "semantics") }),
  row("operations.*.recycle", "boolean", { azure: known(false, "semantics") }),
  row("patching", "choice", { azure: known("none", "semantics") }),
  row("patching.hostOs.every", "duration", { azure: known("30d", "os-upgrades") }),
  row("patching.hostOs.after", "law", { azure: guess("uniform(0s, 5d)", ["judgement", "os-upgrades"], "a datacenter takes several days") }),
  row("patching.hostOs.duration", "law", { azure: known("uniform(15min, 20min)", "mast"), ideal: exact("15min") }),
  row("patching.hostOs.between", "law", { azure: guess("uniform(2h, 12h)", ["judgement", "os-upgrades"], "documented as hours apart") }),
  row("patching.guestOs.every", "duration", { azure: known("30d", "os-upgrades") }),
  row("patching.guestOs.after", "law", { azure: guess("uniform(10d, 14d)", ["judgement", "os-upgrades"], "after the host OS") }),
  row("patching.guestOs.disabledAfter", "duration", { azure: known("60d", "guestos-retirement") }),
  row("patching.guestOs.forcedAfter", "duration", { azure: guess("30d", ["judgement", "guestos-retirement"]) }),
  row("patching.guestAgent.every", "duration", { azure: known("30d", "os-upgrades") }),
  row("patching.guestAgent.after", "law", { azure: guess("uniform(20d, 25d)", ["judgement", "os-upgrades"]) }),
  row("patching.guestAgent.duration", "law", { azure: guess("uniform(10s, 60s)"), ideal: exact("0s") }),
];
