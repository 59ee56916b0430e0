import { describe, expect, it } from "vitest";
import { tell } from "../story.ts";

const five = { service: { upgradeDomains: 5, roles: { web: { kind: "web" as const, instances: 5, service: "100ms" } } } };
const fabric = {
  healing: { process: true },
  crashDetection: "1s",
  roleRestart: "9s",
  restartBackoff: { first: "10s", max: "1min", reset: "5min" },
};
const bad = { web: { crashAfter: "30s" } };

describe("a version that crashes again and again after it was ready", () => {
  it("does not pass for healthy because it is ready when the controller looks", () => {
    const { lines, summary } = tell({
      ...five,
      fabric: { ...fabric, walkPoll: "1min" },
      horizon: "1h",
      operations: [{ at: "1min", kind: "upgrade", version: "v2", roles: bad }],
    });
    expect(lines(/upgrade domain/)).toEqual(["60 upgrade domain 0 starts"]);
    expect(summary.operations[0]).toMatchObject({ outcome: "stuck" });
    expect(summary.byRole[0]?.readyMin).toBe(4);
  });

  it("may take a second domain when nobody looks before the first crash, and no third one", () => {
    const { lines } = tell({
      ...five,
      fabric: { ...fabric, install: "40s" },
      horizon: "1h",
      operations: [{ at: "1min", kind: "upgrade", version: "v2", roles: bad }],
    });
    expect(lines(/upgrade domain/)).toEqual(["60 upgrade domain 0 starts", "100 upgrade domain 1 starts"]);
  });

  it("is forgiven a crash when it has stayed ready for long enough since", () => {
    const { lines } = tell({
      ...five,
      fabric: { ...fabric, install: "20s" },
      horizon: "1h",
      operations: [{ at: "1min", kind: "upgrade", version: "v2" }],
      faults: [{ at: "90s", kind: "app-crash", instance: "web/0" }],
    });
    // crash at 90, noticed at 91, ready at 100: calm five minutes later
    expect(lines(/upgrade domain [12]/)).toEqual(["80 upgrade domain 1 starts", "400 upgrade domain 2 starts"]);
  });
});

describe("a deployment whose roles never start", () => {
  it("can be deleted while it is still being deployed, and then the service is free again", () => {
    const { lines, summary } = tell({
      ...five,
      fabric,
      horizon: "20min",
      operations: [
        { at: "1min", kind: "deploy", version: "v2", roles: { web: { onStartFails: "100%" } } },
        { at: "5min", kind: "scale", role: "web", instances: 6 },
        { at: "6min", kind: "delete" },
        { at: "7min", kind: "scale", role: "web", instances: 6 },
      ],
    });
    expect(summary.operations.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ["replaced", "a delete takes its place"],
      ["refused", "deploy of the staging deployment is in progress"],
      ["succeeded", null],
      ["succeeded", null],
    ]);
    expect(lines(/@v2 (creating|starting|busy|ready)/).every((line) => Number(line.split(" ")[0]) < 360)).toBe(true);
  });
});

describe("an operation that is asked for again", () => {
  it("is refused until it is accepted, and then done once", () => {
    const { lines, summary } = tell({
      ...five,
      fabric,
      operations: [
        { at: "1min", kind: "deploy", slot: "staging" },
        { at: "100s", kind: "swap", again: "20s" },
      ],
      faults: [{ at: "95s", kind: "app-hang", instance: "web/0", repairAfter: "50s" }],
    });
    expect(lines(/swap/)).toEqual([
      "100 swap refused: web/0 in production is hung",
      "120 swap refused: web/0 in production is hung",
      "140 swap refused: web/0 in production is hung",
      "160 swap staging and production starts",
      "160 slots swapped",
      "160 swap staging and production done",
    ]);
    expect(summary.operationOutcomes).toMatchObject({ succeeded: 2, refused: 0 });
  });
});
