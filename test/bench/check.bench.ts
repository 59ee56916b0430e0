import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { run } from "../../src/experiment/library.ts";
import { invariants } from "../../src/invariants/index.ts";
import { second } from "../../src/kernel/time.ts";
import { filesBeside } from "../../src/node/files.ts";
import { parse } from "../../src/scenario/parse.ts";
import { validate } from "../../src/scenario/validate.ts";

// What watching invariants costs: each scenario is run without and with them, in turn, and the least processor time of each is taken. A name
// picks scenarios, a number says how often each is run, ids such as S1,S9 which invariants are watched.

const target = 2;
const [, , wanted = "", times = "5", ids = ""] = process.argv;

/** Scenario files, and the simulated seconds of those that are long. */
const scenarios: readonly { readonly file: string; readonly seconds?: number }[] = [
  { file: "scenarios/bench/w1-single-server.yaml", seconds: 200_000 },
  { file: "scenarios/bench/w2-cluster.yaml", seconds: 200 },
  { file: "scenarios/bench/w2-full.yaml", seconds: 200 },
  { file: "scenarios/bench/w3-heartbeats.yaml" },
  { file: "scenarios/bench/w4-thousand-years.yaml" },
  { file: "scenarios/hardware-failure.yaml" },
  { file: "scenarios/rolling-upgrade.yaml" },
  { file: "scenarios/zero-downtime-swap.yaml" },
  { file: "scenarios/scale-out.yaml" },
  { file: "test/engines/scenarios/storage.yaml" },
  { file: "test/engines/scenarios/clients.yaml" },
  { file: "test/engines/scenarios/operations.yaml" },
  { file: "test/engines/scenarios/hardware-storm.yaml" },
  { file: "test/engines/scenarios/life-of-a-role.yaml" },
  { file: "test/engines/scenarios/long-lives.yaml" },
  { file: "test/engines/scenarios/grey-faults.yaml" },
];

/** The processor time of a call in milliseconds. */
function timeOf(call: () => void): number {
  const before = process.cpuUsage();
  call();
  return process.cpuUsage(before).user / 1000;
}

function row(what: string, ...figures: readonly (string | number)[]): string {
  return what.padEnd(46) + figures.map((figure) => String(figure).padStart(13)).join("");
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const watched = ids === "" ? invariants : invariants.filter(({ id }) => ids.split(",").includes(id));
const ratios: number[] = [];
console.log(row("scenario", "events", "unchecked ms", "checked ms", "ratio"));
for (const { file, seconds } of scenarios.filter((one) => one.file.includes(wanted))) {
  const path = `${root}${file}`;
  const valid = validate(parse(readFileSync(path, "utf8"), { file }), { files: filesBeside(path, []) });
  const [scenario = valid] = valid.variants;
  const options = { runs: 1, ...(seconds === undefined ? {} : { until: seconds * second }) };
  let events = 0;
  let [unchecked, checked] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let time = 0; time < Number(times); time++) {
    const plain = timeOf(() => {
      events = run(scenario, options).summary.events;
    });
    unchecked = Math.min(unchecked, plain);
    checked = Math.min(
      checked,
      timeOf(() => void run(scenario, { ...options, checks: { invariants: watched } })),
    );
  }
  ratios.push(checked / unchecked);
  console.log(row(file, events, unchecked.toFixed(1), checked.toFixed(1), (checked / unchecked).toFixed(2)));
}
ratios.sort((a, b) => a - b);
const median = ratios[ratios.length >> 1] ?? 0;
console.log(`median ${median.toFixed(2)} (target below ${target}: ${median < target ? "met" : "missed"})`);
