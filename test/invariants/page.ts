import { run } from "../../src/experiment/library.ts";
import { invariants } from "../../src/invariants/index.ts";
import type { Invariant, Monitor, WatchedRun } from "../../src/invariants/invariant.ts";
import { FactKind, factKindNames } from "../../src/model/facts.ts";
import { relations } from "../../src/testing/relations/index.ts";

const kinds = { S: "Safety: at every instant", T: "Temporal: within a time", M: "Relational: between runs" } as const;

const allKinds = Object.keys(FactKind).length;

/** The text of `scenarios/INVARIANTS.md`: every invariant with its statement, and what its monitor listens to. */
export function writeInvariants(): string {
  const monitors = monitorsOf(invariants);
  const sections = (["S", "T"] as const).flatMap((letter) => {
    const rows = invariants.flatMap((invariant, place) => (invariant.id.startsWith(letter) ? [rowOf(invariant, monitors[place])] : []));
    return rows.length === 0
      ? []
      : [[`## ${kinds[letter]}`, "", "| Id | Name | Statement | Watches |", "|---|---|---|---|", ...rows].join("\n")];
  });
  return `${[intro, ...sections, between()].join("\n\n")}\n`;
}

/** What holds between runs. */
function between(): string {
  const rows = relations.map(
    ({ exactness, id, name, statement }) => `| ${id} | \`${name}\` | ${statement.replaceAll("|", "\\|")} | ${exactness} |`,
  );
  return [`## ${kinds.M}`, "", "| Id | Name | Statement | Holds |", "|---|---|---|---|", ...rows].join("\n");
}

const intro = [
  "# Invariants",
  "",
  "What holds in every run of every scenario. This page is generated from `src/invariants/` and `src/testing/relations/`, one file each.",
  "`nines run FILE --check` watches S and T, `--check S1,S9` some; the first that does not hold ends the run with exit code 98.",
  "`--check M1` replays the scenario as often as that relation needs; a relation that says nothing about a scenario says so.",
  "`nines explain S9` tells one.",
].join("\n");

/** What each invariant's monitor looks like, the facts that its accounts hear included, from a run that ends at once. */
function monitorsOf(watched: readonly Invariant[]): readonly Monitor[] {
  const monitors: Monitor[] = [];
  const spies = watched.map((invariant) => ({
    ...invariant,
    watch(of: WatchedRun) {
      const heard: FactKind[] = [];
      const account: WatchedRun["account"] = (kind) => {
        const shared = of.account(kind);
        heard.push(...shared.listensTo);
        return shared;
      };
      const monitor = invariant.watch({ ...of, account });
      monitors.push({ ...monitor, listensTo: [...new Set([...heard, ...(monitor.listensTo ?? [])])] });
      return monitor;
    },
  }));
  run(
    { name: "page", horizon: "1s", heal: { at: "0s", settle: "1s" }, service: { roles: { web: { kind: "web" } } } },
    { checks: { invariants: spies, lookEvery: 1 } },
  );
  return monitors;
}

function rowOf({ id, name, statement }: Invariant, monitor: Monitor | undefined): string {
  return `| ${id} | \`${name}\` | ${statement.replaceAll("|", "\\|")} | ${watches(monitor ?? {}).join("; ")} |`;
}

function watches({ listensTo = [], afterEvent, look, atHorizon, atEnd }: Monitor): readonly string[] {
  return [
    ...(listensTo.length === 0
      ? []
      : [new Set(listensTo).size === allKinds ? "every fact" : listensTo.map((kind) => `\`${factKindNames[kind]}\``).join(", ")]),
    ...(afterEvent === undefined ? [] : ["every event"]),
    ...(look === undefined ? [] : ["scans of the world"]),
    ...(atHorizon === undefined ? [] : ["the horizon"]),
    ...(atEnd === undefined ? [] : ["the end"]),
  ];
}
