// Runs the conformance program in an engine of its own process: a question on each line of the input, an answer on each line of the output.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const { answer } = new Function(`${readFileSync(process.argv[2], "utf8")}\nreturn nines;`)();
for await (const question of createInterface({ input: process.stdin })) {
  let line;
  try {
    line = `+${answer(question)}`;
  } catch (error) {
    line = `-${String(error)}`;
  }
  process.stdout.write(`${line.replaceAll("\n", " ")}\n`);
}
