import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

type Role = NonNullable<Plot["service"]["roles"]>[string];
const web: Role = { kind: "web", instances: 1, handler: [{ compute: "1s" }, { call: "back" }] };
const back: Role = { kind: "worker", instances: 2, service: "2s", internalEndpoints: ["api"] };
const once = { arrivals: "constant(6/min)" } as const;

function plot(of: Partial<Plot> & { roles: Plot["service"]["roles"] }): Plot {
  const { roles, ...rest } = of;
  return { horizon: "31s", service: { roles }, clients: { web: { endpoint: "web", ...once } }, ...rest } as Plot;
}

test("a handler computes, calls an instance of another role, and answers when that has answered", () => {
  const { lines, summary } = tell(plot({ roles: { web, back } }));
  expect(lines(/web 1 /)).toEqual([
    "10 web 1 arrives",
    "10 web 1 to web/0",
    expect.stringMatching(/^11 web 1 to back\/[01]$/),
    "13 web 1 ok",
  ]);
  expect(summary.latencyMs.mean).toBe(3000);
});
