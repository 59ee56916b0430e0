import { expect, test } from "vitest";
import { parse } from "../../src/scenario/parse.ts";
import { headline, ScenarioError } from "../../src/scenario/problem.ts";
import { validate } from "../../src/scenario/validate.ts";

/** What is said of a scenario with these roles, rules or operations: mistakes, else warnings. */
function said(roles: string, rest = "", more = ""): string[] {
  const text = `name: calls\nhorizon: 1h\nservice:\n  roles:\n${roles}${rest}\n${more}`;
  try {
    return validate(parse(text)).warnings.map(headline);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(headline);
  }
}
const role = (name: string, calls: string, ends = "[api]") =>
  `    ${name}: { kind: worker, handler: [{ compute: 1ms }${calls}], internalEndpoints: ${ends} }\n`;

test("a call goes to an internal endpoint that is there", () => {
  expect(said(role("a", ", { call: b }") + role("b", ""))).toEqual([]);
  expect(said(role("a", ", { call: c }") + role("b", ""))[0]).toContain('there is no role "c", the roles are: a, b');
  expect(said(role("a", ", { call: b }") + role("b", "", "[]"))[0]).toContain('role "b" has no internal endpoint to call');
  expect(said(role("a", ", { call: b }") + role("b", "", "[x, y]"))[0]).toContain(
    'role "b" has 2 internal endpoints: say which, endpoint: x or y',
  );
  expect(said(role("a", ", { call: b, endpoint: apy }") + role("b", ""))[0]).toContain(
    'role "b" has no internal endpoint "apy", did you mean "api"?',
  );
});

test("roles that call each other in a circle are refused, with the way round", () => {
  const circle = "roles call each other in a circle";
  expect(said(role("a", ", { call: a }"))[0]).toContain(`${circle}, a -> a`);
  expect(said(role("a", ", { call: b }") + role("b", ", { call: c }") + role("c", ", { call: a }"))[0]).toContain(
    `${circle}, c -> a -> b -> c`,
  );
  const operation = "operations:\n  - { at: 1min, kind: upgrade, version: v2, roles: { b: { handler: [{ call: a }] } } }\n";
  expect(said(role("a", ", { call: b }") + role("b", ""), "", operation)[0]).toContain(`${circle}, b -> a -> b`);
});

test("an operation cannot take away what is called", () => {
  const operation = "operations:\n  - { at: 1min, kind: upgrade, version: v2, roles: { b: { internalEndpoints: [] } } }\n";
  expect(said(role("a", ", { call: b }") + role("b", ""), "", operation)[0]).toContain("no internal endpoint to call");
});

test("what operations change stands on what those before them leave; one that must be refused leaves everything as it is", () => {
  const operations = (between: string) =>
    `operations:
  - { at: 1min, kind: upgrade, version: v2, roles: { b: { internalEndpoints: [api] } } }
  - { at: 2min, kind: ${between} }
  - { at: 3min, kind: upgrade, version: v3, roles: { a: { handler: [{ compute: 1ms }, { call: b }] } } }
`;
  const after = (between: string) => said(role("a", "") + role("b", "", "[]"), "", operations(between));
  // nothing is in staging
  expect(after("swap")).toEqual([expect.stringContaining("nothing is deployed to staging before this swap: it will be refused")]);
  expect(after("upgrade, slot: staging, version: v9, roles: { b: { internalEndpoints: [] } }")).toEqual([]);
  expect(after("rollback")[0]).toContain("no internal endpoint to call");
});

test("rules name endpoints that are there, and a call that none lets through is told", () => {
  const rule = (to: string, from: string) => `  trafficRules: [{ to: ${to}, from: ${from} }]`;
  const roles = role("a", ", { call: b }") + role("b", "");
  expect(said(roles, rule("{ role: b, endpoint: api }", "[a]"))).toEqual([]);
  expect(said(roles, rule("{ role: b, endpoint: api }", "[b]"))[0]).toContain(
    "no traffic rule lets a call api of b: every call is refused",
  );
  expect(said(roles, rule("{ role: b, endpoint: other }", "all"))[0]).toContain('role "b" has no internal endpoint "other", they are: api');
  expect(said(roles, rule("{ role: d, endpoint: api }", "[e]"))).toHaveLength(2);
});

test("internal endpoints have the platform's limits", () => {
  expect(said(role("a", "", "[x, x]"))[0]).toContain('"x" is there twice');
  expect(said(role("a", "", "[a, b, c, d, e, f]"))[0]).toContain("the platform documents at most 5 internal endpoints in a role, not 6");
  const names = (of: string) => `[${Array.from({ length: 13 }, (_, k) => `${of}${k}`).join(", ")}]`;
  expect(said(role("a", "", names("a")) + role("b", "", names("b")))).toContainEqual(
    expect.stringContaining("a deployment has at most 25 internal endpoints, not 26"),
  );
});
