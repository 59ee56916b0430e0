/**
 * Of items in order of time, those to draw: at most a few for each of `pixels` columns, which are the first, the last, and those in which any
 * of the figures is lowest or highest, so that no extreme is lost. Where a figure is null, the first and last of the gap stay.
 */
export function keepExtremes<T>(items: readonly T[], pixels: number, figures: readonly ((item: T) => number | null)[]): readonly T[] {
  if (items.length <= 2 * pixels) return items;
  const kept = new Set<number>();
  const keepBetween = (start: number, end: number): void => {
    kept.add(start).add(end - 1);
    for (const figure of figures) {
      let lowest = -1;
      let highest = -1;
      for (let place = start; place < end; place++) {
        const value = figure(items[place]);
        const isEdge = place > 0 && (value === null) !== (figure(items[place - 1]) === null);
        if (isEdge) kept.add(place).add(place - 1);
        if (value === null) continue;
        if (lowest < 0 || value < (figure(items[lowest]) ?? value)) lowest = place;
        if (highest < 0 || value > (figure(items[highest]) ?? value)) highest = place;
      }
      if (lowest >= 0) kept.add(lowest).add(highest);
    }
  };
  for (let pixel = 0; pixel < pixels; pixel++) {
    const start = Math.floor((items.length * pixel) / pixels);
    const end = Math.floor((items.length * (pixel + 1)) / pixels);
    if (end > start) keepBetween(start, end);
  }
  return items.filter((_, place) => kept.has(place));
}

/** Runs of items that follow each other without a gap, as told by `isGap`; gaps are left out. */
export function withoutGaps<T>(items: readonly T[], isGap: (item: T) => boolean): readonly (readonly T[])[] {
  const runs: T[][] = [];
  let open: T[] | undefined;
  for (const item of items) {
    if (isGap(item)) open = undefined;
    else if (open !== undefined) open.push(item);
    else {
      open = [item];
      runs.push(open);
    }
  }
  return runs;
}
