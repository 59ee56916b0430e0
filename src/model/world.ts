import type { Calendar } from "../kernel/calendar.ts";
import type { Streams } from "../random/streams.ts";
import type { CallColumns, RoleCallColumns } from "./callColumns.ts";
import type {
  BackendColumns,
  HostColumns,
  InstanceColumns,
  MessageColumns,
  RackColumns,
  RequestColumns,
  SessionColumns,
} from "./columns.ts";
import type { ControllerState } from "./controller.ts";
import type { Design } from "./design.ts";
import type { AilmentColumns, ClockColumns, RepairColumns } from "./faultColumns.ts";
import type { FolderColumns } from "./folderColumns.ts";
import type { IdTable } from "./idTable.ts";
import type { BalancingPolicy, BalancingView } from "./policies/balancing/policy.ts";
import type { Policy } from "./policies/own.ts";
import type { Catalogue } from "./program.ts";
import type {
  Autoscaler,
  Client,
  Deployment,
  Group,
  Incident,
  Link,
  Operation,
  Queue,
  Rotation,
  Store,
  TopologyChange,
} from "./records.ts";
import type { Trace } from "./trace.ts";

export type * from "./records.ts";

/** A platform being simulated: the data that changes (`world`), and what changes it. */
export interface Platform {
  readonly design: Design;
  readonly catalogue: Catalogue;
  readonly calendar: Calendar;
  readonly streams: Streams;
  readonly trace: Trace;
  readonly balancing: BalancingPolicy;
  /** The user's own. */
  readonly policies: readonly Policy[];
  /** What the policy is shown: filled in anew for each flow, so it is no part of the world. */
  readonly view: BalancingView;
  readonly world: World;
}

/**
 * Everything that changes during a run: numbers, strings, arrays and columns. Ids are indexes, -1 means none; `cause` fields are ids of facts
 * and `incident` fields say whom a failure is attributed to.
 */
export interface World {
  readonly hosts: HostColumns;
  readonly racks: RackColumns;
  readonly instances: InstanceColumns;
  readonly backends: BackendColumns;
  readonly requests: RequestColumns;
  readonly calls: CallColumns;
  readonly roleCalls: RoleCallColumns;
  readonly sessions: SessionColumns;
  readonly messages: MessageColumns;
  readonly clocks: ClockColumns;
  readonly repairs: RepairColumns;
  readonly ailments: AilmentColumns;
  readonly deployments: Deployment[];
  /** Roles of deployments. */
  readonly groups: Group[];
  readonly rotations: Rotation[];
  readonly clients: Client[];
  readonly queues: Queue[];
  readonly stores: Store[];
  /** Calls between roles, in the order of the catalogue's links. */
  readonly links: Link[];
  /** Where round robin stands, by instance and link. */
  readonly turns: IdTable;
  readonly topologyChanges: TopologyChange[];
  /** What a storage account and a Service Bus namespace still accept in this second. */
  readonly accounts: { readonly [kind in "storage" | "serviceBus"]: { budget: number; budgetSecond: number } };
  readonly incidents: Incident[];
  /** Incidents, and streams of repairs, of each fault by target. */
  readonly incidentOf: IdTable[];
  /** Incidents of each defect by instance. */
  readonly defectOf: readonly IdTable[];
  /** How often each startup task that fails from some run on has run on the disk an instance has now, by instance and task. */
  readonly taskRuns: IdTable;
  readonly folders: FolderColumns;
  /** Acknowledged writes to local storage, and those that were lost by disk event. */
  readonly localWrites: { written: number; readonly lost: Float64Array };
  /** What was changed by hand on the Windows disks that are there now, oldest first. */
  readonly changes: { readonly instance: number; readonly change: string }[];
  readonly repairStreams: IdTable[];
  /** Incidents of idle connections that the balancer dropped, by instance. */
  readonly idleDropsOf: IdTable;
  /** Incidents of calls that a traffic rule forbids, by instance that makes them. */
  readonly forbiddenOf: IdTable;
  /** Streams of random targets, by fault, then by operation; -1 until opened. */
  readonly choiceStreams: number[];
  /** Streams of the sites that go wrong by chance, by site; -1 while a site is not active, empty without `buggify`. */
  readonly bugStreams: number[];
  readonly operations: Operation[];
  readonly autoscalers: Autoscaler[];
  /** Patch passes that are due and wait until nothing else is in progress, in order. */
  readonly waitingPatches: number[];
  /** Why operations were refused, what autoscalers decided and what was changed by hand: facts point here. Each text once, and its place. */
  readonly reasons: string[];
  readonly reasonPlaces: Map<string, number>;
  /** Ids of incidents that are open, oldest first. */
  readonly openIncidents: number[];
  /** Instances that were placed elsewhere while a host that nobody reaches still runs them. */
  readonly strays: { readonly host: number; readonly instance: number }[];
  readonly controller: ControllerState;
  /** Instances that no host had room for, in the order in which they asked. */
  readonly pendingInstances: number[];
  /** Deployment behind the VIP of each slot: production, staging; -1 none. */
  readonly vips: [number, number];
  /** The deployment that new connections through each VIP reach: the same, but nobody (-1) while a swap makes trouble. */
  readonly doors: [number, number];
  /** Incident of the swap that makes trouble. */
  shutBy: number;
  /** Incident of the operation that left each slot without a deployment; -1: it never had one. */
  readonly emptiedBy: [number, number];
  /** The cluster that the service is pinned to, -1 none. */
  cluster: number;
  /** Hosts and racks under repair, and those that wait for a crew. */
  repairsRunning: number;
  readonly repairQueue: number[];
  coresUsed: number;
  /** When instances were replaced because of their health check. */
  readonly replacements: number[];
  /** Scratch of placement: fault domains tried already. */
  readonly rackTried: Uint8Array;
  requestsInFlight: number;
  sessionsInFlight: number;
  /** After the horizon nothing new arrives or breaks. */
  closed: boolean;
  /** The faults of the scenario have ended: nothing new breaks. */
  healed: boolean;
}
