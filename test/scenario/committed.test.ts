import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { FileRefused, type ScenarioFiles } from "../../src/scenario/files.ts";
import { jsonSchema } from "../../src/scenario/jsonSchema.ts";
import { parse } from "../../src/scenario/parse.ts";
import { validate } from "../../src/scenario/validate.ts";

const folder = (name: string) => new URL(`../../scenarios/${name}`, import.meta.url);
const names = ["", "bench/"].flatMap((prefix) =>
  readdirSync(folder(prefix))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => `${prefix}${name}`),
);
const accepts = new Ajv({ strict: false }).compile(jsonSchema());

describe("the scenarios of the project", () => {
  it.each(names)("%s is valid, without warnings, and known to editors", (name) => {
    const files: ScenarioFiles = {
      read(path) {
        if (path.includes("/")) throw new FileRefused(`"${path}" is not in the folder`);
        return readFileSync(folder(`${name.slice(0, name.lastIndexOf("/") + 1)}${path}`));
      },
    };
    const parsed = parse(readFileSync(folder(name), "utf8"), { file: name });
    expect(validate(parsed, { files }).warnings).toEqual([]);
    const partial = typeof parsed.value === "object" && parsed.value !== null && "base" in parsed.value;
    if (!partial) expect(accepts(parsed.value), JSON.stringify(accepts.errors)).toBe(true);
  });
});
