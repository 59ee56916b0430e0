import { Document, isMap, isScalar, type Node } from "yaml";
import type { ImportedService } from "./service.ts";
import { toScenario } from "./toScenario.ts";

const assumed = " assumed";

/** Elements of a role that say how it is packaged and set up. */
const withoutEffect = ["Certificates", "ConfigurationSettings", "Runtime", "Sites", "Contents"];

/** A runnable scenario for an imported service, as YAML text; what is assumed is marked, what is left out stands in comments at the top. */
export function scenarioFromService({ roots, service, warnings }: ImportedService): string {
  const { scenario, notes: said } = toScenario(service);
  const notes = [...said];
  const document = new Document(scenario);
  const idle = withoutEffect.filter((name) =>
    roots.definition.children.some(({ children }) => children.some((child) => child.name === name)),
  );
  if (idle.length > 0) notes.push(`known and without effect in a simulation: ${idle.map((name) => `<${name}>`).join(", ")}`);
  const remarks = [...notes, ...warnings.map((warning) => `${warning.file}:${warning.line}: ${warning.message}`)];
  if (remarks.length > 0) document.commentBefore = remarks.map((remark) => ` ${oneLine(remark)}`).join("\n");
  for (const section of ["clients", "queues"]) {
    for (const name of Object.keys(scenario[section as "clients" | "queues"] ?? {}))
      mark(document.getIn([section, name, "arrivals"], true));
  }
  if (scenario.datacenter !== undefined) mark(document.getIn(["datacenter", "hostsPerFaultDomain"], true));
  for (const [name, role] of Object.entries(scenario.service.roles ?? {})) {
    if (role.queue !== undefined) mark(document.getIn(["service", "roles", name, "queue"], true));
    for (const [index, task] of (role.startupTasks ?? []).entries()) {
      const value = document.getIn(["service", "roles", name, "startupTasks", index], true);
      if (isMap(value) && task.name !== undefined) value.flow = true;
    }
  }
  return document.toString({ lineWidth: 0 });
}

function mark(node: unknown): void {
  if (isScalar(node)) (node as Node).comment = assumed;
}

/** Names of service files may hold line breaks, which would end the comment. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
