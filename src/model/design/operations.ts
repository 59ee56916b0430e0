import type { Micros } from "../../kernel/time.ts";
import type { LawSpec } from "../../random/laws.ts";
import type { SelectorDesign } from "./faults.ts";
import type { RoleDesign } from "./service.ts";

/** What somebody asks for at an instant. */
export type OperationDesign = OperationForm & {
  /** When it is refused, it is asked for again after so long; undefined: a refusal is final. */
  readonly again?: Micros | undefined;
};

type OperationForm =
  | {
      readonly kind: "deploy";
      readonly at: Micros;
      readonly slot: "production" | "staging";
      readonly version: string;
      readonly roles: readonly RoleDesign[];
      /** Its VIP is a reserved address. */
      readonly reservedIp: boolean;
    }
  | { readonly kind: "delete"; readonly at: Micros; readonly slot: "production" | "staging" }
  | {
      readonly kind: "scale";
      readonly at: Micros;
      readonly role: string;
      readonly slot: "production" | "staging";
      readonly instances: number;
    }
  | {
      readonly kind: "upgrade";
      readonly at: Micros;
      readonly slot: "production" | "staging";
      readonly version: string;
      /** All roles of the service after the upgrade. */
      readonly roles: readonly RoleDesign[];
      /** Which of them are restarted on the new version; all when empty. */
      readonly only: readonly string[];
      /** Who says when the next upgrade domain has its turn: the controller, somebody (`walk-upgrade-domain`), or nobody waits. */
      readonly mode: "auto" | "manual" | "simultaneous";
      /** Asked for in the portal, which refuses a role with a single instance unless `force` is ticked. */
      readonly portal: boolean;
      readonly force: boolean;
      /** What the new definition says; undefined: as it is. The platform does not change it in place. */
      readonly upgradeDomains?: number | undefined;
    }
  /** An upgrade in mode manual goes on with this domain, or with the next when it is undefined. */
  | {
      readonly kind: "walk-upgrade-domain";
      readonly at: Micros;
      readonly slot: "production" | "staging";
      readonly domain?: number | undefined;
    }
  | { readonly kind: "stop" | "start"; readonly at: Micros; readonly slot: "production" | "staging" }
  | {
      readonly kind: "configure";
      readonly at: Micros;
      readonly slot: "production" | "staging";
      readonly change: "settings" | "certificate";
      /** Of settings: the role asks to be recycled instead of applying them as it runs. */
      readonly recycle: boolean;
      /** The roles that it is about; all when empty. */
      readonly only: readonly string[];
    }
  | { readonly kind: "rollback"; readonly at: Micros; readonly slot: "production" | "staging" }
  /** A patch pass of the platform over everything that is deployed; it waits while another operation is in progress. */
  | {
      readonly kind: "host-os-update" | "guest-os-update" | "guest-agent-update";
      readonly at: Micros;
      /** Which pass of the calendar it is; -1: somebody wrote it down. */
      readonly pass: number;
      /** Of the calendar: from `at` until it begins. */
      readonly after: LawSpec;
    }
  | { readonly kind: "swap"; readonly at: Micros }
  /** An autoscaler: it acts again and again, and is one operation to those who attribute. */
  | { readonly kind: "autoscale"; readonly at: Micros; readonly role: string; readonly slot: "production" | "staging" }
  | { readonly kind: "reboot"; readonly at: Micros; readonly target: SelectorDesign }
  | { readonly kind: "reimage"; readonly at: Micros; readonly target: SelectorDesign }
  | { readonly kind: "rebuild"; readonly at: Micros; readonly target: SelectorDesign }
  /** Somebody logs on to an instance and changes it by hand. */
  | { readonly kind: "remote-desktop"; readonly at: Micros; readonly target: SelectorDesign; readonly change: string };
