import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../cli/nines.ts";
import { node, scratchProject } from "./scratch.ts";

const suite = join(root, "test", "package", "suite");
const jestSuite = join(root, "test", "package", "jest");
const examples = join(root, "test", "examples");
const dependencies = ["commander", "fast-xml-parser", "fastest-levenshtein", "picocolors", "seedrandom", "yaml", "zod"];
const bin = (...path: string[]) => join(root, "node_modules", ...path);

test("a project that has installed the package imports nines/testing under node:test", () => {
  const project = scratchProject([...dependencies, "fast-check"], suite);
  const { code, out } = node(project, "--test", "--test-reporter=tap", "generated.node.mjs");
  expect(out).toContain("# pass 1");
  expect(code).toBe(0);
});

test("a project that has installed the package imports nines/testing under vitest, and the examples run there", () => {
  const project = scratchProject([...dependencies, "fast-check", "vitest"], suite, examples);
  const { code, out } = node(project, bin("vitest", "vitest.mjs"), "run", "--dir", ".", "--config", "vitest.config.mjs");
  expect(out).toMatch(/Test Files\s+3 passed/);
  expect(code).toBe(0);
});

test("a project that has installed the package checks scenarios under jest, and is told of the invariant that breaks", ({ skip }) => {
  const jest = join(jestSuite, "node_modules", "jest", "bin", "jest.js");
  if (!existsSync(jest)) skip("jest is not installed: cd test/package/jest && npm ci");
  const project = scratchProject([...dependencies, "fast-check"]);
  for (const file of ["package.json", "generated.jest.mjs"]) cpSync(join(jestSuite, file), join(project, file));
  const config = JSON.stringify({ testMatch: ["**/*.jest.mjs"], transform: {}, injectGlobals: false });
  const { code, out } = node(project, "--experimental-vm-modules", jest, "--rootDir", project, "--config", config);
  expect(out).toMatch(/Tests:\s+2 passed, 2 total/);
  expect(code).toBe(0);
});

test("TypeScript finds the types of nines/testing in such a project", () => {
  const project = scratchProject([...dependencies, "fast-check", "vitest"], suite, examples);
  const { code, out } = node(project, bin("typescript", "bin", "tsc"), "-p", ".");
  expect(out).toBe("");
  expect(code).toBe(0);
});

test("without fast-check the package itself works, and nines/testing says what is missing", () => {
  const project = scratchProject(dependencies, suite);
  expect(node(project, "--input-type=module", "-e", 'import { version } from "nines"; console.log(version);')).toMatchObject({ code: 0 });
  const { code, out } = node(project, "--input-type=module", "-e", 'import "nines/testing";');
  expect(code).toBe(1);
  expect(out).toContain("Cannot find package 'fast-check'");
});
