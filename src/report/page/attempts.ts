import type { RunResult } from "../../experiment/result.ts";
import type { Summary } from "../../metrics/summary.ts";
import { counted, factor, grouped } from "../numbers.ts";
import { html, type Markup, table } from "./markup.ts";

/** Whether some client made more or fewer attempts than requests, or failed at some without failing the request. */
export function hasAttempts({ requests }: Pick<Summary, "requests">): boolean {
  const failed = Object.values(requests.attemptsFailedByCause).reduce((sum, count) => sum + count, 0);
  return requests.attempts !== requests.offered || failed !== requests.failed;
}

/** What clients did beyond one attempt for each request, in a few words: "1.42 for each request", "300 retries". */
export function attemptNotes({ requests }: Pick<Summary, "requests">): readonly string[] {
  const { amplification, hedges, retries } = requests;
  return [
    amplification === null ? "" : `${factor(amplification)} for each request`,
    amplification !== null && amplification < 1 ? "as breakers held some back" : "",
    retries === 0 ? "" : counted(retries, "retry", "retries"),
    hedges === 0 ? "" : counted(hedges, "hedge"),
  ].filter((note) => note !== "");
}

/** Attempts of each client, and why attempts failed. */
export function attemptTable({ summary }: RunResult): Markup {
  const columns = ["Client", "Requests", "Attempts", "Retries", "Hedges", "For each request"].map((heading, place) => ({
    heading,
    isFigure: place > 0,
  }));
  const rows = summary.byClient.map((client) => [
    client.name,
    grouped(client.offered),
    grouped(client.attempts),
    grouped(client.retries),
    grouped(client.hedges),
    client.amplification === null ? null : factor(client.amplification),
  ]);
  const { attemptsFailedByCause, failedByCause } = summary.requests;
  const causes = Object.entries(attemptsFailedByCause).map(([cause, count]) => [
    html`<span class="mono">${cause}</span>`,
    grouped(count),
    grouped(failedByCause[cause as keyof typeof failedByCause] ?? 0),
  ]);
  const failures = ["Failed by", "Attempts", "Requests"].map((heading, place) => ({ heading, isFigure: place > 0 }));
  return html`${table(columns, rows, "Attempts")}${causes.length === 0 ? null : table(failures, causes, "Failed attempts")}`;
}
