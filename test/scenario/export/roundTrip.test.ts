import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { vmSizeNames } from "../../../src/model/hardware/sizes.ts";
import { exportService } from "../../../src/scenario/export/exportService.ts";
import { type ImportedService, importService } from "../../../src/scenario/import/service.ts";
import type { XmlElement } from "../../../src/scenario/import/xml.ts";
import { anyService } from "./anyService.ts";

/** Everything that stands in a file, whatever the order of names. */
function contentOf({ attributes, children, name, text }: XmlElement): unknown {
  const inside = children.map(contentOf).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return [name, [...attributes].sort(), text, inside];
}

const again = (imported: ImportedService): ImportedService => {
  const { configuration, definition } = exportService(imported.service, imported, vmSizeNames);
  return importService({ file: "b.csdef", bytes: definition }, { file: "b.cscfg", bytes: configuration }, vmSizeNames);
};

/** Claims that a pair survives being exported and imported: the service, and everything in the files that is no part of it. */
function survives(folder: string, definition: string, configuration: string): void {
  const read = (file: string) => ({ file, bytes: readFileSync(join(folder, file)) });
  const before = importService(read(definition), read(configuration), vmSizeNames);
  const after = again(before);
  const unplaced = (names: readonly string[]) => names.map((name) => name.replace(/ \(line \d+\)$/, "")).sort();
  expect({ ...after.service, notUnderstood: [] }).toEqual({ ...before.service, notUnderstood: [] });
  expect(unplaced(after.service.notUnderstood)).toEqual(unplaced(before.service.notUnderstood));
  const withSpace = ({ attributes, ...root }: XmlElement): XmlElement => ({ ...root, attributes: new Map([...attributes, ["xmlns", ""]]) });
  for (const file of ["definition", "configuration"] as const) {
    expect(contentOf(withSpace(after.roots[file]))).toEqual(contentOf(withSpace(before.roots[file])));
  }
}

const corpus = join(import.meta.dirname, "../../../../shared/corpus/cloud-service-config");

describe.skipIf(!existsSync(corpus))("every pair of the corpus is the same after export and import", () => {
  const { services } = existsSync(corpus)
    ? (JSON.parse(readFileSync(join(corpus, "expected.json"), "utf8")) as {
        services: Record<string, { readonly definition: string; readonly configuration: string }[]>;
      })
    : { services: {} };
  for (const [folder, pairs] of Object.entries(services)) {
    for (const { configuration, definition } of pairs) {
      it(`${folder}: ${definition} with ${configuration}`, () => survives(join(corpus, folder), definition, configuration));
    }
  }
});

describe("our own pairs of files are the same after export and import", () => {
  const fixtures = join(import.meta.dirname, "../../fixtures/import");
  for (const name of ["shop", "legacy", "strange"]) it(name, () => survives(fixtures, `${name}.csdef`, `${name}.cscfg`));
});

describe("any service within the limits of the schemas", () => {
  it("is the same after export and import", () => {
    fc.assert(
      fc.property(anyService, (service) => {
        const { configuration, definition } = exportService(service, undefined, vmSizeNames);
        const imported = importService({ file: "a.csdef", bytes: definition }, { file: "a.cscfg", bytes: configuration }, vmSizeNames);
        expect(imported.service).toEqual(service);
        expect(again(imported).service).toEqual(service);
      }),
      { numRuns: 150 },
    );
  });

  it("can become any other one by changes to its files, and keeps none of what is no more", () => {
    fc.assert(
      fc.property(anyService, anyService, (before, after) => {
        const written = exportService(before, undefined, vmSizeNames);
        const origin = importService(
          { file: "a.csdef", bytes: written.definition },
          { file: "a.cscfg", bytes: written.configuration },
          vmSizeNames,
        );
        // the network is the file's own: no scenario changes it
        const wanted = { ...after, networkConfiguration: null, roles: after.roles.map(withoutBalancer) };
        const { configuration, definition } = exportService(wanted, origin, vmSizeNames);
        const imported = importService({ file: "b.csdef", bytes: definition }, { file: "b.cscfg", bytes: configuration }, vmSizeNames);
        expect({ ...imported.service, networkConfiguration: null }).toEqual(wanted);
      }),
      { numRuns: 100 },
    );
  });
});

function withoutBalancer<T extends { readonly endpoints: readonly { readonly loadBalancer?: string }[] }>(role: T): T {
  return { ...role, endpoints: role.endpoints.map(({ loadBalancer: _, ...endpoint }) => endpoint) };
}
