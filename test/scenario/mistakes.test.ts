import { describe, expect, it } from "vitest";
import { faults as faultKinds } from "../../src/model/faults/index.ts";
import { FileRefused, type ScenarioFiles } from "../../src/scenario/files.ts";
import { parse } from "../../src/scenario/parse.ts";
import { describeProblem, headline, ScenarioError } from "../../src/scenario/problem.ts";
import { validate } from "../../src/scenario/validate.ts";

/** A scenario without mistakes, which each case changes or adds to. */
const shop = `name: shop
horizon: 30min
service:
  roles:
    web: { kind: web, instances: 3 }
clients:
  browsers: { endpoint: web, arrivals: poisson(6/s) }
`;

const noFiles: ScenarioFiles = {
  read(path) {
    throw new FileRefused(`there is no file "${path}"`);
  },
};

/** A scenario and its mistakes, each as `line:column message (hint)`. */
interface Case {
  readonly yaml: string;
  readonly says: readonly string[];
}

function whole(yaml: string, ...says: string[]): Case {
  return { yaml, says };
}

function change(from: string, to: string, ...says: string[]): Case {
  if (!shop.includes(from)) throw new Error(`the shop has no "${from}"`);
  return { yaml: shop.replace(from, () => to), says };
}

function add(text: string, ...says: string[]): Case {
  return { yaml: `${shop}${text}\n`, says };
}

function fault(text: string, ...says: string[]): Case {
  return add(`faults:\n  - ${text}`, ...says);
}

function operation(text: string, ...says: string[]): Case {
  return add(`operations:\n  - ${text}`, ...says);
}

const cases: readonly Case[] = [
  whole(
    `name: shop
summary: x
horizon: 30min
service:
  roles:
    web:
      kind: web
      size: Small
      instance: 3
      concurrency: 8
clients:
  browsers:
    endpoint: web
    timeout: 10
    arrivals: poisson(6/s)
faults:
  - { at: 5min, kind: host-failure, host: hostOf(wbe/0) }
`,
    `9:7 unknown key "instance", did you mean "instances"?`,
    "14:14 a duration needs a unit: us ms s min h d y (write 10s or 10min)",
    `17:50 there is no role "wbe", did you mean "web"?`,
  ),
  change("30min", "30", "2:10 a duration needs a unit: us ms s min h d y (write 30s or 30min)"),
  change("30min", "30minutes", `2:12 "minutes" is not a unit of a duration: us ms s min h d y`),
  change("30min", "[30min]", "2:10 a duration is written as text, found a list (write 10s)"),
  change("30min", "286y", "2:10 a duration of more than 285 y cannot be counted in microseconds"),
  change("30min", "0s", "2:10 this duration must be above 0"),
  change("30min", "-5s", "2:10 a duration cannot be negative"),
  change(
    `name: shop
`,
    "",
    `1:1 the scenario has no "name": a text`,
  ),
  change(
    `horizon: 30min
`,
    "",
    `1:1 the scenario has no "horizon": a duration such as 10s`,
  ),
  whole(
    `name: a
horizon: 1h
`,
    `1:1 the scenario has no "service": a mapping`,
  ),
  whole(
    "",
    `1:1 the scenario has no "name": a text`,
    `1:1 the scenario has no "horizon": a duration such as 10s`,
    `1:1 the scenario has no "service": a mapping`,
  ),
  whole(
    `hello
`,
    `1:1 a scenario is a mapping of keys and values, found the text "hello"`,
  ),
  whole(
    `- a
`,
    "1:1 a scenario is a mapping of keys and values, found a list",
  ),
  change("kind: web, ", "", `5:5 web has no "kind": web or worker`),
  change("kind: web", "kind: wbe", `5:18 kind cannot be "wbe", did you mean "web"?`),
  change("kind: web", "kind: 3", "5:18 kind is one of web, worker, found the number 3"),
  change("instances: 3", "instances: 1e12", "5:34 instances is a whole number from 0 to 1,000,000, not 1,000,000,000,000"),
  change("instances: 3", "instances: three", `5:34 instances is a whole number from 0 to 1,000,000, found the text "three"`),
  change("instances: 3", "instances: 2.5", "5:34 instances is a whole number from 0 to 1,000,000, not 2.5"),
  change("instances: 3", "instances: -1", "5:34 instances is a whole number from 0 to 1,000,000, not -1"),
  change("instances: 3", "size: Smal", `5:29 size cannot be "Smal", did you mean "Small"?`),
  change(
    "instances: 3",
    "service: lognormal(80ms, 1.2), concurrency: 4",
    `5:32 YAML splits this text at its comma; inside { } it needs quotes (write "lognormal(80ms, 1.2)")`,
  ),
  change(
    "poisson(6/s)",
    "counts(a.csv, every 1min, from 28d), timeout: 10",
    `7:40 YAML splits this text at its comma; inside { } it needs quotes (write "counts(a.csv, every 1min, from 28d)")`,
    "7:86 a duration needs a unit: us ms s min h d y (write 10s or 10min)",
  ),
  change("instances: 3", "service: lognormla(80ms)", `5:32 there is no law "lognormla", did you mean "lognormal"?`),
  change("instances: 3", `service: "lognormal(80ms, 0)"`, "5:49 cv of lognormal is a number above 0, not 0"),
  change("instances: 3", "service: lognormal(80ms)", "5:32 lognormal is written lognormal(mean, cv)"),
  change("instances: 3", "service: 80", "5:32 a duration needs a unit: us ms s min h d y (write 80s or 80min)"),
  change("instances: 3", "service: { law: lognormal, mean: 80ms }", `5:23 service has no "cv": a number`),
  change("instances: 3", "service: { law: lognorm, mean: 80ms }", `5:39 law cannot be "lognorm", did you mean "lognormal"?`),
  change(
    "instances: 3",
    "service: { law: lognormal, mean: 80, cv: -1, x: 3 }",
    "5:56 a duration needs a unit: us ms s min h d y (write 80s or 80min)",
    "5:64 cv of lognormal is a number above 0, not -1",
    `5:68 unknown key "x", allowed here: law, mean, cv`,
  ),
  change("instances: 3", `service: "erlang(2s, 1.5)"`, "5:44 stages of erlang is a whole number from 1 to 1000, not 1.5"),
  change("instances: 3", `service: "hyperexponential(2s, 0.5)"`, "5:54 cv of hyperexponential is a number from 1 to 1000, not 0.5"),
  change("instances: 3", `service: "uniform(2s, 1s)"`, "5:45 max is below min"),
  change("instances: 3", "service: exponential", "5:32 exponential is written exponential(mean)"),
  change("instances: 3", `service: "lognormal(80, 1.2)"`, "5:43 a duration needs a unit: us ms s min h d y (write 80s or 80min)"),
  change("instances: 3", "service: { law: uniform, min: 3s, max: 1s }", "5:62 max is below min"),
  change("poisson(6/s)", "poisson(6)", "7:48 a rate needs a unit: /ms /s /min /h /d /y (write 6/s or 6/min)"),
  change("poisson(6/s)", "posson(6/s)", `7:40 there are no arrivals "posson", did you mean "poisson"?`),
  change("poisson(6/s)", "6/s", `7:40 "6/s" is a rate, and does not say how requests arrive (write poisson(6/s) or constant(6/s))`),
  change(
    "poisson(6/s)",
    "exponential(2s)",
    `7:40 there are no arrivals "exponential", there are: poisson, constant, counts, instants (write every exponential(...) for a law of the times between arrivals)`,
  ),
  change("poisson(6/s)", "{ rate: [{ from: 0s, rate: 6/s }] }", `7:42 unknown key "rate", did you mean "rates"?`),
  change(
    "poisson(6/s)",
    "{ rates: [{ from: 1s, rate: 6/s }, { from: 1s, rate: 7 }], period: 1s }",
    "7:93 a rate needs a unit: /ms /s /min /h /d /y (write 7/s or 7/min)",
  ),
  change("poisson(6/s)", "poisson(0/s)", "7:48 a rate of arrivals is above 0"),
  change("poisson(6/s)", "5", `7:40 "5" says no arrivals (write poisson(60/s), constant(60/s) or every exponential(2s))`),
  change(
    "poisson(6/s)",
    "{ instants: [3s, 1s], demands: [1s] }",
    "7:57 instants stand in order",
    "7:71 there are 2 instants and 1 demands",
  ),
  change("poisson(6/s)", `"counts(a.csv, evry 1min)"`, `7:55 "evry" is not known here, did you mean "every"?`),
  change("poisson(6/s)", `"counts(a.csv, every 1min)"`, `7:48 there is no file "a.csv"`),
  change("poisson(6/s)", "{ bursts: [{ rate: 1/s, for: 3s }] }", "7:42 bursts has 1 entry, it needs exactly 2"),
  change("poisson(6/s)", "{}", "7:40 arrivals needs exactly one of rates, bursts, counts, instants"),
  change("poisson(6/s)", "poisson(6/sec)", `7:50 "/sec" is not a unit of a rate: /ms /s /min /h /d /y`),
  change("endpoint: web", "endpoint: wbe", `7:25 there is no role "wbe", did you mean "web"?`),
  change("endpoint: web", "endpoint: web/x", `7:29 role "web" has no endpoint "x", its endpoints are: web`),
  change("endpoint: web, ", "", `7:3 browsers has no "endpoint": a text`),
  change(
    "arrivals: poisson(6/s)",
    "arrivals: poisson(6/s), users: 3",
    "7:54 clients are open (arrivals) or closed (users): give one of the two",
  ),
  change("arrivals: poisson(6/s)", "timeout: 1s", "7:3 browsers sends nothing: give it arrivals or users"),
  change(
    "arrivals: poisson(6/s)",
    "arrivals: poisson(6/s), retries: 3",
    `7:54 unknown key "retries", allowed here: endpoint, slot, arrivals, users, think, session, timeout, deadline, retry, breaker, hedge, priority, protocol, addresses`,
  ),
  change("arrivals: poisson(6/s)", "arrivals: poisson(6/s), timeout: 0s", "7:63 a time-out is above 0, or never"),
  change("arrivals: poisson(6/s)", "arrivals: poisson(6/s), slot: stagng", `7:60 slot cannot be "stagng", did you mean "staging"?`),
  change("kind: web", "kind: worker", `7:25 role "web" has no endpoint: give it endpoints, or feed its queue`),
  fault("{ at: 1min, kind: host-failur, host: host(0) }", `9:23 kind cannot be "host-failur", did you mean "host-failure"?`),
  fault("{ at: 1min, host: host(0) }", `9:5 this entry has no "kind": ${faultKinds.map(({ kind }) => kind).join(", ")}`),
  fault("{ at: 1min, kind: host-failure }", `9:5 this entry has no "host": a host such as hostOf(web/0)`),
  fault(
    "{ at: 1min, kind: host-failure, host: web/0 }",
    `9:43 "web/0" is not a host (write host(3), hostOf(web/0), random(host) or each(host))`,
  ),
  fault(
    "{ at: 1min, kind: host-failure, instance: web/0 }",
    `9:5 this entry has no "host": a host such as hostOf(web/0)`,
    `9:37 unknown key "instance", allowed here: kind, at, every, commonCause, shock, trace, host, repairAfter, class`,
  ),
  fault("{ at: 1min, kind: app-crash, instance: web/3 }", `9:48 role "web" has 3 instances, numbered from 0`),
  fault("{ at: 1min, kind: host-failure, host: host(99) }", "9:48 there are 40 hosts, numbered from 0"),
  fault("{ at: 1min, kind: rack-power, faultDomain: faultDomain(2) }", "9:60 there are 2 fault domains, numbered from 0"),
  fault("{ kind: app-crash, instance: web/0 }", "9:5 app-crash needs at, every or trace: when does it strike?"),
  fault(
    "{ at: 1min, every: 3d, kind: app-crash, instance: web/0 }",
    "9:17 a fault strikes at an instant or every so often: give one of the two",
  ),
  fault("{ at: 1min, kind: pause, instance: web/0 }", `9:5 this entry has no "repairAfter": a law such as exponential(80ms) or a mapping`),
  fault("{ at: 1min, kind: app-crash, instance: webb }", `9:44 "webb" does not name an instance (write web/0 or staging:web/0)`),
  fault("{ at: 1min, kind: app-crash, instance: each(wbe) }", `9:49 there is no role "wbe", did you mean "web"?`),
  fault("{ at: 1min, kind: app-crash, instance: eech(web) }", `9:44 "eech" selects nothing, did you mean "each"?`),
  add(
    "autoscale: { startsOn: mon, roles: { web: { capacity: { min: 5, max: 2 }, rules: [{ metric: cup, operator: '=', threshold: 70%, scale: up }] } } }",
    `8:24 startsOn cannot be "mon", did you mean "monday"?`,
    "8:70 max is below min",
    `8:93 metric cannot be "cup", did you mean "cpu"?`,
    `8:108 operator cannot be "=", allowed here: >, >=, <, <=`,
    `8:124 threshold is a number from 0 to 1,000,000,000, found the text "70%"`,
    `8:136 scale cannot be "up", allowed here: out, in`,
  ),
  add(
    "pricing: { currency: euro, asOf: 2024, billing: minutes, hourly: { Smal: 3 } }",
    "8:22 a currency is three capitals, such as USD or EUR",
    `8:34 asOf is a text, and 2024 is a number (write "2024")`,
    `8:49 billing cannot be "minutes", did you mean "minute"?`,
    `8:68 unknown key "Smal", did you mean "Small"?`,
  ),
  add(
    "patching: { hostOs: { betwen: 3h }, guest: {} }",
    `8:23 unknown key "betwen", did you mean "between"?`,
    `8:37 unknown key "guest", did you mean "guestOs"?`,
  ),
  add("datacenter: { clusters: [{ name: a, hosts: 3 }, { name: a, hosts: 1 }] }", '8:57 there is a cluster "a" already'),
  add(
    "datacenter: { clusters: [{ host: 3 }] }",
    '8:26 this entry has no "hosts": a whole number from 1 to 1,000,000',
    `8:28 unknown key "host", did you mean "hosts"?`,
  ),
  add(
    "stores: { db: { kind: sql } }\nfaults: [{ at: 1min, kind: store-outage, store: db }]",
    `9:49 "db" is not a store (write store(db), random(store) or each(store))`,
  ),
  add(
    "variants: { a: { horizon: 3h }, b: { servce: {} } }",
    "8:18 variants are compared over the same time: horizon stands at the top of the file",
    `8:38 unknown key "servce", did you mean "service"?`,
  ),
  add("faults: defaults", `8:9 faults cannot be "defaults", did you mean "default"?`),
  add("faults: { at: 1min }", "8:9 faults is default or a list, found a mapping"),
  fault("{ at: 1min, kind: host-failure, host: 3 }", `9:43 "3" is not a host (write host(3), hostOf(web/0), random(host) or each(host))`),
  fault("{ every: 0s, kind: app-crash, instance: web/0 }", "9:14 these times must be at least 1us on average"),
  fault("{ at: 1s, kind: host-failure, host: host(1), class: hard }", `9:57 class cannot be "hard", did you mean "hardware"?`),
  add(
    `faults:
  - { at: 1, kind: host-failure, host: host(1) }
  - { at: 1s, kind: host-failure, host: host(100) }
  - { at: 1s, kind: app-crash, instance: wb/0 }`,
    "9:11 a duration needs a unit: us ms s min h d y (write 1s or 1min)",
    "10:46 there are 40 hosts, numbered from 0",
    `11:42 there is no role "wb", did you mean "web"?`,
  ),
  operation("{ at: 1min, kind: upgrad }", `9:23 kind cannot be "upgrad", did you mean "upgrade"?`),
  operation("{ at: 1min, kind: scale, role: wep, instances: 4 }", `9:36 there is no role "wep", did you mean "web"?`),
  operation(
    "{ at: 1min, kind: upgrade, version: v2, roles: { wep: { instances: 4 } } }",
    `9:54 there is no role "wep", did you mean "web"?`,
  ),
  operation("{ at: 1min, kind: rolback }", `9:23 kind cannot be "rolback", did you mean "rollback"?`),
  operation("{ at: 1min, kind: upgrade }", `9:5 this entry has no "version": a text`),
  add("expect: [availability.requests >= 99%]", `8:10 there is no metric "availability.requests", did you mean "availability.request"?`),
  add(
    "expect: [availability.request 99%]",
    "8:10 an expectation is a metric, one of >= <= > <, and a value (write availability.request >= 99.9% or latency.p99 <= 1s)",
  ),
  add("expect: [availability.request >= 0.99]", "8:34 a share needs a percent sign (write 99% or 0.99%)"),
  add("expect: [availability.request >= 120%]", "8:34 nothing is above 100 %"),
  add("expect: [availability.request >= 99]", "8:34 a share needs a percent sign (write 99%)"),
  add("expect: [latency.p99 <= 1]", "8:25 a duration needs a unit: us ms s min h d y (write 1s or 1min)"),
  add("expect: [queues.orders.backlog <= 10]", `8:17 there is no queue "orders", the queues are: none`),
  add("expect: [roles.web.readyMim >= 2]", `8:20 roles have no "readyMim", did you mean "readyMin"?`),
  add("expect: [availability.atLeast >= 99%]", "8:10 availability.atLeast needs measure.atLeast: how many must be ready?"),
  add("expect: [sla.month.2 >= 99%]", "8:20 month 2 is not measured, only month 1 is"),
  add("expect: [requests.failed <= 5%]", `8:29 a count is a plain number, not "5%"`),
  add("expect: availability.request >= 99%", `8:9 expect is a list, found the text "availability.request >= 99%"`),
  add("balancer: { probe: nonee }", `8:20 probe cannot be "nonee", did you mean "none"?`),
  add("balancer: { policy: round-robbin }", `8:21 policy cannot be "round-robbin", did you mean "round-robin"?`),
  add("balancer: { probe: { misses: 2, evictAfter: 30s } }", "8:45 misses replaces evictAfter: give one of the two"),
  add("balancer: { probe: { phase: unifrom } }", `8:29 phase cannot be "unifrom", did you mean "uniform"?`),
  add("balancer: { probe: { phase: 20s } }", "8:29 the phase lies inside the interval"),
  add("balancer: { weights: [3, 1] }", "8:13 weights go with a weighted policy, not with hash"),
  add("fabric: { healing: platfrom }", `8:20 healing cannot be "platfrom", did you mean "platform"?`),
  add("fabric: { operator: noone }", `8:21 operator cannot be "noone", did you mean "none"?`),
  add(
    "fabric: { hostHeartbeat: { period: 5s, timeout: 3s } }",
    "8:11 the timeout is shorter than the period: everybody would count as dead",
  ),
  add("fabric: { hostHeartbeat: 5s }", `8:26 hostHeartbeat is a mapping, found the text "5s"`),
  add("fabric: { operator: lognormal(30min) }", "8:21 lognormal is written lognormal(mean, cv)"),
  add("fabric: { operator: 5 }", "8:21 a duration needs a unit: us ms s min h d y (write 5s or 5min)"),
  add("measure: { warmUp: 40min }", "8:20 the warm-up leaves nothing to measure"),
  add("measure: { window: 1ms }", "8:20 the horizon has 1,800,000 such windows, at most 100,000 are kept"),
  add("measure: { to: 1h }", "8:16 the measured time ends at the horizon at the latest"),
  add("preset: azur", `8:9 preset cannot be "azur", did you mean "azure"?`),
  add("horizon: 1h", `8:1 the key "horizon" stands twice here`),
  add("faults:", "8:1 faults is default or a list, found nothing"),
  add("stores: { db: { kind: mysql } }", `8:23 kind cannot be "mysql", did you mean "sql"?`),
  add("queues: { orders: { maxRate: 200 } }", "8:30 a rate needs a unit: /ms /s /min /h /d /y (write 200/s or 200/min)"),
  add("subscription: { cores: 2 }", "8:24 the service needs 3 cores, the quota is 2"),
  add("datacenter: { faultDomains: 1000, hostsPerFaultDomain: 10000 }", "8:56 10,000,000 hosts are more than 1,000,000"),
  add("seed: 1.5", "8:7 seed is a whole number from 0 on, not 1.5"),
  add("runs: 0", "8:7 runs is a whole number from 1 to 1,000,000, not 0"),
  add("datacenter: { host: { memory: 112 } }", "8:31 a size needs a unit: KiB MiB GiB TiB (write 112MiB or 112GiB)"),
  add("datacenter: { host: { memory: 112GB } }", `8:34 "GB" is not a unit of a size: KiB MiB GiB TiB`),
  add("base: ../other.yaml", "8:7 base is a file in the same folder, its name has no slash"),
  add("base: other.yaml", `8:7 there is no file "other.yaml"`),
  whole(
    `name: a
horizon: 1h
queues: { orders: {} }
service:
  roles:
    web: { kind: web, service: 1s, handler: [{ compute: 1s }, { store: orders-db, operation: write }, { enqueue: order }, { stor: x }, {}] , queue: orders }
    jobs: { kind: worker, queue: ordrs, coldStart: 1s, poll: { min: 2s, max: 1s } }
    host: { kind: worker }
`,
    "6:23 service is short for a handler with one compute step: give one of the two",
    `6:72 there is no store "orders-db", the stores are: none`,
    `6:114 there is no queue "order", did you mean "orders"?`,
    `6:125 unknown key "stor", did you mean "store"?`,
    "6:136 entry 4 of handler needs exactly one of compute, store, call, enqueue, write",
    "6:142 only worker roles consume a queue",
    `7:34 there is no queue "ordrs", did you mean "orders"?`,
    "7:41 coldStart is for web roles: a worker role has no application pool",
    "7:78 max is below min",
    `8:5 a role cannot be named "host": selectors mean something else by host`,
  ),
  whole(
    `name: a
horizon: 1h
service:
  roles:
    web: { kind: web, localStorage: { logs: { size: 200GiB }, cache: { size: 30GiB } } }
`,
    "5:23 235520 MiB of local storage do not fit the local disk of Small, which has 230400 MiB",
  ),
  add("queues: { 'a b': {} }", `8:11 "a b" is not a name (letters, digits, _ . and -)`),
  add(
    `measure:
	warmUp: 1s`,
    "9:1 a tab cannot indent (use spaces)",
  ),
  add(
    `---
name: b`,
    "8:1 a file holds one scenario, a second document starts here",
  ),
  add("faults: [", "9:1 this is not closed, or its indentation does not fit"),
  add("measure: *x", `8:10 there is no anchor "&x" before this alias`),
  add("measure: !x {}", "8:13 tags are not used in a scenario"),
  add("measure: &x { warmUp: *x }", `8:23 the alias "*x" stands inside what it stands for`),
  add("seed: .nan", "8:7 seed is a whole number from 0 on, found the number NaN"),
  add("__proto__: { a: 1 }", `8:1 "__proto__" cannot be a key`),
];

function problemsOf(yaml: string) {
  try {
    validate(parse(yaml, { file: "shop.yaml" }), { files: noFiles });
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
  return [];
}

describe("mistakes in a scenario", () => {
  it("are none in the scenario that the cases start from", () => {
    expect(validate(parse(shop)).warnings).toEqual([]);
  });

  it.each(cases.map((each) => ({ ...each, first: each.says[0] })))("are told at their place: $first", ({ says, yaml }) => {
    const found = problemsOf(yaml);
    const told = found.map(({ column, hint, line, message }) => `${line}:${column} ${message}${hint === undefined ? "" : ` (${hint})`}`);
    expect(told).toEqual(says);
  });

  it("are all told at once, in the order in which they stand, in the form that editors know", () => {
    const yaml = shop.replace("instances: 3", "instance: 3, size: Smal").replace("poisson(6/s)", "poisson(6/s), timeout: 10, retries: 2");
    expect(problemsOf(`${yaml}expect: [latency.p98 <= 1s]\n`).map(headline)).toEqual([
      'shop.yaml:5:23: error: unknown key "instance", did you mean "instances"?',
      'shop.yaml:5:42: error: size cannot be "Smal", did you mean "Small"?',
      "shop.yaml:7:63: error: a duration needs a unit: us ms s min h d y",
      'shop.yaml:7:67: error: unknown key "retries", allowed here: endpoint, slot, arrivals, users, think, session, timeout, deadline, retry, breaker, hedge, priority, protocol, addresses',
      'shop.yaml:8:10: error: there is no metric "latency.p98", did you mean "latency.p90"?',
    ]);
  });

  it("are underlined in their line, with how to write it", () => {
    const [problem] = problemsOf(`${shop}faults:\n  - { at: 5min, kind: host-failure, host: hostOf(wbe/0) }\n`);
    expect(problem && describeProblem(problem)).toBe(
      [
        'shop.yaml:9:50: error: there is no role "wbe", did you mean "web"?',
        "   9 |   - { at: 5min, kind: host-failure, host: hostOf(wbe/0) }",
        "     |                                                  ^^^",
      ].join("\n"),
    );
  });

  it("have the path in the message when the scenario is an object", () => {
    const scenario = {
      name: "shop",
      horizon: "30min",
      service: { roles: { web: { kind: "web" } } },
      clients: { all: { endpoint: "wbe", users: 1 } },
    };
    expect(() => validate(scenario)).toThrow('scenario:1:1: error: clients.all.endpoint: there is no role "wbe", did you mean "web"?');
  });
});

describe("bombs", () => {
  const quick = (make: () => string, message: RegExp) => {
    const text = make();
    // of the processor: other programs do not count
    const before = process.cpuUsage();
    expect(() => validate(parse(text, { file: "bomb.yaml" }))).toThrow(message);
    const { user, system } = process.cpuUsage(before);
    expect(user + system).toBeLessThan(2_000_000);
  };

  it("of 100 MB are refused before they are read", () => {
    quick(() => "a: ".concat("x".repeat(100_000_000)), /^bomb\.yaml:1:1: error: the file has 95\.4 MiB, a scenario has at most 1 MiB$/);
  });

  it("of aliases of aliases are refused", () => {
    const levels = "bcdefgh".split("").map((name, index) => `${name}: &${name} [${`*${"abcdefg"[index]},`.repeat(9)}]`);
    quick(() => `a: &a [x, x, x]\n${levels.join("\n")}`, /the aliases of this file repeat too much/);
  });

  it("of brackets, dashes and indentation are refused", () => {
    for (const part of ["[", "{ a: ", "- ", "? "]) quick(() => part.repeat(200_000), /more than 64 levels of nesting/);
    quick(() => Array.from({ length: 1000 }, (_, level) => `${" ".repeat(level)}a:`).join("\n"), /more than 64 levels of nesting/);
  });

  it("of instances, hosts and windows are refused", () => {
    quick(() => shop.replace("instances: 3", "instances: 1e12"), /instances is a whole number from 0 to 1,000,000, not 1,000,000,000,000/);
    quick(() => `${shop}datacenter: { hostsPerFaultDomain: 1000000 }`, /2,000,000 hosts are more than 1,000,000/);
    quick(() => `${shop}measure: { window: 1us }`, /at most 100,000 are kept/);
  });

  it("of unknown keys are answered with the first of them", () => {
    const keys = (length: number) => Array.from({ length }, (_, index) => `key${index}: 1`).join("\n");
    expect(problemsOf(shop + keys(900)).length).toBeGreaterThan(100);
    expect(problemsOf(shop + keys(20_000)).map(headline)[0]).toMatch(/1:1: error: 2000\d keys in one mapping, at most 1000 are read/);
  });
});

describe("a horizon that is missing or wrong", () => {
  const long = `measure: { warmUp: 1min, to: 5min, window: 1min }
patching: { hostOs: { every: 1min } }
expect: ["availability.request@1min..2min >= 99%"]
`;

  it("is told alone, without what follows from not knowing it", () => {
    expect(problemsOf(shop + long)).toEqual([]);
    expect(problemsOf(shop.replace("horizon: 30min\n", "") + long).map(headline)).toEqual([
      'shop.yaml:1:1: error: the scenario has no "horizon": a duration such as 10s',
    ]);
    expect(problemsOf(shop.replace("30min", "300y") + long).map(headline)).toEqual([
      "shop.yaml:2:10: error: a duration of more than 285 y cannot be counted in microseconds",
    ]);
  });

  it("a measured time that is wrong is told without its consequences for expectations", () => {
    expect(problemsOf(shop + long.replace("window: 1min", "window: 0s")).map(headline)).toEqual([
      "shop.yaml:8:44: error: this duration must be above 0",
    ]);
  });
});
