import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FolderFiles, filesBeside, readWhole } from "../../src/node/files.ts";
import { FileRefused } from "../../src/scenario/files.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nines-files-"));
  for (const name of ["own", "own/sub", "data", "other"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "own", "a.csv"), "own");
  writeFileSync(join(folder, "own", "sub", "b.csv"), "sub");
  writeFileSync(join(folder, "data", "a.csv"), "data");
  writeFileSync(join(folder, "data", "c.csv"), "data");
  writeFileSync(join(folder, "other", "secret.csv"), "secret");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(name: string, permitted: readonly string[] = []): string {
  const files = filesBeside(
    join(folder, "own", "s.yaml"),
    permitted.map((path) => join(folder, path)),
  );
  return new TextDecoder().decode(files.read(name));
}

describe("the files that a scenario may name", () => {
  it("are those of its own folder and of folders below it", () => {
    expect(read("a.csv")).toBe("own");
    expect(read("./sub/b.csv")).toBe("sub");
  });

  it("are those of permitted folders when its own has none of that name", () => {
    expect(read("a.csv", ["data"])).toBe("own");
    expect(read("c.csv", ["other", "data"])).toBe("data");
    expect(() => read("c.csv")).toThrow('there is no file "c.csv" beside the scenario or in a folder permitted with --data');
  });

  it.each(["../other/secret.csv", "sub/../../other/secret.csv", "..\\other\\secret.csv"])("are not above it: %s", (name) => {
    expect(() => read(name)).toThrow(`"${name}" leads out of the scenario's folder`);
  });

  it.each(["/etc/hostname", "C:\\x.csv", "c:x.csv", "\\\\host\\share\\x.csv"])("have no absolute path: %s", (name) => {
    expect(() => read(name)).toThrow("is an absolute path");
  });

  it("are not reached through links that lead elsewhere, unless their folder is permitted", () => {
    symlinkSync(join(folder, "other", "secret.csv"), join(folder, "own", "link.csv"));
    symlinkSync(join(folder, "other"), join(folder, "own", "way"));
    symlinkSync(join(folder, "own", "a.csv"), join(folder, "own", "again.csv"));
    expect(() => read("link.csv")).toThrow("is a link that leads out");
    expect(() => read("way/secret.csv")).toThrow("is a link that leads out");
    expect(read("again.csv")).toBe("own");
    expect(read("link.csv", ["other"])).toBe("secret");
  });

  it("are ordinary files", () => {
    expect(() => read("sub")).toThrow('"sub" is a folder, not a file');
    expect(() => read("a.csv/x")).toThrow("there is no file");
    expect(() => read("")).toThrow("a file needs a name");
    expect(() => read("a\0.csv")).toThrow("a file needs a name");
    expect(() => readWhole("/dev/null", "/dev/null", 10)).toThrow("is not an ordinary file");
  });

  it("are read up to 32 MiB, and larger ones not at all", () => {
    writeFileSync(join(folder, "own", "large.csv"), "");
    truncateSync(join(folder, "own", "large.csv"), 33 * 1024 * 1024);
    expect(() => read("large.csv")).toThrow('the file "large.csv" has 33 MiB, at most 32 MiB are read');
    expect(() => readWhole(join(folder, "own", "a.csv"), "a.csv", 2)).toThrow(FileRefused);
  });

  it("need folders that exist", () => {
    expect(() => new FolderFiles([join(folder, "nowhere")])).toThrow("there is no folder");
    expect(() => new FolderFiles([""])).toThrow('there is no folder ""');
    expect(() => new FolderFiles([join(folder, "own", "a.csv")])).toThrow("is a file, not a folder");
  });
});
