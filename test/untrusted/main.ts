import { spawnSync } from "node:child_process";
import { getHeapStatistics } from "node:v8";
import { attempt } from "./attempt.ts";
import { allBombs } from "./bombs.ts";
import { failureText, tryReader } from "./campaign.ts";
import { allReaders } from "./readers.ts";

// npx tsx test/untrusted/main.ts --inputs 200000 --seed 1 --reader csdef --from 7

/** Milliseconds of processor that an input may take, and MiB that the process may take in all. */
const slow = 1000;
const mostMemory = 512;

const optionOf = (option: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${option}`);
  return (at < 0 ? undefined : process.argv[at + 1]) ?? otherwise;
};

if (getHeapStatistics().heap_size_limit > 700 * 1024 * 1024) {
  const again = [`--max-old-space-size=${mostMemory}`, ...process.execArgv, ...process.argv.slice(1)];
  process.exit(spawnSync(process.execPath, again, { stdio: "inherit" }).status ?? 1);
}

const seed = Number(optionOf("seed", "1"));
const wanted = Number(optionOf("inputs", "200000"));
const only = optionOf("reader", "");
const from = Number(optionOf("from", "0"));
const readers = allReaders().filter(({ name }) => name.includes(only));
const shares = readers.reduce((sum, { share }) => sum + share, 0);
const memory = (): number => Math.round(process.resourceUsage().maxRSS / 1024);
const failures: string[] = [];
let total = 0;
let slowestBomb = 0;

const row = (...cells: readonly (string | number)[]): string =>
  cells.map((cell, at) => (at === 0 ? String(cell).padEnd(24) : String(cell).padStart(12))).join("");
console.log(row("reader", "inputs", "valid", "slowest ms", "input no.", "RSS MiB", "failures"));
for (const reader of readers) {
  const tried = tryReader(reader, { seed, from, inputs: Math.ceil((wanted * reader.share) / shares), slow });
  total += tried.inputs;
  console.log(row(tried.reader, tried.inputs, tried.read, tried.slowest.toFixed(0), tried.slowestInput, memory(), tried.failures.length));
  failures.push(...tried.failures.map(failureText));
}

for (const { input, name, reader } of allBombs()) {
  const found = readers.find((one) => one.name === reader);
  if (found === undefined) continue;
  const bytes = new TextEncoder().encode(input());
  total++;
  let { failure, milliseconds } = attempt(found, bytes);
  // the first time a part of the program is used it is compiled
  for (let again = 0; again < 2 && milliseconds > slow; again++) milliseconds = Math.min(milliseconds, attempt(found, bytes).milliseconds);
  slowestBomb = Math.max(slowestBomb, milliseconds);
  if (milliseconds > slow) failure ??= `it takes ${milliseconds.toFixed(0)} ms`;
  if (failure !== undefined) failures.push(`${reader}: ${name}: ${failure}`);
}
console.log(row("large inputs by hand", allBombs().length, "", slowestBomb.toFixed(0), "", memory(), ""));

if (memory() > mostMemory) failures.push(`the process took ${memory()} MiB`);
for (const failure of failures) console.log(failure);
console.log(`${total} inputs, ${failures.length} failures, ${memory()} MiB at most`);
process.exitCode = failures.length === 0 ? 0 : 1;
