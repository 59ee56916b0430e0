import type { RunResult } from "../experiment/result.ts";
import type { OutFile } from "../node/writeOut.ts";
import { csvFiles } from "../report/csv.ts";
import { renderReport } from "../report/html.ts";
import { ndjsonLines } from "../report/ndjson.ts";

/** Everything that `--out` writes about a run. */
export async function outFiles(result: RunResult): Promise<readonly OutFile[]> {
  return [
    { name: "summary.json", text: `${JSON.stringify(result.summary, null, 2)}\n` },
    ...csvFiles(result),
    { name: "trace.ndjson", text: ndjsonLines(result) },
    { name: "report.html", text: await renderReport(result) },
  ];
}
