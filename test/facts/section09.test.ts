import { expect } from "vitest";
import { vmNetwork, vmSize } from "../../src/model/hardware/sizes.ts";
import { explain } from "../../src/scenario/explain.ts";
import type { ScenarioError } from "../../src/scenario/problem.ts";
import { writeReference } from "../../src/scenario/reference.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";
import { tell } from "../model/story.ts";
import { factsOf } from "./fact.ts";
import { facts } from "./section09.ts";

const fact = factsOf(facts);

type Room = readonly [cores: number, memoryMiB: number, diskMiB: number];

function scenarioOf(size: string, [cores, memory, disk]: Room, role: object = {}): Scenario {
  const host = { cores, memory: `${memory}MiB`, disk: `${disk}MiB` };
  const datacenter = { faultDomains: 1, hostsPerFaultDomain: 1, host };
  return {
    name: "sizes",
    preset: "ideal",
    horizon: "1min",
    datacenter,
    service: { roles: { web: { kind: "web", instances: 1, size, ...role } } },
  } as Scenario;
}

/** Claims that a host of exactly so much carries the size, and one with a core, a MiB of memory or a MiB of disk less does not. */
function takes(size: string, cores: number, memoryGiB: number, diskGiB: number): void {
  const room: Room = [cores, Math.round(memoryGiB * 1024), diskGiB * 1024];
  const hostIn = (place: Room) => tell(scenarioOf(size, place)).summary.instances[0]?.host;
  expect({ size, host: hostIn(room) }).toEqual({ size, host: 0 });
  const lesser = (index: number): Room => room.map((value, at) => (at === index ? value - 1 : value)) as unknown as Room;
  for (const index of [0, 1, 2]) {
    if (room[index] === 1) continue;
    expect({ size, host: hostIn(lesser(index)) }).toEqual({ size, host: null });
  }
}

/** The second at which work of 10 s, stated at 100 ACU, that starts at second 1 is done. */
function doneAt(size: string): number {
  const room: Room = [64, 1024 * 1024, 8 * 1024 * 1024];
  const plot = scenarioOf(size, room, { service: "10s", scaleBySize: true });
  const { lines } = tell({ ...plot, clients: { a: { endpoint: "web", arrivals: { instants: ["1s"] }, timeout: "50s" } } } as never);
  return Number(lines(/a 1 ok/)[0]?.split(" ")[0]);
}

fact("9.1", () => {
  takes("ExtraSmall", 1, 0.768, 20);
  expect(doneAt("ExtraSmall")).toBe(21);
});

fact("9.2", () => {
  takes("Small", 1, 1.75, 225);
  takes("Medium", 2, 3.5, 490);
  takes("Large", 4, 7, 1000);
  takes("ExtraLarge", 8, 14, 2040);
});

fact("9.3", () => {
  takes("A5", 2, 14, 490);
  takes("A6", 4, 28, 1000);
  takes("A7", 8, 56, 2040);
});

fact("9.4", () => {
  for (const size of ["A8", "A10"]) takes(size, 8, 56, 1817);
  for (const size of ["A9", "A11"]) takes(size, 16, 112, 1817);
});

fact("9.5", () => {
  for (const cores of [1, 2, 4, 8]) takes(`Standard_A${cores}_v2`, cores, 2 * cores, 10 * cores);
});

fact("9.6", () => {
  for (const cores of [2, 4, 8]) takes(`Standard_A${cores}m_v2`, cores, 8 * cores, 10 * cores);
});

fact("9.7", () => {
  for (const version of ["", "_v2"]) {
    for (const [index, cores] of [1, 2, 4, 8].entries()) takes(`Standard_D${index + 1}${version}`, cores, 3.5 * cores, 50 * cores);
  }
});

fact("9.8", () => takes("Standard_D5_v2", 16, 56, 800));

fact("9.9", () => {
  for (const version of ["", "_v2"]) {
    for (const [index, cores] of [2, 4, 8, 16].entries()) takes(`Standard_D${index + 11}${version}`, cores, 7 * cores, 50 * cores);
  }
});

fact("9.10", () => takes("Standard_D15_v2", 20, 140, 1000));

fact("9.11", () => {
  for (const cores of [2, 4, 8, 16, 32, 48, 64]) takes(`Standard_D${cores}_v3`, cores, 4 * cores, 25 * cores);
});

fact("9.12", () => {
  for (const cores of [2, 4, 8, 16, 32, 48]) takes(`Standard_E${cores}_v3`, cores, 8 * cores, 25 * cores);
  takes("Standard_E64_v3", 64, 432, 1600);
});

fact("9.13", () => {
  for (const cores of [1, 2, 4, 8, 16]) takes(`Standard_F${cores}`, cores, 2 * cores, 16 * cores);
});

fact("9.14", () => {
  for (const [index, cores] of [2, 4, 8, 16, 32].entries()) takes(`Standard_G${index + 1}`, cores, 14 * cores, 192 * cores);
});

fact("9.15", () => {
  for (const cores of [8, 16]) {
    takes(`Standard_H${cores}`, cores, 7 * cores, 125 * cores);
    takes(`Standard_H${cores}m`, cores, 14 * cores, 125 * cores);
  }
  takes("Standard_H16r", 16, 112, 2000);
  takes("Standard_H16mr", 16, 224, 2000);
});

fact("9.16", () => {
  const after = (acu: number) => 1 + Math.round(1_000_000_000 / acu) / 1_000_000;
  for (const size of ["Small", "ExtraLarge", "A7", "Standard_A8_v2"]) expect(doneAt(size)).toBe(after(100));
  for (const size of ["A8", "A11"]) expect(doneAt(size)).toBe(after(225));
  for (const size of ["Standard_D1", "Standard_D14_v2", "Standard_D64_v3", "Standard_E2_v3"]) expect(doneAt(size)).toBe(after(160));
  expect(doneAt("Standard_F16")).toBe(after(210));
  expect(doneAt("Standard_G5")).toBe(after(180));
  expect(doneAt("Standard_H16m")).toBe(after(290));
});

fact("9.17", () => {
  const cards = (...names: readonly string[]) => names.map((name) => vmNetwork(name)?.cards);
  expect(cards("ExtraSmall", "Small", "Medium", "Large", "ExtraLarge")).toEqual([1, 1, 1, 2, 4]);
  expect(cards("Standard_D1", "Standard_D2", "Standard_D3", "Standard_D4", "Standard_D13", "Standard_G5")).toEqual([1, 2, 4, 8, 8, 8]);
  expect(writeReference()).toContain("| Standard_F16 | 16 | 32 GiB | 256 GiB | 210 | 8, 12000 Mbps |");
  expect(explain("ExtraSmall")).toContain("1 network card (low)");
});

fact("9.19", () => {
  const room: Room = [1, 1792, 225 * 1024];
  const warnings = (size: string) => validate(scenarioOf("Small", room, { localStorage: { data: { size } } })).warnings;
  expect(warnings("219GiB")).toEqual([]);
  expect(warnings("220GiB").map(({ message }) => message)).toEqual([
    "service.roles.web.localStorage: 225280 MiB of local storage leave 5120 MiB of the local disk of Small, but page file and dump of Windows take 6144 MiB of it",
  ]);
});

fact("9.21", () => {
  for (const [name, plain] of [
    ["A0", "ExtraSmall"],
    ["Standard_A1", "Small"],
    ["A4", "ExtraLarge"],
  ] as const) {
    expect(vmSize(name)).toEqual({ ...vmSize(plain), name });
  }
  const messages = (size: string) => {
    try {
      validate(scenarioOf(size, [1, 1792, 225 * 1024]));
      return [];
    } catch (error) {
      return (error as ScenarioError).problems.map(({ message }) => message.slice(0, 40));
    }
  };
  expect(messages("Standard_A1")).toEqual([]);
  expect(messages("small")).toHaveLength(1);
});
