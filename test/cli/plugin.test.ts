import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder, nines, root, small } from "./nines.ts";

const own = `${small}balancer: { policy: mine, probe: none }\n`;
const policy = (type = "", place = "0"): string => `export const policies = [{ kind: "mine", choose: (view${type}) => ${place} }];\n`;
const invariant = `export const invariants = [{
  id: "U1", name: "few-requests", statement: "At most 100 requests arrive.",
  watch({ broken }) {
    let arrived = 0;
    return { listensTo: [0], observe: () => ++arrived > 100 && broken("101 requests have arrived, 100 are allowed") };
  },
}];\n`;

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = emptyFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe("nines run --plugin", () => {
  it("loads policies in JavaScript and TypeScript, and tells how to repeat the run", () => {
    const cwd = folderWith({ "own.yaml": own, "mine.mjs": policy(), "mine.ts": policy(": { readonly count: number }") });
    const [js, ts] = ["mine.mjs", "mine.ts"].map((file) =>
      nines(["run", join(cwd, "own.yaml"), "--plugin", join(cwd, file), "--json"], { cwd: root }),
    );
    expect([js?.err, js?.code, ts?.err, ts?.code]).toEqual(["", 0, "", 0]);
    const [first, second] = [js, ts].map((called) => JSON.parse(called?.out ?? ""));
    expect(first.fingerprint).toBe(second.fingerprint);
    expect(first.reproduce).toContain(`--plugin ${join(cwd, "mine.mjs")}`);
    expect(nines(["validate", "own.yaml", "--plugin", "mine.mjs"], { cwd }).code).toBe(0);
  });

  it("watches invariants of the user's own, and exits with 98 where one breaks", () => {
    const cwd = folderWith({ "small.yaml": small, "mine.mjs": invariant });
    const { code, err } = nines(["run", "small.yaml", "--plugin", "mine.mjs"], { cwd });
    expect(code).toBe(98);
    expect(err).toContain("✕ U1 few-requests does not hold");
    expect(err).toContain("101 requests have arrived, 100 are allowed");
    expect(err).toMatch(/Statement +At most 100 requests arrive\./);
    expect(err).toMatch(/Reproduce +nines run small.yaml --plugin mine.mjs --seed 42 --runs 1/);
    expect(nines(["run", "small.yaml", "--plugin", "mine.mjs", "--check", "few-requests"], { cwd }).code).toBe(98);
  });

  it("says whose policy went wrong", () => {
    const cwd = folderWith({ "own.yaml": own, "mine.mjs": policy("", "7") });
    const { code, err } = nines(["run", "own.yaml", "--plugin", "mine.mjs"], { cwd });
    expect([code, err]).toEqual([2, expect.stringContaining('the policy "mine" chose 7, not a whole number from 0 to 2')]);
  });

  it.each([
    ["export const x = 1;\n", "exports neither policies nor invariants"],
    ["export const policies = 1;\n", "exports policies that are not a list"],
    ["export const policies = [{ kind: 'mine' }];\n", "has a kind and a function"],
    ["export const invariants = [{ id: 'U1' }];\n", "has id, name, statement and a function watch"],
    ["export const invariants = [{ id: 'S1', name: 'a', statement: 'b', watch() {} }];\n", "has the id S1, which is for the catalogue"],
    ["export const = 1;\n", "cannot be loaded"],
  ])("refuses %s", (text, message) => {
    const cwd = folderWith({ "small.yaml": small, "mine.mjs": text });
    const { code, err } = nines(["run", "small.yaml", "--plugin", "mine.mjs"], { cwd });
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it("says what is missing where neither Node nor tsx reads TypeScript", () => {
    const cwd = folderWith({ "small.yaml": small, "mine.ts": policy() });
    const { code, err } = nines(["run", "small.yaml", "--plugin", "mine.ts"], { cwd });
    const strips = Boolean((process.features as { typescript?: unknown }).typescript);
    if (strips) expect(code).toBe(0);
    else expect([code, err]).toEqual([2, expect.stringMatching(/is TypeScript, which Node [\d.]+ does not run by itself/)]);
  });
});
