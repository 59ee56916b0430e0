import { allKeys, type KeyEntry, keysOf } from "../../../src/scenario/keys.ts";
import { fault } from "../../../src/scenario/schema/faults.ts";
import { operation } from "../../../src/scenario/schema/operations.ts";
import type { Scenario } from "../../../src/scenario/schema/scenario.ts";
import { wordsOf } from "../../../src/scenario/schema/walk.ts";

/** Everything that can be said in the language: every key, as `clients.*.timeout`, and every choice, as `balancer.sku=standard`. */
export function sayings(): readonly string[] {
  const keys: readonly KeyEntry[] = [...allKeys(), ...keysOf(fault, "faults.*"), ...keysOf(operation, "operations.*")];
  const kinds = [...wordsOfKind(fault, "faults"), ...wordsOfKind(operation, "operations")];
  return [...new Set([...keys.flatMap(({ path, schema }) => [path, ...wordsOf(schema).map((word) => `${path}=${word}`)]), ...kinds])];
}

function wordsOfKind(schema: typeof fault | typeof operation, section: string): readonly string[] {
  const { options } = (schema as unknown as { _zod: { def: { options: { shape: { kind: Parameters<typeof wordsOf>[0] } }[] } } })._zod.def;
  return options.flatMap(({ shape }) => wordsOf(shape.kind).map((word) => `${section}.*.kind=${word}`));
}

/** Mappings whose keys are names. */
const named =
  /^(service\.roles|clients|queues|stores|variants|autoscale\.roles|operations\.\*\.roles|.*\.endpoints|.*\.localStorage|pricing\.hourly)$/;

/** Notes what a scenario says, in the same words. */
export function listen(scenario: Scenario, heard: Set<string>): void {
  hear(scenario, "", heard);
}

function hear(value: unknown, path: string, heard: Set<string>): void {
  heard.add(path);
  if (typeof value !== "object" || value === null) {
    heard.add(`${path}=${value}`);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const step = Array.isArray(value) || named.test(path) ? "*" : key;
    hear(inner, path === "" ? step : `${path}.${step}`, heard);
  }
}
