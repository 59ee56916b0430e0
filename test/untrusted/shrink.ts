/** The smallest input found that still fails: parts are left out, ever smaller ones, then bytes are made plain. At most `attempts` inputs are tried. */
export function shrink(input: Uint8Array, fails: (smaller: Uint8Array) => boolean, attempts = 2000): Uint8Array {
  let best = input;
  let left = attempts;
  const accepts = (candidate: Uint8Array): boolean => {
    if (left-- <= 0 || !fails(candidate)) return false;
    best = candidate;
    return true;
  };
  for (let size = best.length >> 1; size >= 1 && left > 0; size = size >> 1) {
    let isSmaller = true;
    while (isSmaller && left > 0) {
      isSmaller = false;
      for (let at = 0; at < best.length && left > 0; ) {
        const candidate = new Uint8Array(best.length - Math.min(size, best.length - at));
        candidate.set(best.subarray(0, at));
        candidate.set(best.subarray(at + size), at);
        if (accepts(candidate)) isSmaller = true;
        else at += size;
      }
    }
  }
  for (let at = 0; at < best.length && left > 0; at++) {
    if (best[at] === 97) continue;
    const candidate = best.slice();
    candidate[at] = 97;
    accepts(candidate);
  }
  return best;
}
