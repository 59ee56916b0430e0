import { type ImportedService, importService, type Service } from "../import/service.ts";
import { configurationShape, definitionShape } from "../import/shapes.ts";
import { describeConfiguration, emptyConfiguration } from "./configurationTree.ts";
import { describeDefinition, emptyDefinition } from "./definitionTree.ts";
import { treeOf } from "./tree.ts";
import { writeXml } from "./writeXml.ts";

/** The two files of a service, as text. */
export interface ServiceFiles {
  readonly definition: string;
  readonly configuration: string;
}

/** The names under which the files are written, and by which messages about them go. */
export const exportNames = { definition: "ServiceDefinition.csdef", configuration: "ServiceConfiguration.cscfg" } as const;

/**
 * Writes a service as the two files of the platform, in the order of their schemas. With `origin`, the files that it comes from, everything in
 * them that a simulation does not know stays; comments do not.
 *
 * The files are read again before they are returned: throws ScenarioError when the service is beyond what the platform allows.
 */
export function exportService(service: Service, origin: ImportedService | undefined, knownSizes: readonly string[]): ServiceFiles {
  const definition = origin === undefined ? emptyDefinition() : treeOf(origin.roots.definition);
  const configuration = origin === undefined ? emptyConfiguration() : treeOf(origin.roots.configuration);
  describeDefinition(definition, origin?.service, service);
  describeConfiguration(configuration, origin?.service, service);
  const files = { definition: writeXml(definition, definitionShape), configuration: writeXml(configuration, configurationShape) };
  importService(
    { file: exportNames.definition, bytes: files.definition },
    { file: exportNames.configuration, bytes: files.configuration },
    knownSizes,
  );
  return files;
}
