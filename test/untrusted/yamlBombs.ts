import { almost, type Bomb, filled, type Inputs, many } from "./bomb.ts";

const head = "name: a\nhorizon: 1h\n";
const web = `${head}service: { roles: { web: { kind: web } } }\n`;

/** Signs of all languages, again and again. */
export const notation: Inputs = {
  ...Object.fromEntries(
    [
      ",",
      "[",
      "{",
      "]",
      "}",
      "(",
      "- ",
      "? ",
      ": ",
      "{a: ",
      "[[]",
      "&a ",
      "*a ",
      "!!x ",
      "!",
      "@",
      "%",
      "%a\n",
      "---\n",
      "...\n",
      "|",
      ">\n",
      "|\n",
      '"',
      "'",
      "\\",
      "#",
      "\t",
      " ",
      "\n",
      "\r",
      "\r\n",
      "\u0000",
      "\ufeff",
      "\u2028",
      "a",
      "a\n",
      "a: ",
      "a: b\n",
      "a:\n",
      "1",
      "<<: *a\n",
      "~ ",
      "a, ",
      "'' ",
      "🙂",
    ].map(
      (piece) =>
        [`only ${JSON.stringify(piece)}`, () => filled(piece, (almost / new TextEncoder().encode(piece).length) * piece.length)] as const,
    ),
  ),
  ...Object.fromEntries(
    [",", "[", "- ", "? ", "*a, ", "&a x, ", "!!x y, ", "{}, ", "a: b, ", "? , ", "\\q", "\\u", "a b: c, ", "'a' 'b' "].map(
      (piece) => [`a list of ${JSON.stringify(piece)}`, () => `${web}faults: [${filled(piece, almost)}]`] as const,
    ),
  ),
  "escapes that are none": () => `${web}summary: "${filled("\\q", almost)}"`,
  "aliases of aliases": () =>
    `a: &a [x,x]\n${many(40, (at) => `b${at}: &b${at} [*${at === 0 ? "a" : `b${at - 1}`},*${at === 0 ? "a" : `b${at - 1}`}]`)}`,
  "many anchors and aliases": () => many(20_000, (at) => `k${at}: &a${at} x\nl${at}: *a${at}`),
  "many aliases of one": () => `a: &a x\nb: [${filled("*a,", almost)}]`,
  "aliases of nothing": () => `b: [${many(90_000, (at) => `*a${at}`, ",")}]`,
  "merge keys": () => `a: &a { x: 1 }\n${many(40_000, (at) => `k${at}: { <<: *a }`)}`,
  "one key many times": () => filled("key: 1\n", almost),
  "many keys": () => `${web}${many(70_000, (at) => `k${at}: 1`)}`,
  "many keys that are nearly right": () => `${web}${many(70_000, (at) => `fault${at}: 1`)}`,
  "keys of objects": () => `${web}${many(30_000, (at) => `__proto${at}__: { constructor: { prototype: 1 } }`)}`,
  "block mappings in each other": () => many(1300, (at) => `${" ".repeat(at)}a:`),
  "a multi-line key": () => `${filled("a\n ", almost)}: b`,
};

/** Scenarios with too much of something. */
export const lists: Inputs = {
  "faults of nothing": () => `${web}faults: [${filled("0,", almost)}]`,
  "faults that are empty": () => `${web}faults: [${filled("{},", almost)}]`,
  "faults of an unknown kind": () => `${web}faults:\n${filled("- {kind: x}\n", almost)}`,
  "faults on what is not there": () => `${web}faults:\n${filled("- {at: 1s, kind: pause, instance: wab/0}\n", almost)}`,
  "faults without a time": () => `${web}faults:\n${filled("- {kind: pause, instance: web/0}\n", almost)}`,
  faults: () => `${web}faults:\n${filled("- {at: 1s, kind: pause, instance: web/0}\n", almost)}`,
  "operations that are empty": () => `${web}operations: [${filled("{},", almost)}]`,
  "operations on roles that are not there": () =>
    `${web}operations:\n${filled("- {at: 1s, kind: scale, role: x, instances: 2}\n", almost)}`,
  operations: () => `${web}operations:\n${filled("- {at: 1s, kind: scale, role: web, instances: 2}\n", almost)}`,
  expectations: () => `${web}expect:\n${filled("- latency.p99 <= 1s\n", almost)}`,
  "expectations of nothing": () => `${web}expect:\n${filled("- x >= 1\n", almost)}`,
  "what must always hold": () => `${web}always:\n${filled("- hosts.up >= 1\n", almost)}`,
  "what nobody knows must always hold": () => `${web}always:\n${filled("- x >= 1\n", almost)}`,
  roles: () => `${head}service:\n  roles:\n${many(25_000, (at) => `    w${at}: { kind: web }`)}`,
  "roles that are nothing": () => `${head}service:\n  roles:\n${many(60_000, (at) => `    w${at}: 1`)}`,
  "names that are none": () => `${head}service:\n  roles:\n${many(30_000, (at) => `    "${at} ": { kind: web }`)}`,
  "clients of a role that is not there": () =>
    `${web}clients:\n${many(12_000, (at) => `  c${at}: { endpoint: x${at}, arrivals: poisson(1/s) }`)}`,
  clients: () => `${web}clients:\n${many(12_000, (at) => `  c${at}: { endpoint: web, arrivals: poisson(1/s) }`)}`,
  "roles and clients that miss each other": () =>
    `${head}service:\n  roles:\n${many(12_000, (at) => `    w${at}: { kind: web }`)}\nclients:\n${many(4_900, (at) => `  c${at}: { endpoint: v${at}, arrivals: poisson(1/s) }`)}`,
  queues: () => `${web}queues:\n${many(50_000, (at) => `  q${at}: {}`)}`,
  stores: () => `${web}stores:\n${many(30_000, (at) => `  s${at}: { kind: sql }`)}`,
  "steps of a handler": () =>
    `${head}queues: { q: {} }\nservice: { roles: { web: { kind: web, handler: [${filled("{enqueue: q},", almost)}] } } }`,
  "steps of a handler to nowhere": () => `${head}service: { roles: { web: { kind: web, handler: [${filled("{enqueue: q},", almost)}] } } }`,
  "calls to nowhere": () => `${head}service: { roles: { web: { kind: web, handler: [${filled("{call: x},", almost)}] } } }`,
  "start-up tasks": () => `${head}service: { roles: { web: { kind: web, startupTasks: [${filled("{duration: 1s},", almost)}] } } }`,
  endpoints: () => `${head}service:\n  roles:\n    web:\n      kind: web\n      endpoints:\n${many(50_000, (at) => `        e${at}: {}`)}`,
  folders: () =>
    `${head}service:\n  roles:\n    web:\n      kind: web\n      localStorage:\n${many(30_000, (at) => `        f${at}: { size: 1MiB }`)}`,
  "variants of nothing": () => `${web}variants:\n${many(50_000, (at) => `  v${at}: {}`)}`,
  "large variants": () =>
    `${web}queues:\n${many(10_000, (at) => `  q${at}: {}`)}\nvariants:\n${many(10_000, (at) => `  v${at}: { measure: { warmUp: ${at}s } }`)}`,
  "values of a law": () =>
    `${web}clients: { c: { endpoint: web, arrivals: poisson(1/s), timeout: 1s, think: { law: empirical, values: [${filled("1s,", almost)}] } } }`,
  "values of a service time": () =>
    `${head}service: { roles: { web: { kind: web, service: { law: empirical, values: [${filled("1s,", almost)}] } } } }`,
  "values of a law that are none": () =>
    `${head}service: { roles: { web: { kind: web, service: { law: empirical, values: [${filled("x,", almost)}] } } } }`,
  "a list of counts": () => `${web}clients: { c: { endpoint: web, arrivals: { counts: [${filled("1,", almost)}], every: 1s } } }`,
  "a list of counts that are none": () =>
    `${web}clients: { c: { endpoint: web, arrivals: { counts: [${filled("x,", almost)}], every: 1s } } }`,
  "a list of instants": () => `${web}clients: { c: { endpoint: web, arrivals: { instants: [${filled("1s,", almost)}] } } }`,
  "a list of rates": () => `${web}clients: { c: { endpoint: web, arrivals: { rates: [${filled("{from: 0s, rate: 1/s},", almost)}] } } }`,
  "rules of traffic": () =>
    `${head}service:\n  roles: { web: { kind: web } }\n  trafficRules: [${filled("{to: {role: x, endpoint: y}, from: all},", almost)}]`,
  "the same file many times": () =>
    `${web}clients:\n${many(8000, (at) => `  c${at}: { endpoint: web, arrivals: "counts(data.csv, every 1min)" }`)}`,
  "the longest horizon": () =>
    `name: a\nhorizon: 285y\nservice: { roles: { web: { kind: web, instances: 3 } } }\nmeasure: { window: 1us }\nfaults: default\nexpect: [sla.month.1 >= 1%]\n`,
  "months of the longest horizon": () =>
    `name: a\nhorizon: 285y\nservice: { roles: { web: { kind: web } } }\nexpect: [${many(20_000, (at) => `sla.month.${at} >= 1%`, ",")}]`,
  "the largest datacenter": () =>
    `${web}datacenter: { faultDomains: 1000, hostsPerFaultDomain: 1000, host: { cores: 1000000, memory: 1000000GiB } }\nfaults: [{every: 1us, kind: host-failure, host: each(host)}]`,
};

const texts: Readonly<Record<string, (text: string) => string>> = {
  name: (text) => `name: ${text}\nhorizon: 1h`,
  horizon: (text) => `name: a\nhorizon: ${text}\nservice: { roles: { web: { kind: web } } }`,
  expect: (text) => `${web}expect: [${text}]`,
  always: (text) => `${web}always: [${text}]`,
  law: (text) => `${head}service: { roles: { web: { kind: web, service: ${text} } } }`,
  arrivals: (text) => `${web}clients: { c: { endpoint: web, arrivals: ${text} } }`,
  instance: (text) => `${web}faults: [{ at: 1s, kind: pause, instance: ${text} }]`,
  host: (text) => `${web}faults: [{ at: 1s, kind: host-failure, host: ${text} }]`,
  base: (text) => `name: a\nbase: ${text}`,
  definition: (text) => `${head}service: { definition: ${text}, configuration: ${text} }`,
};

/** What makes a careless pattern look again and again. */
const runs = [
  "a",
  " ",
  "9",
  "(",
  ")",
  ",",
  ".",
  "@",
  "..",
  "1d",
  "1d ",
  "a ",
  "a.",
  "a >= ",
  ">",
  " >= 1",
  "/",
  "a(",
  "a,",
  "e",
  "-",
  "x(,",
  "@ ",
  "ä",
  "\\t",
  "web/",
];

/** Scenarios with one long text; `size` in characters. */
export function textBombs(size: number): readonly Bomb[] {
  const around = (run: string): readonly string[] => [
    run,
    `a${run}`,
    `${run}b`,
    `hosts.up >= 1${run}b`,
    `latency.p99 @${run}`,
    `a(${run})`,
    `every ${run}`,
    `web/${run}`,
  ];
  return Object.entries(texts).flatMap(([key, put]) =>
    runs.map((run) => ({
      reader: "scenario",
      name: `a long text: ${key} of ${JSON.stringify(run)}`,
      // all in one file, so that there are fewer: a mistake in one text does not hide the others
      input: () =>
        put(
          key === "expect" || key === "always"
            ? around(filled(run, size / 8))
                .map((text) => `"${text}"`)
                .join(", ")
            : `"a${filled(run, size)}"`,
        ),
    })),
  );
}
