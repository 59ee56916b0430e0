import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { importExperiment, readExperiment } from "../../../src/scenario/chaos/importExperiment.ts";
import { readIsoDuration } from "../../../src/scenario/chaos/isoDuration.ts";
import { scenarioFromExperiment } from "../../../src/scenario/chaos/toYaml.ts";
import { parse } from "../../../src/scenario/parse.ts";
import { headline, ScenarioError } from "../../../src/scenario/problem.ts";
import type { Scenario } from "../../../src/scenario/schema/scenario.ts";
import { validate } from "../../../src/scenario/validate.ts";
import { tell } from "../../model/story.ts";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "../../fixtures/chaos", name), "utf8");

const shop = {
  name: "shop",
  preset: "ideal",
  horizon: "10min",
  service: { roles: { web: { kind: "web", instances: 4 }, jobs: { kind: "worker", instances: 3 } } },
} satisfies Scenario;
const { design } = validate(shop);
const minute = 60_000_000;

const imported = (text: string, meant: Record<string, string> = {}, stage = design) =>
  importExperiment(readExperiment(parse(text, { file: "e.json" })), {
    design: stage,
    start: minute,
    meant: new Map(Object.entries(meant)),
  });

function mistakes(experiment: unknown): string[] {
  try {
    imported(typeof experiment === "string" ? experiment : JSON.stringify(experiment, null, 1));
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(headline);
  }
}

describe("an experiment of Azure Chaos Studio", () => {
  it("has its steps one after another, its branches side by side and delays between actions", () => {
    const { end, faults, notes } = imported(fixture("storm.json"));
    expect(faults).toEqual([
      { kind: "vm-failure", at: "3min", repairAfter: "4min", instance: "web/0" },
      { kind: "vm-failure", at: "3min", repairAfter: "4min", instance: "web/2" },
      { kind: "slow", at: "8min", repairAfter: "1min30s", factor: 4, instance: "jobs/1" },
      { kind: "app-crash", at: "13min", instance: "each(web)" },
      { kind: "app-crash", at: "13min1s", instance: "each(web)" },
      { kind: "app-crash", at: "13min2s", instance: "each(web)" },
    ]);
    expect(end).toBe(13 * minute + 3_000_000);
    expect(notes).toContain(
      'not replayed, step "Strike", branch "Memory", microsoft:agent:physicalMemoryPressure: memory that runs short is not modelled',
    );
  });

  it("replays", () => {
    const { faults } = imported(fixture("storm.json"));
    const { lines } = tell({ ...shop, horizon: "30min", faults: [...faults] });
    expect(lines(/^180 .*strikes/)).toEqual(["180 vm-failure of web/0 strikes", "180 vm-failure of web/2 strikes"]);
    expect(lines(/^420 (vm-failure.*ends|web\/[02] ready)/)).toHaveLength(4);
    expect(lines(/^480 .*strikes/)).toEqual(["480 slow of jobs/1 strikes"]);
    expect(lines(/^780 app-crash.*strikes/)).toHaveLength(4);
  });

  it("becomes a scenario on top of the one that it is replayed on", () => {
    const text = scenarioFromExperiment(imported(fixture("storm.json")), "shop.yaml", design.horizon);
    const files = { read: () => new TextEncoder().encode(JSON.stringify(shop)) };
    const valid = validate(parse(text), { files });
    expect(valid.name).toBe("afternoon-storm");
    expect(valid.design.faults).toHaveLength(6);
    expect(valid.design.horizon).toBe(23 * minute + 3_000_000);
    expect(text).toContain('# not replayed, step "Strike"');
  });

  it("that stops a cloud service becomes a deletion and a deployment", () => {
    const action = {
      type: "continuous",
      name: "urn:csci:microsoft:domainName:shutdown/1.0",
      selectorId: "s",
      duration: "PT10M",
      parameters: [],
    };
    const { operations } = imported(JSON.stringify(experimentOf(action)));
    expect(operations).toEqual([
      { kind: "delete", at: "1min", slot: "production" },
      { kind: "deploy", at: "11min", slot: "production" },
    ]);
    const { lines } = tell({ ...shop, horizon: "20min", operations: [...operations] });
    expect(lines(/(delete|deploy).*done|^660 web\/0.* ready/)).toEqual([
      expect.stringMatching(/^60 delete/),
      expect.stringMatching(/^660 web\/0.* ready/),
      expect.stringMatching(/^660 deploy/),
    ]);
  });
});

describe("a service outside the deployment", () => {
  const failover = { type: "continuous", name: "urn:csci:microsoft:cosmosDB:failover/1.0", selectorId: "s", duration: "PT2M" };
  const stage = validate({ ...shop, stores: { db: { kind: "sql" } }, queues: { work: {} } }).design;

  it("is out for as long as the action lasts, when a store or queue stands for it", () => {
    const text = JSON.stringify(experimentOf(failover));
    expect(imported(text, { web: "db" }, stage).faults).toEqual([
      { kind: "store-outage", at: "1min", repairAfter: "2min", store: "store(db)" },
    ]);
    expect(imported(text, { web: "work" }, stage).faults).toEqual([
      { kind: "queue-outage", at: "1min", repairAfter: "2min", queue: "queue(work)" },
    ]);
    const { lines } = tell({ ...shop, stores: { db: { kind: "sql" } }, faults: [...imported(text, { web: "db" }, stage).faults] });
    expect(lines(/store-outage/)).toEqual(["60 store-outage of db strikes", "180 store-outage of db ends"]);
  });

  it("is told when nothing stands for it", () => {
    const { faults, notes } = imported(JSON.stringify(experimentOf(failover)), {}, stage);
    expect(faults).toEqual([]);
    expect(notes[0]).toContain("say what stands for it with --map web=db");
  });
});

const experimentOf = (...actions: object[]) => ({
  properties: {
    selectors: [{ id: "s", type: "List", targets: [{ type: "ChaosTarget", id: "/x/virtualMachines/web" }] }],
    steps: [{ name: "A", branches: [{ name: "B", actions }] }],
  },
});

describe("a template of AWS FIS", () => {
  it("starts actions after those that they wait for, and strikes as many as it selects", () => {
    const { faults, notes, operations } = imported(fixture("stop.fis.json"));
    expect(faults).toEqual([
      { kind: "slow", at: "4min", repairAfter: "2min", factor: 5, instance: "each(web)" },
      { kind: "vm-failure", at: "1min", repairAfter: "2min", instance: "random(web)" },
    ]);
    expect(operations).toEqual([{ kind: "reboot", at: "1min", instance: "random(jobs)" }]);
    expect(notes).toContain("stop conditions are not replayed: an expectation of the scenario says what must hold");
    expect(notes.filter((note) => note.startsWith('not replayed, action "throttle"'))).toHaveLength(1);
    const { lines } = tell({ ...shop, horizon: "20min", faults: [...faults], operations: [...operations] });
    expect(lines(/^60 vm-failure of web\/\d strikes/)).toHaveLength(1);
    expect(lines(/^240 slow of web\/\d strikes/)).toHaveLength(4);
    expect(lines(/reboot.*done/)).toHaveLength(1);
  });

  it("that waits for itself is refused", () => {
    const actions = { a: { actionId: "aws:fis:wait", startAfter: ["b"] }, b: { actionId: "aws:fis:wait", startAfter: ["a"] } };
    expect(mistakes({ actions })).toEqual([
      expect.stringContaining('error: action "a" waits for itself, directly or through others'),
      expect.stringContaining('error: action "b" waits for itself, directly or through others'),
    ]);
  });

  it("selects whole instances, rounded down", () => {
    const template = (selectionMode: string) =>
      JSON.stringify({
        targets: { web: { resourceType: "aws:ec2:instance", selectionMode } },
        actions: { stop: { actionId: "aws:ec2:stop-instances", targets: { Instances: "web" } } },
      });
    const struck = (mode: string) => imported(template(mode)).faults.map(({ instance }) => instance);
    expect(struck("ALL")).toEqual(["each(web)"]);
    expect(struck("COUNT(2)")).toEqual(["web/0", "web/1"]);
    expect(struck("COUNT(9)")).toEqual(["web/0", "web/1", "web/2", "web/3"]);
    expect(struck("PERCENT(74)")).toEqual(["web/0", "web/1"]);
    expect(struck("PERCENT(24)")).toEqual([]);
    expect(mistakes(template("SOME"))[0]).toContain('the selection mode "SOME" is not known; allowed are ALL, COUNT(n) and PERCENT(n)');
  });
});

describe("names in an experiment", () => {
  const shutdown = { type: "continuous", name: "urn:csci:microsoft:virtualMachine:shutdown/1.0", selectorId: "s", duration: "PT1M" };
  const aimed = (resource: string, meant = {}, stage = design) => {
    const experiment = experimentOf(shutdown);
    experiment.properties.selectors[0]!.targets[0]!.id = `/x/virtualMachines/${resource}/providers/Microsoft.Chaos/targets/T`;
    const { faults, notes } = imported(JSON.stringify(experiment), meant, stage);
    return [...faults.map(({ instance }) => instance), ...notes];
  };

  it("are roles, instances, or what the user says", () => {
    expect(aimed("web")).toEqual(["each(web)"]);
    expect(aimed("WEB-1")).toEqual(["web/1"]);
    expect(aimed("jobs_IN_2")).toEqual(["jobs/2"]);
    expect(aimed("vm17", { vm17: "jobs/0" })).toEqual(["jobs/0"]);
    expect(aimed("vm17", { s: "web" })).toEqual(["each(web)"]);
  });

  it("that nothing has are told, unless there is one role only", () => {
    expect(aimed("vm17")[0]).toContain('nothing in the scenario is named "vm17"');
    expect(aimed("web-9")[0]).toContain("role web has no instance 9; it has 4");
    const single = validate({ ...shop, service: { roles: { web: shop.service.roles.web } } }).design;
    expect(aimed("vm17", {}, single)).toEqual(["each(web)", '"vm17" is taken for role web, the only one']);
  });
});

describe("a file that is no experiment", () => {
  it("is refused with the place of each mistake", () => {
    expect(mistakes("{}")).toEqual([
      'e.json:1:1: error: this is no experiment: Azure Chaos Studio has "steps", a template of AWS FIS has "actions"',
    ]);
    const bad = experimentOf(
      { type: "continuos", name: "urn:csci:microsoft:agent:cpuPressure/1.0", selectorId: "s", duration: "PT1M" },
      { type: "continuous", name: "urn:csci:microsoft:agent:cpuPressure/1.0", selectorId: "t", duration: "10 minutes" },
      { type: "discrete", name: "x" },
    );
    expect(mistakes(bad)).toEqual([
      expect.stringMatching(/^e\.json:\d+:\d+: error: the type of an action is "continuos", did you mean "continuous"\?$/),
      expect.stringMatching(/error: "10 minutes" is not a duration of ISO 8601 such as PT10M$/),
      expect.stringMatching(/error: there is no selector "t"/),
      expect.stringMatching(/error: the selector of an action is missing$/),
    ]);
  });

  it("or has an action that nobody knows is told with the nearest one", () => {
    const action = { type: "continuous", name: "urn:csci:microsoft:virtualMachine:shutdwn/1.0", selectorId: "s", duration: "PT1M" };
    expect(imported(JSON.stringify(experimentOf(action))).notes[0]).toContain('did you mean "microsoft:virtualmachine:shutdown"?');
  });

  it("never breaks the reader, whatever stands where", () => {
    const anything = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom(null, true, 3, "PT1M", "ALL", "List", "continuous", "s", "web"),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom("properties", "selectors", "steps", "branches", "actions", "targets", "id", "type", "name", "key", "startAfter"),
          tie("value"),
          { maxKeys: 5 },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(anything, (value) => {
        mistakes(JSON.stringify(value));
      }),
      { numRuns: 300 },
    );
  });
});

describe("a duration of ISO 8601", () => {
  it.each([
    ["PT10M", 600],
    ["PT1H30M", 5400],
    ["P1DT2H", 93_600],
    ["P2W", 1_209_600],
    ["PT0.5S", 0.5],
  ])("%s has %d seconds", (text, seconds) => expect(readIsoDuration(text)).toBe(seconds * 1_000_000));

  it.each(["", "P", "PT", "P1DT", "10M", "P1Y", "P1M", "PT1X", "-PT1M", "PT1H1H"])('"%s" is none', (text) => {
    expect(readIsoDuration(text)).toBeUndefined();
  });
});

describe("an experiment that becomes too much", () => {
  const large = validate({
    name: "large",
    preset: "ideal",
    horizon: "10min",
    datacenter: { faultDomains: 1, hostsPerFaultDomain: 20_000, host: { cores: 1 } },
    service: { roles: { web: { kind: "web", instances: 20_000 } } },
  }).design;
  const template = (selectionMode: string, actionId: string, actions: number) =>
    JSON.stringify({
      targets: { web: { resourceType: "aws:ec2:instance", selectionMode } },
      actions: Object.fromEntries(
        Array.from({ length: actions }, (_, index) => [`a${index}`, { actionId, targets: { Instances: "web" } }]),
      ),
    });

  it("strikes no more instances one by one than a scenario takes, and says which action is left out", () => {
    const { faults, notes, operations } = imported(template("COUNT(15000)", "aws:ec2:stop-instances", 1), {}, large);
    expect([faults.length, operations.length]).toEqual([0, 0]);
    expect(notes).toContain('not replayed, action "a0": it strikes 15000 instances one by one; at most 5000 are written');
  });

  it("keeps the actions that there is room for, and leaves out the others one by one", () => {
    const { faults, notes, operations } = imported(template("COUNT(2500)", "aws:ec2:stop-instances", 3), {}, large);
    expect([faults.length, operations.length]).toEqual([5000, 0]);
    expect(notes.filter((note) => note.startsWith("not"))).toEqual([
      'not replayed, action "a2", aws:ec2:stop-instances: with it there would be more than the 5000 faults that a scenario takes',
    ]);
    expect(notes.every((note) => note.length < 250)).toBe(true);
  });

  it("an operation on a whole role needs an entry for each instance", () => {
    const { notes, operations } = imported(template("ALL", "aws:ec2:reboot-instances", 2), {}, large);
    expect(operations.length).toBe(0);
    const why = "with it there would be more than the 5000 operations that a scenario takes";
    expect(notes).toEqual(["a0", "a1"].map((name) => `not replayed, action "${name}", aws:ec2:reboot-instances: ${why}`));
  });

  it("is refused when it names more than anybody would write", () => {
    const selector = { id: "s", type: "List", targets: Array.from({ length: 1000 }, (_, index) => ({ id: `web-${index}` })) };
    const actions = Array.from({ length: 200 }, () => ({
      type: "discrete",
      name: "urn:csci:microsoft:agent:killProcess/1.0",
      selectorId: "s",
    }));
    const steps = [{ name: "s", branches: [{ name: "b", actions }] }];
    expect(mistakes({ selectors: [selector], steps })).toEqual([
      "e.json:1:1: error: the actions aim at 400000 names and instances in all; at most 100000 are read",
    ]);
  });
});
