import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readReplayed } from "../../src/cli/replayFile.ts";
import { loadScenario } from "../../src/cli/scenarioFile.ts";
import { readUntil } from "../../src/cli/until.ts";
import { vmSizeNames } from "../../src/model/hardware/sizes.ts";
import { readAlways } from "../../src/scenario/alwaysText.ts";
import { readArrivals } from "../../src/scenario/arrivalsText.ts";
import { readCall } from "../../src/scenario/callText.ts";
import { importExperiment, readExperiment } from "../../src/scenario/chaos/importExperiment.ts";
import { readIsoDuration } from "../../src/scenario/chaos/isoDuration.ts";
import { scenarioFromExperiment } from "../../src/scenario/chaos/toYaml.ts";
import { readExpectation, readMetric } from "../../src/scenario/expectText.ts";
import { importService } from "../../src/scenario/import/service.ts";
import { scenarioFromService } from "../../src/scenario/import/toYaml.ts";
import { readInstant } from "../../src/scenario/instant.ts";
import { readLaw } from "../../src/scenario/lawText.ts";
import { parse } from "../../src/scenario/parse.ts";
import { readSelector } from "../../src/scenario/selectorText.ts";
import { readDate, readDuration, readExactDuration, readPercent, readRate, readSize } from "../../src/scenario/units.ts";
import { validate } from "../../src/scenario/validate.ts";
import * as dictionary from "./dictionary.ts";
import { data, ground } from "./ground.ts";
import { bytesOf, corpusFiles, filesOf } from "./seeds.ts";

/** Something that reads what strangers wrote. */
export interface Reader {
  readonly name: string;
  /** Reads as the program does: returns, or throws an error of ours. */
  read(input: Uint8Array): unknown;
  /** Valid inputs, which the others are made of. */
  readonly seeds: readonly Uint8Array[];
  /** What is put into them. */
  readonly tokens: readonly string[];
  /** How many of a hundred inputs are for it. */
  readonly share: number;
}

const definitions = [...corpusFiles(".csdef"), ...filesOf(["scenarios", "test/fixtures"], ".csdef")];
const configurations = [...corpusFiles(".cscfg"), ...filesOf(["scenarios", "test/fixtures"], ".cscfg")];

/** Every reader, one entry each. */
export function allReaders(): readonly Reader[] {
  const { csv, everywhere, json, paths, values, xml, yaml } = dictionary;
  const scenarios = filesOf(["scenarios", "test/engines/scenarios"], ".yaml");
  const language = [...everywhere, ...yaml, ...values, ...paths];
  return [
    { name: "scenario", read: scenarioFile, seeds: [...scenarios, ...bytesOf([naming])], tokens: language, share: 8 },
    { name: "scenario of files", read: scenarioFile, seeds: bytesOf([naming, based]), tokens: language, share: 3 },
    { name: "option --set", read: option, seeds: bytesOf(options), tokens: [...everywhere, ...yaml, ...values], share: 5 },
    { name: "csdef", read: definitionFile, seeds: definitions, tokens: [...everywhere, ...xml], share: 7 },
    { name: "cscfg", read: configurationFile, seeds: configurations, tokens: [...everywhere, ...xml], share: 7 },
    {
      name: "experiment",
      read: experimentFile,
      seeds: filesOf(["test/fixtures/chaos"], ".json"),
      tokens: [...everywhere, ...json],
      share: 7,
    },
    ...dataReaders([...everywhere, ...csv, ...values]),
    {
      name: "counterexample JSON",
      read: replayed("c.json"),
      seeds: bytesOf([counterexample]),
      tokens: [...everywhere, ...json, ...values],
      share: 5,
    },
    { name: "counterexample YAML", read: replayed("c.yaml"), seeds: filesOf(["test/examples"], ".yaml"), tokens: language, share: 3 },
    ...textReaders([...everywhere, ...values]),
  ];
}

/** A scenario that names one of each kind of file. */
const naming = `name: naming
horizon: 10min
service: { definition: service.csdef, configuration: service.cscfg }
queues: { orders: { arrivals: "counts(data.csv, every 1min, column requests)" } }
stores: { db: { kind: sql, outages: { file: data.csv, in: s } } }
pricing: { file: data.csv, currency: USD }
faults:
  - { trace: { file: data.csv, in: s }, kind: host-failure, host: host(0) }
`;

const based = `name: based
base: base.yaml
clients: { all: { endpoint: web, arrivals: "instants(data.csv, in s, column at, demand work)", timeout: 5s } }
variants: { a: { queues: { q: {} } }, b: { service: { roles: { web: { instances: 4 } } } } }
always: [roles.web.ready >= 1]
`;

const counterexample = JSON.stringify({
  format: 1,
  version: "0.1.0",
  scenario: { name: "c", horizon: "1h", seed: 7, service: { roles: { web: { kind: "web", instances: 2 } } }, variants: { a: {} } },
  seed: 7,
  finding: { invariant: "S1", name: "request-conservation", at: 5, events: 3, fingerprint: "0123456789abcdef", lookEvery: 2 },
});

const options = [
  "horizon=2h",
  "service.roles.web.instances=3",
  "faults.0.at=5min",
  "balancer.probe={ interval: 5s, misses: 3 }",
  "clients.all.arrivals=poisson(3/s)",
];

const small = parse(`name: small
horizon: 1h
service: { roles: { web: { kind: web, instances: 3 }, jobs: { kind: worker, queue: orders } } }
queues: { orders: {} }
stores: { db: { kind: sql } }
clients: { all: { endpoint: web, arrivals: poisson(1/s) } }
faults: [{ at: 5min, kind: app-crash, instance: web/0 }]
`);
const { design } = validate(small);

function scenarioFile(input: Uint8Array): unknown {
  const file = join(ground, "scenario.yaml");
  writeFileSync(file, input);
  return loadScenario(file, {});
}

function option(input: Uint8Array): unknown {
  return validate(small, { set: [textOf(input)] });
}

const configurationOf = partnerIn(configurations, /<ServiceConfiguration[^>]*?\bserviceName="([^"]*)"/);
const definitionOf = partnerIn(definitions, /<ServiceDefinition[^>]*?\bname="([^"]*)"/);

/** A definition and a configuration go together by the name of their service. */
function partnerIn(files: readonly Uint8Array[], pattern: RegExp): (text: string) => Uint8Array {
  const byName = new Map(files.map((bytes) => [pattern.exec(latin1(bytes))?.[1], bytes]));
  return (name) => byName.get(name) ?? (files.at(-1) as Uint8Array);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

function imported(definition: Uint8Array, configuration: Uint8Array): unknown {
  const file = (name: string, bytes: Uint8Array) => ({ file: name, bytes });
  const service = importService(file("a.csdef", definition), file("a.cscfg", configuration), vmSizeNames);
  return [scenarioFromService(service), JSON.stringify(service.service)];
}

function definitionFile(input: Uint8Array): unknown {
  return imported(input, configurationOf(/\bname="([^"]*)"/.exec(latin1(input))?.[1] ?? ""));
}

function configurationFile(input: Uint8Array): unknown {
  return imported(definitionOf(/\bserviceName="([^"]*)"/.exec(latin1(input))?.[1] ?? ""), input);
}

function experimentFile(input: Uint8Array): unknown {
  const experiment = readExperiment(parse(new TextDecoder().decode(input), { file: "e.json" }));
  const result = importExperiment(experiment, { design, start: 60_000_000, meant: new Map([["vmss1", "web"]]) });
  return scenarioFromExperiment(result, "base.yaml", design.horizon);
}

function replayed(name: string): Reader["read"] {
  return (input) => {
    const file = join(ground, name);
    writeFileSync(file, input);
    const { files, finding, scenario } = readReplayed(file, []);
    return [validate(scenario, { files }), finding];
  };
}

/** Each way in which a scenario uses a data file. */
function dataReaders(tokens: readonly string[]): readonly Reader[] {
  const roles = { web: { kind: "web", instances: 2 } } as const;
  const uses: Readonly<Record<string, object>> = {
    counts: { clients: { all: { endpoint: "web", arrivals: "counts(data.csv, every 1min, column requests)" } } },
    instants: { clients: { all: { endpoint: "web", arrivals: "instants(data.csv, in s, column at, demand work)" } } },
    "law of data": { service: { roles: { web: { ...roles.web, service: "empirical(data.csv, in ms, column work)" } } } },
    outages: { stores: { db: { kind: "sql", outages: { file: "data.csv", in: "s" } } } },
    prices: { pricing: { file: "data.csv", currency: "USD" } },
    "failure trace": {
      faults: [
        { kind: "host-failure", host: "each(host)", trace: { file: "data.csv", in: "s", node: "node", severity: { column: "hourly" } } },
      ],
    },
  };
  const seeds = bytesOf([
    data,
    data.replaceAll("\n", "\r\n"),
    'at,"work",start,end,node,size,hourly,requests\n0,"1 s",0,1,"a ""b""",Small,1,1\n',
  ]);
  return Object.entries(uses).map(([name, use]) => ({
    name: `csv: ${name}`,
    read: (bytes) => validate({ name: "a", horizon: "1d", service: { roles }, ...use }, { files: { read: () => bytes } }),
    seeds,
    tokens,
    share: 2,
  }));
}

/** Each small language, read from its text. */
function textReaders(tokens: readonly string[]): readonly Reader[] {
  const names = { roles: ["web", "jobs", "a.b"], queues: ["orders"], stores: ["db"], clients: ["all"] };
  const uses: readonly (readonly [name: string, read: (text: string) => unknown, ...seeds: string[]])[] = [
    ["always", (text) => readAlways(text, names), "roles.web.ready >= 1", "requests.open <= 1000", "queues.orders.stored < 5"],
    [
      "expectation",
      (text) => readExpectation(text, names, "EUR"),
      "availability.request @ 1min..2min >= 99%",
      "latency.p99 <= 1s",
      "sla.month.1 >= 99%",
    ],
    ["metric", (text) => readMetric(text, names), "queues.orders.backlog", "roles.a.b.utilization", "latency.p99.9"],
    [
      "arrivals",
      readArrivals,
      "poisson(60/s)",
      "every erlang(2s, 3)",
      "counts(a.csv, every 1min, from 28d, column b)",
      "instants(a.csv, in s)",
    ],
    ["law", readLaw, "lognormal(80ms, 1.2)", "empirical(times.csv, in ms)", "uniform(1s, 2s)", "80ms"],
    ["selector", readSelector, "staging:web/0", "hostOf(web/0)", "each(faultDomain)", "random(web)"],
    ["call", readCall, "name(a, b(c, d), e)"],
    ["duration", readDuration, "2y31d4h", "1.5 h", "80ms"],
    ["exact duration", readExactDuration, "1.25us", "1e3s"],
    ["rate", readRate, "200/s", "12 / y"],
    ["size", readSize, "512MiB", "1.5 TiB"],
    ["percentage", readPercent, "99.95%", "1e1 %"],
    ["date", readDate, "2027-03-31"],
    ["instant", readInstant, "2005-06-21T10:54:01.5Z"],
    ["ISO duration", readIsoDuration, "P1DT2H3M4.5S"],
    ["--until", readUntil, "2h31min"],
  ];
  return uses.map(([name, read, ...seeds]) => ({
    name: `text: ${name}`,
    read: (input) => read(textOf(input)),
    seeds: bytesOf(seeds),
    tokens,
    share: 4,
  }));
}

/** A text of any characters, halves of surrogate pairs included: who calls the library may pass them. */
function textOf(input: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(input).replaceAll("\ufffd\ufffd\ufffd", "\ud800");
}
