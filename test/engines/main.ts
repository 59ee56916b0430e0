import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundle, flipped } from "./bundle.ts";
import { type Compared, compareAll } from "./compare.ts";
import { type Engine, engines, type Program } from "./engines.ts";
import { jobsOf, seeds } from "./jobs.ts";
import { replayAll } from "./replays.ts";
import { renderDifference, renderTable } from "./table.ts";

const help = `npm run test:engines -- [--only node,bun] [--flip bun]

Replays a fixed set of scenarios in every engine of JavaScript and compares what comes out, to the last bit. Fails on any difference, and tells
the first fact that differs; fails too when an engine is not installed, unless --only names those that are wanted.

  --only <names>  these engines: ${engines()
    .map(({ name }) => name)
    .join(", ")}
  --flip <name>   gives this engine a copy of the program in which the last bit of one constant is flipped: it must be found
`;

/** Engines that run at once. */
const lanes = 2;

const { values } = parseArgs({ options: { only: { type: "string" }, flip: { type: "string" }, help: { type: "boolean" } } });
if (values.help === true) process.stdout.write(help);
else process.exitCode = await main(values.only?.split(","), values.flip);

async function main(only: readonly string[] | undefined, flip: string | undefined): Promise<number> {
  const known = engines();
  const unknown = [...(only ?? []), ...(flip === undefined ? [] : [flip])].find((name) => !known.some((engine) => engine.name === name));
  if (unknown !== undefined) {
    process.stderr.write(`There is no engine "${unknown}": ${known.map(({ name }) => name).join(", ")}.\n`);
    return 2;
  }
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "nines-engines-"));
  try {
    const text = await bundle();
    const plain = inFile(folder, "program.js", text);
    const scratch = flip === undefined ? plain : inFile(folder, "flipped.js", flipped(text));
    const wanted = known.filter(({ name }) => only?.includes(name) ?? true);
    const compared = await replayedBy(wanted, (engine) => (engine.name === flip ? scratch : plain));
    const { rows, located } = await compareAll(compared);
    const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
    process.stdout.write(`${renderTable(rows, (performance.now() - started) / 1000, colour)}\n`);
    for (const one of located) process.stdout.write(`${renderDifference(one, colour)}\n`);
    return rows.every(({ verdict }) => verdict === "agrees") ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inFile(folder: string, name: string, text: string): Program {
  const file = join(folder, name);
  writeFileSync(file, text);
  return { text, file };
}

/** Runs the engines a few at a time, slow ones first; the result is in the order given. */
async function replayedBy(wanted: readonly Engine[], programFor: (engine: Engine) => Program): Promise<readonly Compared[]> {
  const results: Compared[] = [];
  const waiting = wanted.map((engine, place) => ({ engine, place })).sort((a, b) => Number(b.engine.isSlow) - Number(a.engine.isSlow));
  // read once: the files may change while the engines run
  const bySeed = seeds.map(jobsOf);
  const runOne = async (engine: Engine, place: number): Promise<void> => {
    const program = programFor(engine);
    const jobs = bySeed.slice(0, engine.isSlow ? 1 : seeds.length).flat();
    let done = 0;
    const tell = (): void => {
      done++;
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K  ${engine.title}: ${done} of ${jobs.length}`);
    };
    const replays = engine.command === undefined ? undefined : await replayAll(engine, program, jobs, tell);
    results[place] = { engine, program, jobs, replays };
  };
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await runOne(next.engine, next.place);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  return results;
}
