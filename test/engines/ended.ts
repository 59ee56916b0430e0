import type { ChildProcess } from "node:child_process";

/** Waits a little for a process to end by itself, then ends it; `group` ends what it started too. */
export async function ended(child: ChildProcess, group = false): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const { pid } = child;
  const kill = (): void => {
    try {
      process.kill(group ? -pid : pid, "SIGKILL");
    } catch {
      // it is gone already
    }
  };
  if (group) kill();
  const timer = setTimeout(kill, 2_000);
  await gone;
  clearTimeout(timer);
}
