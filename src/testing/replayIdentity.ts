import type { Invariant } from "../invariants/invariant.ts";

/** A fingerprint is noted after so many events: often enough to find the first difference soon, seldom enough to cost little. */
const noteEvery = 256;

/** What is noted of one run: fingerprints in order. */
type Notes = string[];

/** Two invariants that belong together: the first notes the fingerprints of the runs it watches, the second compares those it watches with them. */
export function replayIdentity(): { readonly first: Invariant; readonly second: Invariant } {
  const noted: Notes[] = [];
  let compared = 0;
  const about = {
    id: "M1",
    name: "replay-identity",
    statement: "A scenario and a seed run twice have the same events in the same order: the same fingerprints.",
  };
  const first: Invariant = {
    ...about,
    watch({ platform: { calendar } }) {
      const notes: Notes = [];
      noted.push(notes);
      const note = (): void => void notes.push(calendar.fingerprintHex());
      return { afterEvent: () => calendar.processed % noteEvery === 0 && note(), atEnd: note };
    },
  };
  const second: Invariant = {
    ...about,
    watch({ broken, platform: { calendar } }) {
      const notes = noted[compared++] ?? [];
      let place = 0;
      const compare = (): void => {
        const before = notes[place++];
        const now = calendar.fingerprintHex();
        if (now === before) return;
        const from = Math.max(0, calendar.processed - noteEvery);
        broken(
          `the fingerprint is ${now}, it was ${before ?? "not reached"} before: the runs part between the events ${from} and ${calendar.processed}`,
        );
      };
      return { afterEvent: () => calendar.processed % noteEvery === 0 && compare(), atEnd: compare };
    },
  };
  return { first, second };
}
