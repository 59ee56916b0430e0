import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fingerprintHex, mixNumber } from "../../src/kernel/fingerprint.ts";
import { type Compared, compareAll } from "./compare.ts";
import type { Engine } from "./engines.ts";
import type { Job, PlainFact, Question } from "./job.ts";
import { firstUnlike, locate } from "./locate.ts";
import { replayAll } from "./replays.ts";
import type { Session } from "./session.ts";
import { renderDifference, renderTable } from "./table.ts";

const program = { text: "", file: "" };
const jobs: readonly Job[] = ["first", "second"].map((name) => ({ name, text: "", files: {}, set: [], seed: 7 }));

/** An engine that tells these facts of every job, and this figure. */
function engine(title: string, factsOf: (job: Job) => readonly PlainFact[], figure = "requests.failed 3"): Engine {
  const answerTo = (question: Question): unknown => {
    const facts = factsOf(question.job);
    const hash = new Int32Array(2);
    const marks = facts.map(({ at }) => {
      mixNumber(hash, at);
      return fingerprintHex(hash);
    });
    if (question.ask === "facts") return facts.slice(question.from, question.to);
    if (question.ask === "figures") return [figure];
    if (question.ask === "outcome") return { events: 10, facts: facts.length, trace: fingerprintHex(hash), metrics: "0".repeat(16) };
    return marks.filter((_, place) => (place + 1) % question.every === 0 || place === facts.length - 1);
  };
  const session: Session = { ask: async (question) => answerTo(question) as never, close: async () => {} };
  return { name: title.toLowerCase(), title, command: title, isSlow: false, version: () => "1.2.3", open: async () => session };
}

const facts = (count: number, odd = -1): readonly PlainFact[] =>
  Array.from({ length: count }, (_, place) => ({
    at: 1_000_000 * place + (place === odd ? 1 : 0),
    kind: "hostChanged",
    subject: 4,
    value: place,
    cause: -1,
  }));

async function compared(one: Engine): Promise<Compared> {
  return { engine: one, program, jobs, replays: await replayAll(one, program, jobs, () => {}) };
}

describe("the comparison of engines", () => {
  it("finds one hash where all agree", async () => {
    const { rows, located } = await compareAll(await Promise.all(["A", "B"].map((title) => compared(engine(title, () => facts(3000))))));
    expect(rows.map(({ verdict }) => verdict)).toEqual(["agrees", "agrees"]);
    expect(located).toEqual([]);
    const [head, , , ...lines] = renderTable(rows, 65, false).split("\n");
    expect(head).toMatch(/^ {2}✓ The same bytes on all 2 engines +1 min 5 s$/);
    expect(new Set(lines.slice(0, 2).map((line) => line.split(/\s+/).at(-1))).size).toBe(1);
  });

  it("names scenario, seed and fact where one differs, with both values", async () => {
    const odd = engine("B", ({ name }) => facts(3000, name === "second" ? 2741 : -1));
    const { rows, located } = await compareAll([await compared(engine("A", () => facts(3000))), await compared(odd)]);
    expect(rows[1]).toMatchObject({ verdict: "differs", note: "differs from A from run 2 on" });
    const text = located.map((one) => renderDifference(one, false)).join("\n");
    expect(text).toContain("A and B part in second, seed 7");
    expect(text).toContain("number 2,741");
    expect(text).toMatch(/in µs +2741000000 +2741000001/);
  });

  it("fails on an engine that is not installed, and on one that stops", async () => {
    const stopped: Engine = {
      ...engine("C", () => []),
      open: async () => ({ ask: () => Promise.reject(new Error("it ended with SIGKILL")), close: async () => {} }),
    };
    const missing: Compared = { engine: engine("B", () => []), program, jobs, replays: undefined };
    const { rows } = await compareAll([await compared(engine("A", () => facts(2))), missing, await compared(stopped)]);
    expect(rows.map(({ verdict, note }) => [verdict, note])).toEqual([
      ["agrees", ""],
      ["missing", "not installed"],
      ["stopped", "it ended with SIGKILL"],
    ]);
  });

  it("finds the first fact that differs, wherever it is and however many there are", async () => {
    const places = fc.integer({ min: 1, max: 5000 }).chain((count) => fc.tuple(fc.constant(count), fc.nat(count - 1)));
    await fc.assert(
      fc.asyncProperty(places, async ([count, odd]) => {
        const [a, b] = [await engine("A", () => facts(count)).open(program), await engine("B", () => facts(count, odd)).open(program)];
        await expect(locate(jobs[0], a, b)).resolves.toMatchObject({ kind: "fact", number: odd });
      }),
      { numRuns: 20 },
    );
  });

  it("finds a fact that only one of them has", async () => {
    const [a, b] = [await engine("A", () => facts(1500)).open(program), await engine("B", () => facts(1499)).open(program)];
    await expect(locate(jobs[0], a, b)).resolves.toMatchObject({ kind: "fact", number: 1499, b: undefined });
    await expect(locate(jobs[0], b, a)).resolves.toMatchObject({ kind: "fact", number: 1499, a: undefined });
  });

  it("names the figure where every fact agrees, and says so where no figure differs either", async () => {
    const [a, b] = [await engine("A", () => facts(9)).open(program), await engine("B", () => facts(9), "requests.failed 4").open(program)];
    await expect(locate(jobs[0], a, b)).resolves.toEqual({ kind: "figure", a: "requests.failed 3", b: "requests.failed 4" });
    await expect(locate(jobs[0], a, a)).resolves.toEqual({ kind: "events" });
  });

  it("halves to the first mark that differs", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (same, rest) => {
        const mark = (letter: string): readonly string[] =>
          Array.from({ length: same + rest }, (_, place) => (place < same ? "=" : letter));
        expect(firstUnlike(mark("a"), mark("b"))).toBe(same);
      }),
    );
  });
});
