import { importService } from "../../../src/scenario/import/service.ts";
import { headline, ScenarioError } from "../../../src/scenario/problem.ts";
import { sizes } from "./sizes.ts";

// Service files with one mistake each, as short as they can be.
export const definitionSpace = "http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition";
const configurationSpace = "http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration";

/** A definition whose content begins on line 2. */
export const csdef = (content: string, attributes = "") =>
  `<ServiceDefinition name="S" xmlns="${definitionSpace}"${attributes}>\n${content}\n</ServiceDefinition>`;
export const cscfg = (content: string, attributes = 'serviceName="S"') =>
  `<ServiceConfiguration ${attributes} xmlns="${configurationSpace}">\n${content}\n</ServiceConfiguration>`;

export const worker = (content: string, attributes = "") => csdef(`<WorkerRole name="W"${attributes}>${content}</WorkerRole>`);
export const endpoints = (content: string) => worker(`<Endpoints>\n${content}\n</Endpoints>`);
export const probe = (attributes: string) =>
  csdef(`<LoadBalancerProbes>\n<LoadBalancerProbe name="P" ${attributes}/>\n</LoadBalancerProbes><WorkerRole name="W"/>`);
export const rule = (content: string) =>
  csdef(`<WorkerRole name="W"/><NetworkTrafficRules>\n<OnlyAllowTrafficTo>${content}</OnlyAllowTrafficTo>\n</NetworkTrafficRules>`);
export const oneWorker = worker("");
export const counted = (count: string) => cscfg(`<Role name="W"><Instances count="${count}"/></Role>`);
export const two = counted("2");
export const many = (count: number, each: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => each(index + 1)).join("\n");

export function messages(definition: string | Uint8Array, configuration: string | Uint8Array): string[] {
  try {
    importService({ file: "a.csdef", bytes: definition }, { file: "a.cscfg", bytes: configuration }, sizes);
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(headline);
  }
}

export const sizesAllowed =
  'allowed are "ExtraSmall", "Small", "Medium", "Large", "ExtraLarge", "Standard_A1", "Standard_D1_v2", "Standard_D2_v2" and "Standard_D3"';
export const whole = (from: number, to: number) => `allowed is a whole number from ${from} to ${to}`;
