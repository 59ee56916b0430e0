import { expect } from "vitest";
import { type Plot, tell } from "../model/story.ts";
import { factsOf } from "./fact.ts";
import { facts } from "./section10.ts";

const fact = factsOf(facts);

const web = (instances: number) => ({ kind: "web" as const, instances, concurrency: 8, service: "10ms" });
const clients: Plot["clients"] = { all: { endpoint: "web", arrivals: "constant(1/s)", timeout: "2s" } };
const down = (instance: string, at: string, repairAfter: string) => ({ at, kind: "vm-failure" as const, instance, repairAfter });

/** Ten minutes of two web instances of which both are dead from the third minute to the fifth; with changes. */
const plot = (more: Partial<Plot> = {}): Plot => ({
  service: { roles: { web: web(2) } },
  clients,
  faults: [down("web/0", "2min", "3min"), down("web/1", "3min", "2min")],
  ...more,
});

fact("10.1", () => {
  const { sla } = tell(plot()).summary;
  expect(sla.compute).toMatchObject({ name: "Cloud Services", target: 0.9995, worstMonth: 0.8 });
  expect(sla.compute?.months).toMatchObject([{ label: "month 1", isWhole: false, uptime: 0.8, runsMet: 0 }]);
  // connectivity to one is enough
  expect(tell(plot({ faults: [down("web/0", "2min", "3min")] })).summary.sla.compute?.months).toMatchObject([{ uptime: 1, runsMet: 1 }]);
});

fact("10.2", () => {
  const crash: Plot["faults"] = [{ at: "1min", kind: "app-crash", instance: "web/0" }];
  const noticedAfter = (crashDetection: string) => {
    const { summary } = tell(plot({ faults: crash, fabric: { healing: "platform", crashDetection, roleRestart: "10s" } }));
    return summary.sla.detection;
  };
  expect(noticedAfter("2s")).toEqual({ crashes: 1, noticedInTime: 1, ratio: 1, target: 0.999 });
  expect(noticedAfter("121s")).toMatchObject({ crashes: 1, noticedInTime: 0, ratio: 0 });
  // the preset keeps the promise
  const preset = tell({
    preset: "azure",
    horizon: "2h",
    ...plot({ faults: [{ every: "exponential(5min)", kind: "app-crash", instance: "each(web)" }] }),
  });
  expect(preset.summary.sla.detection.crashes).toBeGreaterThan(10);
  expect(preset.summary.sla.detection.ratio).toBe(1);
});

fact("10.3", () => {
  const month = tell(plot()).summary.sla.compute?.months[0];
  expect(month).toMatchObject({ maximumMinutes: 10, downtimeMinutes: 2 });
  expect(month?.uptime).toBe((10 - 2) / 10);
});

fact("10.4", () => {
  const deleted: Plot = plot({ faults: [], operations: [{ at: "6min", kind: "delete", slot: "production" }] });
  expect(tell(deleted).summary.sla.compute?.months).toMatchObject([{ maximumMinutes: 6, downtimeMinutes: 0 }]);
  const roles = { web: web(2), api: web(3) };
  const both: Plot["clients"] = { ...clients, other: { endpoint: "api", arrivals: "constant(1/s)", timeout: "2s" } };
  expect(tell(plot({ service: { roles }, clients: both })).summary.sla.compute?.months).toMatchObject([
    { maximumMinutes: 20, downtimeMinutes: 2 },
  ]);
});

fact("10.5", () => {
  const hung: Plot["faults"] = [
    { at: "2min", kind: "app-hang", instance: "web/0", repairAfter: "3min" },
    { at: "2min", kind: "app-hang", instance: "web/1", repairAfter: "3min" },
  ];
  const { availability, sla } = tell(plot({ faults: hung })).summary;
  expect(sla.compute?.months).toMatchObject([{ downtimeMinutes: 0, uptime: 1 }]);
  expect(availability.request).toBeLessThan(0.75);
});

fact("10.6", () => {
  const month = (minutes: number) => {
    const repairAfter = `${minutes}min`;
    const faults = [down("web/0", "1d", repairAfter), down("web/1", "1d", repairAfter)];
    return tell({ ...plot({ faults }), clients: {}, horizon: "30d" }).summary.sla.compute?.months[0];
  };
  expect(month(21)).toMatchObject({ isWhole: true, maximumMinutes: 43_200, credit: 0, runsMet: 1 });
  expect(month(22)).toMatchObject({ credit: 0.1, runsMet: 0 });
  expect(month(432)).toMatchObject({ uptime: 0.99, credit: 0.1 });
  expect(month(433)).toMatchObject({ credit: 0.25 });
});

fact("10.7", () => {
  const { availability, sla } = tell(plot({ service: { roles: { web: web(1) } }, faults: [down("web/0", "2min", "3min")] })).summary;
  expect(sla.compute).toMatchObject({ target: null, allowedMinutes: null });
  expect(sla.compute?.months).toMatchObject([{ uptime: 0.7, runsMet: null, credit: null }]);
  expect([availability.sla, sla.paper]).toEqual([null, null]);
  const beside = tell(plot({ service: { roles: { web: web(2), admin: web(1) } }, clients: {} })).summary.sla;
  expect([beside.compute?.months[0]?.maximumMinutes, beside.singles?.months[0]?.maximumMinutes]).toEqual([10, 10]);
});

fact("10.8", () => {
  expect(tell(plot({ service: { upgradeDomains: 1, roles: { web: web(2) } } })).summary.sla.compute?.target).toBeNull();
  expect(tell(plot({ datacenter: { faultDomains: 1 } })).summary.sla.compute?.target).toBeNull();
  expect(tell(plot({ service: { upgradeDomains: 2, roles: { web: web(2) } } })).summary.sla.compute?.target).toBe(0.9995);
});

/** The promises of stores of some kinds. */
const promises = (stores: Plot["stores"]) =>
  tell(plot({ faults: [], stores })).summary.sla.stores.map(({ name, target }) => [name, target]);

fact("10.9", () => {
  expect(promises({ pictures: { kind: "blob" }, carts: { kind: "table" } })).toEqual([
    ["carts", 0.999],
    ["pictures", 0.999],
  ]);
  const { sla } = tell(plot({ faults: [], queues: { orders: {} } })).summary;
  expect(sla.stores).toMatchObject([{ name: "orders", target: 0.999, what: "Storage, queues" }]);
});

fact("10.11", () => {
  const outage: Plot["faults"] = [{ at: "2min", kind: "store-outage", store: "store(db)", repairAfter: "3min" }];
  const [db] = tell(plot({ faults: outage, stores: { db: { kind: "sql" } } })).summary.sla.stores;
  expect(db?.months).toMatchObject([{ maximumMinutes: 10, downtimeMinutes: 3, credit: 0.25, runsMet: 0 }]);
  expect(promises({ db: { kind: "sql" } })).toEqual([["db", 0.9999]]);
});

fact("10.12", () => {
  const { sla } = tell(plot({ faults: [], stores: { db: { kind: "sql" }, pictures: { kind: "blob" } } })).summary;
  expect([sla.compute, ...sla.stores].map((service) => service?.allowedMinutes)).toEqual([21.6, 4.32, 43.2]);
});

fact("10.13", () => {
  const { availability, sla } = tell(plot({ faults: [], stores: { carts: { kind: "table" }, pictures: { kind: "blob" } } })).summary;
  expect(sla.paper).toBeCloseTo(0.9995 * 0.999 * 0.999, 12);
  expect(sla.paper).toBeCloseTo(0.9975, 4);
  expect(availability.request).toBe(1);
});

fact("10.14", () => {
  const faults = [down("web/0", "2min", "3min"), down("web/1", "170s", "90s")];
  const { availability } = tell(plot({ preset: "azure", faults })).summary;
  const figures = [availability.sla, availability.request, availability.time, availability.capacity];
  expect(new Set(figures).size).toBe(4);
});

/** A month with an outage of so many minutes of every instance there is. */
const outage = (more: Partial<Plot>, minutes: number) => {
  const count = more.service?.roles?.web?.instances ?? 2;
  const faults = Array.from({ length: count }, (_, index) => down(`web/${index}`, "1d", `${minutes}min`));
  return tell({ ...plot({ faults, ...more }), clients: {}, horizon: "30d" }).summary;
};
const single = { service: { roles: { web: web(1) } } };

fact("10.15", () => {
  const { sla } = outage({ hosting: "virtual-machines" }, 22);
  expect(sla.compute).toMatchObject({ name: "Virtual Machines", target: 0.9995, allowedMinutes: 21.6 });
  expect(sla.compute?.months).toMatchObject([{ credit: 0.1, runsMet: 0 }]);
});

fact("10.16", () => {
  const { availability, sla } = outage({ hosting: "virtual-machines", ...single }, 40);
  expect(sla.compute).toMatchObject({ target: 0.999, allowedMinutes: 43.2 });
  expect(sla.compute?.months).toMatchObject([{ runsMet: 1, credit: 0 }]);
  expect(availability.sla).toBeCloseTo(1 - 40 / 43_200, 12);
});

fact("10.18", () => {
  expect(outage({ hosting: "virtual-machines" }, 2160).sla.compute?.months).toMatchObject([{ uptime: 0.95, credit: 0.25 }]);
  expect(outage({ hosting: "virtual-machines" }, 2161).sla.compute?.months).toMatchObject([{ credit: 1 }]);
  expect(outage({}, 2161).sla.compute?.months).toMatchObject([{ credit: 0.25 }]);
});

fact("10.19", () => {
  const patching: Plot["patching"] = { hostOs: { every: "never" }, guestOs: { every: "30d", after: "1d" }, guestAgent: { every: "never" } };
  const plan: Plot = { hosting: "virtual-machines", ...single, horizon: "30d", patching, fabric: { guestReboot: "10min" } };
  expect(tell(plan).summary.sla.compute?.months).toMatchObject([{ downtimeMinutes: 10 }]);
});

fact("10.20", () => {
  const { sla } = outage({ hosting: "app-service", ...single }, 22);
  expect(sla.compute).toMatchObject({ name: "App Service", target: 0.9995 });
  expect(sla.compute?.months).toMatchObject([{ runsMet: 0, credit: 0.1 }]);
});
