import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Invariant, isOfCatalogue } from "../invariants/invariant.ts";
import type { Policy } from "../model/policies/own.ts";
import { FileRefused } from "../scenario/files.ts";
import { readWhole } from "./files.ts";
import { tsxBeside } from "./tsx.ts";

/** What a file of the user's own brings along. */
export interface Plugin {
  readonly policies: readonly Policy[];
  readonly invariants: readonly Invariant[];
}

/** Code of a user is small, in bytes. */
const mostBytes = 1024 * 1024;

/** Loads files of the user's own, which run with all rights of the process: only what the user names is loaded. Throws FileRefused. */
export async function loadPlugins(paths: readonly string[]): Promise<Plugin> {
  const plugins: Plugin[] = [];
  for (const path of paths) plugins.push(await loadPlugin(path));
  return {
    policies: plugins.flatMap(({ policies }) => policies),
    invariants: plugins.flatMap(({ invariants }) => invariants),
  };
}

async function loadPlugin(path: string): Promise<Plugin> {
  readWhole(path, path, mostBytes);
  const exported = (await load(path)) as Readonly<Record<string, unknown>>;
  const list = (name: string): readonly Readonly<Record<string, unknown>>[] => {
    const value = exported[name] ?? [];
    if (!Array.isArray(value)) throw new FileRefused(`"${path}" exports ${name} that are not a list`);
    return value;
  };
  const policies = list("policies");
  const invariants = list("invariants");
  if (policies.length + invariants.length === 0)
    throw new FileRefused(`"${path}" exports neither policies nor invariants: export const policies = [mine];`);
  for (const { choose, kind, want } of policies) {
    if (typeof kind !== "string" || (typeof choose === "function") === (typeof want === "function"))
      throw new FileRefused(`a policy in "${path}" has a kind and a function: choose of a balancing policy, want of an autoscale policy`);
  }
  for (const { id, name, statement, watch } of invariants) {
    if (![id, name, statement].every((text) => typeof text === "string") || typeof watch !== "function")
      throw new FileRefused(`an invariant in "${path}" has id, name, statement and a function watch`);
    if (isOfCatalogue(String(id)))
      throw new FileRefused(`an invariant in "${path}" has the id ${String(id)}, which is for the catalogue: take U1`);
  }
  return { policies: policies as unknown as readonly Policy[], invariants: invariants as unknown as readonly Invariant[] };
}

async function load(path: string): Promise<unknown> {
  const url = pathToFileURL(resolve(path)).href;
  try {
    return await import(url);
  } catch (error) {
    if (!isUnknownKind(error)) throw refused(path, error);
  }
  const tsx = (await tsxOf(url)) ?? (await tsxOf(pathToFileURL(resolve("package.json")).href));
  const { node } = process.versions;
  if (tsx === undefined)
    throw new FileRefused(`"${path}" is TypeScript, which Node ${node} does not run by itself: npm i -D tsx, or give JavaScript`);
  try {
    return await tsx.tsImport(url, import.meta.url);
  } catch (error) {
    throw refused(path, error);
  }
}

/** The tsx that stands beside a file: somebody who writes TypeScript often has it. */
async function tsxOf(url: string): Promise<{ tsImport(url: string, parent: string): Promise<unknown> } | undefined> {
  try {
    return await import(tsxBeside(url));
  } catch {
    return undefined;
  }
}

function isUnknownKind(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_UNKNOWN_FILE_EXTENSION";
}

function refused(path: string, error: unknown): FileRefused {
  return new FileRefused(`"${path}" cannot be loaded: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`);
}
