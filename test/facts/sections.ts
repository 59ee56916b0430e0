import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Fact } from "./fact.ts";

/** A section of facts and the tests that show them. */
export interface Section {
  readonly number: number;
  readonly title: string;
  readonly facts: readonly Fact[];
  /** Ids that a test of this section shows. */
  readonly tested: ReadonlySet<string>;
  /** The test file, from the top of the project. */
  readonly file: string;
}

const folder = import.meta.dirname;

/** Every section that has a file `sectionNN.ts` here, in order. */
export async function readSections(): Promise<readonly Section[]> {
  const names = readdirSync(folder).filter((name) => /^section\d\d\.ts$/.test(name));
  return Promise.all(
    names.sort().map(async (name) => {
      const { title, facts } = (await import(join(folder, name))) as { title: string; facts: readonly Fact[] };
      const test = name.replace(".ts", ".test.ts");
      const code = readFileSync(join(folder, test), "utf8");
      const tested = new Set(Array.from(code.matchAll(/^\s*fact\("([\d.]+)"/gm), ([, id = ""]) => id));
      return { number: Number(name.slice(7, 9)), title, facts, tested, file: `test/facts/${test}` };
    }),
  );
}

/** The text of `scenarios/FACTS.md`: fact, test and source, and what is not modelled with the reason. */
export function writeFacts(sections: readonly Section[]): string {
  const shown = sections.flatMap(({ facts }) => facts.filter(({ notModelled }) => notModelled === undefined));
  const left = sections.flatMap(({ facts }) => facts.filter(({ notModelled }) => notModelled !== undefined));
  const cell = (text: string): string => text.replaceAll("|", "\\|");
  const tables = sections.map(({ file, facts, number, title }) => {
    const rows = facts.map(({ id, mark, notModelled, source, text }) => {
      const where = notModelled === undefined ? `\`${file}\`, "fact ${id}"` : `not modelled: ${notModelled}`;
      return `| ${id} | ${cell(text)} | ${cell(where)} | ${cell(source)} (${mark}) |`;
    });
    return `## ${number} ${title}\n\n| | fact | test | source |\n|---|---|---|---|\n${rows.join("\n")}`;
  });
  return `# Facts of the platform, and the tests that show them

Generated from \`test/facts\`. ${shown.length} facts are behaviour of the simulator, each with a test named after it; ${left.length} are not modelled, with the reason.
How sure a fact is stands beside its source: read in the vendor's own document, read in a blog or talk, recalled from one, or a guess.

${tables.join("\n\n")}
`;
}
