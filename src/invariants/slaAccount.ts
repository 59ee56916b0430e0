import { minute } from "../kernel/time.ts";
import type { MonthTimes } from "../metrics/sla/sla.ts";
import { monthsOf } from "../model/months.ts";
import type { Deployment, Platform } from "../model/world.ts";
import type { RoleAccount } from "./roleAccount.ts";

/** One role that the internet reaches, as the SLA sees it. */
interface Facing {
  readonly role: number;
  readonly endpoints: readonly number[];
  asked: number;
  /** Since when nobody accepts a connection, -1 while somebody does. */
  deafSince: number;
}

/** A monitor's own account of the SLA view: by month, how long roles were several or single, and their down minutes. */
export class SlaAccount {
  private readonly account: RoleAccount;
  private readonly platform: Platform;
  private readonly facing: readonly Facing[];
  private readonly months: ReturnType<typeof monthsOf>;
  private readonly times: { -readonly [K in keyof MonthTimes]: number }[];
  private readonly canBeCovered: boolean;
  private lastAt = 0;
  /** Place of the month that `lastAt` is in. */
  private month = 0;

  /** On top of an account of roles, which hears the facts first. */
  constructor(platform: Platform, account: RoleAccount) {
    const { catalogue, design } = platform;
    this.platform = platform;
    this.account = account;
    this.months = monthsOf(design.measure);
    this.times = this.months.map(() => ({ severalTime: 0, singleTime: 0, severalDown: 0, singleDown: 0 }));
    const reached = catalogue.clients.filter(({ slot }) => slot === 0).map(({ endpoint }) => endpoint);
    this.facing = catalogue.endpointsOf
      .map((all, role) => ({
        role,
        endpoints: all.filter((endpoint) => reached.length === 0 || reached.includes(endpoint)),
        asked: 0,
        deafSince: -1,
      }))
      .filter(({ endpoints }) => endpoints.length > 0);
    this.canBeCovered = design.service.upgradeDomains >= 2 && design.datacenter.faultDomains >= 2;
  }

  /** Until this instant everything was as it was. */
  settle(at: number): void {
    for (; this.month < this.months.length; this.month++) {
      const { from, to } = this.months[this.month];
      const elapsed = Math.min(at, to) - Math.max(this.lastAt, from);
      if (elapsed > 0) this.add(this.times[this.month], elapsed);
      if (at <= to) break;
    }
    this.lastAt = at;
  }

  /** Looks at the roles after a fact. */
  judge(at: number): void {
    const { deployments } = this.platform.world;
    const deployment = deployments[this.account.production];
    for (const facing of this.facing) {
      const asked = deployment === undefined ? 0 : this.account.asked.get(deployment.firstGroup + facing.role);
      // what was down until now is of the kind of role that it was until now
      if (asked !== facing.asked) this.endDeafness(facing, at);
      facing.asked = asked;
      const isDeaf = asked > 0 && facing.endpoints.some((endpoint) => this.accepting(deployment, endpoint) === 0);
      if (!isDeaf) this.endDeafness(facing, at);
      else if (facing.deafSince < 0) facing.deafSince = at;
    }
  }

  /** The horizon is reached. */
  end(at: number): void {
    this.settle(at);
    for (const facing of this.facing) this.endDeafness(facing, at);
  }

  /** Compares the months of a run with this account. */
  compare(run: readonly MonthTimes[], compare: (what: string, measured: number, ours: number, unit: string) => void): void {
    this.times.forEach((ours, place) => {
      for (const key of Object.keys(ours) as (keyof MonthTimes)[])
        compare(`${key} of month ${place + 1}`, run[place][key], ours[key], key.endsWith("Down") ? "minutes" : "us");
    });
  }

  private add(times: { severalTime: number; singleTime: number }, elapsed: number): void {
    for (const { asked } of this.facing) {
      if (this.isSeveral(asked)) times.severalTime += elapsed;
      else if (asked > 0) times.singleTime += elapsed;
    }
  }

  /** How many accept connections: in rotation, or anywhere where each instance has a port of its own, for then no balancer is asked. */
  private accepting({ firstGroup, firstRotation }: Deployment, endpoint: number): number {
    const { design, role } = this.platform.catalogue.endpoints[endpoint];
    return design.instanceInput === true ? this.account.ready.get(firstGroup + role) : this.account.accepting.get(firstRotation + endpoint);
  }

  private isSeveral(asked: number): boolean {
    return asked >= 2 && this.canBeCovered;
  }

  private endDeafness(facing: Facing, at: number): void {
    if (facing.deafSince < 0) return;
    const key = this.isSeveral(facing.asked) ? "severalDown" : "singleDown";
    for (let place = Math.min(this.month, this.months.length - 1); place >= 0; place--) {
      const { from, to } = this.months[place];
      if (to <= facing.deafSince) break;
      const minutes = Math.floor(Math.min(at, to) / minute) - Math.ceil(Math.max(facing.deafSince, from) / minute);
      this.times[place][key] += Math.max(0, minutes);
    }
    facing.deafSince = -1;
  }
}
