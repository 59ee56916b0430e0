import type { Platform } from "./world.ts";

/** The place of a text among those that facts of the run point to; the same text is kept once, however often it is said. */
export function placeOfText({ world }: Platform, text: string): number {
  const { reasonPlaces, reasons } = world;
  let place = reasonPlaces.get(text);
  if (place === undefined) {
    place = reasons.push(text) - 1;
    reasonPlaces.set(text, place);
  }
  return place;
}
