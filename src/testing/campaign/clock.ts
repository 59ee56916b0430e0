/** Seconds of the host's clock: how long a campaign goes on. Nothing that is simulated may read it. */
export function wallClock(): number {
  return performance.now() / 1000;
}
