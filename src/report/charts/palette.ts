/** A colour of the report: the name of its CSS variable, what it is on white, on dark, and where the reader's system chooses colours. */
export interface Tone {
  readonly name: string;
  readonly light: string;
  readonly dark: string;
  /** A system colour of CSS. */
  readonly forced: string;
}

const tone = (name: string, light: string, dark: string, forced: string): Tone => ({ name, light, dark, forced });

/** Every colour of the report; a chart names the light one, and the page turns it into the variable, so each light value stands here once. */
export const tones = {
  surface: tone("surface", "#FFFFFF", "#161A1E", "Canvas"),
  sunken: tone("sunken", "#F3F3F0", "#0B0D10", "Canvas"),
  line: tone("line", "#E4E4DF", "#272D33", "GrayText"),
  line2: tone("line2", "#C6C8C3", "#434B54", "GrayText"),
  ink: tone("ink", "#16191D", "#ECEEF0", "CanvasText"),
  ink2: tone("ink2", "#474D55", "#B5BCC4", "CanvasText"),
  ink3: tone("ink3", "#656C75", "#8F98A2", "CanvasText"),
  accent: tone("accent", "#0065A3", "#74B9EA", "LinkText"),
  readyInk: tone("ready-ink", "#006B4E", "#4CCBA2", "CanvasText"),
  deadInk: tone("dead-ink", "#AD4500", "#FF9A57", "CanvasText"),
  grid: tone("grid", "#ECECE8", "#23292F", "GrayText"),
  faultBand: tone("fault-band", "#FCEDE3", "#2E1C12", "transparent"),
  outageBand: tone("outage-band", "#F7F7F4", "#1C2126", "transparent"),
  operationBand: tone("operation-band", "#EAF3FA", "#14232F", "transparent"),
  interval: tone("interval", "#E3E5E1", "#2B3238", "GrayText"),
  loss: tone("loss", "#D55E00", "#E8701A", "CanvasText"),
  rotation: tone("rotation", "#0072B2", "#5AA9DC", "Highlight"),
  median: tone("median", "#003E66", "#A9D6F5", "CanvasText"),
  fanInner: tone("fan-inner", "#A9CBE3", "#2F5F80", "GrayText"),
  fanOuter: tone("fan-outer", "#D6E6F1", "#1F3A4D", "Canvas"),
  queueRest: tone("queue-rest", "#D9DBD6", "#333B43", "GrayText"),
  silent: tone("silent", "#F0A878", "#8A4A1E", "Canvas"),
  attempt: tone("attempt", "#F6D3BD", "#54301B", "Canvas"),
  silentLine: tone("silent-line", "#EFA777", "#8B4B1F", "CanvasText"),
  attemptLine: tone("attempt-line", "#F5D2BC", "#55311C", "CanvasText"),
  healingLine: tone("healing-line", "#CEE7F7", "#183B53", "CanvasText"),
  hatchLine: tone("hatch-line", "#F0B48D", "#8A4A1E", "CanvasText"),
  readyBar: tone("ready-bar", "#D3EDE3", "#143A2E", "Canvas"),
  readyLine: tone("ready-line", "#009E73", "#22B083", "CanvasText"),
  readyText: tone("ready-text", "#005B42", "#7FE0C0", "CanvasText"),
  startBar: tone("start-bar", "#CFE8F8", "#173A52", "Canvas"),
  startLine: tone("start-line", "#56B4E9", "#63BDEF", "CanvasText"),
  startText: tone("start-text", "#0F4E73", "#A9DDF9", "CanvasText"),
  busyBar: tone("busy-bar", "#A7D5F0", "#225376", "Canvas"),
  busyLine: tone("busy-line", "#2E86BC", "#8CCDF2", "CanvasText"),
  updateLine: tone("update-line", "#E69F00", "#E9A820", "CanvasText"),
  updateText: tone("update-text", "#6E4700", "#F0BB4E", "CanvasText"),
  deadText: tone("dead-text", "#7A3000", "#FFC09A", "CanvasText"),
  silentText: tone("silent-text", "#5A2400", "#FFE3D1", "CanvasText"),
  hungBar: tone("hung-bar", "#F9ECF3", "#2B1923", "Canvas"),
  hungLine: tone("hung-line", "#CC79A7", "#D48BB2", "CanvasText"),
  hungText: tone("hung-text", "#7A2A58", "#E5A5C7", "CanvasText"),
  operationText: tone("operation-text", "#FDFEFF", "#0B1116", "Canvas"),
  plainLine: tone("plain-line", "#8A8D88", "#79828C", "CanvasText"),
} as const satisfies Record<string, Tone>;
