import { faults } from "../model/faults/index.ts";
import { vmNetwork, vmSize, vmSizeNames } from "../model/hardware/sizes.ts";
import { balancingPolicies } from "../model/policies/balancing/index.ts";
import { alwaysForms } from "./alwaysText.ts";
import { arrivalForms } from "./arrivalsText.ts";
import { spanMetrics } from "./expectText.ts";
import { hostingSection } from "./hostingReference.ts";
import { allKeys, type KeyEntry, keysOf } from "./keys.ts";
import { lawNames, laws } from "./lawText.ts";
import { metricForms } from "./metrics.ts";
import { operationTexts } from "./operationText.ts";
import { type DefaultRow, defaultFaults, defaultRows, presetNames, presetSummaries, priceTables } from "./presets.ts";
import { fileSections } from "./referenceFiles.ts";
import { code, line, sourceOf } from "./referenceText.ts";
import { fault, writeDefault } from "./schema/faults.ts";
import { alternativesOf, wordsOf } from "./schema/walk.ts";
import { selectorForms } from "./selectorText.ts";
import { simplifications } from "./simplifications.ts";
import { sources } from "./sources.ts";

/** The text of `scenarios/REFERENCE.md`: every key, default, unit and source, and everything that texts can say. */
export function writeReference(): string {
  const keys = allKeys();
  const sections = [
    intro,
    presets(),
    units,
    table(
      "Top level",
      keys.filter(({ path }) => !path.includes(".")),
    ),
    ...[
      "datacenter",
      "subscription",
      "service",
      "balancer",
      "fabric",
      "queues",
      "stores",
      "clients",
      "patching",
      "buggify",
      "heal",
      "measure",
      "autoscale",
      "pricing",
      "lesson",
    ].map((name) => {
      return table(
        `Section ${name}`,
        keys.filter(({ path }) => path.startsWith(`${name}.`)),
      );
    }),
    hostingSection(),
    faultSection(),
    operationSection(),
    lawSection(),
    list(
      "Arrivals",
      arrivalForms.map(({ form, summary }) => [code(form), summary]),
    ),
    list(
      "Selectors",
      selectorForms.map(({ form, summary }) => [code(form), summary]),
    ),
    list(
      "Balancing policies",
      balancingPolicies.map(({ kind, summary }) => [code(kind), summary]),
    ),
    hashing,
    metricSection(),
    alwaysSection(),
    fileSections(),
    sizeSection(),
    priceSection(),
    `## Simplifications\n\n${simplifications.map((line) => `- ${line}`).join("\n")}`,
    list(
      "Sources",
      Object.entries(sources).map(([key, text]) => [code(key), text]),
    ),
  ];
  return `${sections.join("\n\n")}\n`;
}

const hashing = `The platform does not publish its hash function. Here it is murmur3 (32 bits, seed 0) of two numbers: the flow, which is 32 bits drawn for
each connection in place of the 5-tuple, and the client's address; of the address and the number of the protocol (TCP 6, UDP 17) for
\`source-ip-protocol\`; of the address and 0 for \`source-ip\`. The instance is the one at that place, modulo their number, among those in
rotation in the order of their ids. So when the rotation changes, new connections of old clients may go elsewhere; connections that exist stay.`;

const intro = `# The scenario language

A scenario is one YAML file. This page lists every key with its default and the source of that default; it is generated from the schema that
checks the files, and so is \`schema.json\`, which gives editors completion and help when a file starts with

    # yaml-language-server: $schema=./schema.json

A default marked **G** is a guess: nothing published gives it, change it freely. \`nines explain clients.timeout\` prints one entry of this page.
In keys NAME stands for a name of your own, and 0 for the place of an entry in a list.`;

const units = `## Values

- Durations have a unit, \`us ms s min h d y\` (y is 365.25 d), and can be combined: \`90s\`, \`1.5h\`, \`2y31d4h\`. Time is counted in whole
  microseconds. A bare number is a mistake.
- Rates are \`200/s\`, \`12/y\`; sizes \`512MiB\`, \`112GiB\`; shares \`99.95%\`.
- Some keys take a word: \`never\`, \`unlimited\`, \`none\`.
- A text with a comma needs quotes inside \`{ }\` and \`[ ]\`, where YAML would split it: \`{ service: "lognormal(80ms, 1.2)" }\`.
- \`base: other.yaml\` puts a file on top of another one in its folder: mappings are joined, lists and single values replaced, \`null\` removes.
  \`--set path=value\` does the same for one value: \`--set clients.browsers.timeout=5s\`, \`--set faults.0.at=3min\`.
- \`variants\` replays a scenario in several ways on the same draws: each is a name with the keys that it lays on top, by the same rules.
  \`nines run FILE\` prints one table for all of them and what their differences come from, \`--variant NAME\` runs one. A variant changes
  neither seed, runs nor horizon; \`--set\` stays on top of all of them, \`--set variants.NAME.path=value\` changes one.
- Files that a scenario names lie in its own folder, or in one that \`--data DIR\` permits.`;

function presets(): string {
  return list(
    "Presets",
    presetNames.map((preset) => [code(preset), `${presetSummaries[preset]}${preset === "azure" ? " The default." : ""}`]),
  );
}

function table(title: string, keys: readonly KeyEntry[]): string {
  const rows = keys.filter(
    ({ isGroup, meta, path }) =>
      !isRepeated(path) && (!isGroup || meta.absent !== undefined || defaultRows.some((row) => row.path === path) || !path.includes(".")),
  );
  const lines = rows.flatMap(({ meta, path, required, schema, shown }) => {
    const words = wordsOf(schema);
    const choices = meta.unit === "choice" ? ` ${words.map(code).join(", ")}.` : "";
    const text = `${meta.description ?? ""}${choices}`;
    const found = defaultRows.filter((row) => row.path === path);
    const absent = required ? "required" : (meta.absent ?? "");
    if (found.length === 0) return [line(code(shown), text, meta.unit ?? "", absent, "", "", "")];
    return merged(found).map((row) => line(code(shown), text, meta.unit ?? "", ...cells(row)));
  });
  return `## ${title}\n\n| key | meaning | unit | azure, or when absent | classic-2011 | ideal | source |\n|---|---|---|---|---|---|---|\n${lines.join("\n")}`;
}

/** Rules of a profile have the keys of the rules of its role. */
function isRepeated(path: string): boolean {
  return path.startsWith("autoscale.roles.*.profiles.*.rules.");
}

/** Rows for web and worker roles are one where they say the same. */
function merged(rows: readonly DefaultRow[]): readonly DefaultRow[] {
  const [first, second] = rows;
  if (first === undefined || second === undefined) return rows;
  const same = presetNames.every((preset) => first.cells[preset].value === second.cells[preset].value);
  return same ? [first] : rows;
}

function cells({ cells: row, of }: DefaultRow): readonly string[] {
  const shown = presetNames.map((preset) => `${code(String(row[preset].value))}${row[preset].guess ? " **G**" : ""}`);
  const texts = [...new Set(presetNames.map((preset) => sourceOf(row[preset])))];
  return [...shown, `${of === undefined ? "" : `${of} roles: `}${texts.join("; ")}`];
}

function faultSection(): string {
  const kinds = faults.flatMap(({ classes, example, kind, parameters = [], repair, repairSummary, summary }) => [
    `### ${kind}`,
    summary,
    `- \`repairAfter\`${repair === "required" ? " (required)" : ""}: ${repairSummary}`,
    ...(classes === undefined ? [] : [`- \`class\`: ${classes.map(code).join(" or ")}; the first is the default`]),
    ...parameters.map((parameter) => {
      const absent = parameter.default === undefined ? " (required)" : "";
      const value = parameter.default === undefined ? "" : ` When absent: ${writeDefault(parameter)}.`;
      return `- \`${parameter.name}\`${absent}: ${parameter.description}${value}`;
    }),
    `- ${code(example)}`,
  ]);
  const rates = presetNames.flatMap((preset) =>
    defaultFaults[preset].map((rate) => {
      const kind = rate.class === undefined ? rate.kind : `${rate.kind} (${rate.class})`;
      return line(
        preset,
        code(kind),
        code(rate.target),
        `${code(rate.every)}${rate.guess ? " **G**" : ""}`,
        code(rate.repairAfter ?? "-"),
        sourceOf(rate),
      );
    }),
  );
  return [
    "## Faults",
    "Each entry of `faults` has a `kind`, its target under `instance`, `host`, `faultDomain`, `store` or `queue`, and one of `at: DURATION`, `every: LAW` and `trace: { file: ... }`.",
    ...commonKeys(),
    ...kinds,
    "### faults: default",
    `| preset | kind | target | every | repairAfter | source |\n|---|---|---|---|---|---|\n${rates.join("\n")}`,
    "The preset ideal has no rates.",
  ].join("\n\n");
}

/** What every kind of fault may say of its times. */
function commonKeys(): readonly string[] {
  const first = alternativesOf(fault)[0];
  if (first === undefined) return [];
  const keys = keysOf(first, "").filter(({ path }) => /^(commonCause|shock|trace)/.test(path));
  const rows = keys.map(({ meta, path, required }) =>
    line(code(path), meta.description ?? "", required ? "required" : (meta.absent ?? "")),
  );
  return [`| key of any fault | meaning | when absent |\n|---|---|---|\n${rows.join("\n")}`];
}

function operationSection(): string {
  const kinds = operationTexts().flatMap(({ keys, name, summary }) => {
    const lines = keys.map(({ absent, description, key, required }) => {
      return `- \`${key}\`${required ? " (required)" : ""}: ${description}${absent === "" ? "" : ` When absent: ${absent}.`}`;
    });
    return [`### ${name}`, summary, lines.join("\n")];
  });
  const more =
    "Entries of `operations`. Under `roles`, a deployment or an upgrade states what changes, with the keys of a role except kind.";
  return ["## Operations", more, ...kinds].join("\n\n");
}

function lawSection(): string {
  const rows = lawNames.map((name) => {
    if (name === "empirical")
      return [
        code("empirical(times.csv, column work, in ms)"),
        "One of the values of a CSV column, each alike; in is the unit of bare numbers.",
      ] as const;
    const { parameters, summary } = laws[name as keyof typeof laws];
    return [code(`${name}(${parameters.map((parameter) => parameter.name).join(", ")})`), summary] as const;
  });
  const mapping =
    "As a mapping the parameters have names: `{ law: lognormal, mean: 80ms, cv: 1.2 }`, `{ law: empirical, values: [80ms, 95ms] }`.";
  return `${list("Laws", rows)}\n\n${mapping}`;
}

function metricSection(): string {
  const rows = metricForms.map(({ form, summary, unit }) =>
    line(code(form), summary, unit === "ratio" ? "%" : unit === "count" ? "number" : unit === "money" ? "money" : "duration"),
  );
  const how =
    "An expectation is a metric, one of `>= <= > <`, and a value: `availability.request >= 99.9%`, `latency.p99 <= 1s`. A miss makes exit code 99. " +
    `Of a part of the run, from the border of one window to that of another: \`availability.request @ 20min..30min >= 99%\`; also ${spanMetrics.slice(1).join(", ")}.`;
  return `## Metrics of expect\n\n${how}\n\n| metric | meaning | value |\n|---|---|---|\n${rows.join("\n")}`;
}

function alwaysSection(): string {
  const rows = alwaysForms.map(({ form, summary }) => line(code(form), summary));
  const how =
    "A condition is a quantity, one of `>= <= > <`, and a number: `roles.web.ready >= 1`. It is looked at after every event up to the horizon; " +
    "where it is false the run ends with exit code 98. A file that says so, with its seed, is a counterexample: `nines replay FILE`.";
  return `## Quantities of always\n\n${how}\n\n| quantity | meaning |\n|---|---|\n${rows.join("\n")}`;
}

function sizeSection(): string {
  const rows = vmSizeNames.map((name) => {
    const size = vmSize(name);
    return line(
      name,
      String(size?.cores),
      `${Number(((size?.memoryMiB ?? 0) / 1024).toFixed(2))} GiB`,
      `${(size?.diskMiB ?? 0) / 1024} GiB`,
      String(size?.acu),
      `${vmNetwork(name)?.cards}, ${vmNetwork(name)?.bandwidth}`,
    );
  });
  return `## Sizes\n\nWork is stated at 100 ACU and divided by ACU/100 of the size. The network cards and their bandwidth change nothing in a simulation. Windows takes 6 GiB of the disk.\n\n| size | cores | memory | disk | ACU | network cards |\n|---|---|---|---|---|---|\n${rows.join("\n")}`;
}

function priceSection(): string {
  const presets = presetNames.filter((preset) => preset !== "ideal");
  const cell = (preset: (typeof presets)[number], name: string): string => {
    const { guessed, listed } = priceTables[preset];
    return listed[name] !== undefined ? String(listed[name]) : guessed[name] !== undefined ? `${guessed[name]} **G**` : "";
  };
  const names = vmSizeNames.filter((name) => presets.some((preset) => cell(preset, name) !== ""));
  const rows = names.map((name) => line(name, ...presets.map((preset) => cell(preset, name))));
  const from = presets.map((preset) => `${preset}: ${sources[priceTables[preset].source]}`).join("; ");
  const how =
    "What an hour of one instance costs, in the preset's currency; ideal has the prices of azure. Replace them with `pricing.hourly`.";
  return `## Prices\n\n${how} ${from}.\n\n| size | ${presets.join(" | ")} |\n|---|---|---|\n${rows.join("\n")}`;
}

function list(title: string, rows: readonly (readonly [string, string])[]): string {
  return `## ${title}\n\n| | |\n|---|---|\n${rows.map((row) => line(...row)).join("\n")}`;
}
