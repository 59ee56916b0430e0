import { describe, expect, it } from "vitest";
import { never, second } from "../../src/kernel/time.ts";
import { compileLaw, type LawSpec, mean, variance } from "../../src/random/lawSpec.ts";
import { defaultsOf } from "../../src/scenario/defaults.ts";
import { allKeys } from "../../src/scenario/keys.ts";
import { appServicePrices, defaultFaults, defaultRows, hostingCells, hostingPromises, presetNames } from "../../src/scenario/presets.ts";
import { sources } from "../../src/scenario/sources.ts";
import { validate } from "../../src/scenario/validate.ts";

describe("presets", () => {
  it("can all be read, and their laws make sense", () => {
    for (const preset of presetNames) {
      const { fabric } = defaultsOf(preset);
      for (const value of Object.values(fabric)) if (isLaw(value)) expect(() => compileLaw(value)).not.toThrow();
    }
  });

  it("give a source for every default and every rate, and use every source", () => {
    const used = new Set<string>();
    for (const { cells } of defaultRows) {
      for (const preset of presetNames) {
        expect(cells[preset].sources.length).toBeGreaterThan(0);
        for (const key of cells[preset].sources) used.add(key);
      }
    }
    for (const rate of presetNames.flatMap((preset) => defaultFaults[preset])) for (const key of rate.sources) used.add(key);
    for (const cell of Object.values(hostingCells).flatMap((cells) => Object.values(cells))) for (const key of cell.sources) used.add(key);
    for (const promise of hostingPromises) for (const key of promise.sources) used.add(key);
    used.add(appServicePrices.source);
    expect([...used].sort()).toEqual(Object.keys(sources).sort());
  });

  it("call every value that rests on judgement alone a guess", () => {
    for (const { cells, path } of defaultRows) {
      for (const preset of presetNames) {
        const { guess, sources: keys } = cells[preset];
        if (keys.every((key) => key === "judgement" || key === "calibrated")) expect([path, preset, guess]).toEqual([path, preset, true]);
      }
    }
  });

  it("have a default for every key that may be left out, or say what its absence means", () => {
    const rows = new Set(defaultRows.map(({ path }) => path));
    const open = allKeys().filter(
      ({ isGroup, meta, path, required }) => !required && !isGroup && meta.absent === undefined && !rows.has(path),
    );
    expect(open.map(({ path }) => path)).toEqual([]);
  });

  it("have defaults only for keys that exist", () => {
    const keys = new Set(allKeys().map(({ path }) => path));
    for (const { path } of defaultRows) if (!path.startsWith("operations.")) expect(keys).toContain(path);
  });

  it("describe every key", () => {
    for (const { isGroup, meta, path } of allKeys()) {
      if (!isGroup) expect([path, meta.description ?? ""]).not.toEqual([path, ""]);
    }
  });
});

describe("preset azure", () => {
  const { fabric, roles } = defaultsOf("azure");
  const started = [roles.web.roleStart, roles.web.onStart];

  it("brings a crashed process back after 15 s, cv 0.5, on average", () => {
    expectTotal([fabric.roleRestart, roles.web.onStart], 15, 0.5);
  });

  it("brings a rebooted VM back after 90 s, cv 0.3", () => {
    expectTotal([fabric.guestReboot, ...started], 90, 0.3);
  });

  it("has a new instance ready after 375 s, cv 0.3", () => {
    expectTotal([fabric.provision, ...started], 375, 0.3);
  });

  it("has a VM whose guest OS died back after 150 s, cv 0.4", () => {
    const repair = defaultsOf("azure").faults.find(({ kind }) => kind === "vm-failure")?.repairAfter as LawSpec;
    expectTotal([repair, fabric.guestReboot, ...started], 150, 0.4);
  });

  it("has the rates of the literature", () => {
    const years = Object.fromEntries(
      defaultsOf("azure").faults.map(({ class: of, every, kind }) => [
        `${kind} ${of ?? ""}`.trim(),
        mean(every as LawSpec) / (365.25 * 86_400 * second),
      ]),
    );
    expect(years).toMatchObject({ "host-failure hardware": 12.5, "host-failure reboot": 2, "rack-power": 10, "vm-failure": 1 });
    expect(years["app-crash"]).toBeCloseTo(30 / 365.25, 12);
  });

  it("is the default", () => {
    expect(validate(small()).preset).toBe("azure");
    expect(validate(small()).design.fabric).toEqual(fabric);
  });
});

describe("preset classic-2011", () => {
  it("starts web roles after 375 s plus OnStart, worker roles after 405 s", () => {
    const { fabric, roles } = defaultsOf("classic-2011");
    expectTotal([fabric.provision, roles.web.roleStart], 375, 0.169);
    expectTotal([fabric.provision, roles.worker.roleStart], 405, 0.16);
  });

  it("notices a dead host only after five minutes", () => {
    expect(defaultsOf("classic-2011").fabric.hostHeartbeat.timeout).toBe(300 * second);
  });
});

describe("preset ideal", () => {
  const { design } = validate({ ...small(), preset: "ideal" } as object);

  it("lets nothing take time", () => {
    const { fabric, service } = design;
    for (const value of [...Object.values(fabric), service.roles[0]?.roleStart, service.roles[0]?.onStart, service.roles[0]?.onStop]) {
      if (isLaw(value)) expect(mean(value)).toBe(0);
    }
  });

  it("heals nobody unless asked, and has no idle stop, recycle or quota", () => {
    const { fabric, service } = design;
    expect(fabric.healing).toEqual({ process: false, guest: false, host: false });
    expect(fabric.operator).toBeUndefined();
    expect(service.coreQuota).toBe(0);
    expect(service.roles[0]?.iis).toMatchObject({ idleTimeout: never, recycleEvery: never });
    expect(service.roles[0]?.speed).toBe(1);
    const healed = validate({ ...small(), preset: "ideal", fabric: { healing: { guest: true, host: false } } } as object);
    expect(healed.design.fabric.healing).toEqual({ process: true, guest: true, host: false });
  });

  it("has the rotation follow readiness, and no rates of faults", () => {
    expect(design.balancer.probe.kind).toBe("none");
    expect(validate({ ...small(), preset: "ideal", faults: "default" } as object).design.faults).toEqual([]);
  });
});

function small(): object {
  return { name: "a", horizon: "1h", service: { roles: { web: { kind: "web", size: "Standard_D1" } } } };
}

function expectTotal(laws: readonly LawSpec[], seconds: number, cv: number): void {
  const total = laws.reduce((sum, law) => sum + mean(law), 0) / second;
  const deviation = Math.sqrt(laws.reduce((sum, law) => sum + variance(law), 0)) / second;
  expect(total).toBeCloseTo(seconds, 6);
  expect(deviation / total).toBeCloseTo(cv, 2);
}

function isLaw(value: unknown): value is LawSpec {
  return typeof value === "object" && value !== null && "law" in value;
}
