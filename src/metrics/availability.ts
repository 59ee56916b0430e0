import { FactKind } from "../model/facts.ts";
import { looksReady } from "../model/status.ts";
import type { ToldFact } from "../model/trace.ts";
import type { Group, Platform } from "../model/world.ts";
import { Downtime, whoIsToBlame } from "./downtime.ts";
import type { Metric } from "./metric.ts";

/** What is known of one role in production, and its integrals over the measured time. */
interface RoleTimes {
  /** Whether clients of production call it through the balancer, and at which endpoints. */
  readonly isBalanced: boolean;
  readonly endpoints: readonly number[];
  /** Indexes of the instances that clients of production call at a port of their own, past the balancer. */
  readonly addressed: readonly number[];
  /** Whether all of those are ready. */
  isAnswering: boolean;
  ready: number;
  asked: number;
  inRotation: number;
  readyTime: number;
  askedTime: number;
  degradedTime: number;
  readyMin: number;
  inRotationMin: number;
}

/** Availability by the clock: of the roles that are in production, over [from, to). */
export class AvailabilityMetric implements Metric {
  readonly listensTo = [FactKind.instanceChanged, FactKind.rotationChanged, FactKind.instancesAsked, FactKind.slotsSwapped];
  readonly roles: RoleTimes[];
  upTime = 0;
  reachableTime = 0;
  atLeastTime = 0;
  measuredTime = 0;
  runs = 1;
  readonly downtime = new Downtime();

  private readonly from: number;
  private readonly to: number;
  private readonly readyWanted: number;
  private readonly atLeast: number;
  private lastAt = 0;
  /** The deployment in production when it was last looked at: -1 none, -2 not looked at yet. */
  private vip = -2;
  /** Since when whether it is up, reachable and with enough, and who is to blame, is as it is. */
  private sameSince = 0;
  private isUp = false;
  /** While it is not up: the incident that is put down to, -1 for none. */
  private blamed = -1;
  private isReachable = false;
  private hasAtLeast = false;
  private platform!: Platform;
  /** Whether production has clients. */
  readonly someClients: boolean;

  constructor({ design, catalogue }: Pick<Platform, "design" | "catalogue">) {
    const { from, to, ready, atLeast } = design.measure;
    this.from = from;
    this.to = to;
    this.readyWanted = ready;
    this.atLeast = atLeast;
    const clients = catalogue.clients.filter(({ slot }) => slot === 0);
    this.roles = catalogue.endpointsOf.map((endpoints) => ({
      isBalanced: clients.some(({ direct, endpoint }) => direct < 0 && endpoints.includes(endpoint)),
      endpoints: endpoints.filter((endpoint) => clients.some((client) => client.direct < 0 && client.endpoint === endpoint)),
      addressed: [...new Set(clients.flatMap(({ direct, endpoint }) => (direct >= 0 && endpoints.includes(endpoint) ? [direct] : [])))],
      isAnswering: true,
      ready: 0,
      asked: 0,
      inRotation: 0,
      readyTime: 0,
      askedTime: 0,
      degradedTime: 0,
      readyMin: Number.POSITIVE_INFINITY,
      inRotationMin: Number.POSITIVE_INFINITY,
    }));
    this.someClients = clients.length > 0;
  }

  begin(platform: Platform): void {
    this.platform = platform;
  }

  observe(fact: Readonly<ToldFact>): void {
    this.settle(fact.at);
    const { world } = this.platform;
    if (fact.kind === FactKind.slotsSwapped || world.vips[0] !== this.vip) {
      this.vip = world.vips[0];
      for (let role = 0; role < this.roles.length; role++) this.lookAt(role);
    } else {
      const isAsked = fact.kind === FactKind.instancesAsked;
      const group = world.groups[isAsked ? fact.subject : world.instances.group[fact.subject]];
      // what changes nothing of production must not change whom its down time is put down to
      if (group.deployment !== this.vip || (isAsked && this.roles[group.role].asked === group.asked)) return;
      this.lookAt(group.role);
    }
    this.judge(fact.at);
  }

  atHorizon(platform: Platform): void {
    const at = Math.min(this.to, platform.calendar.now);
    this.settle(at);
    this.settleSame(at);
    // a run that was stopped early has measured less than it was asked to
    this.measuredTime = Math.max(0, this.lastAt - this.from);
  }

  finish(platform: Platform): void {
    this.downtime.name(platform);
  }

  /** Adds another run's times to this one's. */
  merge(other: AvailabilityMetric): void {
    this.runs += other.runs;
    this.upTime += other.upTime;
    this.reachableTime += other.reachableTime;
    this.atLeastTime += other.atLeastTime;
    this.measuredTime += other.measuredTime;
    this.downtime.merge(other.downtime);
    this.roles.forEach((role, id) => {
      const theirs = other.roles[id];
      role.readyTime += theirs.readyTime;
      role.askedTime += theirs.askedTime;
      role.degradedTime += theirs.degradedTime;
      role.asked += theirs.asked;
      role.readyMin = Math.min(role.readyMin, theirs.readyMin);
      role.inRotationMin = Math.min(role.inRotationMin, theirs.inRotationMin);
    });
  }

  /** Everything was as it was since the last fact. */
  private settle(at: number): void {
    const elapsed = Math.min(at, this.to) - Math.max(this.lastAt, this.from);
    this.lastAt = at;
    if (elapsed <= 0) return;
    for (let id = 0; id < this.roles.length; id++) {
      const role = this.roles[id];
      role.readyTime += role.ready * elapsed;
      role.askedTime += role.asked * elapsed;
      if (role.ready < role.asked) role.degradedTime += elapsed;
      if (role.ready < role.readyMin) role.readyMin = role.ready;
      if (role.inRotation < role.inRotationMin) role.inRotationMin = role.inRotation;
    }
  }

  /** What is judged of all roles together was as it is since it last changed. */
  private settleSame(at: number): void {
    const elapsed = Math.min(at, this.to) - Math.max(this.sameSince, this.from);
    this.sameSince = at;
    if (elapsed <= 0) return;
    if (this.isUp) this.upTime += elapsed;
    else this.downtime.add(this.blamed, elapsed);
    if (this.isReachable) this.reachableTime += elapsed;
    if (this.hasAtLeast) this.atLeastTime += elapsed;
  }

  private lookAt(index: number): void {
    const { world } = this.platform;
    const role = this.roles[index];
    const vip = world.vips[0];
    if (vip < 0) {
      role.ready = 0;
      role.asked = 0;
      role.inRotation = 0;
      role.isAnswering = role.addressed.length === 0;
      return;
    }
    const group = world.groups[world.deployments[vip].firstGroup + index];
    if (role.addressed.length > 0) role.isAnswering = role.addressed.every((place) => this.isReady(group, place));
    role.ready = group.ready;
    role.asked = group.asked;
    if (role.endpoints.length === 0) return;
    let inRotation = Number.POSITIVE_INFINITY;
    for (const endpoint of role.endpoints) {
      const rotation = world.rotations[world.deployments[vip].firstRotation + endpoint];
      inRotation = Math.min(inRotation, rotation.count);
    }
    role.inRotation = inRotation;
  }

  private isReady({ instances }: Group, index: number): boolean {
    const { world } = this.platform;
    return instances.some((id) => world.instances.index[id] === index && looksReady(world.instances.state[id]));
  }

  private judge(at: number): void {
    let isUp = true;
    let isReachable = true;
    let hasAtLeast = true;
    let blamed = -1;
    for (let id = 0; id < this.roles.length; id++) {
      const role = this.roles[id];
      if ((role.isBalanced || !this.someClients) && role.ready < this.readyWanted) {
        isUp = false;
        blamed = whoIsToBlame(this.platform, id, blamed);
      }
      if (role.isBalanced && role.inRotation === 0) isReachable = false;
      if (!role.isAnswering) {
        isUp = false;
        isReachable = false;
        for (const index of role.addressed) blamed = whoIsToBlame(this.platform, id, blamed, index);
      }
      if (role.ready < this.atLeast) hasAtLeast = false;
    }
    if (isUp === this.isUp && isReachable === this.isReachable && hasAtLeast === this.hasAtLeast && blamed === this.blamed) return;
    this.settleSame(at);
    if (this.isUp && !isUp && at >= this.from && at < this.to) this.downtime.outages++;
    this.isUp = isUp;
    this.isReachable = isReachable;
    this.hasAtLeast = hasAtLeast;
    this.blamed = blamed;
  }
}
