import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { vmSizeNames } from "../../../src/model/hardware/sizes.ts";
import { importService, type ServiceRole } from "../../../src/scenario/import/service.ts";
import { scenarioFromService } from "../../../src/scenario/import/toYaml.ts";
import { parse } from "../../../src/scenario/parse.ts";
import { scenario } from "../../../src/scenario/schema/scenario.ts";

/** Real service files beside the checkout, with what a reader has to find in them. */
const corpus = fileURLToPath(new URL("../../../../shared/corpus/cloud-service-config/", import.meta.url));
const present = existsSync(`${corpus}expected.json`);

/** expected.json keeps null for what is not written; the import fills the documented default in. */
const absent: Readonly<Record<string, string>> = { osFamily: "1", osVersion: "*" };

interface ExpectedRole extends Omit<ServiceRole, "size" | "endpoints"> {
  readonly vmsize: string | null;
  readonly vmsizeEffective: string;
  readonly endpoints: readonly Readonly<Record<string, unknown>>[];
}

interface Expected {
  readonly definition: string;
  readonly configuration: string;
  readonly upgradeDomainCountEffective: number;
  readonly roles: readonly ExpectedRole[];
  readonly problems: readonly unknown[];
  readonly [key: string]: unknown;
}

if (!present) console.warn("no ../shared/corpus/cloud-service-config beside the checkout: its pairs are not imported");

describe.skipIf(!present)("every pair of the corpus is imported as its expected.json says", () => {
  const services = present
    ? (JSON.parse(readFileSync(`${corpus}expected.json`, "utf8")) as { services: Record<string, Expected[]> })
    : undefined;
  const pairs = Object.entries(services?.services ?? {}).flatMap(([folder, all]) =>
    all.map((expected) => ({ folder, definition: expected.definition, configuration: expected.configuration, expected })),
  );

  it.each(pairs)("$folder: $definition with $configuration", ({ folder, expected }) => {
    const read = (file: string) => ({ file, bytes: readFileSync(`${corpus}${folder}/${file}`) });
    const imported = importService(read(expected.definition), read(expected.configuration), vmSizeNames);
    const { service } = imported;
    for (const key of [
      "serviceName",
      "schemaVersion",
      "configurationSchemaVersion",
      "topologyChangeDiscovery",
      "osFamily",
      "osVersion",
      "probes",
      "networkTrafficRules",
      "networkConfiguration",
    ] as const) {
      expect({ [key]: service[key] }).toEqual({ [key]: expected[key] ?? absent[key] ?? null });
    }
    expect(service.upgradeDomainCount).toBe(expected.upgradeDomainCountEffective);
    expect(service.mismatches).toEqual(expected.problems);
    expect(service.notUnderstood).toEqual([]);
    expect(scenario.safeParse(parse(scenarioFromService(imported)).value).error).toBeUndefined();
    expect(service.roles).toHaveLength(expected.roles.length);
    for (const [index, role] of expected.roles.entries()) {
      const { vmsize: _, vmsizeEffective, endpoints, ...rest } = role;
      expect(service.roles[index]).toMatchObject({ ...rest, size: vmsizeEffective } as object);
      expect(service.roles[index]?.endpoints).toMatchObject(endpoints);
    }
  });
});
