import type { RoleCallSummary } from "../metrics/roleCalls.ts";
import type { QueueSummary, StoreSummary } from "../metrics/storageSummary.ts";
import { sourceText } from "./attribution.ts";
import { counted, grouped } from "./numbers.ts";

/** How messages ended other than by being finished, as the rest of a list: ", 3 poisoned, 2 lost to app-crash of work/0". */
export function endingsText({ poisoned, deadLettered, expired, lost, lostBy, refused, deduplicated }: QueueSummary): string {
  const parts = [
    poisoned > 0 ? `${grouped(poisoned)} poisoned` : "",
    deadLettered > 0 ? `${grouped(deadLettered)} dead-lettered` : "",
    expired > 0 ? `${grouped(expired)} expired` : "",
    lost > 0 ? `${grouped(lost)} lost${lostBy.length === 1 ? ` (${sourceText(lostBy[0].source)})` : ""}` : "",
    refused > 0 ? `${grouped(refused)} refused` : "",
    deduplicated > 0 ? `${grouped(deduplicated)} put in twice and dropped` : "",
  ];
  return parts.map((part) => (part === "" ? "" : `, ${part}`)).join("");
}

/** What a store did: "1,200 reads, 300 writes, 12 calls failed". */
export function storeText({ reads, writes, failed, throttled }: StoreSummary): string {
  const failures = [failed > 0 ? `, ${counted(failed, "call")} failed` : "", throttled > 0 ? `, ${grouped(throttled)} throttled` : ""];
  return `${counted(reads, "read")} and ${counted(writes, "write")} acknowledged${failures.join("")}`;
}

/** The causes of failed calls, with how many failed by each: "refused 7, crash 5". */
export function callCausesText({ failedByCause }: Pick<RoleCallSummary, "failedByCause">): string {
  return Object.entries(failedByCause)
    .map(([cause, count]) => `${cause} ${grouped(count)}`)
    .join(", ");
}

/** What became of the calls of one role to another: "1,200 calls, 12 failed (refused 7, crash 5), 3 tried again". */
export function callsText({ abandoned, failed, failedByCause, offered, retries }: RoleCallSummary): string {
  const parts = [
    counted(offered, "call"),
    ...(failed > 0 ? [`${grouped(failed)} failed (${callCausesText({ failedByCause })})`] : []),
    ...(abandoned > 0 ? [`${grouped(abandoned)} given up with their callers`] : []),
    ...(retries > 0 ? [`tried again ${grouped(retries)} times`] : []),
  ];
  return parts.join(", ");
}
