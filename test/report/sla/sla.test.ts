import { describe, expect, it } from "vitest";
import type { SlaMonth, SlaService } from "../../../src/metrics/sla/figures.ts";
import { renderReport } from "../../../src/report/html.ts";
import { allMonthsLine, hasSlaStory, monthLine, promise, promised, shownMonths } from "../../../src/report/sla/words.ts";
import { renderRun } from "../../../src/report/terminal.ts";
import { runOf, summary } from "../fixture.ts";

const month = (place: number, downtimeMinutes: number): SlaMonth => {
  const uptime = (43_200 - downtimeMinutes) / 43_200;
  const isKept = uptime >= 0.9995;
  return {
    name: String(place),
    label: `month ${place}`,
    isWhole: true,
    maximumMinutes: 43_200,
    downtimeMinutes,
    uptime,
    runsMet: isKept ? 1 : 0,
    credit: isKept ? 0 : 0.1,
  };
};
const compute = { ...(summary.sla.compute as SlaService), months: [month(1, 0), month(2, 30), month(3, 0)], worstMonth: 1 - 30 / 43_200 };
const single: SlaService = { ...compute, what: "roles with a single instance", target: null, allowedMinutes: null };

describe("monthly uptime in reports", () => {
  it("writes promises as agreements do, and says where there is none", () => {
    expect([0.9995, 0.999, 0.9999, 0.99].map(promised)).toEqual(["99.95 %", "99.9 %", "99.99 %", "99 %"]);
    expect(promise(compute)).toBe("Cloud Services, web: 99.95 % promised, which allows 21.6 min down in 30 d");
    expect(promise(single)).toBe("Cloud Services, web: no SLA, nothing is promised of roles with a single instance");
  });

  it("tells the months in which something was down, with what is given back", () => {
    expect(shownMonths(compute)).toMatchObject({ months: [{ name: "2" }], neverDown: 2, otherDown: 0 });
    expect(monthLine(month(2, 30), 1)).toEqual({ label: "month 2", figure: "99.930 %", notes: ["30 min down", "10 % of the bill back"] });
    expect(monthLine({ ...month(2, 30), runsMet: 7, credit: 0.03, isWhole: false }, 10).notes).toEqual([
      "part of the month",
      "30 min down in 10 runs",
      "kept in 7 of 10",
      "3 % of the bill back on average",
    ]);
  });

  it("adds up all months, and says what minutes of the clock leave out", () => {
    expect(allMonthsLine(compute, 1)).toEqual({
      label: "all months",
      figure: "99.976 %",
      notes: ["30 min down", "minutes down only in part do not count"],
    });
    expect(allMonthsLine({ ...compute, months: [month(1, 30)] }, 1)).toBeUndefined();
    expect(allMonthsLine({ ...compute, months: [month(1, 0), month(2, 0)] }, 1)).toBeUndefined();
  });

  it("says nothing of half an hour in which nothing was broken", () => {
    expect(hasSlaStory(runOf())).toBe(false);
    expect(renderRun(runOf(), { colour: false })).not.toContain("Monthly uptime");
  });

  it("is in the terminal and in the report", async () => {
    const stores: readonly SlaService[] = [
      { ...compute, name: "db", what: "SQL Database", target: 0.9999, allowedMinutes: 4.32, recalled: true },
    ];
    const detection = { crashes: 4, noticedInTime: 3, ratio: 0.75, target: 0.999 };
    const result = runOf({ summary: { sla: { ...summary.sla, compute, stores, singles: single, paper: 0.9994, detection } } });
    const text = renderRun(result, { colour: false });
    expect(text).toMatch(/Monthly uptime\n +Cloud Services, web: 99\.95 % promised/);
    expect(text).toMatch(/on paper +99\.940 % +simulated 99\.583 % by requests, Cloud\s+Services 99\.95 % and db 99\.99 %/);
    expect(text).toMatch(/noticed +75\.000 % +3 of 4 dead processes/);
    expect(text).toContain("no SLA, nothing is promised");
    const page = await renderReport(result);
    expect(page).toContain("What is promised");
    expect(page).toContain("SQL Database (recalled)");
    expect(page).toContain("10 %");
  });
});
