import { describe, expect, it } from "vitest";
import { minute, second } from "../../src/kernel/time.ts";
import { FileRefused, type ScenarioFiles } from "../../src/scenario/files.ts";
import { parse } from "../../src/scenario/parse.ts";
import { headline, ScenarioError } from "../../src/scenario/problem.ts";
import { validate } from "../../src/scenario/validate.ts";

const definition = `<?xml version="1.0" encoding="utf-8"?>
<ServiceDefinition name="Shop" upgradeDomainCount="3" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition">
  <WebRole name="Web" vmsize="Medium">
    <Endpoints><InputEndpoint name="Http" protocol="http" port="80" /></Endpoints>
  </WebRole>
  <WorkerRole name="Jobs" />
</ServiceDefinition>`;

const configuration = `<?xml version="1.0" encoding="utf-8"?>
<ServiceConfiguration serviceName="Shop" osFamily="3" osVersion="*" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration">
  <Role name="Web"><Instances count="4" /></Role>
  <Role name="Jobs"><Instances count="1" /></Role>
</ServiceConfiguration>`;

const texts: Readonly<Record<string, string>> = {
  "counts.csv": "minute,requests\n0,4\n1,0\n2,7\n3,9\n4,1\n",
  "bad.csv": "minute,requests\n0,4\n1,many\n",
  "empty.csv": "minute,requests\n",
  "trace.csv": "at,work\r\n3,1.5\r\n0.5,2\r\n10,1\r\n",
  "units.csv": 'what,"time, taken"\n"a, b",80ms\nc,"1.5 s"\n',
  "bare.csv": "t\n80\n",
  "latin.csv": "\uFFFF",
  "shop.csdef": definition,
  "shop.cscfg": configuration,
  "other.cscfg": configuration.replace("Jobs", "Job"),
};

const files: ScenarioFiles = {
  read(path) {
    const text = texts[path];
    if (text === undefined) throw new FileRefused(`there is no file "${path}"`);
    return path === "latin.csv" ? new Uint8Array([0xe4, 0x2c]) : new TextEncoder().encode(text);
  },
};

const head = "name: a\nhorizon: 5min\nservice: { roles: { web: { kind: web } } }\n";
const withArrivals = (arrivals: string) => `${head}clients: { all: { endpoint: web, arrivals: "${arrivals}" } }\n`;
const arrivalsOf = (arrivals: string) => validate(parse(withArrivals(arrivals)), { files }).design.clients[0]?.arrivals;

describe("counts from a file", () => {
  it("are those of its last column, or of one that is named", () => {
    expect(arrivalsOf("counts(counts.csv, every 1min)")).toEqual({ kind: "counts", counts: [4, 0, 7, 9, 1], every: minute, offset: 0 });
    expect(arrivalsOf("counts(counts.csv, every 1min, column minute)")).toMatchObject({ counts: [0, 1, 2, 3, 4] });
  });

  it("start from an offset and stop at the horizon", () => {
    expect(arrivalsOf("counts(counts.csv, every 2min, from 2min)")).toMatchObject({ counts: [0, 7, 9] });
  });

  it("warn when they end early, and are refused when they end before they start", () => {
    const { warnings } = validate(parse(withArrivals("counts(counts.csv, every 1min, from 3min)")), { files });
    expect(warnings.map(headline)).toEqual([
      'scenario:4:44: warning: the data of "counts.csv" ends 3min before the horizon: no arrivals from then on',
    ]);
    expect(mistakes(withArrivals("counts(counts.csv, every 1min, from 1h)"))).toEqual([
      'scenario:4:44: error: the data of "counts.csv" ends at 5min, before from',
    ]);
    expect(mistakes(withArrivals("counts(counts.csv, every 1min, from 90s)"))).toEqual([
      "scenario:4:44: error: from 1min30s is not a multiple of every 1min",
    ]);
  });
});

describe("instants from a file", () => {
  it("are sorted, start from an offset and carry demands", () => {
    expect(arrivalsOf("instants(trace.csv, in s, column at, demand work)")).toEqual({
      kind: "instants",
      at: [0.5 * second, 3 * second, 10 * second],
      demands: [2 * second, 1.5 * second, second],
    });
    expect(arrivalsOf("instants(trace.csv, in s, column at, from 3s)")).toEqual({
      kind: "instants",
      at: [0, 7 * second],
      demands: undefined,
    });
  });
});

describe("an empirical law", () => {
  const serviceOf = (law: string) =>
    validate(parse(head.replace("kind: web", `kind: web, service: "${law}"`)), { files }).design.service.roles[0]?.handler[0];

  it("has the values of a column, with their units", () => {
    expect(serviceOf("empirical(units.csv)")).toEqual({ step: "compute", demand: { law: "empirical", values: [80_000, 1_500_000] } });
    expect(serviceOf("empirical(bare.csv, in ms)")).toEqual({ step: "compute", demand: { law: "empirical", values: [80_000] } });
  });
});

describe("a mistake in a file", () => {
  it("is told at its line of the file, or at its name in the scenario", () => {
    expect(mistakes(withArrivals("counts(bad.csv, every 1min)"))).toEqual([
      'bad.csv:3:1: error: a count is a whole number from 0 on, not "many"',
    ]);
    expect(mistakes(withArrivals("counts(empty.csv, every 1min)"))).toEqual([
      "empty.csv:1:1: error: a CSV file needs a header and at least one line of data",
    ]);
    expect(mistakes(withArrivals("counts(counts.csv, every 1min, column request)"))).toEqual([
      'counts.csv:1:1: error: there is no column "request", did you mean "requests"?',
    ]);
    expect(mistakes(withArrivals("counts(none.csv, every 1min)"))).toEqual(['scenario:4:52: error: there is no file "none.csv"']);
    expect(mistakes(withArrivals("counts(latin.csv, every 1min)"))).toEqual([
      'scenario:4:52: error: the file "latin.csv" is not text in UTF-8',
    ]);
    expect(mistakes(withArrivals("instants(bare.csv)"))).toEqual([
      'bare.csv:2:1: error: a duration needs a unit: us ms s min h d y, or say which in the scenario: "in s"',
    ]);
  });

  it("is naming one at all when no files are given", () => {
    expect(() => validate(parse(withArrivals("instants(trace.csv)")))).toThrow(
      'the file "trace.csv" cannot be read here: no files were given',
    );
  });
});

describe("a service given by its definition and configuration", () => {
  const imported = "name: a\nhorizon: 1h\nservice:\n  definition: shop.csdef\n  configuration: shop.cscfg\n";

  it("has their roles, with what the scenario says on top", () => {
    const { design } = validate(parse(`${imported}  roles: { Web: { service: 40ms } }\n`), { files });
    expect(design.service.upgradeDomains).toBe(3);
    expect(design.service.roles.map(({ instances, kind, name, size }) => [name, kind, size.name, instances])).toEqual([
      ["Jobs", "worker", "Small", 1],
      ["Web", "web", "Medium", 4],
    ]);
    expect(design.service.roles[1]).toMatchObject({ endpoints: [{ name: "Http" }], handler: [{ demand: { value: 40_000 } }] });
  });

  it("must have both files, and files without mistakes", () => {
    expect(mistakes(imported.replace("  configuration: shop.cscfg\n", ""))).toEqual([
      "scenario:3:1: error: definition and configuration go together: configuration is missing",
    ]);
    expect(mistakes(imported.replace("shop.csdef", "none.csdef"))).toEqual(['scenario:4:15: error: there is no file "none.csdef"']);
    expect(mistakes(imported.replace("shop.cscfg", "other.cscfg")).length).toBeGreaterThan(0);
  });

  it("leaves the names of its roles to be checked", () => {
    expect(mistakes(`${imported}clients: { all: { endpoint: Wbe, users: 3 } }\n`)).toEqual([
      'scenario:6:29: error: there is no role "Wbe", did you mean "Web"?',
    ]);
  });
});

function mistakes(yaml: string): readonly string[] {
  try {
    validate(parse(yaml), { files });
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems.map(headline);
    throw error;
  }
  return [];
}
