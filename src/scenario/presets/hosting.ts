import type { HostingKind } from "../../model/design.ts";
import type { SourceKey } from "../sources.ts";
import { type DefaultCell, guess, known } from "./cells.ts";

/** The hosting models; the first is the default. */
export const hostingNames = ["cloud-service", "virtual-machines", "app-service"] as const satisfies readonly HostingKind[];

/** What each hosting model is, in a sentence. */
export const hostingSummaries: Readonly<Record<HostingKind, string>> = {
  "cloud-service":
    "Roles from a package: the platform watches processes, guests and servers, patches all of it, and keeps nothing on disks.",
  "virtual-machines":
    "Machines of one's own in an availability set: the platform watches servers only; who runs them heals and patches the rest.",
  "app-service": "Workers of a plan: the platform patches unseen, a health check finds what hangs, and the application lies on a share.",
};

/** Defaults that a hosting model changes, by key; under preset ideal nothing takes time in any of them, and only words change. */
export const hostingCells: Readonly<Record<HostingKind, Readonly<Record<string, DefaultCell>>>> = {
  "cloud-service": {},
  "virtual-machines": {
    "fabric.healing": known("host", ["iaas-updates", "vm-reboots"], "only servers are watched"),
  },
  "app-service": {
    "fabric.provision": guess("uniform(1min, 3min)", "judgement", "a worker that is there already takes the application from the share"),
    "balancer.healthCheck": known("on", "health-check"),
  },
};

/** Who keeps one promise of a platform, by hosting model. */
interface HostingPromise {
  readonly what: string;
  /** In a few words, and whether the platform itself keeps it. */
  readonly by: Readonly<Record<HostingKind, { readonly words: string; readonly isKept: boolean }>>;
  readonly sources: readonly SourceKey[];
  /** Not read in a document: recalled or guessed. */
  readonly unsure: boolean;
}

const kept = (words: string) => ({ words, isKept: true });
const left = (words: string) => ({ words, isKept: false });

const promise = (
  what: string,
  source: SourceKey | readonly SourceKey[],
  [cloudService, virtualMachines, appService]: readonly [
    HostingPromise["by"]["app-service"],
    HostingPromise["by"]["app-service"],
    HostingPromise["by"]["app-service"],
  ],
  unsure = false,
): HostingPromise => {
  return {
    what,
    sources: [source].flat(),
    unsure,
    by: { "cloud-service": cloudService, "virtual-machines": virtualMachines, "app-service": appService },
  };
};

/** Which of a platform's promises each hosting model keeps. */
export const hostingPromises: readonly HostingPromise[] = [
  promise("A failed server", "healing", [
    kept("found; instances made anew elsewhere, disks empty"),
    kept("found; the same machine restarted elsewhere, disks kept"),
    kept("found; the worker replaced, the application from the share"),
  ]),
  promise("A dead guest OS", "iaas-updates", [
    kept("found after 10 min without heartbeats, restarted"),
    left("the owner, when somebody notices"),
    kept("found and restarted"),
  ]),
  promise("A dead application process", "kwill", [
    kept("found by the guest agent, restarted"),
    left("the owner, when somebody notices"),
    kept("restarted"),
  ]),
  promise("A hung application", "health-check", [
    left("the operator; only a custom probe takes it out of rotation"),
    left("the operator; only a custom probe takes it out of rotation"),
    kept("out after 10 failed pings, replaced after 1 h"),
  ]),
  promise("Patches of the host", "vm-maintenance", [
    kept("monthly, a restart for each upgrade domain"),
    kept("mostly a pause of less than 10 s with memory kept"),
    kept("unseen"),
  ]),
  promise("Patches of the guest OS", "os-upgrades", [
    kept("monthly, one upgrade domain at a time"),
    left("the owner, one upgrade domain at a time"),
    kept("unseen"),
  ]),
  promise("What was written to disk", "vm-reboots", [
    left("lost when an instance moves: state belongs outside"),
    kept("kept: disks lie in storage"),
    kept("kept: a shared content"),
  ]),
  promise(
    "More instances",
    "judgement",
    [kept("ask for a count, minutes"), left("create each machine"), kept("ask for a count, 1 to 3 min")],
    true,
  ),
  promise(
    "A new version beside the old one",
    "swap",
    [kept("swap of the VIPs"), left("none: DNS or a load balancer of one's own"), kept("swap of slots after warm-up")],
    true,
  ),
  promise(
    "Uptime",
    ["sla", "vm-sla", "app-service-sla"],
    [
      kept("99.95 % of two or more instances, nothing for one"),
      kept("99.95 % of a set, 99.9 % of one with premium disks"),
      kept("99.95 %"),
    ],
  ),
];
