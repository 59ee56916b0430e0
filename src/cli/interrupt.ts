import { setImmediate } from "node:timers/promises";
import { ExitCode } from "./exitCode.ts";

/** Listens for Ctrl+C until released. The first one asks the work to stop where it can; the second ends the process. */
export class Interrupt {
  private asked = false;
  private readonly listener = (): void => {
    if (this.asked) process.exit(ExitCode.interrupted);
    this.asked = true;
  };

  constructor() {
    process.on("SIGINT", this.listener);
  }

  /** Whether somebody asked to stop. */
  get isAsked(): boolean {
    return this.asked;
  }

  /** Hears a signal that came while nothing could be heard, then lets go. */
  async release(): Promise<boolean> {
    await setImmediate();
    process.off("SIGINT", this.listener);
    return this.asked;
  }
}
