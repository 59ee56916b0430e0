import { type DefaultRow, exact, guess, known, row } from "./cells.ts";

/** Defaults of the fabric controller. */
export const fabricRows: readonly DefaultRow[] = [
  row("fabric.healing", "choice", { azure: known("platform", ["workflow-process", "healing"]), ideal: exact("none") }),
  row("fabric.controller.replicas", "number", { azure: guess(5, ["judgement", "russ"], "replicated; the number is not published") }),
  row("fabric.controller.lease", "duration", { azure: guess("15s"), ideal: exact("0s") }),
  row("fabric.controller.failover", "law", { azure: guess("lognormal(15s, 0.5)"), ideal: exact("0s") }),
  row("fabric.crashDetection", "law", {
    azure: guess("1s", ["kwill", "judgement"]),
    classic: known("uniform(0s, 5s)", ["kwill", "sla"]),
    ideal: exact("0s"),
  }),
  row("fabric.roleRestart", "law", {
    azure: guess("lognormal(10s, 0.687)", ["calibrated", "judgement"], "with OnStart 15 s, sd 7.5 s"),
    classic: known("lognormal(75s, 0.267)", ["calibrated", "mao2012"], "a role start without the boot of its VM"),
    ideal: exact("0s"),
  }),
  row("fabric.restartBackoff.first", "duration", { azure: guess("10s"), ideal: exact("0s") }),
  row("fabric.restartBackoff.max", "duration", { azure: guess("5min"), ideal: exact("0s") }),
  row("fabric.restartBackoff.reset", "duration", { azure: guess("10min"), ideal: exact("0s") }),
  row("fabric.guestHeartbeat.period", "duration", { azure: known("5s", "russ") }),
  row("fabric.guestHeartbeat.timeout", "duration", { azure: known("10min", "workflow-process") }),
  row("fabric.hostHeartbeat.period", "duration", { azure: guess("5s") }),
  row("fabric.hostHeartbeat.timeout", "duration", { azure: guess("30s"), classic: guess("5min") }),
  row("fabric.bootBySize", "boolean", {
    azure: guess(false, "judgement", "the growth with size was measured in 2010"),
    classic: known(true, "hill2010", "run times of worker roles, recalled"),
    ideal: exact(false),
  }),
  row("fabric.stagger", "law", {
    azure: guess("0s"),
    classic: known("uniform(0s, 80s)", "hill2010", "four minutes from the first to the fourth instance, recalled"),
    ideal: exact("0s"),
  }),
  row("fabric.startFailure", "share", {
    azure: guess("0%", "judgement", "no number of today found"),
    classic: known("2.6%", "hill2010", "recalled"),
    ideal: exact("0%"),
  }),
  row("fabric.guestConnect", "duration", { azure: known("25min", "russ"), ideal: exact("never") }),
  row("fabric.guestReboot", "law", {
    azure: guess("lognormal(75s, 0.346)", ["calibrated", "judgement"], "with role start and OnStart 90 s, cv 0.3"),
    classic: guess("lognormal(3min, 0.25)"),
    ideal: exact("0s"),
  }),
  row("fabric.provision", "law", {
    azure: known(
      "lognormal(6min, 0.312)",
      ["calibrated", "mao2012", "hill2010"],
      "with role start and OnStart 375 s, cv 0.3 (the cv is judgement)",
    ),
    classic: known("lognormal(5min, 0.2)", ["calibrated", "mao2012"], "with role start 375 s (web) and 405 s (worker)"),
    ideal: exact("0s"),
  }),
  row("fabric.reimage", "law", { azure: guess("lognormal(2min, 0.333)"), ideal: exact("0s") }),
  row("fabric.restartHostFirst", "boolean", { azure: known(true, "healing") }),
  row("fabric.hostRestart", "law", { azure: guess("lognormal(7min, 0.286)", ["judgement", "healing"]), ideal: exact("0s") }),
  row("fabric.operator", "choice", { azure: guess("lognormal(30min, 1)", "judgement"), ideal: exact("none") }),
  row("fabric.drainTimeout", "duration", { azure: known("90s", "semantics") }),
  row("fabric.install", "law", { azure: guess("uniform(30s, 90s)"), ideal: exact("0s") }),
  row("fabric.walkPoll", "duration", { azure: known("0s", "semantics"), classic: guess("15s") }),
  row("fabric.startTimeout", "duration", {
    azure: known("30min", "update-azure-service"),
    classic: known("15min", "update-azure-service"),
  }),
  row("fabric.scaleIn", "choice", { azure: guess("highest", "judgement", "the fabric picks, and how is not documented") }),
  row("fabric.topologyChange", "law", {
    azure: guess("uniform(1s, 10s)", ["judgement"], "nothing is published"),
    ideal: exact("0s"),
  }),
  row("fabric.swapTransient.probability", "share", {
    azure: known("0%", "semantics"),
    classic: guess("10%", ["swap", "judgement"]),
    ideal: exact("0%"),
  }),
  row("fabric.swapTransient.duration", "law", { azure: guess("uniform(10s, 30s)", ["swap", "judgement"], "ten or more seconds at times") }),
  row("fabric.swap", "law", { azure: guess("lognormal(4s, 0.75)", ["judgement", "swap"]), ideal: exact("0s") }),
];
