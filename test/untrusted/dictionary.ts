import { canary } from "./ground.ts";

/** What any reader may trip over: names that objects have anyway, numbers at the edge of numbers, characters at the edge of texts. */
export const everywhere: readonly string[] = [
  ..."__proto__ constructor prototype toString valueOf hasOwnProperty __defineGetter__ length name undefined null true NaN".split(" "),
  ..."0 -0 -1 1 1.5 1e308 1e400 -1e400 9007199254740993 999999999999999999999999 0x10 0b1 1_000 .5 5. 1e Infinity -Infinity".split(" "),
  ..."\u0000 \u0007 \u001b[31m \u0085 \u00a0 \u2028 \u2029 \u202e \ufeff \ufffe \uffff 𝒳 é e\u0301 \r \r\n \t".split(" "),
  " ",
  "\n",
  '"',
  "'",
  "\\",
  "",
];

/** Words, signs and bombs of YAML. */
export const yaml: readonly string[] = [
  ..."{ } [ ] : , - ? & * ! | > % @ ` # --- ... <<: &a *a &b *b !!set !!binary !!js/function !!omap |2 >- ~".split(" "),
  "&a [*a]",
  "{ a: &a [x, x], b: &b [*a, *a], c: &c [*b, *b], d: [*c, *c] }",
  "<<: *a",
  "? [a]\n: b",
  "%YAML 1.1\n---\n",
  "%TAG ! tag:x,2000:\n---\n",
  '"\\uD800"',
  '"\\x00"',
  "__proto__: { horizon: 1h }",
  "constructor: { prototype: { x: 1 } }",
  "{ __proto__: [] }",
  "\n  ",
  "\n\t",
  ": ",
];

/** Values of the language of scenarios. */
export const values: readonly string[] = [
  ..."10 10s -1s 0s 1us 285y 286y 1e400s 1e-300s web web/0 web/99999 staging:web/0 none never each(host) random(web) unlimited".split(" "),
  ..."poisson(1/s) poisson(0/s) poisson(1e300/s) constant(1/us) every pareto(1s,0.05) lognormal(80ms,1.2) erlang(1s,1000)".split(" "),
  ..."99% 101% 1e-400% 1GiB 1e300TiB host(3) hostOf(web/0) faultDomain(1) store(db) queue(jobs) 2027-02-29 0000-00-00".split(" "),
  "counts(data.csv, every 1min)",
  "counts(data.csv, every 1us, from 1y)",
  "instants(data.csv, in s, column at, demand work)",
  "empirical(data.csv, in ms)",
  "availability.request >= 99%",
  "latency.p99 @ 1min..2min <= 1s",
  "roles.web.ready >= 1",
  "((((((((",
  "lognormal(80ms",
  "base: base.yaml",
  "definition: service.csdef",
  "configuration: service.cscfg",
];

/** Names of files that must not be opened, and of some that may. */
export const paths: readonly string[] = [
  `../${canary.csv}`,
  `./../${canary.csv}`,
  `sub/../../${canary.csv}`,
  `..\\${canary.csv}`,
  canary.absolute,
  `file://${canary.absolute}`,
  "link.csv",
  "way/canary.csv",
  "link.yaml",
  "link.csdef",
  "pipe",
  "sub",
  ".",
  "..",
  "/dev/zero",
  "/dev/stdin",
  "/proc/self/environ",
  "data.csv",
  "data.csv\u0000.yaml",
  "CON",
  "C:\\x",
];

/** Words, signs and bombs of XML. */
export const xml: readonly string[] = [
  ...'< > </ /> <!-- --> <![CDATA[ ]]> <? ?> & &lt; &#0; &#x110000; &#xD800; &#1; &undefined; &__proto__; xmlns: xml:base = =""'.split(" "),
  '<!DOCTYPE a [<!ENTITY x "y">]>',
  `<!DOCTYPE a SYSTEM "file://${canary.absolute}">`,
  '<!ENTITY lol "&lol;&lol;">',
  '<?xml version="1.0" encoding="utf-16"?>',
  '<?xml version="1.1" encoding="utf-7"?>',
  `<xi:include href="${canary.absolute}"/>`,
  "<__proto__/>",
  "<constructor/>",
  ' __proto__="x"',
  ' constructor="x"',
  ' name=""',
  ' count="99999999999"',
  ' name="__proto__"',
];

/** Signs and words of JSON and of experiments. */
export const json: readonly string[] = [
  ...'{ } [ ] : , " \\u0000 \\uD800 null true false -1 1e400 {"a":1} [[]]'.split(" "),
  '"__proto__": { "x": 1 }',
  '"constructor": { "prototype": { "x": 1 } }',
  '"steps": []',
  '"actions": {}',
  '"startAfter": ["stop"]',
  '"duration": "PT99999999999H"',
  "PT1M",
  "P1Y2M3DT4H5M6.7S",
  "urn:csci:microsoft:virtualMachine:shutdown/1.0",
  "aws:ec2:stop-instances",
  "COUNT(9999999)",
  "PERCENT(0)",
];

/** Signs and cells of data files. */
export const csv: readonly string[] = [
  ...', ,, " "" ; \t \n \r \r\n "a""b" "a,b" "unclosed 1e9 1e10 1e400 -5 2005-06-21T10:54 2005-13-41T99:99 5s 1h30min start,end'.split(" "),
  "\n,\n",
  '"\n"',
];
