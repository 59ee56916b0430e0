import * as z from "zod";
import { count } from "./fields.ts";

const sentence = (description: string) => z.string().min(1).max(2000).meta({ description, unit: "text" });

/** Section `lesson`: what makes a scenario something to learn from. */
export const lesson = z
  .strictObject({
    question: sentence("What is asked before the run."),
    choices: z
      .array(z.string().min(1).max(300))
      .min(2)
      .max(6)
      .meta({ description: "The predictions to choose from, numbered from 1.", unit: "list of texts" }),
    answer: count(1, 6).meta({ description: "Number of the choice that comes true.", unit: "number of a choice" }),
    happens: sentence("What happens, told after the run; {requests.failed} stands for that figure of it."),
    why: sentence("Why it happens; figures in braces as in happens."),
  })
  .meta({ description: "A question with predictions to choose from; expect proves the answer. Played by nines lesson." });
