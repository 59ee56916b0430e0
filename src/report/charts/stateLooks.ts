import { InstanceState } from "../../model/status.ts";
import { tones } from "./palette.ts";

/** How a state is drawn: a letter and words, never colour alone. Fills that name a pattern need `patternDefs` in the document. */
export interface StateLook {
  readonly letter: string;
  readonly words: string;
  readonly fill: string;
  readonly stroke: string;
  readonly ink: string;
  /** The higher, the worse; where a pixel holds several states the worst is drawn. */
  readonly rank: number;
}

const start = { fill: tones.startBar.light, stroke: tones.startLine.light, ink: tones.startText.light };
const busy = { fill: tones.busyBar.light, stroke: tones.busyLine.light, ink: tones.startText.light };
const hung = { fill: "url(#upright)", stroke: tones.hungLine.light, ink: tones.hungText.light };
const dead = { fill: "url(#hatch2)", stroke: tones.loss.light, ink: tones.deadText.light };
const leaving = { fill: "url(#thin)", stroke: tones.plainLine.light, ink: tones.ink2.light };

/** The looks of all states, by state. */
export const stateLooks: Readonly<Record<InstanceState, StateLook>> = {
  [InstanceState.pending]: { letter: "P", words: "Pending, no host", ...leaving, fill: tones.surface.light, rank: 9 },
  [InstanceState.creating]: { letter: "S", words: "Starting", ...start, rank: 3 },
  [InstanceState.rebooting]: { letter: "S", words: "Starting", ...start, rank: 3 },
  [InstanceState.starting]: { letter: "S", words: "Starting", ...start, rank: 3 },
  [InstanceState.busy]: { letter: "B", words: "Busy", ...busy, rank: 2 },
  [InstanceState.ready]: {
    letter: "R",
    words: "Ready",
    fill: tones.readyBar.light,
    stroke: tones.readyLine.light,
    ink: tones.readyText.light,
    rank: 0,
  },
  [InstanceState.hung]: { letter: "H", words: "Hung", ...hung, rank: 8 },
  [InstanceState.paused]: { letter: "Z", words: "Paused", ...hung, fill: tones.surface.light, rank: 7 },
  [InstanceState.draining]: { letter: "L", words: "Draining", ...leaving, rank: 1 },
  [InstanceState.stopping]: { letter: "T", words: "Stopping", ...leaving, rank: 4 },
  [InstanceState.updating]: {
    letter: "U",
    words: "Updating",
    fill: "url(#dots)",
    stroke: tones.updateLine.light,
    ink: tones.updateText.light,
    rank: 5,
  },
  [InstanceState.recycling]: { letter: "C", words: "Recycling", ...dead, fill: "url(#thin)", rank: 6 },
  [InstanceState.dead]: { letter: "D", words: "Dead", ...dead, rank: 10 },
  [InstanceState.webDown]: { letter: "W", words: "Web site down", ...hung, rank: 7.5 },
  [InstanceState.unreachable]: { letter: "N", words: "Unreachable", ...hung, fill: tones.surface.light, rank: 9.5 },
  [InstanceState.stopped]: { letter: "O", words: "Stopped", ...leaving, rank: 4 },
  [InstanceState.deleted]: { letter: "", words: "Deleted", ...leaving, rank: 0 },
};

/** The patterns that charts name in their fills, as SVG definitions with the page's colour variables. */
export const patternDefs = [
  '<pattern id="hatch" width="5" height="5" patternTransform="rotate(45)" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="var(--fault-band)"/><path d="M0 0v5" stroke="var(--loss)" stroke-width="3"/></pattern>',
  '<pattern id="hatch2" width="7" height="7" patternTransform="rotate(45)" patternUnits="userSpaceOnUse"><rect width="7" height="7" fill="var(--fault-band)"/><path d="M0 0v7" stroke="var(--hatch-line)" stroke-width="1.6"/></pattern>',
  '<pattern id="upright" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="var(--hung-bar)"/><path d="M3 0v6" stroke="var(--hung-line)" stroke-width="1.2"/></pattern>',
  '<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="var(--fault-band)"/><circle cx="3" cy="3" r="1.2" fill="var(--update-line)"/></pattern>',
  '<pattern id="thin" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="var(--sunken)"/><path d="M0 3h6" stroke="var(--line2)" stroke-width="1"/></pattern>',
].join("");
