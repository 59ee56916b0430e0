const size = 512;

/**
 * Successes that wait to be counted. Counting touches three histograms, so it is done for many at once: a request costs four stores, and the
 * loops over a batch keep what they need in registers.
 */
export class SuccessBatch {
  length = 0;
  readonly client = new Int32Array(size);
  /** In microseconds, as are latency and waiting. */
  readonly arrivedAt = new Float64Array(size);
  readonly latency = new Float64Array(size);
  readonly waiting = new Float64Array(size);

  /** Adds a success; true when the batch is full and has to be counted. */
  add(client: number, arrivedAt: number, latency: number, waiting: number): boolean {
    const place = this.length++;
    this.client[place] = client;
    this.arrivedAt[place] = arrivedAt;
    this.latency[place] = latency;
    this.waiting[place] = waiting;
    return this.length === size;
  }
}
