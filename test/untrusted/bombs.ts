import { canary } from "./ground.ts";

/** A large input made by hand for one reader. */
export interface Bomb {
  readonly reader: string;
  readonly name: string;
  input(): string;
}

const kibi = 1024;
const mebi = 1024 * 1024;

/** So many numbered pieces. */
function many(count: number, piece: (index: number) => string, between = "\n"): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join(between);
}

/** One piece again and again, up to a size. */
function filled(piece: string, size: number): string {
  return piece.repeat(Math.floor(size / piece.length));
}

const head = "name: a\nhorizon: 1h\n";
const web = `${head}service: { roles: { web: { kind: web } } }\n`;
const almost = mebi - 2 * kibi;

const notation: Readonly<Record<string, () => string>> = {
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

const lists: Readonly<Record<string, () => string>> = {
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

function textBombs(size: number): readonly Bomb[] {
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

const definitionOf = (inside: string): string =>
  `<ServiceDefinition name="Guestbook" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition">${inside}</ServiceDefinition>`;
const configurationOf = (inside: string): string =>
  `<ServiceConfiguration serviceName="Guestbook" osFamily="3" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration">${inside}</ServiceConfiguration>`;
const full = mebi - 2 * kibi;

const documents: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(
    [
      "<",
      ">",
      "<a>",
      "<a ",
      "<a/>",
      "</a>",
      "<!--",
      "<!-- -->",
      "<![CDATA[",
      "<?",
      "<?a?>",
      "&",
      "&amp;",
      "&#65;",
      '"',
      "=",
      " ",
      "\n",
      "a",
      'a="',
      "\u0000",
      "\r",
      "]]>",
      "é",
    ].map((piece) => [`only ${JSON.stringify(piece)}`, () => filled(piece, full / 2)] as const),
  ),
  "a document type": () => `<!DOCTYPE a [${many(30, (at) => `<!ENTITY a${at} "&a${at - 1};&a${at - 1};">`)}]>${definitionOf("&a29;")}`,
  "a file outside": () => `<!DOCTYPE a [<!ENTITY x SYSTEM "file://${canary.absolute}">]>${definitionOf("&x;")}`,
  "a long element name with a bad attribute": () => definitionOf(`<${filled("a", full)} b="&bad;"/>`),
  "a long attribute name": () => definitionOf(`<a ${filled("b", full)}="&bad;"/>`),
  "a long attribute": () => definitionOf(`<a b="${filled("&amp;", full)}&bad;"/>`),
  "spaces in a tag": () => definitionOf(`<a b${filled(" ", full)}="&bad;"/>`),
  "many words in a value": () => definitionOf(`<a b="${filled("a= ", full)}" c="&bad;"/>`),
  "many attributes": () => definitionOf(`<a ${many(200_000, (at) => `a${at}="1"`, " ")}/>`),
  "an attribute many times": () => definitionOf(`<a ${filled('a="1" ', full)}/>`),
  "many elements": () => definitionOf(filled("<a/>", 39 * kibi)),
  "many elements that are nearly right": () => definitionOf(many(9_900, (at) => `<WebRol${at} nam="a" />`)),
  "elements with many attributes": () => definitionOf(many(1900, () => `<a ${many(95, (at) => `a${at}="1"`, " ")}/>`)),
  "much text": () => definitionOf(filled("a b ", full)),
  "many sections": () => definitionOf(filled("<![CDATA[a]]>", full)),
  "many comments": () => definitionOf(filled("<!--a-->", full)),
  "elements in each other": () => definitionOf(`${filled("<a>", 30 * kibi)}`),
};

const definitions: Readonly<Record<string, () => string>> = {
  roles: () => definitionOf(many(9_900, (at) => `<WebRole name="Web${at}" vmsize="Small"/>`)),
  "roles of one name": () => definitionOf(many(9_900, () => `<WorkerRole name="Web" vmsize="Smal"/>`)),
  endpoints: () =>
    definitionOf(
      `<WebRole name="Web"><Endpoints>${many(9_900, (at) => `<InputEndpoint name="E${at}" protocol="http" port="80"/>`)}</Endpoints></WebRole>`,
    ),
  probes: () =>
    definitionOf(
      `<LoadBalancerProbes>${many(4_900, (at) => `<LoadBalancerProbe name="p${at}" protocol="http"/>`)}</LoadBalancerProbes><WebRole name="Web"><Endpoints>${many(4_900, (at) => `<InputEndpoint name="E${at}" protocol="http" port="${at + 1}" loadBalancerProbe="q${at}"/>`)}</Endpoints></WebRole>`,
    ),
  storage: () =>
    definitionOf(
      `<WebRole name="Web"><LocalResources>${many(9_900, (at) => `<LocalStorage name="E${at}" sizeInMB="1"/>`)}</LocalResources></WebRole>`,
    ),
  settings: () =>
    definitionOf(
      `<WebRole name="Web"><ConfigurationSettings>${many(9_900, (at) => `<Setting name="E${at}"/>`)}</ConfigurationSettings></WebRole>`,
    ),
  tasks: () =>
    definitionOf(`<WebRole name="Web"><Startup>${many(9_900, () => `<Task commandLine="a.cmd" taskType="simple"/>`)}</Startup></WebRole>`),
  rules: () =>
    definitionOf(
      `<WebRole name="Web"/><NetworkTrafficRules>${many(3000, (at) => `<OnlyAllowTrafficTo><Destinations><RoleEndpoint endpointName="E${at}" roleName="R${at}"/></Destinations><WhenSource matches="AnyRule"><FromRole roleName="Q${at}"/></WhenSource></OnlyAllowTrafficTo>`)}</NetworkTrafficRules>`,
    ),
};

const configurations: Readonly<Record<string, () => string>> = {
  roles: () => configurationOf(many(4_900, (at) => `<Role name="Web${at}"><Instances count="1"/></Role>`)),
  settings: () =>
    configurationOf(
      `<Role name="Pages"><Instances count="1"/><ConfigurationSettings>${many(9_900, (at) => `<Setting name="E${at}" value=""/>`)}</ConfigurationSettings></Role>`,
    ),
  certificates: () =>
    configurationOf(
      `<Role name="Pages"><Instances count="1"/><Certificates>${many(9_900, (at) => `<Certificate name="E${at}" thumbprint=""/>`)}</Certificates></Role>`,
    ),
  network: () =>
    configurationOf(
      `<NetworkConfiguration>${many(6_000, (at) => `<AddressAssignments><InstanceAddress roleName="R${at}"/></AddressAssignments>`)}</NetworkConfiguration>`,
    ),
};

const experiments: Readonly<Record<string, () => string>> = {
  "actions that are nothing": () => `{"targets":{},"actions":{${many(60_000, (at) => `"a${at}":0`, ",")}}}`,
  "actions that are empty": () => `{"targets":{},"actions":{${many(60_000, (at) => `"a${at}":{}`, ",")}}}`,
  "targets that are empty": () => `{"targets":{${many(60_000, (at) => `"a${at}":{}`, ",")}},"actions":{}}`,
  "targets that are not there": () =>
    `{"targets":{${many(15_000, (at) => `"t${at}":{"resourceType":"x","selectionMode":"ALL"}`, ",")}},"actions":{"a":{"actionId":"x","targets":{${many(15_000, (at) => `"t${at}":"u${at}"`, ",")}}}}}`,
  "a chain of actions": () =>
    `{"targets":{},"actions":{${many(1000, (at) => `"a${at}":{"actionId":"aws:fis:wait","startAfter":[${many(100, (more) => `"a${at + 1 + (more % 3)}"`, ",")}]}`, ",")}}}`,
  "actions after what is not there": () =>
    `{"targets":{},"actions":{${many(900, (at) => `"a${at}":{"actionId":"aws:fis:wait","startAfter":[${many(100, (more) => `"b${at}${more}"`, ",")}]}`, ",")}}}`,
  "steps that are nothing": () => `{"steps":[${filled("0,", almost)}0]}`,
  "steps that are empty": () => `{"steps":[${filled("{},", almost)}{}]}`,
  "branches that are nothing": () => `{"steps":[{"name":"a","branches":[${filled("0,", almost)}0]}]}`,
  "actions of a branch that are empty": () => `{"steps":[{"name":"a","branches":[{"name":"b","actions":[${filled("{},", almost)}{}]}]}]}`,
  delays: () => `{"steps":[{"name":"a","branches":[{"name":"b","actions":[${filled('{"type":"delay","duration":"PT1M"},', almost)}{}]}]}]}`,
  selectors: () => `{"selectors":[${many(20_000, (at) => `{"type":"List","id":"s${at}"}`, ",")}],"steps":[]}`,
  "selectors of one name": () => `{"selectors":[${many(20_000, () => `{"type":"Lst","id":"s"}`, ",")}],"steps":[]}`,
  "selectors that are nothing": () => `{"selectors":[${filled("0,", almost)}0],"steps":[]}`,
  "resources of a template": () => `{"resources":[${filled("{},", almost)}{}]}`,
  "a long duration": () =>
    `{"steps":[{"name":"a","branches":[{"name":"b","actions":[{"type":"delay","duration":"P${filled("1D", almost)}"}]}]}]}`,
  "a long name": () => `{"steps":[{"name":"${filled("a", almost)}","branches":[{}]}]}`,
  brackets: () => filled("[", almost),
  "mappings in each other": () => filled('{"a":', almost),
};

const largest = 32 * mebi - kibi;
const tables: Readonly<Record<string, () => string>> = {
  "empty lines": () => `at,requests\n${filled("\n", largest)}`,
  "short lines": () => `at,work,start,end,node,size,hourly,requests\n${filled("1\n", largest)}`,
  "whole lines": () => `at,work,start,end,node,size,hourly,requests\n${filled("0,1s,0,5,3,Small,0.1,4\n", largest)}`,
  "one line": () => `at,requests\n${filled("1", largest)}`,
  "a quote that is never closed": () => `at,work,requests\n"${filled("a", largest)}`,
  quotes: () => `at,work,requests\n${filled('"', largest)}`,
  "quoted quotes": () => `at,work,requests\n"${filled('""', largest)}"x,1,1`,
  commas: () => `at,work,requests\n${filled(",", largest)}`,
  "a long header": () => `${filled("a,", largest)}\n1`,
  "a header of names that are nearly right": () => `${filled("reqests,wrk,a,strt,nd,siz,hourl,en,", largest)}\n1`,
  spaces: () => `at,work,requests\n${filled(" ", largest)}`,
  "characters of other scripts": () => `at,work,requests\n${filled("ж", largest / 2)}`,
};

const counterexampleOf = (scenario: string): string =>
  `{"format":1,"finding":{"invariant":"S1","name":"x","at":1,"events":1,"fingerprint":"0"},"scenario":${scenario}}`;
const counterexamples: Readonly<Record<string, () => string>> = {
  brackets: () => filled("[", full),
  "a deep scenario": () => counterexampleOf(`{"a":${"[".repeat(mebi)}${"]".repeat(mebi)}}`),
  "deep mappings": () => counterexampleOf(`${'{"a":'.repeat(300_000)}1${"}".repeat(300_000)}`),
  "deep mappings twice": () =>
    counterexampleOf(
      `{"variants":{"v":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}},"a":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`,
    ),
  "a prototype": () => counterexampleOf('{"__proto__":{"name":"a","horizon":"1h","service":{"roles":{"web":{"kind":"web"}}}}}'),
  "a prototype deep inside": () =>
    counterexampleOf('{"name":"a","horizon":"1h","service":{"roles":{"web":{"kind":"web","__proto__":{"instances":7}}}}}'),
  "faults that are nothing": () => counterexampleOf(`{"faults":[${filled("0,", full)}0]}`),
  "faults that are empty": () => counterexampleOf(`{"faults":[${filled("{},", full)}0]}`),
  "many keys": () => counterexampleOf(`{${many(200_000, (at) => `"k${at}":1`, ",")}}`),
};

function bombsOf(reader: string, inputs: Readonly<Record<string, () => string>>): readonly Bomb[] {
  return Object.entries(inputs).map(([name, input]) => ({ reader, name, input }));
}

/** Every large input; `size` is that of the long texts, in characters. */
export function allBombs(size = almost): readonly Bomb[] {
  const csv = ["counts", "instants", "law of data", "outages", "prices", "failure trace"];
  return [
    ...bombsOf("scenario", { ...notation, ...lists }),
    ...textBombs(size),
    ...bombsOf("csdef", { ...documents, ...definitions }),
    ...bombsOf("cscfg", configurations),
    ...bombsOf("experiment", experiments),
    ...bombsOf("experiment", notation),
    ...csv.flatMap((use) => bombsOf(`csv: ${use}`, tables)),
    ...bombsOf("counterexample JSON", counterexamples),
  ];
}
