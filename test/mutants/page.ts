import type { Hunted } from "./hunt.ts";
import type { Mutant } from "./mutant.ts";

/** The table of mutants and of what has noticed each, as a page. */
export function pageOf(
  mutants: readonly Mutant[],
  found: ReadonlyMap<string, Hunted>,
  { mostRuns, seed }: { readonly mostRuns: number; readonly seed: number },
): string {
  const rows = mutants.map(({ file, name }) => {
    const { happens, hosts, noticedBy, runs } = found.get(name) as Hunted;
    return `| ${name} | \`${file}\` | ${noticedBy} | ${runs} | ${happens} | ${hosts} |`;
  });
  const of = (key: "runs" | "happens" | "hosts"): number => {
    const values = [...found.values()].map((hunted) => hunted[key]).sort((a, b) => a - b);
    return values[values.length >> 1];
  };
  const most = Math.max(...[...found.values()].map(({ runs }) => runs));
  return `<!-- Generated: NINES_LONG=1 npx vitest run test/mutants -->
# Mutants of the model

Each is one small mistake in a copy of the model. Small generated scenarios are replayed in it, watched by the invariants that must notice
and nobody else, until one breaks; then the scenario is shrunk. ${found.size} of ${mutants.length} mutants were noticed within ${mostRuns} runs (seed ${seed}), the last of them
after ${most}; in the median after ${of("runs")}, by a scenario with ${of("happens")} faults and operations on ${of("hosts")} hosts.

| mistake | file below src/ | noticed by | runs | faults and operations | hosts |
|---|---|---|---|---|---|
${rows.join("\n")}

Not in the table, because nothing has noticed them within ${mostRuns} runs: streams of instances that are named by the place of their role in
place of its name (M6 adds its strange role behind all others, and M12 reorders keys, which are sorted before roles are numbered), and one
stream of repairs for all targets of a fault (M6 adds no target to a fault that strikes several).
`;
}
