import type { RunResult } from "../experiment/result.ts";
import type { OutFile } from "../node/writeOut.ts";
import {
  callsCsv,
  clientsCsv,
  failuresCsv,
  instancesCsv,
  monthsCsv,
  operationsCsv,
  queuesCsv,
  rolesCsv,
  storesCsv,
  windowsCsv,
} from "../report/export/csv.ts";
import { ndjson } from "../report/export/ndjson.ts";
import { renderReport } from "../report/html.ts";

/** Everything that `--out` writes about a run. */
export async function outFiles(result: RunResult): Promise<readonly OutFile[]> {
  const { summary } = result;
  return [
    { name: "summary.json", text: `${JSON.stringify(summary, null, 2)}\n` },
    { name: "windows.csv", text: windowsCsv(summary) },
    { name: "instances.csv", text: instancesCsv(summary) },
    { name: "failures.csv", text: failuresCsv(summary) },
    { name: "queues.csv", text: queuesCsv(summary) },
    { name: "stores.csv", text: storesCsv(summary) },
    { name: "calls.csv", text: callsCsv(summary) },
    { name: "roles.csv", text: rolesCsv(summary) },
    { name: "clients.csv", text: clientsCsv(summary) },
    { name: "operations.csv", text: operationsCsv(summary) },
    { name: "months.csv", text: monthsCsv(summary) },
    { name: "trace.ndjson", text: ndjson(result) },
    { name: "report.html", text: await renderReport(result) },
  ];
}
