/** What the exit code of a command says. */
export const ExitCode = {
  ok: 0,
  /** A mistake of the simulator. */
  internal: 1,
  /** A mistake in what was given: a file, an option, a name. */
  wrongInput: 2,
  /** Two runs that were compared are not the same. */
  different: 3,
  /** An invariant that was watched does not hold. */
  invariantBroken: 98,
  /** Everything ran, and an expectation was missed. */
  expectationMissed: 99,
  /** Stopped by Ctrl+C; what there was by then has been printed. */
  interrupted: 130,
} as const;
