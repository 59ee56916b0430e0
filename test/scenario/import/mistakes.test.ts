import { describe, expect, it } from "vitest";
import { importService } from "../../../src/scenario/import/service.ts";
import type { ScenarioError } from "../../../src/scenario/problem.ts";
import { sizes } from "./sizes.ts";
import { counted, cscfg, csdef, many, messages, oneWorker, sizesAllowed, two, whole } from "./texts.ts";

describe("a service configuration with a mistake is refused with what is allowed", () => {
  it.each<[string, string, string]>([
    ["a wrong root", "<Configuration/>", "1:1: error: the root element is <Configuration>; it has to be <ServiceConfiguration>"],
    [
      "no service name",
      cscfg('<Role name="W"><Instances count="1"/></Role>', 'osFamily="4"'),
      '1:1: error: <ServiceConfiguration> has no attribute "serviceName", which is required',
    ],
    [
      "another service name",
      cscfg('<Role name="W"><Instances count="1"/></Role>', 'serviceName="T"'),
      '1:23: error: "serviceName" is "T", but the service definition is named "S"; the two names have to be the same',
    ],
    [
      "an unknown OS family",
      cscfg('<Role name="W"><Instances count="1"/></Role>', 'serviceName="S" osFamily="x"'),
      `1:39: error: "osFamily" of <ServiceConfiguration> is "x"; ${whole(1, 7)}`,
    ],
    ["no instances", cscfg('<Role name="W"/>'), '2:1: error: role "W" has no <Instances count="..."/>, which is required'],
    ["no count", cscfg('<Role name="W"><Instances/></Role>'), '2:16: error: <Instances> has no attribute "count", which is required'],
    ["a negative count", counted("-1"), `2:27: error: "count" of <Instances> is "-1"; ${whole(1, 999999)}`],
    ["half an instance", counted("1.5"), `2:27: error: "count" of <Instances> is "1.5"; ${whole(1, 999999)}`],
    ["zero instances", counted("0"), `2:27: error: "count" of <Instances> is "0"; ${whole(1, 999999)}`],
    ["a million instances", counted("1000000"), `2:27: error: "count" of <Instances> is "1000000"; ${whole(1, 999999)}`],
    ["1e12 instances", counted("1e12"), `2:27: error: "count" of <Instances> is "1e12"; ${whole(1, 999999)}`],
    [
      "a role twice",
      cscfg('<Role name="W"><Instances count="1"/></Role>\n<Role name="W"><Instances count="1"/></Role>'),
      '3:7: error: a second role is named "W"; the first stands in line 2',
    ],
    [
      "a role that is not defined",
      cscfg('<Role name="W"><Instances count="1"/></Role>\n<Role name="V"><Instances count="1"/></Role>'),
      '3:7: error: role "V" is not in the service definition, which has "W"',
    ],
  ])("%s", (_, configuration, message) => {
    expect(messages(oneWorker, configuration)).toEqual([`a.cscfg:${message}`]);
  });

  it("that lacks a role of the definition is refused at the role", () => {
    expect(messages(csdef('<WorkerRole name="W"/>\n<WebRole name="Front"/>'), two)).toEqual([
      'a.csdef:3:10: error: role "Front" is not in the service configuration, which has "W"',
    ]);
  });
});

describe("mistakes", () => {
  it("of both files are reported at once, in the order in which they stand", () => {
    const definition = csdef('<WorkerRole name="W" vmsize="Huge"/>\n<WebRole/>', ' upgradeDomainCount="0"');
    expect(messages(definition, counted("many"))).toEqual([
      `a.csdef:1:107: error: "upgradeDomainCount" of <ServiceDefinition> is "0"; ${whole(1, 20)}`,
      `a.csdef:2:22: error: the VM size "Huge" is not known; ${sizesAllowed}`,
      'a.csdef:3:1: error: <WebRole> has no attribute "name", which is required',
      `a.cscfg:2:27: error: "count" of <Instances> is "many"; ${whole(1, 999999)}`,
    ]);
  });

  it("of a broken file do not hide those of the other", () => {
    expect(messages("<a>", counted("0"))).toEqual([
      "a.csdef:1:1: error: not well-formed XML: unclosed tag 'a'",
      `a.cscfg:2:27: error: "count" of <Instances> is "0"; ${whole(1, 999999)}`,
    ]);
  });

  it("carry the line of the file and the length to underline", () => {
    try {
      importService({ file: "a.csdef", bytes: oneWorker }, { file: "a.cscfg", bytes: counted("0") }, sizes);
      expect.unreachable();
    } catch (error) {
      expect((error as ScenarioError).problems[0]).toMatchObject({
        source: '<Role name="W"><Instances count="0"/></Role>',
        length: 9,
        column: 27,
      });
    }
  });

  it("in hostile files of 4 MiB are found within seconds", () => {
    const started = performance.now();
    messages(csdef(many(19_000, (index) => `<WorkerRole vmsize="${index}"/>`).slice(0, 4_000_000)), two);
    messages(`<a b="${"&#65;".repeat(800_000)}"/>`, two);
    messages(`<a ${many(200_000, (index) => `b${index}=''`)}/>`, two);
    messages(`<a>${"<!---->".repeat(500_000)}`, two);
    messages("<".repeat(4_000_000), two);
    // an order of magnitude above what it takes, so that only time that grows with the square of a file is found
    expect(performance.now() - started).toBeLessThan(30_000);
  }, 60_000);
});
