import { describe, expect, it } from "vitest";
import { tellFailure } from "../../src/cli/failure.ts";
import { commandLine } from "../../src/cli/options.ts";
import { ProgressBar } from "../../src/cli/progressBar.ts";
import { palette, type Terminal, wantsColour } from "../../src/cli/terminal.ts";
import { InvariantError } from "../../src/kernel/invariant.ts";
import { EventKind } from "../../src/model/events.ts";
import { ScenarioError } from "../../src/scenario/problem.ts";

function recorder(isWatched = false): Terminal & { readonly told: string[] } {
  const told: string[] = [];
  const plain = palette(false);
  return { told, out: () => {}, err: (text) => told.push(text), isWatched, isColoured: false, colours: { out: plain, err: plain } };
}

describe("a mistake of the simulator", () => {
  it("is told with instant, event, seed, fingerprint and the command that repeats it, without a stack", () => {
    const error = Object.assign(new InvariantError("the queue of web/0 is shorter than nothing"), {
      at: 725_834_000,
      event: `event kind ${EventKind.serviceCompleted}, target 5, arg 0`,
      seed: "42",
      fingerprint: "154eb965f3acb103",
      reproduce: "nines run a.yaml --seed 42 --runs 1",
    });
    const terminal = recorder();
    expect(tellFailure(error, terminal)).toBe(1);
    expect(terminal.told.join("")).toBe(
      [
        "  ✕ A mistake of the simulator itself: the queue of web/0 is shorter than nothing  exit code 1",
        "  Instant      12:05.834",
        "  Event        serviceCompleted, target 5, arg 0",
        "  Seed         42",
        "  Fingerprint  154eb965f3acb103",
        "  Reproduce    nines run a.yaml --seed 42 --runs 1",
        "  The stack is printed with NINES_DEBUG=1.",
        "",
      ].join("\n"),
    );
  });

  it("is any error that nobody foresaw", () => {
    const terminal = recorder();
    expect(tellFailure(new TypeError("x is not a function"), terminal)).toBe(1);
    expect(terminal.told.join("")).not.toContain("at ");
  });
});

describe("a mistake of a person", () => {
  it("cannot steer the terminal", () => {
    const terminal = recorder();
    const problem = {
      file: "a\u001B[2J.yaml",
      line: 1,
      column: 1,
      severity: "error",
      message: "odd \u001B[31mname",
      source: "\u001B[0m x",
    } as const;
    expect(tellFailure(new ScenarioError([problem]), terminal)).toBe(2);
    expect(terminal.told.join("")).not.toContain("\u001B");
  });

  it("is told in one line when it is about the file system", () => {
    const terminal = recorder();
    const error = Object.assign(new Error("EACCES: permission denied, mkdir '/x'"), { code: "EACCES", syscall: "mkdir", path: "/x" });
    expect(tellFailure(error, terminal)).toBe(2);
    expect(terminal.told.join("")).toMatch(/^ {2}✕ \/x: permission denied +exit code 2\n$/);
  });
});

describe("colour", () => {
  it("is for terminals, unless NO_COLOR forbids or FORCE_COLOR asks", () => {
    expect(wantsColour({ isTTY: true }, {})).toBe(true);
    expect(wantsColour({}, {})).toBe(false);
    expect(wantsColour({ isTTY: true }, { NO_COLOR: "1" })).toBe(false);
    expect(wantsColour({ isTTY: true }, { NO_COLOR: "" })).toBe(true);
    expect(wantsColour({}, { FORCE_COLOR: "1" })).toBe(true);
    expect(wantsColour({ isTTY: true }, { FORCE_COLOR: "0" })).toBe(false);
    expect(wantsColour({}, { FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
    expect(wantsColour({ isTTY: true }, { TERM: "dumb" })).toBe(false);
  });
});

describe("the progress bar", () => {
  it("is drawn for somebody who watches, not before 0.4 s and at most ten times a second", () => {
    const terminal = recorder(true);
    let now = 0;
    const bar = new ProgressBar(
      terminal,
      () => now,
      (done) => `${Math.round(done * 10)} of 10 runs`,
    );
    for (; now < 1; now += 0.01) bar.show(now / 20);
    bar.clear();
    expect(terminal.told.length).toBeGreaterThan(4);
    expect(terminal.told.length).toBeLessThan(9);
    expect(terminal.told[0]).toBe(`\r\u001B[K  ${"─".repeat(40)}  0 of 10 runs, 0:20 left`);
    expect(terminal.told.at(-1)).toBe("\r\u001B[K");
  });

  it("is not drawn where nobody watches", () => {
    const terminal = recorder();
    let now = 0;
    const bar = new ProgressBar(
      terminal,
      () => now,
      () => "",
    );
    now = 9;
    bar.show(0.5);
    bar.clear();
    expect(terminal.told).toEqual([]);
  });
});

describe("the command that repeats a run", () => {
  it("can be pasted into a shell", () => {
    expect(commandLine(["nines", "run", "my file.yaml", "--set", "a=poisson(2/s)", "--set", "b='x'"])).toBe(
      "nines run 'my file.yaml' --set 'a=poisson(2/s)' --set 'b='\\''x'\\'''",
    );
  });
});
