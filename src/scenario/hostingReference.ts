import { appServicePrices, hostingCells, hostingNames, hostingPromises, hostingSummaries } from "./presets.ts";
import { code, line, sourceOf } from "./referenceText.ts";

/** The section of the reference page on hosting models: which of a platform's promises each keeps. */
export function hostingSection(): string {
  const how = `\`hosting\` says who runs what the service stands on; without it a scenario is about ${code(hostingNames[0])}. The same scenario under each:`;
  const models = hostingNames.map((name) => `- ${code(name)}: ${hostingSummaries[name]}`).join("\n");
  const changed = hostingNames.flatMap((name) =>
    Object.entries(hostingCells[name]).map(([path, cell]) =>
      line(code(name), code(path), `${code(String(cell.value))}${cell.guess ? " **G**" : ""}`, sourceOf(cell)),
    ),
  );
  const promises = hostingPromises.map(({ by, sources: from, unsure, what }) =>
    line(
      what,
      ...hostingNames.map((name) => `${by[name].isKept ? "✓" : "✕"} ${by[name].words}`),
      `${from.join(", ")}${unsure ? " **G**" : ""}`,
    ),
  );
  const counts = hostingNames.map((name) => String(hostingPromises.filter(({ by }) => by[name].isKept).length));
  const rows = [...promises, line("kept by the platform", ...counts, "")].join("\n");
  const prices = Object.entries(appServicePrices.guessed).map(([size, price]) => `${size} ${price}`);
  return [
    "## Hosting models",
    how,
    models,
    `What the platform itself keeps (✓), and what is left to who runs the service (✕):\n\n| | ${hostingNames.join(" | ")} | source |\n|---|---|---|---|---|\n${rows}`,
    `Defaults that a hosting model changes, not under preset ideal:\n\n| hosting | key | default | source |\n|---|---|---|---|\n${changed.join("\n")}`,
    `An hour of a worker of App Service costs, by the size that has its cores and memory: ${prices.join(", ")} (**G**, ${appServicePrices.source}). Virtual machines cost what instances of their size cost.`,
  ].join("\n\n");
}
