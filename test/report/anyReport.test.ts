import fc from "fast-check";
import { expect, test } from "vitest";
import { run, runVariants } from "../../src/experiment/library.ts";
import {
  clientsCsv,
  failuresCsv,
  instancesCsv,
  monthsCsv,
  operationsCsv,
  queuesCsv,
  rolesCsv,
  storesCsv,
  windowsCsv,
} from "../../src/report/export/csv.ts";
import { renderReport } from "../../src/report/html.ts";
import { renderRun } from "../../src/report/terminal.ts";
import { renderVariantsPage } from "../../src/report/variants/page.ts";
import { renderVariants } from "../../src/report/variants/terminal.ts";
import { metricForms } from "../../src/scenario/metrics.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { anyScenario } from "../model/anyScenario.ts";

const names = { roles: "web", clients: "first", queues: "jobs", stores: "db", months: "1" } as const;
const targets = { ratio: "50%", ms: "1s", seconds: "10s", count: "3", money: "0.05" } as const;

/** Something to expect of every figure that there is; App Service has no price for some sizes. */
function everything({ clients = {}, hosting, queues = {}, service, stores = {} }: Scenario): string[] {
  const there = { roles: service.roles ?? {}, clients, queues, stores, months: { 1: {} } };
  return metricForms
    .filter(({ form }) => !/cost/i.test(form) || hosting !== "app-service")
    .filter(({ names: list }) => list === undefined || (list in names && names[list as "roles"] in there[list as "roles"]))
    .map(
      ({ form, names: list, unit }) => `${list === undefined ? form : form.replace("NAME", names[list as "roles"])} <= ${targets[unit]}`,
    );
}

const measures = fc.constantFrom(
  { atLeast: 1 },
  { atLeast: 1, warmUp: "1min", to: "4min", window: "1min" },
  { atLeast: 1, warmUp: "299s", window: "1s" },
  { atLeast: 2, epoch: "2027-01-31", latencyThreshold: "100ms" },
);

const told = fc.record({ scenario: anyScenario, measure: measures, runs: fc.integer({ min: 1, max: 3 }), expectAll: fc.boolean() }).map(
  ({ scenario, measure, runs, expectAll }): Scenario => ({
    ...scenario,
    horizon: "5min",
    measure,
    runs,
    ...(expectAll ? { expect: everything(scenario) } : {}),
  }),
);

/** What no reader should ever see. */
const nonsense = /undefined|\bNaN\b|\[object|Infinity|\bnull\b/;

function expectSense(what: string, text: string): void {
  const found = nonsense.exec(text);
  if (found === null) return;
  throw new Error(`${what} says ${found[0]}: ${text.slice(Math.max(0, found.index - 200), found.index + 100)}`);
}

test("whatever happens, what the terminal prints and what is exported makes sense", () => {
  fc.assert(
    fc.property(told, (scenario) => {
      const result = run(scenario, { everyFact: false });
      expectSense("the terminal", renderRun(result, { colour: false }));
      for (const csv of [windowsCsv, instancesCsv, failuresCsv, storesCsv, queuesCsv, rolesCsv, clientsCsv, operationsCsv, monthsCsv]) {
        for (const row of csv(result.summary)) expectSense("a table", row);
      }
    }),
    { numRuns: 100, seed: 20261125 },
  );
});

test("whatever happens, the report makes sense", async () => {
  await fc.assert(
    fc.asyncProperty(told, async (scenario) => {
      expectSense("the report", await renderReport(run(scenario)));
    }),
    { numRuns: 12, seed: 20261126 },
  );
});

test("whatever happens, variants of it are compared in words that make sense, and differences add up", () => {
  fc.assert(
    fc.property(told, told, (scenario, other) => {
      const { clients, fabric } = other;
      const faults = Array.isArray(scenario.faults) ? scenario.faults.slice(1) : [];
      const variants = {
        one: {},
        other: { fabric: fabric ?? {}, faults, clients: { first: { timeout: clients?.first?.timeout ?? "2s" } } },
      };
      const compared = runVariants({ ...scenario, variants } as Scenario);
      expectSense(
        "the terminal",
        renderVariants(compared.variants, compared.differences, { colour: false, scenario: "any", title: "any" }),
      );
      expectSense("the page", renderVariantsPage("any", "any", compared.variants, compared.differences));
      for (const { downtime, failed } of compared.differences) {
        expect(failed.parts.reduce((sum, { difference }) => sum + difference, 0)).toBe(failed.difference);
        expect(downtime.parts.reduce((sum, { difference }) => sum + difference, 0)).toBeCloseTo(downtime.difference, 6);
      }
    }),
    { numRuns: 30, seed: 20261127 },
  );
});
