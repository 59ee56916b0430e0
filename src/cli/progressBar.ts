import type { Terminal } from "./terminal.ts";

const width = 40;
/** Quicker than this nobody wonders, in seconds. */
const patience = 0.4;
const between = 0.1;

/** A line on `err` that shows how far something is; nothing where nobody watches. */
export class ProgressBar {
  private readonly terminal: Terminal;
  private readonly now: () => number;
  private readonly title: (done: number) => string;
  private readonly startedAt: number;
  private drawnAt: number;
  private isDrawn = false;

  /** `title` says in words how far it is, `now` is a clock in seconds. */
  constructor(terminal: Terminal, now: () => number, title: (done: number) => string) {
    this.terminal = terminal;
    this.now = now;
    this.title = title;
    this.startedAt = now();
    this.drawnAt = this.startedAt + patience - between;
  }

  /** Draws how far it is, 0..1, unless it was drawn a moment ago. */
  show(done: number): void {
    if (!this.terminal.isWatched) return;
    const now = this.now();
    if (now - this.drawnAt < between) return;
    this.drawnAt = now;
    this.isDrawn = true;
    const left = done > 0 ? `, ${minutesAndSeconds(((now - this.startedAt) / done) * (1 - done))} left` : "";
    this.terminal.err(`\r\u001B[K${bar(done, this.terminal)}  ${this.title(done)}${left}`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.isDrawn) this.terminal.err("\r\u001B[K");
    this.isDrawn = false;
  }
}

/** `0:21`, `12:05`. */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function bar(done: number, { colours }: Terminal): string {
  const filled = Math.floor(Math.min(1, Math.max(0, done)) * width);
  const { accent, faint } = colours.err;
  return `  ${accent("━".repeat(filled))}${faint("─".repeat(width - filled))}`;
}
