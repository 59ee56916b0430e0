import {
  type FactLog,
  FileRefused,
  factKindNames,
  parse,
  type RunResult,
  run,
  type ScenarioFiles,
  type ValidScenario,
  validate,
} from "../../src/index.ts";
import { fingerprintHex, mixNumber } from "../../src/kernel/fingerprint.ts";
import type { Answers, Job, PlainFact, Question } from "./job.ts";

/**
 * The conformance program: a question in, an answer out, both as JSON. It is bundled into one text that runs in any engine of JavaScript, and
 * touches nothing but the library.
 */
export function answer(question: string): string {
  const asked = JSON.parse(question) as Question;
  return JSON.stringify(answerOf(asked, replay(asked.job)));
}

function answerOf(asked: Question, { facts, summary }: RunResult): Answers[keyof Answers] {
  if (asked.ask === "marks") return marksOf(facts, asked.every);
  if (asked.ask === "facts") return factsOf(facts, asked.from, Math.min(asked.to, facts.length));
  const figures = figuresOf(summary, "");
  if (asked.ask === "figures") return figures;
  const trace = new Int32Array(2);
  for (let place = 0; place < facts.length; place++) mixFact(trace, facts, place);
  mixText(trace, summary.fingerprint);
  const metrics = new Int32Array(2);
  for (const figure of figures) mixText(metrics, figure);
  return { events: summary.events, facts: facts.length, trace: fingerprintHex(trace), metrics: fingerprintHex(metrics) };
}

function replay({ text, files, set, variant, seed, name }: Job): RunResult {
  const scenario = validate(parse(text, { file: name }), { files: filesOf(files), set, seed, runs: 1 });
  return run(variantOf(scenario, variant), { everyFact: true });
}

function variantOf(scenario: ValidScenario, variant: string | undefined): ValidScenario {
  if (variant === undefined) return scenario;
  const found = scenario.variants.find((one) => one.variant === variant);
  if (found === undefined) throw new RangeError(`${scenario.name} has no variant ${variant}`);
  return found;
}

function filesOf(files: Readonly<Record<string, string>>): ScenarioFiles {
  return {
    read(path) {
      const text = files[path];
      if (text === undefined) throw new FileRefused(`there is no file "${path}"`);
      return new TextEncoder().encode(text);
    },
  };
}

function marksOf(log: FactLog, every: number): readonly string[] {
  const hash = new Int32Array(2);
  const marks: string[] = [];
  for (let place = 0; place < log.length; place++) {
    mixFact(hash, log, place);
    if ((place + 1) % every === 0 || place === log.length - 1) marks.push(fingerprintHex(hash));
  }
  return marks;
}

function factsOf(log: FactLog, from: number, to: number): readonly PlainFact[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => {
    const place = from + index;
    const kind = factKindNames[log.kind[place]] ?? "";
    return { at: log.at[place], kind, subject: log.subject[place], value: log.value[place], cause: log.cause[place] };
  });
}

/** Every figure with its path, keys in alphabetical order: independent of the order in which an engine lists them. */
function figuresOf(value: unknown, path: string): readonly string[] {
  if (typeof value !== "object" || value === null) return [`${path} ${JSON.stringify(value) ?? "none"}`];
  const keys = Array.isArray(value) ? Object.keys(value) : Object.keys(value).sort();
  return keys.flatMap((key) => figuresOf((value as Record<string, unknown>)[key], path === "" ? key : `${path}.${key}`));
}

function mixFact(hash: Int32Array, log: FactLog, place: number): void {
  mixNumber(hash, log.at[place]);
  mixNumber(hash, log.kind[place]);
  mixNumber(hash, log.subject[place]);
  mixNumber(hash, log.value[place]);
  mixNumber(hash, log.cause[place]);
}

function mixText(hash: Int32Array, text: string): void {
  for (let at = 0; at < text.length; at++) mixNumber(hash, text.charCodeAt(at));
}
