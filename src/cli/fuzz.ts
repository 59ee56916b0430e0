import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { clock } from "../node/clock.ts";
import { Pool, type TaskLost } from "../node/pool.ts";
import { makeFolder, writeOut } from "../node/writeOut.ts";
import { counted, grouped } from "../report/numbers.ts";
import { TextError } from "../scenario/textError.ts";
import { readDuration } from "../scenario/units.ts";
import type { Mistake, Tally } from "../testing/campaign/tally.ts";
import { ExitCode } from "./exitCode.ts";
import { type FuzzSettings, fuzzCampaign } from "./fuzzCampaign.ts";
import { filesOf } from "./fuzzFiles.ts";
import { type FuzzEnd, fuzzJson, fuzzWords } from "./fuzzReport.ts";
import type { FuzzAnswer, FuzzTask } from "./fuzzWorker.ts";
import { Interrupt } from "./interrupt.ts";
import { ProgressBar } from "./progressBar.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usageError.ts";

/** The options of `nines fuzz`. */
export interface FuzzOptions {
  readonly for?: string;
  readonly scenarios?: number;
  /** The only scenario, from 0. */
  readonly only?: number;
  readonly seed?: number;
  readonly workers?: number;
  readonly relations: FuzzSettings["relations"];
  readonly patience: string;
  readonly out: string;
  readonly plugin?: readonly string[];
  readonly json?: true;
}

/** Much more than any drawn scenario needs: one that takes it is a finding. */
const memoryMiB = 2048;
/** Making a counterexample small may take so much longer than a scenario. */
const shrinkPatience = 20;
/** Seconds that scenarios under way are given after Ctrl+C. */
const farewell = 3;

/** Leads a campaign over drawn scenarios in threads, writes counterexamples, prints the report and returns the exit code. */
export async function fuzz(options: FuzzOptions, terminal: Terminal): Promise<number> {
  const { only, out, plugin = [], relations, seed = 1, workers = availableParallelism() } = options;
  const length = lengthOf(options);
  const patience = secondsOf("--patience", options.patience);
  const interrupt = new Interrupt();
  const settings = { seed, relations, plugin };
  const campaign = await fuzzCampaign(settings);
  const [{ Tally }, { lostIn }] = await Promise.all([import("../testing/campaign/tally.ts"), import("../testing/campaign/shrink.ts")]);
  const tally = new Tally(campaign);
  // better told now than after a long run
  makeFolder(out);
  const module = new URL(`./fuzzWorker${extname(import.meta.url)}`, import.meta.url);
  const size = only === undefined ? workers : 1;
  const pool = new Pool<FuzzTask, FuzzAnswer>({ module, size, data: settings, patience, memoryMiB });
  const lost = (index: number, error: TaskLost) => lostIn(campaign, index, ...wordsOf(error));
  const isWhole = await lead({ pool, patience, tally, lost }, length, interrupt, terminal);
  await pool.close();
  const isInterrupted = (await interrupt.release()) && !isWhole;
  const report = tally.report();
  const files = report.mistakes.flatMap((mistake) => filesOf(mistake, settings));
  writeOut(out, files);
  const end: FuzzEnd = { report, again: settings, out, workers: size, isOnly: only !== undefined, isInterrupted };
  terminal.out(options.json ? fuzzJson(end) : fuzzWords(end, terminal));
  return exitCodeOf(report, end);
}

interface Campaign {
  readonly pool: Pool<FuzzTask, FuzzAnswer>;
  readonly patience: number;
  readonly tally: Tally;
  lost(index: number, error: TaskLost): Parameters<Tally["addFound"]>[1];
}

/** Has scenarios checked and counterexamples made small until the end; false when Ctrl+C came before. */
async function lead(
  { lost, patience, pool, tally }: Campaign,
  { first, last, seconds }: Length,
  interrupt: Interrupt,
  terminal: Terminal,
): Promise<boolean> {
  const started = clock();
  let next = first;
  let done = 0;
  let shrinking = 0;
  function* tasks(): Generator<FuzzTask> {
    for (; next < last && clock() - started < seconds && !interrupt.isAsked; next++) yield { index: next };
  }
  const shrink = async (index: number, mistake: string): Promise<void> => {
    shrinking++;
    const end = await pool.run({ index, mistake }, patience * shrinkPatience);
    if ("value" in end && end.value.found !== undefined) tally.replace(end.value.found);
    shrinking--;
  };
  const bar = new ProgressBar(terminal, clock, () => {
    const small = shrinking === 0 ? "" : `, ${counted(shrinking, "counterexample")} being made small`;
    return `${grouped(done)} scenarios, ${(done / (clock() - started)).toFixed(1)}/s${small}`;
  });
  let askedAt = Number.POSITIVE_INFINITY;
  const watch = setInterval(() => {
    bar.show(Math.min(1, Math.max((clock() - started) / seconds, done / (last - first))));
    if (interrupt.isAsked) askedAt = Math.min(askedAt, clock());
    if (clock() - askedAt > farewell) void pool.close();
  }, 100);
  const shrinks: Promise<void>[] = [];
  try {
    let index = first - 1;
    for await (const settled of pool.inOrder(tasks())) {
      index++;
      // broken off: nobody knows what would have come of it
      if ("error" in settled && settled.error.lost === "closed") continue;
      done++;
      const { found, observed } = "value" in settled ? settled.value : { found: lost(index, settled.error) };
      if (observed !== undefined) tally.add(index, observed);
      else if (found !== undefined && tally.addFound(index, found) && "value" in settled) shrinks.push(shrink(index, found.mistake));
    }
    if (interrupt.isAsked) await pool.close();
    await Promise.all(shrinks);
  } finally {
    clearInterval(watch);
    bar.clear();
  }
  return !interrupt.isAsked;
}

/** Which scenarios, and for how many seconds at most. */
interface Length {
  readonly first: number;
  readonly last: number;
  readonly seconds: number;
}

function lengthOf(options: FuzzOptions): Length {
  const { only, scenarios } = options;
  const endless = Number.POSITIVE_INFINITY;
  if (only !== undefined) {
    if (options.for !== undefined || scenarios !== undefined)
      throw new UsageError("--only is one scenario, --for and --scenarios are many: choose", "nines fuzz --seed 1 --only 17");
    return { first: only, last: only + 1, seconds: endless };
  }
  const time = options.for ?? (scenarios === undefined ? "1min" : undefined);
  return { first: 0, last: scenarios ?? endless, seconds: time === undefined ? endless : secondsOf("--for", time) };
}

function secondsOf(option: string, text: string): number {
  try {
    return readDuration(text) / 1_000_000;
  } catch (error) {
    if (error instanceof TextError) throw new UsageError(`${option} is a time such as 10min: ${error.message}`);
    throw error;
  }
}

/** A mistake and what was found, for a scenario of which nothing came. */
function wordsOf({ lost, message }: TaskLost): readonly [mistake: string, found: string] {
  if (lost === "slow") return ["hang", message];
  return [lost === "died" ? "worker died" : "worker failed", message.split("\n")[0] ?? ""];
}

function exitCodeOf(
  { mistakes, missed }: { readonly mistakes: readonly Mistake[]; readonly missed: readonly string[] },
  end: FuzzEnd,
): number {
  if (mistakes.length > 0) return ExitCode.invariantBroken;
  if (end.isInterrupted) return ExitCode.interrupted;
  return missed.length > 0 && !end.isOnly ? ExitCode.expectationMissed : ExitCode.ok;
}
