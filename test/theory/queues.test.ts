import { describe, expect, test } from "vitest";
import { birthDeath, boundedQueue, machineRepair } from "../../src/theory/birthDeath.ts";
import { erlangB, erlangC } from "../../src/theory/erlang.ts";
import {
  failingServer,
  generalServiceWait,
  prioritySojourns,
  queue,
  sharedProcessorSojourn,
  shortestOfSome,
  sojournQuantile,
  waitQuantile,
  waitsLonger,
} from "../../src/theory/queues.ts";

const closeTo = (value: number, exact: number, relative = 1e-9): void => expect(Math.abs(value / exact - 1)).toBeLessThan(relative);

describe("one station", () => {
  test.each([
    { servers: 1, arrivals: 0.8, lost: 0.4444444444, waits: 0.8, wait: 4, p99: 21.91013317 },
    { servers: 2, arrivals: 1.6, lost: 0.3298969072, waits: 0.7111111111, wait: 1.7777777778, p99: 10.660609 },
    { servers: 10, arrivals: 8, lost: 0.1216610643, waits: 0.4091801508, wait: 0.2045900754, p99: 1.85578522 },
    { servers: 100, arrivals: 90, lost: 0.0269573805, waits: 0.2169404809, wait: 0.0216940481, p99: 0.30770379 },
  ])("M/M/$servers loses, waits and queues as the tables say", ({ servers, arrivals, lost, waits, wait, p99 }) => {
    closeTo(erlangB(servers, arrivals), lost, 1e-8);
    closeTo(erlangC(servers, arrivals), waits, 1e-8);
    const figures = queue(arrivals, 1, servers);
    closeTo(figures.wait, wait, 1e-7);
    closeTo(figures.waiting, arrivals * wait, 1e-7);
    closeTo(figures.sojourn, wait + 1, 1e-7);
    closeTo(waitQuantile(arrivals, 1, servers, 0.99), p99, 1e-7);
    closeTo(waitsLonger(arrivals, 1, servers, p99), 0.01, 1e-7);
  });

  test("nobody waits at the quantile of those that are served at once", () => expect(waitQuantile(1, 1, 4, 0.5)).toBe(0));

  test("the time in M/M/1 is exponential", () => closeTo(sojournQuantile(2, 4, 0.99), Math.LN10));

  test("an overloaded queue is refused, and everybody waits in it", () => {
    expect(() => queue(2, 1, 2)).toThrow("never settles");
    expect(erlangC(2, 3)).toBe(1);
  });

  test("a full M/M/2/3 turns a share away", () => {
    const figures = boundedQueue(3, 4, 2, 3);
    closeTo(figures.loss, 0.0493601462523);
    closeTo(figures.inSystem, 0.762340036563);
    closeTo(figures.sojourn, 0.267307692308);
    closeTo(figures.utilisation, 0.356489945155);
    closeTo(figures.waiting, 0.0493601462523);
  });

  test("M/M/1/10 at nine tenths", () => {
    const figures = boundedQueue(0.9, 1, 1, 10);
    closeTo(figures.loss, 0.0508137313, 1e-7);
    closeTo(figures.inSystem, 3.9694405986, 1e-8);
    closeTo(figures.sojourn, 4.6466006721, 1e-7);
  });

  test("the wait grows with the variation of the service", () => {
    const waits = [0, 0.25, 1, 4].map((variation) => generalServiceWait(0.7, 1, variation));
    for (const [i, exact] of [1.16666666667, 1.45833333333, 2.33333333333, 5.83333333333].entries()) closeTo(waits[i], exact);
  });

  test("a shared processor does not mind the law of the service", () => closeTo(sharedProcessorSojourn(0.8, 1), 5));

  test("a class of higher priority is served first, or interrupts", () => {
    for (const [i, time] of prioritySojourns([0.2, 0.6], 1, false).entries()) closeTo(time, [2, 6][i]);
    for (const [i, time] of prioritySojourns([0.2, 0.6], 1, true).entries()) closeTo(time, [1.25, 6.25][i]);
  });

  test("requests wait while a server is repaired", () => {
    closeTo(failingServer(0.5, 1, 0.05, 0.5), 1.42424242424);
    closeTo(failingServer(0.5, 1, 0.01, 0.1), 2.2323232323);
    expect(() => failingServer(0.5, 1, 0.5, 0.5)).toThrow("never settles");
  });

  test("the shorter of two lines is a great deal shorter", () => {
    closeTo(shortestOfSome(0.9, 1, 2), 2.61405737732);
    closeTo(shortestOfSome(0.99, 1, 2), 5.43199657916);
    closeTo(shortestOfSome(0.9, 1, 1), 10);
  });
});

describe("machines and crews", () => {
  test("twenty hosts share two crews", () => {
    const figures = machineRepair(20, 1 / 1000, 1 / 10, 2);
    closeTo(figures.availability, 0.990016314178);
    closeTo(figures.down, 0.199673716449);
    closeTo(figures.crewUtilisation, 0.0990016314178);
    closeTo(
      figures.downShare.slice(3).reduce((sum, p) => sum + p, 0),
      0.00152998972568,
    );
  });

  test("two instances and one crew are both down now and then", () =>
    closeTo(machineRepair(2, 1 / 1000, 1 / 4, 1).downShare[2], 3.17450239675e-5));

  test("a birth-death process that is as often born as it dies is everywhere alike", () => {
    expect([...birthDeath([1, 1, 1], [1, 1, 1])]).toEqual([0.25, 0.25, 0.25, 0.25]);
  });
});
