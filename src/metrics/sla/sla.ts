import { type Micros, minute } from "../../kernel/time.ts";
import { FactKind } from "../../model/facts.ts";
import { type Month, monthsOf } from "../../model/months.ts";
import { looksReady } from "../../model/status.ts";
import type { ToldFact } from "../../model/trace.ts";
import type { Platform } from "../../model/world.ts";
import type { Metric } from "../metric.ts";

/** One role that the internet reaches, in production. */
interface FacingRole {
  readonly index: number;
  readonly endpoints: readonly number[];
  asked: number;
  accepts: boolean;
  /** Since when no instance in rotation could accept a connection; -1 while one could. */
  deafSince: Micros;
  /** Whether it has been counted as having several instances, and as having one. */
  wasSeveral: boolean;
  wasSingle: boolean;
}

/** Uptime of one month by the clock, summed over the roles that the internet reaches; times in microseconds. */
export interface MonthTimes {
  /** Time of roles with two or more instances, and of those with one. */
  severalTime: Micros;
  singleTime: Micros;
  /** Minutes of the clock throughout which nothing accepted a connection, of either kind of role. */
  severalDown: number;
  singleDown: number;
}

/** Connectivity by months: a minute of the clock is down when throughout it no instance in rotation could accept a connection,
 * or, of an endpoint that gives each instance a port of its own, no instance at all. */
export class SlaMetric implements Metric {
  readonly listensTo: readonly FactKind[];
  readonly months: readonly Month[];
  /** By month, of each run by itself. */
  runs: MonthTimes[][] = [];
  /** Down minutes of stores, then queues, by month, of each run by itself. */
  outsideRuns: number[][][] = [];

  private readonly times: MonthTimes[];
  private readonly outside: number[][];
  /** Since when each of them is out; -1 while it is there. */
  private readonly outSince: Float64Array;
  private readonly storeCount: number;
  private readonly roles: readonly FacingRole[];
  private readonly canBeCovered: boolean;
  private lastAt: Micros = 0;
  /** Place of the month that `lastAt` is in. */
  private month = 0;
  private platform!: Platform;

  constructor({ design, catalogue }: Pick<Platform, "design" | "catalogue">) {
    this.months = monthsOf(design.measure);
    this.times = this.months.map(() => ({ severalTime: 0, singleTime: 0, severalDown: 0, singleDown: 0 }));
    this.storeCount = design.stores.length;
    this.outside = [...design.stores, ...design.queues].map(() => this.months.map(() => 0));
    this.outSince = new Float64Array(this.outside.length).fill(-1);
    const clients = design.clients.filter((client) => client.slot === "production");
    const isFaced = (endpoint: number): boolean =>
      clients.length === 0 || catalogue.clients.some((client) => client.slot === 0 && client.endpoint === endpoint);
    this.roles = design.service.roles.flatMap((_, index) => {
      const endpoints = catalogue.endpointsOf[index].filter(isFaced);
      return endpoints.length === 0
        ? []
        : [{ index, endpoints, asked: 0, accepts: true, deafSince: -1, wasSeveral: false, wasSingle: false }];
    });
    // a service that the internet does not reach has no connectivity to measure
    const ofRoles = [FactKind.instanceChanged, FactKind.rotationChanged, FactKind.instancesAsked, FactKind.slotsSwapped];
    this.listensTo = [...(this.roles.length > 0 ? ofRoles : []), FactKind.storeChanged, FactKind.queueChanged];
    this.canBeCovered = design.service.upgradeDomains >= 2 && design.datacenter.faultDomains >= 2;
  }

  begin(platform: Platform): void {
    this.platform = platform;
  }

  observe(fact: Readonly<ToldFact>): void {
    this.settle(fact.at);
    if (fact.kind === FactKind.storeChanged) this.hearOutside(fact.subject, fact.value, fact.at);
    else if (fact.kind === FactKind.queueChanged) this.hearOutside(this.storeCount + fact.subject, fact.value, fact.at);
    else if (fact.kind === FactKind.instanceChanged || fact.kind === FactKind.rotationChanged) {
      const { world } = this.platform;
      const group = world.groups[world.instances.group[fact.subject]];
      if (group.deployment !== world.vips[0]) return;
      for (const role of this.roles) if (role.index === group.role) this.lookAt(role, fact.at);
    } else for (const role of this.roles) this.lookAt(role, fact.at);
  }

  atHorizon(platform: Platform): void {
    this.settle(platform.calendar.now);
    for (const role of this.roles) this.setAccepts(role, true, platform.calendar.now);
    for (let id = 0; id < this.outside.length; id++) this.hearOutside(id, 1, platform.calendar.now);
    this.runs.push(this.times);
    this.outsideRuns.push(this.outside);
  }

  finish(): void {}

  /** Puts another run's months beside this one's. */
  merge(other: SlaMetric): void {
    this.runs.push(...other.runs);
    this.outsideRuns.push(...other.outsideRuns);
    for (const [place, role] of this.roles.entries()) {
      role.wasSeveral ||= other.roles[place].wasSeveral;
      role.wasSingle ||= other.roles[place].wasSingle;
    }
  }

  /** Indices of the roles that were counted as having several instances, or as having one. */
  rolesWith(instances: "several" | "one"): readonly number[] {
    return this.roles.filter((role) => (instances === "one" ? role.wasSingle : role.wasSeveral)).map(({ index }) => index);
  }

  private hearOutside(id: number, isThere: number, at: Micros): void {
    const since = this.outSince[id];
    if (isThere === 0) this.outSince[id] = since < 0 ? at : since;
    else if (since >= 0) {
      const down = this.outside[id];
      this.spread(since, at, (place, minutes) => {
        down[place] += minutes;
      });
      this.outSince[id] = -1;
    }
  }

  /** Whether the agreement counts a role as having several instances now: in different upgrade and fault domains. */
  private isSeveral(role: FacingRole): boolean {
    return role.asked >= 2 && this.canBeCovered;
  }

  /** Everything was as it was since the last fact. */
  private settle(at: Micros): void {
    let from = this.lastAt;
    this.lastAt = at;
    for (; this.month < this.months.length; this.month++) {
      const month = this.months[this.month];
      const elapsed = Math.min(at, month.to) - Math.max(from, month.from);
      if (elapsed > 0) {
        const times = this.times[this.month];
        for (const role of this.roles) {
          const isSeveral = this.isSeveral(role);
          if (isSeveral) times.severalTime += elapsed;
          else if (role.asked >= 1) times.singleTime += elapsed;
          role.wasSeveral ||= isSeveral;
          role.wasSingle ||= !isSeveral && role.asked >= 1;
        }
      }
      if (at <= month.to) return;
      from = month.to;
    }
  }

  private lookAt(role: FacingRole, at: Micros): void {
    const { world } = this.platform;
    const vip = world.vips[0];
    const asked = vip < 0 ? 0 : world.groups[world.deployments[vip].firstGroup + role.index].asked;
    // what was down until now is of the kind of role that it was until now
    if (asked !== role.asked) this.setAccepts(role, true, at);
    role.asked = asked;
    this.setAccepts(role, asked === 0 || role.endpoints.every((endpoint) => this.someoneAccepts(vip, endpoint)), at);
  }

  private someoneAccepts(deployment: number, endpoint: number): boolean {
    const { catalogue, world } = this.platform;
    const { firstGroup, firstRotation } = world.deployments[deployment];
    const { design, role } = catalogue.endpoints[endpoint];
    const { state } = world.instances;
    // whoever calls an instance by its own port asks no balancer
    if (design.instanceInput === true) return world.groups[firstGroup + role].instances.some((instance) => looksReady(state[instance]));
    const rotation = world.rotations[firstRotation + endpoint];
    for (let place = 0; place < rotation.count; place++) {
      if (looksReady(state[rotation.members[place]])) return true;
    }
    return false;
  }

  private setAccepts(role: FacingRole, accepts: boolean, at: Micros): void {
    if (accepts === role.accepts) return;
    role.accepts = accepts;
    if (accepts) this.endDeafness(role, at);
    else role.deafSince = at;
  }

  private endDeafness(role: FacingRole, at: Micros): void {
    const isSeveral = this.isSeveral(role);
    this.spread(role.deafSince, at, (place, minutes) => {
      if (isSeveral) this.times[place].severalDown += minutes;
      else this.times[place].singleDown += minutes;
    });
    role.deafSince = -1;
  }

  /** The whole minutes of the clock between two instants, month by month; the later one is now. */
  private spread(from: Micros, to: Micros, add: (place: number, minutes: number) => void): void {
    for (let place = Math.min(this.month, this.months.length - 1); place >= 0; place--) {
      const month = this.months[place];
      if (month.to <= from) break;
      const minutes = Math.floor(Math.min(to, month.to) / minute) - Math.ceil(Math.max(from, month.from) / minute);
      if (minutes > 0) add(place, minutes);
    }
  }
}
