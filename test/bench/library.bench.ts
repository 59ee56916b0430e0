import { performance } from "node:perf_hooks";
import { run, type Scenario, validate } from "../../src/index.ts";

// The library in a test suite: a ten-minute scenario with three instances at one request a second, given as an object.

const target = 5;

const scenario: Scenario = {
  name: "ten-minutes",
  horizon: "10min",
  service: { roles: { web: { kind: "web", size: "Small", instances: 3, concurrency: 8, service: "lognormal(80ms, 1.2)" } } },
  clients: { browsers: { endpoint: "web", arrivals: "poisson(1/s)", timeout: "10s" } },
  faults: [{ at: "3min", kind: "app-crash", instance: "web/0" }],
  expect: ["availability.request >= 95%"],
};

/** The median of many calls in milliseconds, after as many to warm up. */
function median(times: number, call: (time: number) => void): number {
  for (let time = 0; time < times; time++) call(time);
  const measured = Array.from({ length: times }, (_, time) => {
    const started = performance.now();
    call(times + time);
    return performance.now() - started;
  });
  return measured.sort((a, b) => a - b)[times >> 1] ?? 0;
}

const started = performance.now();
const { events } = run(scenario).summary;
const cold = performance.now() - started;
const valid = validate(scenario);
const times = 200;
const checked = median(times, (seed) => void validate(scenario, { seed }));
const replayed = median(times, (seed) => void run(valid, { seed }));
const whole = median(times, (seed) => void run(scenario, { seed }));

console.log(
  `run(object)          ${whole.toFixed(2)} ms warm, ${cold.toFixed(0)} ms the first time (target ${target} ms: ${whole <= target ? "met" : "missed"})`,
);
console.log(`  validate(object)   ${checked.toFixed(2)} ms`);
console.log(`  run(validated)     ${replayed.toFixed(2)} ms, ${events} events, ${Math.round(events / replayed)} thousand events a second`);
