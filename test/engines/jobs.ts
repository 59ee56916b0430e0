import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse, type ScenarioFiles, validate } from "../../src/index.ts";
import { filesBeside } from "../../src/node/files.ts";
import type { Job } from "./job.ts";

/** A scenario of the set, and how it is changed so that each run has some 300,000 events or more. */
interface Entry {
  /** Below the folder of the project, without ".yaml". */
  readonly file: string;
  readonly variant?: string;
  readonly set?: readonly string[];
}

const few = "clients.browsers.arrivals=poisson(2/min)";

const entries: readonly Entry[] = [
  { file: "scenarios/app-crash", set: ["horizon=50min"] },
  { file: "scenarios/bad-version", variant: "in-place", set: ["horizon=3h"] },
  { file: "scenarios/bad-version", variant: "by-swap", set: ["horizon=3h"] },
  { file: "scenarios/hardware-failure", set: ["horizon=40min"] },
  { file: "scenarios/migration", variant: "cloud-service", set: [few] },
  { file: "scenarios/migration", variant: "virtual-machines", set: [few] },
  { file: "scenarios/migration", variant: "app-service", set: [few] },
  { file: "scenarios/rack-failure", set: ["horizon=50min"] },
  { file: "scenarios/rolling-upgrade", set: ["horizon=40min"] },
  { file: "scenarios/scale-out" },
  { file: "scenarios/zero-downtime-swap", set: ["horizon=35min"] },
  { file: "scenarios/bench/w1-single-server", set: ["horizon=220000s"] },
  { file: "scenarios/bench/w2-cluster", set: ["horizon=180s"] },
  { file: "scenarios/bench/w2-full", set: ["horizon=120s"] },
  { file: "scenarios/bench/w4-thousand-years" },
  { file: "scenarios/lessons/01-one-instance", variant: "two", set: ["horizon=45d"] },
  { file: "scenarios/lessons/06-crash-is-no-stop", variant: "exception" },
  { file: "scenarios/lessons/24-connections-outlive-rotation", variant: "all", set: ["horizon=90min"] },
  { file: "scenarios/lessons/31-retry-storm", variant: "careful", set: ["horizon=45min"] },
  ...[
    "app-service",
    "clients",
    "grey-faults",
    "hardware-storm",
    "life-of-a-role",
    "long-lives",
    "operations",
    "own-machines",
    "storage",
  ].map((name) => ({ file: `test/engines/scenarios/${name}` })),
];

/** Each scenario of the set is replayed with each of these. */
export const seeds: readonly number[] = [1, 2, 3];

/** The fixed set for one seed, in the order in which it is replayed. */
export function jobsOf(seed: number): readonly Job[] {
  return entries.map((entry) => jobOf(entry, seed));
}

function jobOf({ file, variant, set = [] }: Entry, seed: number): Job {
  const path = join(import.meta.dirname, "..", "..", `${file}.yaml`);
  const text = readFileSync(path, "utf8");
  const files: Record<string, string> = {};
  const beside = filesBeside(path, []);
  const recorder: ScenarioFiles = {
    read(name) {
      const bytes = beside.read(name);
      files[name] = new TextDecoder().decode(bytes);
      return bytes;
    },
  };
  validate(parse(text, { file: path }), { files: recorder, set });
  const name = variant === undefined ? basename(file) : `${basename(file)} (${variant})`;
  return { name, text, files, set, variant, seed };
}
