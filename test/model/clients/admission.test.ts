import { expect, test } from "vitest";
import { tell } from "../story.ts";

/** One instance of two workers, ten seconds of work; two clients of different priority. */
const plot = (admission: object | undefined, instants: { high: string[]; low: string[] }) =>
  tell({
    service: {
      roles: { web: { kind: "web", instances: 1, concurrency: 2, service: "10s", ...(admission === undefined ? {} : { admission }) } },
    },
    clients: {
      high: { endpoint: "web", arrivals: { instants: instants.high } },
      low: { endpoint: "web", arrivals: { instants: instants.low }, priority: 1 },
    },
  });
const at = (...seconds: number[]) => seconds.map((second) => `${second}s`);

test("an instance that holds as much as the limit rejects the next request at once, and it is put down to load", () => {
  const { lines, summary } = plot({ limit: 3 }, { high: at(1, 2, 3, 4), low: ["9min"] });
  expect(lines(/rejected/)).toEqual(["4 high 4 rejected"]);
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "load", cause: "rejected", failed: 1 }]);
});

test("low priority is shed first: only a part of the limit is open to it", () => {
  const { lines } = plot({ limit: 4, shares: ["100%", "50%"] }, { high: at(1, 2, 4, 5, 6), low: at(3) });
  expect(lines(/rejected/)).toEqual(["3 low 1 rejected", "6 high 5 rejected"]);
});

test("the limit is twice the concurrency unless given, and all of it is open to everyone", () => {
  const { lines } = plot({}, { high: at(1, 2, 3), low: at(4, 5) });
  expect(lines(/rejected/)).toEqual(["5 low 2 rejected"]);
});

test("without admission control everything waits", () => {
  expect(plot(undefined, { high: at(1, 2, 3), low: at(4, 5) }).summary.requests.failed).toBe(0);
});
