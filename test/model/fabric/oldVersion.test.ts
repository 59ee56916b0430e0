import { expect, test } from "vitest";
import { tell } from "../story.ts";

test("an instance that is starting on the old version at its domain's turn is updated when it is ready, and the upgrade waits for it", () => {
  const { lines } = tell({
    service: { roles: { web: { kind: "web", instances: 1, onStart: "60s" } } },
    fabric: { healing: "platform" },
    faults: [{ kind: "app-crash", at: "90s", instance: "web/0" }],
    operations: [{ at: "100s", kind: "upgrade", version: "v2" }],
  });
  expect(lines(/web\/0 (recycling|busy|ready|updating)|upgrade production/)).toEqual([
    "90 web/0 recycling",
    "90 web/0 busy",
    "100 upgrade production to v2 starts",
    "150 web/0 ready",
    "150 web/0 updating",
    "150 web/0 busy",
    "210 web/0 ready",
    "210 upgrade production to v2 done",
  ]);
});

test("an update that takes the place of another one brings back what that one has brought to other roles", () => {
  const { lines } = tell({
    service: {
      roles: { web: { kind: "web", instances: 1 }, api: { kind: "worker", instances: 1, onStart: "60s" } },
      upgradeDomains: 1,
    },
    operations: [
      { at: "100s", kind: "upgrade", version: "v2" },
      { at: "110s", kind: "upgrade", version: "v3", only: ["web"] },
    ],
  });
  expect(lines(/api\/0 (busy|ready|updating)|upgrade production/)).toEqual([
    "100 upgrade production to v2 starts",
    "100 api/0 updating",
    "100 api/0 busy",
    "110 upgrade production to v3 starts",
    "110 upgrade production to v2 gives way",
    "110 api/0 updating",
    "110 api/0 busy",
    "170 api/0 ready",
    "170 upgrade production to v3 done",
  ]);
});
