import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeFolder, makePlace, writeFile, writeOut } from "../../src/node/writeOut.ts";

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

  it("says what stands in the way of a folder", () => {
    writeFileSync(join(folder, "a.txt"), "");
    expect(() => makeFolder(join(folder, "a.txt"))).toThrow('a.txt" is a file, not a folder');
    expect(() => makeFolder(join(folder, "a.txt", "b", "c"))).toThrow('a.txt" is a file, not a folder');
    expect(() => makeFolder("")).toThrow("a folder needs a name");
  });

  it.runIf(process.platform === "linux")("gives up at once where no folder can be made", () => {
    expect(() => makeFolder("/proc/nope/deeper")).toThrow('the folder "/proc/nope" cannot be made: no such file or directory');
  });

  it("says before anything is written that a file cannot stand somewhere", () => {
    mkdirSync(join(folder, "sub"));
    expect(() => makePlace(join(folder, "sub"))).toThrow('sub" is a folder, not a file');
    expect(() => makePlace("")).toThrow("a file needs a name");
  });

  it.runIf(process.platform === "linux")("writes to a device and leaves it a device", () => {
    writeFile("/dev/null", "nothing");
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
    expect(() => writeFile("/dev/full", "x")).toThrow('the file "/dev/full" cannot be written: no space left on device');
  });
});
