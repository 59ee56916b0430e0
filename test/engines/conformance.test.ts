import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle, flipped } from "./bundle.ts";
import type { Job, Outcome } from "./job.ts";
import { jobsOf } from "./jobs.ts";
import { type Difference, locate } from "./locate.ts";
import { processLine } from "./processLine.ts";
import { type Session, sessionOver } from "./session.ts";

const small: Job = {
  name: "small",
  text: "{ name: small, horizon: 2min, service: { roles: { web: { kind: web } } }, clients: { a: { endpoint: web, arrivals: poisson(5/s) } } }",
  files: {},
  set: [],
  seed: 1,
};

describe("the conformance program", () => {
  const folder = mkdtempSync(join(tmpdir(), "nines-conformance-"));
  let program = "";

  beforeAll(async () => {
    program = await bundle();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function inNode(text: string, name: string): Session {
    const file = join(folder, name);
    writeFileSync(file, text);
    return sessionOver(processLine(process.execPath, [], file));
  }

  it("needs nothing of its host but the language and UTF-8", () => {
    const bare = runInNewContext(`${program}\nnines;`, { TextEncoder, TextDecoder }) as { answer(question: string): string };
    const outcome = JSON.parse(bare.answer(JSON.stringify({ ask: "outcome", job: small }))) as Outcome;
    expect(outcome.events).toBeGreaterThan(500);
    expect(outcome.trace).toMatch(/^[0-9a-f]{16}$/);
    expect(program).not.toMatch(/\brequire\(["']|from ["']node:/);
  });

  it("gives one seed one hash, and another seed another one", async () => {
    const session = inNode(program, "plain.js");
    const ask = (seed: number): Promise<Outcome> => session.ask({ ask: "outcome", job: { ...small, seed } });
    const [first, again, other] = [await ask(1), await ask(1), await ask(2)];
    await session.close();
    expect(again).toEqual(first);
    expect(other.trace).not.toBe(first.trace);
    expect(other.metrics).not.toBe(first.metrics);
  });

  it("says what is wrong with a scenario, and answers the next question all the same", async () => {
    const session = inNode(program, "plain.js");
    await expect(session.ask({ ask: "outcome", job: { ...small, text: "name: none" } })).rejects.toThrow(/small, seed 1/);
    await expect(session.ask({ ask: "outcome", job: small })).resolves.toHaveProperty("events");
    await session.close();
  });

  it("says how an engine ended that is gone, whenever it is asked", async () => {
    const session = inNode('console.error("out of luck"); process.exit(3);', "gone.js");
    await expect(session.ask({ ask: "outcome", job: small })).rejects.toThrow("it ended with exit code 3: out of luck");
    await expect(session.ask({ ask: "outcome", job: small })).rejects.toThrow("it ended with exit code 3: out of luck");
    await session.close();
  });

  it("shows where a copy parts in which the last bit of one constant is flipped: scenario, seed, and the first fact", async () => {
    const job = jobsOf(1).find(({ name }) => name === "w4-thousand-years")!;
    const [plain, changed] = [inNode(program, "plain.js"), inNode(flipped(program), "flipped.js")];
    const outcomes = [await plain.ask({ ask: "outcome", job }), await changed.ask({ ask: "outcome", job })];
    const difference: Difference = await locate(job, plain, changed);
    expect(outcomes[0].trace).not.toBe(outcomes[1].trace);
    if (difference.kind !== "fact") throw new Error(`a ${difference.kind} was found`);
    // the same by looking at every fact up to it
    const upTo = { ask: "facts", job, from: 0, to: difference.number + 1 } as const;
    const [a, b] = [await plain.ask(upTo), await changed.ask(upTo)];
    await Promise.all([plain.close(), changed.close()]);
    expect(a.slice(0, -1)).toEqual(b.slice(0, -1));
    expect(a.at(-1)).toEqual(difference.a);
    expect(b.at(-1)).toEqual(difference.b);
    expect(difference.a).not.toEqual(difference.b);
    // a last bit moves an instant by a microsecond, and nothing else
    expect({ ...difference.b, at: difference.a?.at }).toEqual(difference.a);
    expect(Math.abs(difference.b!.at - difference.a!.at)).toBe(1);
  });
});
