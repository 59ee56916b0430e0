/** One mistake a person made, with the place where it stands. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: "error" | "warning";
  /** What was found and what is allowed, in one sentence without a full stop. */
  readonly message: string;
  /** The line of the file, as it stands there. */
  readonly source?: string | undefined;
  /** How many characters to underline from `column` on. */
  readonly length?: number | undefined;
  /** How to write it, shown after the underlining: "write 10s or 10min". */
  readonly hint?: string | undefined;
}

/** Thrown for a person's mistakes in a scenario, a service file or an option: all of them at once, in the order in which they stand. */
export class ScenarioError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const short = problems.map(shortened);
    super(short.map(headline).join("\n"));
    this.name = "ScenarioError";
    this.problems = short;
  }
}

/** A message repeats no more than this of a file, in characters. */
const longestMessage = 1000;
const longestHint = 200;

function shortened(problem: Problem): Problem {
  const { hint, message } = problem;
  if (message.length <= longestMessage && (hint?.length ?? 0) <= longestHint) return problem;
  const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}...` : text);
  return { ...problem, message: cut(message, longestMessage), hint: hint === undefined ? undefined : cut(hint, longestHint) };
}

/** `file:line:column: error: message`, the line that editors and CI understand. */
export function headline(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column}: ${problem.severity}: ${problem.message}`;
}

/** The problem with its line underlined, as printed in a terminal. */
export function describeProblem(problem: Problem): string {
  if (problem.source === undefined) return headline(problem);
  const number = String(problem.line).padStart(4);
  const before = problem.source.slice(0, problem.column - 1).replace(/[^\t]/g, " ");
  const carets = "^".repeat(Math.max(1, Math.min(problem.length ?? 1, problem.source.length - problem.column + 1)));
  const hint = problem.hint === undefined ? "" : `  ${problem.hint}`;
  return `${headline(problem)}\n${number} | ${problem.source}\n     | ${before}${carets}${hint}`;
}
