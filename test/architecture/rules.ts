const leaves = ["kernel", "random", "stats"];
const engine = ["model", ...leaves];

/** Which layers each layer may import, besides itself. `version.ts` is for all. */
export const allowedLayers: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  random: [],
  stats: [],
  theory: [],
  model: leaves,
  scenario: engine,
  metrics: engine,
  invariants: ["metrics", ...engine],
  experiment: ["scenario", "invariants", "metrics", ...engine],
  report: ["experiment", "scenario", "invariants", "metrics", ...engine],
  testing: ["experiment", "scenario", "invariants", "metrics", ...engine],
  node: ["report", "experiment", "scenario", "invariants", "metrics", ...engine],
  cli: ["node", "report", "testing", "experiment", "scenario", "invariants", "metrics", ...engine],
  "index.ts": ["experiment", "scenario", "invariants", "metrics", ...engine],
  "version.ts": [],
};

/** Leaves that lean on a single file of another leaf. */
const leaning: readonly (readonly [string, string])[] = [
  ["stats", "random/detmath.ts"],
  ["stats", "kernel/time.ts"],
  ["theory", "random/detmath.ts"],
];

/** The rooms of the model from the ground up; each may call those before it. Files beside them are the ground, or the roof. */
const rooms = ["policies", "work", "balancer", "storage", "roles", "clients", "hardware", "fabric", "faults"];

/** Files of the model that know all its rooms. */
const roof = ["model/catalogue.ts", "model/handlers.ts", "model/platform.ts"];

/** Whether one file of src/ may import another, types included. */
export function isAllowed(from: string, to: string): boolean {
  const [layer = "", target = ""] = [from.split("/")[0], to.split("/")[0]];
  if (layer === target || target === "version.ts") return true;
  if (leaning.some(([leaf, file]) => leaf === layer && file === to)) return true;
  return allowedLayers[layer]?.includes(target) ?? false;
}

/** Whether a value import inside the model goes down; true of everything outside. */
export function isInOrder(from: string, to: string): boolean {
  if (!from.startsWith("model/") || !to.startsWith("model/")) return true;
  return storey(to) <= storey(from);
}

function storey(path: string): number {
  if (roof.includes(path)) return rooms.length;
  return rooms.indexOf(path.split("/")[1] ?? "");
}
