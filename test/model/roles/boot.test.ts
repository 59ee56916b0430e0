import { expect, test } from "vitest";
import { bootFactorOf } from "../../../src/model/roleParts.ts";
import { type Plot, tell } from "../story.ts";

const scaled = (fabric: Plot["fabric"], role: object = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 1, ...role } } },
    fabric: { provision: "100s", ...fabric },
    operations: [{ at: "60s", kind: "scale", role: "web", instances: 4 }],
    horizon: "2h",
  } as Plot);
const ready = ({ lines }: ReturnType<typeof tell>) => lines(/web\/\d ready/);

test("instances of one request start one after another", () => {
  expect(ready(scaled({ stagger: "20s" }))).toEqual(["160 web/1 ready", "180 web/2 ready", "200 web/3 ready"]);
});

test("larger VMs take longer to boot", () => {
  expect(ready(scaled({ bootBySize: true }, { size: "Large" }))[0]).toBe("184 web/1 ready");
  expect(ready(scaled({ bootBySize: false }, { size: "Large" }))[0]).toBe("160 web/1 ready");
});

test("the start of a new VM that fails is tried again", () => {
  const { lines } = scaled({ startFailure: "60%" });
  const failures = lines(/vm-start-failure of web\/\d strikes/).map((line) => Number(line.split(" ")[0]));
  expect(failures.length).toBeGreaterThan(0);
  for (const at of failures) expect((at - 60) % 100).toBe(0);
  expect(lines(/web\/\d ready/)).toHaveLength(3);
});

test("a start that always fails is refused", () => {
  expect(() => scaled({ startFailure: "100%" })).toThrow(/at most 90%/);
});

test("the larger a VM, the longer it boots, in the proportions that were measured", () => {
  expect([1, 2, 4, 8, 16].map(bootFactorOf)).toEqual([1, 1.11, 1.24, 1.48, 1.48]);
});
