import * as z from "zod";
import { defaultCell } from "./presets.ts";
import { scenario } from "./schema/scenario.ts";
import { fixedInVariants } from "./variants.ts";

/** The JSON Schema (draft-7) of scenario files, for editors: plain data. */
export function jsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(scenario, {
    target: "draft-7",
    io: "input",
    unrepresentable: "any",
    override: ({ jsonSchema: json, path }) => finish(json as Record<string, unknown>, path),
  });
  return withVariantKeys(schema as unknown as Record<string, unknown>);
}

/** What a variant may say is what a scenario may say, in parts: editors are told the names of its keys. */
function withVariantKeys(json: Record<string, unknown>): Record<string, unknown> {
  const { variants } = json.properties as { readonly variants: { readonly additionalProperties: Record<string, unknown> } };
  const keys = Object.keys(scenario.shape).filter((key) => !Object.hasOwn(fixedInVariants, key));
  variants.additionalProperties.propertyNames = { enum: keys };
  return json;
}

/** The text of `scenarios/schema.json`. */
export function writeJsonSchema(): string {
  return `${JSON.stringify(jsonSchema(), null, 2)}\n`;
}

/** Our own notes become part of the description, where editors show them. */
function finish(json: Record<string, unknown>, path: readonly (string | number)[]): void {
  const cell = defaultCell("azure", keyPath(path));
  const absent = cell?.value ?? json.absent;
  if (absent !== undefined && typeof json.description === "string") json.description = `${json.description} Default: ${String(absent)}.`;
  delete json.unit;
  delete json.absent;
}

/** `properties/clients/additionalProperties/properties/timeout` is the key `clients.*.timeout`. */
function keyPath(path: readonly (string | number)[]): string {
  const keys: (string | number)[] = [];
  for (let at = 0; at < path.length; at++) {
    const step = path[at];
    if (step === "properties") keys.push(path[++at] ?? "");
    else if (step === "additionalProperties" || step === "items") keys.push("*");
  }
  return keys.join(".");
}
