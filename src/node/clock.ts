/** The host's monotonic clock in seconds. */
export function clock(): number {
  return performance.now() / 1000;
}

/** The peak resident memory of this process so far, in MiB. */
export function peakMiB(): number {
  return process.resourceUsage().maxRSS / 1024;
}
