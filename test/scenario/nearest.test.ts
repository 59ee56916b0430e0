import { expect, test } from "vitest";
import { nearest, suggest } from "../../src/scenario/nearest.ts";

test("a slip of the hand finds the name", () => {
  expect(nearest("wbe", ["web", "worker"])).toBe("web");
  expect(nearest("mon", ["monday", "friday"])).toBe("monday");
  expect(nearest("nothing", ["web", "worker"])).toBeUndefined();
});

test("a word that others use finds what is meant here, where that is allowed", () => {
  expect(suggest("duration", ["horizon", "service"])).toBe('did you mean "horizon"?');
  expect(suggest("replicas", ["instances", "size"])).toBe('did you mean "instances"?');
  expect(suggest("replicas", ["horizon", "service"])).toBe("allowed here: horizon, service");
});
