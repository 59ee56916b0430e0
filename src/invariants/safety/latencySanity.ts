import { EventKind } from "../../model/events.ts";
import { FactKind } from "../../model/facts.ts";
import { InstanceState } from "../../model/status.ts";
import type { Histogram } from "../../stats/histogram.ts";
import { RequestAccount } from "../accounts/requests.ts";
import type { Invariant } from "../invariant.ts";
import { servingInstance } from "../serving.ts";

/** S23. */
export const latencySanity: Invariant = {
  id: "S23",
  name: "latency-sanity",
  statement:
    "The latency of a request that succeeds is the time since it arrived, within the time-out of a client that sends it once; no request is open for longer than that, or than its deadline. It is its waiting (from its arrival until the service that answers it began, earlier attempts included) and that service, which is no shorter than its demand at the speed of the instance (less one microsecond of rounding under processor sharing). Exactly: demand at that speed, the time in its stores, and the time for which its VM was frozen meanwhile; not looked at so closely where processors are shared, a pool can be cold, calls are made one by one, or a fault of the scenario makes instances slow. Of every latency measured p50 <= p95 <= p99 <= max.",
  watch({ account, platform, measured, broken }) {
    const { calendar, catalogue, design, world } = platform;
    const { instances, requests } = world;
    const told = account(RequestAccount);
    /** By instance, when it was frozen and thawed, in turn. */
    const freezes = new Map<number, number[]>();
    const growsSlow = design.faults.some(({ kind }) => kind === "slow" || kind === "slow-host");
    const exact = catalogue.programs.map(({ careful, pool, shared }) => !(growsSlow || careful || pool || shared));
    const timeouts = catalogue.clients.map(({ policy, timeout }) => (policy === undefined ? timeout : Number.POSITIVE_INFINITY));
    const patience = catalogue.clients.map(({ policy, timeout }) => policy?.deadline ?? timeout);
    const answered = (request: number, latency: number, at: number): void => {
      const arrived = told.arrivedAt[request];
      if (latency !== at - arrived) broken(`request ${request} has latency ${latency} us, and arrived ${at - arrived} us ago`);
      if (latency > timeouts[requests.client[request]])
        broken(`request ${request} succeeds after ${latency} us, when its client had given up`);
      const started = requests.startedAt[request];
      if (!(started >= arrived && started <= at)) broken(`the service of request ${request} began at ${started} us`);
      const instance = servingInstance(platform);
      const program = catalogue.programs[instances.program[instance]];
      // an attempt works on the whole's demand
      const sent = requests.call[request] < 0 ? request : calendar.kind === EventKind.serviceCompleted ? calendar.target : -1;
      const work = sent < 0 ? requests.demand[request] : told.demand[sent];
      const compute = program.speed === 1 ? work : Math.floor(work / program.speed + 0.5);
      const service = at - started;
      if (service < compute - (program.shared ? 1 : 0)) broken(`request ${request} took ${service} us to compute ${compute} us`);
      if (!exact[instances.program[instance]] || sent < 0) return;
      const frozen = freezes.size === 0 ? 0 : frozenSince(freezes.get(instance), started);
      if (service !== compute + told.storeTime[sent] + frozen)
        broken(
          `request ${request} took ${service} us for ${compute} us of computing, ${told.storeTime[sent]} us in stores and ${frozen} us frozen`,
        );
    };
    return {
      listensTo: [FactKind.requestSucceeded, FactKind.instanceChanged],
      hearsMove: (from, to) => from === InstanceState.paused || to === InstanceState.paused,
      observe({ kind, subject, value, at }) {
        if (kind === FactKind.requestSucceeded) answered(subject, value, at);
        else noteFreeze(freezes, subject, value === InstanceState.paused, at);
      },
      look() {
        for (let request = 0; request < told.records; request++) {
          const age = calendar.now - told.arrivedAt[request];
          if (told.isOpen(request) && age > patience[requests.client[request]])
            broken(`request ${request} is open for ${age} us, longer than its client waits`);
        }
      },
      atEnd() {
        measured.requests.clients.forEach(({ latency }, client) => {
          if (!isOrdered(latency)) broken(`the quantiles of client ${client}'s latency are not in order`);
        });
        if (!isOrdered(measured.requests.waiting)) broken("the quantiles of waiting are not in order");
      },
    };
  },
};

function noteFreeze(freezes: Map<number, number[]>, instance: number, isFrozen: boolean, at: number): void {
  const times = freezes.get(instance);
  if (times === undefined) {
    if (isFrozen) freezes.set(instance, [at]);
  } else if ((times.length % 2 === 1) !== isFrozen) times.push(at);
}

/** How long a VM was frozen since an instant, given when it was frozen and thawed in turn. */
function frozenSince(times: readonly number[] | undefined, since: number): number {
  let frozen = 0;
  for (let place = (times?.length ?? 0) - 2; place >= 0 && times !== undefined; place -= 2) {
    if (times[place + 1] <= since) break;
    frozen += times[place + 1] - Math.max(since, times[place]);
  }
  return frozen;
}

function isOrdered(histogram: Histogram): boolean {
  let before = Number.NEGATIVE_INFINITY;
  for (const share of [0.5, 0.95, 0.99, 1]) {
    const value = histogram.quantile(share) ?? before;
    if (value < before) return false;
    before = value;
  }
  return histogram.count === 0 || before === histogram.max;
}
