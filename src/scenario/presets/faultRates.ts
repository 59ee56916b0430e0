import type { SourceKey } from "../sources.ts";
import type { From, PresetName } from "./cells.ts";

/** One rate that `faults: default` switches on, as a scenario would write it. */
export interface FaultRate {
  readonly kind: string;
  readonly class: "hardware" | "reboot" | undefined;
  readonly target: string;
  readonly every: string;
  readonly repairAfter: string | undefined;
  readonly sources: readonly SourceKey[];
  readonly guess: boolean;
  readonly note: string | undefined;
}

const rates = (
  kind: string,
  target: string,
  every: string,
  from: From,
  more: { class?: "hardware" | "reboot"; repairAfter?: string; guess?: boolean; note?: string } = {},
): FaultRate => {
  return {
    kind,
    class: more.class,
    target,
    every,
    repairAfter: more.repairAfter,
    sources: [from].flat(),
    guess: more.guess ?? false,
    note: more.note,
  };
};

const appCrash = rates("app-crash", "each(instance)", "exponential(30d)", ["judgement", "liu2019"], {
  guess: true,
  note: "depends on the application; the guest agent restarts it",
});
const appHang = rates("app-hang", "each(instance)", "exponential(120d)", ["judgement", "kwill"], {
  guess: true,
  note: "nobody on the platform notices; the operator restarts it",
});

/** What `faults: default` means in each preset. */
export const defaultFaults: Readonly<Record<PresetName, readonly FaultRate[]>> = {
  azure: [
    appCrash,
    appHang,
    rates("vm-failure", "each(instance)", "exponential(1y)", ["judgement", "kwill"], {
      guess: true,
      repairAfter: "lognormal(60s, 0.893)",
      note: "with the reboot (90 s) the VM is back after 150 s, cv 0.4",
    }),
    rates("host-failure", "each(host)", "exponential(12.5y)", "vishwanath2010", {
      class: "hardware",
      repairAfter: "lognormal(1d, 1)",
      note: "8 % of servers a year; instances do not wait for the repair",
    }),
    rates("host-failure", "each(host)", "exponential(2y)", ["dean2008", "ford2010"], {
      class: "reboot",
      note: "detection, restart and boot together take about the 10 min observed",
    }),
    rates("rack-power", "each(faultDomain)", "exponential(10y)", ["ford2010", "dean2008"], { repairAfter: "lognormal(3h, 1)" }),
  ],
  "classic-2011": [
    appCrash,
    appHang,
    rates("vm-failure", "each(instance)", "exponential(1y)", "judgement", { guess: true, note: "found by its missing heartbeats" }),
    rates("host-failure", "each(host)", "exponential(12.5y)", "vishwanath2010", { class: "hardware", repairAfter: "7d" }),
    rates("host-failure", "each(host)", "exponential(1y)", "judgement", { class: "reboot", guess: true }),
    rates("rack-power", "each(faultDomain)", "exponential(10y)", "dean2009", { repairAfter: "lognormal(2h, 1)" }),
  ],
  ideal: [],
};
