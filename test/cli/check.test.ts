import { describe, expect, it } from "vitest";
import { brokenJson } from "../../src/cli/broken.ts";
import { readChecks } from "../../src/cli/checks.ts";
import { tellFailure } from "../../src/cli/failure.ts";
import { palette, type Terminal } from "../../src/cli/terminal.ts";
import { run } from "../../src/experiment/library.ts";
import { invariants } from "../../src/invariants/index.ts";
import { BrokenInvariant, type Invariant } from "../../src/invariants/invariant.ts";
import { nines } from "./nines.ts";

/** The error of an invariant that breaks at the tenth event of the run. */
function breaking(invariant: Omit<Invariant, "watch">): BrokenInvariant {
  const watched: Invariant = {
    ...invariant,
    watch({ platform, broken }) {
      return { afterEvent: () => platform.calendar.processed === 10 && broken("10 is too many") };
    },
  };
  try {
    run(
      {
        name: "a",
        horizon: "1min",
        service: { roles: { web: { kind: "web" } } },
        clients: { users: { endpoint: "web", arrivals: "constant(10/s)" } },
      },
      { seed: 7, checks: { invariants: [watched], lookEvery: 1 } },
    );
  } catch (error) {
    if (error instanceof BrokenInvariant) return Object.assign(error, { seed: "7", reproduce: `nines run a.yaml --check ${invariant.id}` });
    throw error;
  }
  throw new Error("it holds");
}

function told(error: unknown): { readonly code: number; readonly text: string } {
  const lines: string[] = [];
  const plain = palette(false);
  const terminal: Terminal = {
    out: () => {},
    err: (text) => lines.push(text),
    isWatched: false,
    isColoured: false,
    colours: { out: plain, err: plain },
  };
  return { code: tellFailure(error, terminal), text: lines.join("") };
}

describe("nines run --check", () => {
  it("watches all invariants, or those named by id or name, and changes nothing in the summary", () => {
    const args = ["run", "scenarios/hardware-failure.yaml", "--set", "horizon=60s", "--json"];
    const plain = nines(args);
    const fingerprint = (text: string) => (JSON.parse(text) as { fingerprint: string }).fingerprint;
    for (const check of [["--check"], ["--check", "S3,request-conservation"], ["--check", "s1", "--runs", "2"]]) {
      const checked = nines([...args, ...check]);
      expect(checked.code).toBe(plain.code);
      if (!check.includes("--runs")) expect(fingerprint(checked.out)).toBe(fingerprint(plain.out));
    }
  });

  it("watches every variant", () => {
    const { code, err } = nines(["run", "scenarios/two-and-one.yaml", "--check", "--json"]);
    expect(err).toBe("");
    expect(code).toBe(0);
  });

  it("proposes the nearest name for one that does not exist", () => {
    expect(() => readChecks("request-conservaton")).toThrow(
      'there is no invariant "request-conservaton", did you mean "request-conservation"?',
    );
    expect(() => readChecks("S1,X99")).toThrow(/there is no invariant "X99", .*S1/);
    expect(readChecks("S3, s1").checks?.invariants.map(({ id }) => id)).toEqual(["S3", "S1"]);
    expect(readChecks(true).checks?.invariants).toEqual(invariants);
    const { code, err } = nines(["run", "scenarios/hardware-failure.yaml", "--check", "S0"]);
    expect(code).toBe(2);
    expect(err).toContain('there is no invariant "S0"');
  });

  it("ends with 98 where an invariant breaks, and says which, where, and how to see it again", () => {
    const { code, text } = told(breaking({ id: "S1", name: "request-conservation", statement: "What arrives is settled." }));
    expect(code).toBe(98);
    expect(text.replace(/[0-9a-f]{16}/, "0123456789abcdef")).toBe(
      [
        "  ✕ S1 request-conservation does not hold                      exit code 98",
        "  Found        10 is too many",
        "  Statement    What arrives is settled.",
        "  Instant      0:00.600",
        "  Event        clientArrived, target 0, arg 0: number 10",
        "  Seed         7",
        "  Fingerprint  0123456789abcdef",
        "  Reproduce    nines run a.yaml --check S1",
        "  That is a mistake of the simulator itself, or of a policy that you have added to it.",
        "",
      ].join("\n"),
    );
  });

  it("does not blame the simulator for an invariant that somebody has added", () => {
    const { code, text } = told(breaking({ id: "U1", name: "few-events", statement: "There are few events." }));
    expect(code).toBe(98);
    expect(text).not.toContain("mistake of the simulator");
  });

  it("tells the same as one JSON object with --json", () => {
    const json: unknown = JSON.parse(brokenJson(breaking({ id: "U1", name: "few-events", statement: "There are few events." })));
    expect(json).toMatchObject({
      broken: {
        id: "U1",
        name: "few-events",
        found: "10 is too many",
        events: 10,
        run: 1,
        seed: 7,
        reproduce: "nines run a.yaml --check U1",
      },
    });
  });
});

describe("nines list invariants and nines explain S1", () => {
  it("say what holds in every run", () => {
    const entries = JSON.parse(nines(["list", "invariants", "--json"]).out) as { name: string; summary: string }[];
    expect(entries.map(({ name }) => name)).toEqual(invariants.map(({ id }) => id));
    expect(nines(["explain", "S1"]).out).toContain("request-conservation");
    expect(nines(["explain", "request-conservation"]).out).toContain("S1");
  });
});
