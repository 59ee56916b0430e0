import type { Answers, Question } from "./job.ts";

/** An engine that runs and answers one question after another. */
export interface Session {
  ask<Q extends Question>(question: Q): Promise<Answers[Q["ask"]]>;
  /** Ends it and whatever it started. */
  close(): Promise<void>;
}

/** How an engine gets questions and gives answers back, as text: `+` and JSON, or `-` and what went wrong. */
export interface Line {
  send(question: string): Promise<string>;
  close(): Promise<void>;
}

/** No question takes longer, in milliseconds: an engine that is silent for so long is given up. */
const patience = 300_000;

/** A session over a line; every question has a time limit, and what the engine throws is thrown here. */
export function sessionOver(line: Line): Session {
  return {
    async ask(question) {
      const text = await limited(line.send(JSON.stringify(question)), question.job.name);
      if (text.startsWith("+")) return JSON.parse(text.slice(1));
      throw new Error(`${question.job.name}, seed ${question.job.seed}: ${text.slice(1)}`);
    },
    close: () => line.close(),
  };
}

async function limited(answer: Promise<string>, name: string): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer about ${name} within ${patience / 1000} s`)), patience);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
