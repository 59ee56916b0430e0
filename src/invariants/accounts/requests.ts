import { FactKind } from "../../model/facts.ts";
import type { ToldFact } from "../../model/trace.ts";
import { CallPhase } from "../../model/work/requests.ts";
import type { Platform } from "../../model/world.ts";

/** Where the record of a request stands, by the facts told of it. */
const Stage = { unused: 0, open: 1, settled: 2, attempt: 3, failed: 4 } as const;
const words = ["never begun", "an open request", "a settled request", "an attempt under way", "a failed attempt"];

/** Hears of records that reach an instance, and of those that leave it, while the account still says where they were. */
interface Stations {
  /** A record is sent to an instance. */
  reached(instance: number): void;
  /** A record that was sent to an instance is settled, withdrawn or has failed. */
  left(record: number): void;
  /** A request is settled, and was open, or was not. */
  settled(request: number, wasOpen: boolean): void;
}

/**
 * What the facts say of requests and their attempts, kept once for all monitors of a run, and up to date when a monitor hears of the same fact.
 * Columns are by record of a request; a record serves one request or attempt after another.
 */
export class RequestAccount {
  readonly listensTo: readonly FactKind[] = [
    FactKind.requestArrived,
    FactKind.requestSent,
    FactKind.requestSucceeded,
    FactKind.requestFailed,
    FactKind.attemptStarted,
    FactKind.attemptFailed,
  ];
  /** Requests told of so far. */
  arrived = 0;
  settled = 0;
  /** Records that were told of: their ids are below this. */
  records = 0;
  /** How often something was sent to an instance, and to which one last. */
  sends = 0;
  lastSentTo = -1;
  /** When the request arrived, and of which client. */
  arrivedAt = new Float64Array(0);
  client = new Int32Array(0);
  /** The attempts of a request that are under way, -1 none; those of one that is settled stay. */
  first = new Int32Array(0);
  second = new Int32Array(0);
  /** How often a request was tried, hedges aside. */
  tries = new Int32Array(0);
  /** The request that an attempt belongs to. */
  whole = new Int32Array(0);
  /** To which instance it was sent (-1 to none), when, and in which fact. */
  sentTo = new Int32Array(0);
  sentAt = new Float64Array(0);
  sentIn = new Float64Array(0);
  /** Its work and its time in stores when it was sent, before processor sharing counts it otherwise. */
  demand = new Float64Array(0);
  storeTime = new Float64Array(0);
  /** Whoever wants to know what is told of a record that is in no stage for it, in words. */
  misstep: ((message: string) => void) | undefined;
  /** Whoever counts what is at instances. */
  stations: Stations | undefined;
  private readonly world: Platform["world"];
  private stage = new Uint8Array(0);
  /** 1 from when it is sent until it leaves. */
  private isThere = new Uint8Array(0);

  /** Of a run that has not begun. */
  constructor({ world }: Platform) {
    this.world = world;
    this.notice(1023);
    this.records = 0;
  }

  /** Takes in one of the facts that it listens to. */
  observe({ at, id, kind, subject, value }: Readonly<ToldFact>): void {
    if (subject >= this.records) this.notice(subject);
    switch (kind) {
      case FactKind.requestArrived:
        this.arrived++;
        this.arrivedAt[subject] = at;
        this.client[subject] = value;
        this.begin(subject, Stage.open);
        return;
      case FactKind.requestSent:
        this.send(subject, value, at, id);
        return;
      case FactKind.attemptStarted:
        this.attempt(subject, value);
        return;
      case FactKind.attemptFailed:
        this.fail(subject);
        return;
      default:
        this.settle(subject, kind === FactKind.requestSucceeded ? "succeeds" : "fails");
    }
  }

  /** Whether a record stands for a request that has arrived and is not settled. */
  isOpen(record: number): boolean {
    return this.stage[record] === Stage.open;
  }

  private begin(record: number, stage: number): void {
    if (this.stage[record] === Stage.open) this.misstep?.(`request ${record} begins anew while it is open`);
    this.stage[record] = stage;
    this.first[record] = -1;
    this.second[record] = -1;
    this.tries[record] = 0;
    this.sentTo[record] = -1;
    this.isThere[record] = 0;
  }

  private send(record: number, instance: number, at: number, fact: number): void {
    const stage = this.stage[record];
    if (stage !== Stage.open && stage !== Stage.attempt) this.misstep?.(`request ${record} is sent, and is ${words[stage]}`);
    this.sends++;
    this.lastSentTo = instance;
    const { demand, phase, storeTime } = this.world.requests;
    // what its handler asks of other roles, while it waits
    if (phase[record] >= CallPhase.asking) return;
    this.sentTo[record] = instance;
    this.sentAt[record] = at;
    this.sentIn[record] = fact;
    this.demand[record] = demand[record];
    this.storeTime[record] = storeTime[record];
    this.isThere[record] = 1;
    this.stations?.reached(instance);
  }

  private attempt(record: number, whole: number): void {
    if (whole >= this.records) this.notice(whole);
    const stage = this.stage[whole];
    if (stage !== Stage.open) this.misstep?.(`attempt ${record} starts for request ${whole}, which is ${words[stage]}`);
    this.begin(record, Stage.attempt);
    this.whole[record] = whole;
    if (this.first[whole] < 0 && this.second[whole] < 0) this.tries[whole]++;
    if (this.first[whole] < 0) this.first[whole] = record;
    else this.second[whole] = record;
  }

  private fail(attempt: number): void {
    this.end(attempt, Stage.attempt, Stage.failed, "fails as an attempt");
    this.leave(attempt);
    const whole = this.whole[attempt];
    if (this.first[whole] === attempt) this.first[whole] = -1;
    else if (this.second[whole] === attempt) this.second[whole] = -1;
  }

  private settle(request: number, how: string): void {
    this.settled++;
    const wasOpen = this.stage[request] === Stage.open;
    this.end(request, Stage.open, Stage.settled, how);
    this.stations?.settled(request, wasOpen);
    this.leave(request);
    // one that was answered withdraws its other attempt
    if (this.first[request] >= 0) this.leave(this.first[request]);
    if (this.second[request] >= 0) this.leave(this.second[request]);
  }

  private end(record: number, from: number, to: number, what: string): void {
    const stage = this.stage[record];
    if (stage !== from) this.misstep?.(`request ${record} ${what}, and is ${words[stage]}`);
    this.stage[record] = to;
  }

  private leave(record: number): void {
    if (this.isThere[record] === 0) return;
    this.isThere[record] = 0;
    this.stations?.left(record);
  }

  private notice(record: number): void {
    this.records = record + 1;
    if (record < this.stage.length) return;
    let length = this.stage.length;
    while (length <= record) length = 2 * length + 1;
    this.stage = longer(this.stage, new Uint8Array(length));
    this.isThere = longer(this.isThere, new Uint8Array(length));
    this.arrivedAt = longer(this.arrivedAt, new Float64Array(length));
    this.client = longer(this.client, new Int32Array(length));
    this.first = longer(this.first, new Int32Array(length));
    this.second = longer(this.second, new Int32Array(length));
    this.tries = longer(this.tries, new Int32Array(length));
    this.whole = longer(this.whole, new Int32Array(length));
    this.sentTo = longer(this.sentTo, new Int32Array(length).fill(-1));
    this.sentAt = longer(this.sentAt, new Float64Array(length));
    this.sentIn = longer(this.sentIn, new Float64Array(length));
    this.demand = longer(this.demand, new Float64Array(length));
    this.storeTime = longer(this.storeTime, new Float64Array(length));
  }
}

/** A longer column with the same numbers at its beginning. */
function longer<T extends Float64Array | Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
