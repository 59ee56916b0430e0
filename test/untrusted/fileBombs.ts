import { almost, filled, type Inputs, kibi, many, mebi } from "./bomb.ts";
import { canary } from "./ground.ts";

const definitionOf = (inside: string): string =>
  `<ServiceDefinition name="Guestbook" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition">${inside}</ServiceDefinition>`;
const configurationOf = (inside: string): string =>
  `<ServiceConfiguration serviceName="Guestbook" osFamily="3" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration">${inside}</ServiceConfiguration>`;

/** Signs of XML, again and again. */
export const documents: Inputs = {
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
    ].map((piece) => [`only ${JSON.stringify(piece)}`, () => filled(piece, almost / 2)] as const),
  ),
  "a document type": () => `<!DOCTYPE a [${many(30, (at) => `<!ENTITY a${at} "&a${at - 1};&a${at - 1};">`)}]>${definitionOf("&a29;")}`,
  "a file outside": () => `<!DOCTYPE a [<!ENTITY x SYSTEM "file://${canary.absolute}">]>${definitionOf("&x;")}`,
  "a long element name with a bad attribute": () => definitionOf(`<${filled("a", almost)} b="&bad;"/>`),
  "a long attribute name": () => definitionOf(`<a ${filled("b", almost)}="&bad;"/>`),
  "a long attribute": () => definitionOf(`<a b="${filled("&amp;", almost)}&bad;"/>`),
  "spaces in a tag": () => definitionOf(`<a b${filled(" ", almost)}="&bad;"/>`),
  "many words in a value": () => definitionOf(`<a b="${filled("a= ", almost)}" c="&bad;"/>`),
  "many attributes": () => definitionOf(`<a ${many(200_000, (at) => `a${at}="1"`, " ")}/>`),
  "an attribute many times": () => definitionOf(`<a ${filled('a="1" ', almost)}/>`),
  "many elements": () => definitionOf(filled("<a/>", 39 * kibi)),
  "many elements that are nearly right": () => definitionOf(many(9_900, (at) => `<WebRol${at} nam="a" />`)),
  "elements with many attributes": () => definitionOf(many(1900, () => `<a ${many(95, (at) => `a${at}="1"`, " ")}/>`)),
  "much text": () => definitionOf(filled("a b ", almost)),
  "many sections": () => definitionOf(filled("<![CDATA[a]]>", almost)),
  "many comments": () => definitionOf(filled("<!--a-->", almost)),
  "elements in each other": () => definitionOf(`${filled("<a>", 30 * kibi)}`),
};

/** Service definitions with too much of something. */
export const definitions: Inputs = {
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

/** Service configurations with too much of something. */
export const configurations: Inputs = {
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

/** Experiments with too much of something. */
export const experiments: Inputs = {
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
/** CSV files with too much of something. */
export const tables: Inputs = {
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
/** Counterexamples with too much of something. */
export const counterexamples: Inputs = {
  brackets: () => filled("[", almost),
  "a deep scenario": () => counterexampleOf(`{"a":${"[".repeat(mebi)}${"]".repeat(mebi)}}`),
  "deep mappings": () => counterexampleOf(`${'{"a":'.repeat(300_000)}1${"}".repeat(300_000)}`),
  "deep mappings twice": () =>
    counterexampleOf(
      `{"variants":{"v":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}},"a":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`,
    ),
  "a prototype": () => counterexampleOf('{"__proto__":{"name":"a","horizon":"1h","service":{"roles":{"web":{"kind":"web"}}}}}'),
  "a prototype deep inside": () =>
    counterexampleOf('{"name":"a","horizon":"1h","service":{"roles":{"web":{"kind":"web","__proto__":{"instances":7}}}}}'),
  "faults that are nothing": () => counterexampleOf(`{"faults":[${filled("0,", almost)}0]}`),
  "faults that are empty": () => counterexampleOf(`{"faults":[${filled("{},", almost)}0]}`),
  "many keys": () => counterexampleOf(`{${many(200_000, (at) => `"k${at}":1`, ",")}}`),
};
