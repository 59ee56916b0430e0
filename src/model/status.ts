/**
 * Where a role instance stands in its life, in truth. Each line: our word, the platform's status name in `InstanceStatus` of Get Deployment
 * (platform-facts 2.4), what it means.
 */
export const InstanceState = {
  /** Preparing: asked for, but no host has room. */
  pending: 0,
  /** CreatingVM: placed on a host; the image is copied and the guest OS boots until its agent is up. */
  creating: 1,
  /** StartingVM: the guest OS restarts where it was. */
  rebooting: 2,
  /** StartingRole: startup tasks and the role host's start. */
  starting: 3,
  /** BusyRole: OnStart runs. */
  busy: 4,
  /** ReadyRole: it serves. */
  ready: 5,
  /** ReadyRole to the platform: the process runs but answers nothing, and nobody on the platform notices. */
  hung: 6,
  /** ReadyRole to the platform: the VM is frozen for maintenance that preserves memory. */
  paused: 7,
  /** StoppingRole: out of rotation, serves what it still holds. */
  draining: 8,
  /** StoppingRole: OnStop runs. */
  stopping: 9,
  /** StoppingRole: the package is exchanged. */
  updating: 10,
  /** RestartingRole, or CyclingRole from the second restart in a row: the process is dead and refuses connections. */
  recycling: 11,
  /** RoleStateUnknown: the VM is dead (guest OS, host or rack); it is silent. */
  dead: 12,
  /** StoppedDeallocated: scaled in or its deployment deleted. */
  deleted: 13,
  /** ReadyRole to the platform: the web site's process is dead while the role host lives; it refuses, and only custom probes see it. */
  webDown: 14,
  /** RoleStateUnknown: it runs, but nobody reaches it, nor it anybody. */
  unreachable: 15,
  /** StoppedVM: its deployment is stopped; the VM keeps its host, and is off. */
  stopped: 16,
} as const;

export type InstanceState = (typeof InstanceState)[keyof typeof InstanceState];

/** Whether something there answers, and says no: connections are refused at once, probes get a negative answer. */
export function refuses(state: number): boolean {
  switch (state) {
    case InstanceState.starting:
    case InstanceState.busy:
    case InstanceState.draining:
    case InstanceState.stopping:
    case InstanceState.updating:
    case InstanceState.recycling:
    case InstanceState.deleted:
    case InstanceState.webDown:
    case InstanceState.stopped:
      return true;
    default:
      return false;
  }
}

/** Whether the platform takes an instance in this state for ready, and connections to it are accepted. */
export function looksReady(state: number): boolean {
  return state === InstanceState.ready || state === InstanceState.hung || state === InstanceState.webDown;
}

/** Whether an operation need not wait for an instance in this state: it serves, is gone, or stays off with its deployment. */
export function isSettled(state: number): boolean {
  return state === InstanceState.ready || state === InstanceState.deleted || state === InstanceState.stopped;
}

/** Our words for the states, indexed by state. */
export const instanceStateNames = Object.keys(InstanceState) as readonly (keyof typeof InstanceState)[];

/** The platform's name for the status of an instance in a state, after so many restarts in a row: from the second on it is cycling. */
export function platformStatus(state: InstanceState, restartsInARow: number): string {
  return state === InstanceState.recycling && restartsInARow > 1 ? "CyclingRole" : platformStatusNames[state];
}

/** The platform's status names, indexed by state. */
const platformStatusNames = [
  "Preparing",
  "CreatingVM",
  "StartingVM",
  "StartingRole",
  "BusyRole",
  "ReadyRole",
  "ReadyRole",
  "ReadyRole",
  "StoppingRole",
  "StoppingRole",
  "StoppingRole",
  "RestartingRole",
  "RoleStateUnknown",
  "StoppedDeallocated",
  "ReadyRole",
  "RoleStateUnknown",
  "StoppedVM",
] as const;

/** Why a request failed: a closed list (semantics 10), in the order in which reports show it. */
export const failureCauses = [
  "no-backend",
  "refused",
  "crash",
  "timeout-silent",
  "timeout-slow",
  "queue-full",
  "drained",
  "app-error",
  "throttled",
  "store-error",
  "rejected",
  "unsettled",
] as const;

/** The name of a cause of failure. */
export type FailureCauseName = (typeof failureCauses)[number];

/** Index of each cause in `failureCauses`. */
export const FailureCause = {
  noBackend: 0,
  refused: 1,
  crash: 2,
  timeoutSilent: 3,
  timeoutSlow: 4,
  queueFull: 5,
  drained: 6,
  appError: 7,
  throttled: 8,
  storeError: 9,
  rejected: 10,
  unsettled: 11,
} as const;

export type FailureCause = (typeof FailureCause)[keyof typeof FailureCause];

/** What the hosts do. */
export const HostState = {
  up: 0,
  /** Failed, or its rack has no power; nobody has been told. */
  down: 1,
  /** Declared dead by the controller, which tries to restart it. */
  restarting: 2,
  /** Out for repair; its instances are placed elsewhere. */
  outForRepair: 3,
  /** Restarted on a new host OS, as planned: its VMs come back where they were. */
  updating: 4,
  /** It runs with everything on it, but its rack's switch does not: nobody reaches it. */
  unreachable: 5,
} as const;

export type HostState = (typeof HostState)[keyof typeof HostState];
