import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeFile, writeOut } from "../../src/node/writeOut.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nines-out-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function* pieces(count: number): Generator<string> {
  for (let piece = 0; piece < count; piece++) yield `${piece} ✓\n`;
}

describe("writing results", () => {
  it("makes the folder and writes texts whole and in pieces", () => {
    const target = join(folder, "a", "b");
    writeOut(target, [
      { name: "one.txt", text: "one ✓" },
      { name: "many.txt", text: pieces(300_000) },
    ]);
    expect(readdirSync(target).sort()).toEqual(["many.txt", "one.txt"]);
    expect(readFileSync(join(target, "one.txt"), "utf8")).toBe("one ✓");
    expect(readFileSync(join(target, "many.txt"), "utf8")).toBe([...pieces(300_000)].join(""));
  });

  it("leaves everything as it was when a piece cannot be made", () => {
    writeFileSync(join(folder, "one.txt"), "before");
    function* broken(): Generator<string> {
      yield "half";
      throw new Error("no more");
    }
    const files = [
      { name: "one.txt", text: "after" },
      { name: "two.txt", text: broken() },
    ];
    expect(() => writeOut(folder, files)).toThrow("no more");
    expect(readdirSync(folder)).toEqual(["one.txt"]);
    expect(readFileSync(join(folder, "one.txt"), "utf8")).toBe("before");
  });

  it("replaces a file", () => {
    const path = join(folder, "trace.json");
    writeFile(path, "first");
    writeFile(path, "second");
    expect(readFileSync(path, "utf8")).toBe("second");
  });
});
