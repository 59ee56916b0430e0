import { vmSizeNames } from "../../model/hardware/sizes.ts";
import { mergeLayers } from "../merge.ts";
import type { ParsedScenario } from "../parse.ts";
import { valueAt } from "../place.ts";
import type { Problem } from "../problem.ts";
import { withServiceFiles } from "../serviceFiles.ts";
import { type ValidateOptions, validate } from "../validate.ts";
import { exportService, type ServiceFiles } from "./exportService.ts";
import { serviceOfDesign } from "./serviceOfDesign.ts";

/** The files of a scenario's service, and what there is to say about them. */
export interface ExportedScenario {
  readonly files: ServiceFiles;
  /** What was assumed, and what the files cannot say, in plain sentences. */
  readonly notes: readonly string[];
  /** About the scenario itself. */
  readonly warnings: readonly Problem[];
}

/**
 * Writes the service of a scenario, as it is deployed at the start, as the two files of the platform. Where the scenario names such files, they
 * are written again with what the scenario changes; otherwise ports and paths are assumed. Throws ScenarioError.
 */
export function exportScenario(input: ParsedScenario, options: ValidateOptions): ExportedScenario {
  const { design, name, warnings } = validate(input, options);
  const { whole } = mergeLayers(input, options.set ?? [], options.files);
  const { imported, value } = withServiceFiles(whole.value, options.files);
  const osVersion = valueAt(value, ["service", "osVersion"]);
  const { notes, service } = serviceOfDesign(name, design, typeof osVersion === "string" ? osVersion : "*", imported?.service);
  return { files: exportService(service, imported, vmSizeNames), notes, warnings };
}
