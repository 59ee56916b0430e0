import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { here } from "./here.ts";
import { emptyFolder, small } from "./nines.ts";

const lesson = `${small}lesson:
  question: How many requests fail?
  choices: [None, A few]
  answer: 2
  happens: "{requests.failed} of {requests.offered} fail."
  why: The process was dead.
`;

function folderWithLesson(text = lesson): string {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, "mine"));
  writeFileSync(join(cwd, "mine", "01-small.yaml"), text);
  return cwd;
}

describe("nines lesson", () => {
  it("lists the lessons of the package with their questions", async () => {
    const { code, out } = await here(["lesson"]);
    expect(code).toBe(0);
    expect(out).toContain("03-blind-probe");
    expect(out).toContain("?");
  });

  it("plays a teacher's own folder by number, with the prediction, the figures of the run and the proof", async () => {
    const cwd = folderWithLesson();
    const { code, out } = await here(["lesson", "1", "--folder", "mine", "--predict", "1"], { cwd });
    expect(code).toBe(0);
    expect(out).toContain("How many requests fail?");
    expect(out).toContain("You predicted 1");
    expect(out).toMatch(/\d+ of [\d,]+ fail\./);
    expect(out).toContain("✓ availability.request ≥ 90 %");
  });

  it("takes the seed from the student's name, and another one from another name", async () => {
    const cwd = folderWithLesson();
    const seed = async (student: string) =>
      (JSON.parse((await here(["lesson", "1", "--folder", "mine", "--student", student, "--json"], { cwd })).out) as { seed: number }).seed;
    expect(await seed("Ada")).toBe(await seed("Ada"));
    expect(await seed("Ada")).not.toBe(await seed("Grace"));
  });

  it("keeps predictions, and shows a class what it predicted", async () => {
    const cwd = folderWithLesson();
    for (const [student, choice] of [
      ["Ada", "2"],
      ["Grace", "1"],
      ["Ada", "1"],
    ] as const) {
      await here(["lesson", "1", "--folder", "mine", "--predict", choice, "--student", student, "--record", "answers.ndjson"], { cwd });
    }
    expect(readFileSync(join(cwd, "answers.ndjson"), "utf8").trim().split("\n")).toHaveLength(3);
    const { code, out } = await here(["lesson", "--summary", "answers.ndjson"], { cwd });
    expect(code).toBe(0);
    expect(out).toContain("2 students, 1 lesson");
    // the first prediction of a student counts
    expect(out).toContain("2 predictions, 50 % right");
  });

  it("returns 99 when a lesson does not prove what it says", async () => {
    const cwd = folderWithLesson(lesson.replace("availability.request >= 90%", "availability.request <= 1%"));
    const { code, out } = await here(["lesson", "--all", "--folder", "mine"], { cwd });
    expect(code).toBe(99);
    expect(out).toContain("0 of 1 expectations met");
  });

  it("says where a lesson's text names a figure that does not exist", async () => {
    const cwd = folderWithLesson(lesson.replace("{requests.failed}", "{requests.faild}"));
    const { code, err } = await here(["lesson", "1", "--folder", "mine"], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('there is no metric "requests.faild", did you mean "requests.failed"?');
    expect(err).toMatch(/01-small\.yaml:\d+:\d+: error/);
  });

  it("refuses a file of answers that is none, with its line", async () => {
    const cwd = folderWithLesson();
    writeFileSync(join(cwd, "bad.ndjson"), "{}\n");
    const { code, err } = await here(["lesson", "--summary", "bad.ndjson"], { cwd });
    expect(code).toBe(2);
    expect(err).toContain("bad.ndjson:1");
  });

  it("proposes the nearest name of a lesson", async () => {
    const { code, err } = await here(["lesson", "blind-prob"]);
    expect(code).toBe(2);
    expect(err).toContain("03-blind-probe");
  });
});
