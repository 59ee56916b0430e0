import { describe, expect, it } from "vitest";
import { cycleOf } from "./architecture/cycles.ts";
import { bans, errorWords } from "./architecture/engineDependent.ts";
import { mask } from "./architecture/mask.ts";
import { allowedLayers, isAllowed, isInOrder } from "./architecture/rules.ts";
import { readSources, type SourceFile, sourceFile } from "./architecture/sources.ts";
import { bannedIn, undocumented } from "./architecture/style.ts";

const sources = readSources();
const files = [...sources.values()];

/** Layers that run the same everywhere: no clock, no chance, no host. */
const pure = ["kernel", "random", "stats", "theory", "model", "scenario", "metrics", "invariants", "experiment", "testing"];

function complaints(check: (file: SourceFile) => readonly string[]): readonly string[] {
  return files.flatMap((file) => check(file).map((complaint) => `${file.path}: ${complaint}`));
}

describe("the architecture", () => {
  it("knows every folder of src/", () => {
    expect(files.map(({ layer }) => layer).filter((layer) => !Object.hasOwn(allowedLayers, layer))).toEqual([]);
  });

  it("has imports that point down only", () => {
    expect(complaints((file) => file.imports.filter(({ to }) => sources.has(to) && !isAllowed(file.path, to)).map(({ to }) => to))).toEqual(
      [],
    );
  });

  it("imports files that exist", () => {
    expect(complaints(({ imports }) => imports.map(({ to }) => to).filter((to) => /\.ts$/.test(to) && !sources.has(to)))).toEqual([]);
  });

  it("keeps the order of the rooms inside the model", () => {
    const wrong = (file: SourceFile) => file.imports.filter(({ to, isType }) => !isType && sources.has(to) && !isInOrder(file.path, to));
    expect(complaints((file) => wrong(file).map(({ to }) => to))).toEqual([]);
  });

  it("has no cycle of imports", () => {
    expect(cycleOf(sources)).toEqual([]);
  });

  it("reads no clock, chance or host below report/, and no mathematics that differs between machines", () => {
    // how long a campaign goes on is the one thing that the kit asks the host
    const isPure = ({ layer, path }: SourceFile) => pure.includes(layer) && path !== "testing/campaign/clock.ts";
    expect(complaints((file) => (isPure(file) ? bannedIn(file) : []))).toEqual([]);
  });

  it("knows Node only in node/ and cli/", () => {
    const outside = (file: SourceFile) =>
      ["node", "cli"].includes(file.layer) ? [] : file.imports.filter(({ to }) => to.startsWith("node:"));
    expect(complaints((file) => outside(file).map(({ to }) => to))).toEqual([]);
  });

  it("knows fast-check only in testing/, which nobody loads before it is asked for", () => {
    const outside = files.filter(({ layer }) => layer !== "testing");
    const imports = outside.flatMap((file) => file.imports.filter(({ isLazy }) => !isLazy).map(({ isType, to }) => ({ file, isType, to })));
    expect(imports.filter(({ to }) => to === "fast-check").map(({ file }) => file.path)).toEqual([]);
    const arbitraries = imports.filter(({ isType, to }) => !isType && /^testing\/(index\.ts|arbitraries\/|commands\/)/.test(to));
    expect(arbitraries.map(({ file }) => file.path)).toEqual([]);
  });

  it("knows zod only in scenario/", () => {
    expect(
      complaints(({ layer, imports }) => (layer === "scenario" ? [] : imports.map(({ to }) => to).filter((to) => to === "zod"))),
    ).toEqual([]);
  });
});

describe("the house style", () => {
  it("has no file above 300 lines", () => {
    expect(files.filter(({ text }) => text.trimEnd().split("\n").length > 300).map(({ path }) => path)).toEqual([]);
  });

  it("has no folder deeper than three below src/", () => {
    expect(files.map(({ path }) => path).filter((path) => path.split("/").length > 4)).toEqual([]);
  });

  it("says of every export what it is, in a sentence", () => {
    expect(complaints(undocumented)).toEqual([]);
  });

  it("has no default exports, enums or namespaces", () => {
    expect(complaints(({ code }) => code.match(/^export default|^(?:export )?(?:const )?enum |^(?:export )?namespace /gm) ?? [])).toEqual(
      [],
    );
  });
});

describe("the checks themselves", () => {
  const file = sourceFile(
    "model/odd.ts",
    'import { x } from "../report/x.ts";\nimport type { Y } from "./y.ts";\nexport const z = 2 ** 3 + Math.log(x); // Date\n',
  );

  it("see the arrows of a file, types apart", () => {
    expect(file.imports).toEqual([
      { to: "report/x.ts", isType: false, isLazy: false },
      { to: "model/y.ts", isType: true, isLazy: false },
    ]);
    expect(isAllowed("model/odd.ts", "report/x.ts")).toBe(false);
    expect(isInOrder("model/work/a.ts", "model/roles/b.ts")).toBe(false);
    expect(isInOrder("model/roles/b.ts", "model/work/a.ts")).toBe(true);
  });

  it("see what is banned in code and pass over comments and strings", () => {
    expect(bannedIn(file)).toEqual(["line 3: **", "line 3: Math.log"]);
    expect(undocumented(file)).toEqual(["line 3: export const z"]);
    const template = (inside: string): string => `\`${inside}\${Date}\``;
    expect(mask(`a("Date"); b(${template("x")}); c(/"/);`, false)).toBe(`a("    "); b(${template(" ")}); c(/ /);`);
  });

  it.each([...bans, errorWords])("catch $what", ({ caught, allowed }) => {
    const complaintsAbout = (line: string): readonly string[] => bannedIn(sourceFile("model/odd.ts", `const before = 1;\n${line}\n`));
    expect(caught.filter((line) => complaintsAbout(line).length === 0)).toEqual([]);
    expect(allowed.flatMap(complaintsAbout)).toEqual([]);
    expect(complaintsAbout(caught[0])[0]).toMatch(/^line 2: /);
  });

  it("find a cycle", () => {
    const a = sourceFile("kernel/a.ts", 'import { b } from "./b.ts";\n');
    const b = sourceFile("kernel/b.ts", 'import { a } from "./a.ts";\n');
    expect(cycleOf(new Map([a, b].map((each) => [each.path, each])))).toEqual(["kernel/a.ts", "kernel/b.ts", "kernel/a.ts"]);
  });
});
