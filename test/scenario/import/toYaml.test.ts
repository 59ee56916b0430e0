import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { vmSizeNames } from "../../../src/model/hardware/sizes.ts";
import { importService } from "../../../src/scenario/import/service.ts";
import { toServiceSection } from "../../../src/scenario/import/toScenario.ts";
import { scenarioFromService } from "../../../src/scenario/import/toYaml.ts";
import { parse } from "../../../src/scenario/parse.ts";
import { scenario } from "../../../src/scenario/schema/scenario.ts";
import { fixture } from "./fixtures.ts";

const fixturePair = (name: string) => importService(fixture(`${name}.csdef`), fixture(`${name}.cscfg`), vmSizeNames);

function importTexts(roles: string, configuration: string) {
  const definition = { file: "a.csdef", bytes: `<ServiceDefinition name="Odd &quot;service&quot;: #1">${roles}</ServiceDefinition>` };
  const bytes = `<ServiceConfiguration serviceName="Odd &quot;service&quot;: #1">${configuration}</ServiceConfiguration>`;
  return importService(definition, { file: "a.cscfg", bytes }, vmSizeNames);
}

/** The text as the scenario language reads it: a wrong key or value would throw. */
const read = (text: string) => {
  const { value } = parse(text);
  scenario.parse(value);
  return value as { [section: string]: Record<string, unknown> };
};

describe("the scenario of an imported service", () => {
  it("has its roles, probes, tasks and storage, and a client for each input endpoint", () => {
    const text = scenarioFromService(fixturePair("shop"));
    expect(text).toBe(readFileSync(new URL("../../fixtures/import/shop.golden.yaml", import.meta.url), "utf8"));
    read(text);
  });

  it("marks what is assumed", () => {
    const text = scenarioFromService(fixturePair("legacy"));
    expect(text).toContain("clients:\n  Pages:\n    endpoint: Pages\n    arrivals: poisson(10/s) # assumed\n");
    expect(text).not.toContain("queues:");
    read(text);
  });

  it("without input endpoints has a queue for each worker role", () => {
    const roles = '<WorkerRole name="Mail"/><WorkerRole name="Index"/>';
    const imported = importTexts(roles, '<Role name="Mail"><Instances count="1"/></Role><Role name="Index"><Instances count="2"/></Role>');
    const text = scenarioFromService(imported);
    expect(text).toContain("queues:\n  Mail:\n    arrivals: poisson(1/s) # assumed\n  Index:\n    arrivals: poisson(1/s) # assumed\n");
    expect(read(text).service).toMatchObject({ roles: { Mail: { queue: "Mail" }, Index: { queue: "Index", instances: 2 } } });
    expect(toServiceSection(imported.service).roles?.Mail).toEqual({ kind: "worker", size: "Small", instances: 1 });
  });

  it("with odd names is valid all the same, and says how they changed", () => {
    const roles =
      '<WorkerRole name="a b&#10;evil: true"><Endpoints><InputEndpoint name="x/y" protocol="tcp" port="1"/><InputEndpoint name="x-y" protocol="tcp" port="2"/></Endpoints></WorkerRole><WorkerRole name="12"/>';
    const counts = '<Role name="a b&#10;evil: true"><Instances count="1"/></Role><Role name="12"><Instances count="1"/></Role>';
    const text = scenarioFromService(importTexts(roles, counts));
    const value = read(text);
    expect(value.name).toBe('Odd "service": #1');
    expect(value.clients).toEqual({
      "a-b-evil-true-x-y": { endpoint: "a-b-evil-true/x-y", arrivals: "poisson(10/s)" },
      "a-b-evil-true-x-y-2": { endpoint: "a-b-evil-true/x-y-2", arrivals: "poisson(10/s)" },
    });
    expect(text).toContain('# role "a b evil: true" is named a-b-evil-true here\n');
    expect(Object.keys(value)).not.toContain("evil");
  });

  it("that does not fit into the default datacenter gets a larger one", () => {
    const text = scenarioFromService(
      importTexts('<WorkerRole name="W" vmsize="Standard_D64_v3"/>', '<Role name="W"><Instances count="30"/></Role>'),
    );
    expect(text).toContain(
      "datacenter:\n  hostsPerFaultDomain: 30 # assumed\n  host:\n    cores: 64\n    memory: 262144MiB\n    disk: 4194304MiB\n",
    );
    read(text);
  });

  it("uses the balancer's distribution and idle time-out where all endpoints agree", () => {
    const endpoint = (port: number) =>
      `<InputEndpoint name="E${port}" protocol="tcp" port="${port}" loadBalancerDistribution="sourceIP" idleTimeoutInMinutes="15"/>`;
    const roles = `<WorkerRole name="W"><Endpoints>${endpoint(1)}${endpoint(2)}</Endpoints></WorkerRole>`;
    const value = read(scenarioFromService(importTexts(roles, '<Role name="W"><Instances count="2"/></Role>')));
    expect(value.balancer).toEqual({ policy: "source-ip", idleTimeout: "15min" });
  });
});
