/** A mistake in how a command was called, or in a file that it was given; the message is one sentence without a full stop. */
export class UsageError extends Error {
  /** A command that helps. */
  readonly advice: string | undefined;

  constructor(message: string, advice?: string) {
    super(message);
    this.name = "UsageError";
    this.advice = advice;
  }
}
