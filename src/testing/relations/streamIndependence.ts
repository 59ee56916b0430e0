import type { ClientDesign, Design, RoleDesign } from "../../model/design.ts";
import type { Fact, FactLog } from "../../model/factLog.ts";
import { FactKind } from "../../model/facts.ts";
import { expectSameFacts, type Outcome } from "./outcome.ts";
import { constant } from "./reduced.ts";
import type { Relation } from "./relation.ts";
import { retold } from "./retold.ts";

/** Comes after every name that a scenario can give. */
const stranger = "~stranger";

/** M6. */
export const streamIndependence: Relation = {
  id: "M6",
  name: "stream-independence",
  statement:
    "Beside a store with outages and a queue with a producer that nobody uses, and a role of no size with clients of its own, all others do what they did without: the same facts of them, numbered by themselves. What would be shared is left away: the role where operations, scaling, patches or faults of drawn or of all instances concern it, the store and the queue where faults strike drawn or all of those, the queue where its account has a limit, the queue and the role where buggify is on, whose sites serve all. (An isolated host is not added: every host is a candidate for every placement. How many decisions waited for a primary is not compared, nor which fault a lost message is blamed on: it may be any that is not over. Compared is what happens until the horizon: after it a run goes on for as long as any request is open, a stranger's too.)",
  exactness: "exact",
  applies: () => true,
  check({ design, seed }, { replay }) {
    const { added, design: more } = withStrangers(design);
    const alone = replay("the run without strangers", design, seed);
    const beside = replay(`the run with ${added.join(", ") || "nothing"} beside it`, more, seed);
    const tell = (outcome: Outcome): Outcome => {
      const isStrange = strangersOf(outcome, design);
      // whether it is a stranger is asked of every fact: it keeps account of who was born
      return { ...outcome, facts: retold(unblamed(outcome.facts), (fact) => isStrange(fact) || fact.at > design.horizon) };
    };
    expectSameFacts(streamIndependence, tell(alone), tell(beside));
  },
};

/** The same facts, lost messages blamed on nobody. */
function unblamed(facts: FactLog): FactLog {
  return { ...facts, value: facts.value.map((value, place) => (facts.kind[place] === FactKind.messageLost ? -1 : value)) };
}

function withStrangers(design: Design): { readonly added: readonly string[]; readonly design: Design } {
  const strikes = (among: string): boolean =>
    (among !== "store" && design.buggify !== undefined) ||
    design.faults.some(({ target }) => (target.select === "each" || target.select === "random") && target.among === among);
  const added: string[] = [];
  let more = design;
  if (!strikes("store")) {
    added.push("a store");
    const store = { name: stranger, kind: "sql", read: constant(0), write: constant(0), maxRate: 0, timeout: 0 } as const;
    const outage = {
      kind: "store-outage",
      target: { select: "store", name: stranger },
      every: { law: "exponential", mean: Math.max(1, design.horizon / 8) },
      repairAfter: { law: "exponential", mean: Math.max(1, design.horizon / 50) },
    } as const;
    more = { ...more, stores: [...more.stores, store], faults: [...more.faults, outage] };
  }
  const like = design.queues[0];
  if (!strikes("queue") && like !== undefined && design.accounts.storage === 0) {
    added.push("a queue");
    const arrivals = { kind: "renewal", interarrival: { law: "exponential", mean: Math.max(1, design.horizon / 200) } } as const;
    const queue = { ...like, name: stranger, kind: "storage", poisonQueue: undefined, sessions: 0, maxRate: 0, arrivals } as const;
    more = { ...more, queues: [...more.queues, queue] };
  }
  const last = design.service.roles.at(-1);
  if (last !== undefined && design.operations.length === 0 && design.autoscale.roles.length === 0 && !strikes("instance")) {
    added.push("a role");
    more = {
      ...more,
      service: { ...more.service, roles: [...more.service.roles, strangeRole(last)] },
      clients: [...more.clients, strangeClient(design)],
    };
  }
  return { added, design: more };
}

/** A role that takes no room. */
function strangeRole(like: RoleDesign): RoleDesign {
  return {
    ...like,
    name: stranger,
    kind: "web",
    size: { ...like.size, cores: 0, memoryMiB: 0, diskMiB: 0 },
    instances: 2,
    queueLimit: -1,
    admission: undefined,
    handler: [{ step: "compute", demand: { law: "exponential", mean: 500_000 } }],
    queue: undefined,
    poll: undefined,
    endpoints: [{ name: stranger }],
    internalEndpoints: [],
    localStorage: [],
    startupTasks: [],
    onStartFails: 0,
    runReturns: undefined,
    crashAfter: undefined,
  };
}

function strangeClient(design: Design): ClientDesign {
  const [like] = design.clients;
  const arrivals = { kind: "renewal", interarrival: { law: "exponential", mean: Math.max(1, design.horizon / 200) } } as const;
  const own = { name: stranger, slot: "production", role: stranger, endpoint: stranger, users: 0, arrivals } as const;
  if (like !== undefined) return { ...like, ...own, instance: undefined, session: undefined, think: undefined };
  const patience = { timeout: Number.MAX_SAFE_INTEGER, deadline: Number.MAX_SAFE_INTEGER, hedge: Number.MAX_SAFE_INTEGER };
  return { ...own, ...patience, protocol: "tcp", priority: 0, addresses: 1 };
}

/** Which facts are about what was added to a design, or about how many waited for a primary. */
function strangersOf({ replayed }: Outcome, { clients, faults, queues, service, stores }: Design): (fact: Fact) => boolean {
  const { groups, incidents, instances } = replayed.platform.world;
  const roles = replayed.platform.design.service.roles.length;
  const isStrangeGroup = (group: number): boolean => group % roles >= service.roles.length;
  const isStrange = (instance: number): boolean => instance >= 0 && isStrangeGroup(groups[instances.group[instance] as number]?.id ?? 0);
  const requests = new Set<number>();
  const messages = new Set<number>();
  const born = (set: Set<number>, id: number, isTheirs: boolean): boolean => {
    if (isTheirs) set.add(id);
    else set.delete(id);
    return isTheirs;
  };
  return ({ kind, subject, value }) => {
    switch (kind) {
      case FactKind.controllerBack:
        return true;
      case FactKind.requestArrived:
        return born(requests, subject, value >= clients.length);
      case FactKind.attemptStarted:
        return born(requests, subject, requests.has(value));
      case FactKind.messageEnqueued:
        return born(messages, subject, value >= queues.length);
      case FactKind.faultStruck:
      case FactKind.faultEnded:
        return (incidents[subject]?.fault ?? -1) >= faults.length;
      case FactKind.storeChanged:
        return subject >= stores.length;
      case FactKind.queueDepthChanged:
      case FactKind.queueChanged:
        return subject >= queues.length;
      case FactKind.circuitChanged:
        return subject >= clients.length;
      case FactKind.instancesAsked:
        return isStrangeGroup(subject);
      default:
        if (ofRequests.has(kind)) return requests.has(subject);
        if (ofMessages.has(kind)) return messages.has(subject);
        return ofInstances.has(kind) && isStrange(subject);
    }
  };
}

const ofRequests: ReadonlySet<number> = new Set([
  FactKind.requestSent,
  FactKind.requestSucceeded,
  FactKind.requestFailed,
  FactKind.attemptFailed,
]);
const ofMessages: ReadonlySet<number> = new Set([FactKind.messageReappeared, FactKind.messageExpired, FactKind.messageDeadLettered]);
const ofInstances: ReadonlySet<number> = new Set([
  FactKind.instanceChanged,
  FactKind.instancePlaced,
  FactKind.rotationChanged,
  FactKind.startupTaskFailed,
  FactKind.onStartFailed,
  FactKind.roleThrew,
  FactKind.runReturned,
  FactKind.onStopReturned,
  FactKind.onStopCut,
  FactKind.crashNoticed,
  FactKind.guestDeclaredDead,
  FactKind.hangNoticed,
  FactKind.ownerActed,
  FactKind.instanceExcluded,
  FactKind.instanceReplaced,
  FactKind.strayStopped,
  FactKind.roleChanging,
  FactKind.roleChanged,
]);
