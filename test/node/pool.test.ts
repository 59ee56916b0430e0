import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { Pool, type PoolOptions, type Settled } from "../../src/node/pool.ts";
import type { OddTask } from "./threads/odd.ts";

function pool(size: number, more: Partial<PoolOptions> = {}): Pool<OddTask, string> {
  const made = new Pool<OddTask, string>({ module: new URL("./threads/odd.ts", import.meta.url), size, data: "square", ...more });
  onTestFinished(() => made.close());
  return made;
}

const words = (settled: Settled<string>): string =>
  "value" in settled ? settled.value : `${settled.error.lost ?? "threw"}: ${settled.error.message.split("\n")[0]}`;

async function all(from: AsyncIterable<Settled<string>>): Promise<readonly string[]> {
  const list: string[] = [];
  for await (const settled of from) list.push(words(settled));
  return list;
}

describe("a pool of threads", () => {
  it("gives the same results in the order of the tasks, whatever their number and whichever ends first", async () => {
    const tasks = Array.from({ length: 12 }, (_, square) => ({ square, afterMs: square % 3 === 0 ? 60 : 0 }));
    const expected = tasks.map(({ square }) => `square ${square * square}`);
    for (const size of [1, 3]) expect(await all(pool(size).inOrder(tasks))).toEqual(expected);
  });

  it("asks for no more tasks than it has threads for", async () => {
    let asked = 0;
    function* tasks(): Generator<OddTask> {
      while (asked < 4) yield { square: asked++, afterMs: 300 };
    }
    const results = pool(2).inOrder(tasks());
    const first = results.next();
    // neither can be done yet, however quickly threads start
    await wait(100);
    expect(asked).toBe(2);
    await first;
    await all(results);
    expect(asked).toBe(4);
  });

  it("loses the task of a thread that dies, and goes on with another", async () => {
    const tasks: OddTask[] = [{ square: 1 }, "exit", { square: 2 }, "throw", { square: 3 }];
    expect(await all(pool(1).inOrder(tasks))).toEqual([
      "square 1",
      "died: the thread ended with exit code 7",
      "square 4",
      "threw: RangeError: no such thing",
      "square 9",
    ]);
  });

  it("ends a thread whose task takes too long or too much memory", async () => {
    const impatient = pool(2, { patience: 2, memoryMiB: 64 });
    const [hung, full, fine] = await Promise.all((["hang", "fill", { square: 4 }] as const).map((task) => impatient.run(task)));
    expect([hung, full, fine].map((settled) => settled && words(settled))).toEqual([
      "slow: it takes longer than 2 s",
      expect.stringMatching(/^died: .*memory/),
      "square 16",
    ]);
  });

  it("breaks off what is under way or waits when it is closed", async () => {
    const busy = pool(1);
    const results = [busy.run("hang"), busy.run({ square: 1 })];
    await busy.close();
    expect((await Promise.all([...results, busy.run({ square: 2 })])).map(words)).toEqual(Array(3).fill("closed: the work was broken off"));
  });
});
