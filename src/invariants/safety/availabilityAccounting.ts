import type { Platform } from "../../model/world.ts";
import type { Invariant } from "../invariant.ts";
import { RoleAccount } from "../roleAccount.ts";
import { SlaAccount } from "../slaAccount.ts";

/** How a role of production is asked for. */
interface RoleUse {
  /** Endpoints that clients of production reach through the balancer, and indexes that they call past it. */
  readonly balanced: readonly number[];
  readonly addressed: readonly number[];
}

/** S22. */
export const availabilityAccounting: Invariant = {
  id: "S22",
  name: "availability-accounting",
  statement:
    "Over the measured time (to the horizon at most) the time in which the service is up and the time put down to incidents are the whole, and each figure of availability by the clock is what the facts say: up while every role that clients of production reach through the balancer (every role, if production has no clients) has as many ready instances as wanted, and every instance they call at its own port is ready; reachable while none of their rotations is empty; and by role the ready, asked and degraded time. By month, the roles of the SLA view are counted as several, as single or as not asked for at every instant, and a minute is down when throughout it nobody in some rotation accepts a connection, or, of an endpoint that gives each instance a port of its own, no instance at all. A hung instance counts as ready, as to the platform.",
  watch({ platform, measured, broken }) {
    const { design, world } = platform;
    const { atLeast, from, ready: wanted, to } = design.measure;
    const uses = usesOf(platform);
    const someClients = platform.catalogue.clients.some(({ slot }) => slot === 0);
    const account = new RoleAccount(platform);
    const sla = new SlaAccount(platform, account);
    let lastAt = 0;
    const times = { up: 0, down: 0, reachable: 0, atLeast: 0 };
    const roles = uses.map(() => ({ ready: 0, asked: 0, readyTime: 0, askedTime: 0, degradedTime: 0 }));
    let isUp = false;
    let isReachable = false;
    let hasAtLeast = false;
    let isJudged = false;
    const settle = (at: number): void => {
      const elapsed = Math.min(at, to) - Math.max(lastAt, from);
      lastAt = at;
      if (elapsed <= 0) return;
      if (isUp) times.up += elapsed;
      else times.down += elapsed;
      if (isReachable) times.reachable += elapsed;
      if (hasAtLeast) times.atLeast += elapsed;
      for (const role of roles) {
        role.readyTime += role.ready * elapsed;
        role.askedTime += role.asked * elapsed;
        if (role.ready < role.asked) role.degradedTime += elapsed;
      }
    };
    const judge = (): void => {
      isUp = true;
      isReachable = true;
      hasAtLeast = true;
      const deployment = world.deployments[account.production];
      for (let id = 0; id < uses.length; id++) {
        const { addressed, balanced } = uses[id];
        const group = deployment === undefined ? -1 : deployment.firstGroup + id;
        const ready = group < 0 ? 0 : account.ready.get(group);
        roles[id].ready = ready;
        roles[id].asked = group < 0 ? 0 : account.asked.get(group);
        if (ready < wanted && (balanced.length > 0 || !someClients)) isUp = false;
        if (ready < atLeast) hasAtLeast = false;
        for (const endpoint of balanced)
          if (deployment === undefined || account.members.get(deployment.firstRotation + endpoint) === 0) isReachable = false;
        for (const index of addressed)
          if (group < 0 || account.readyAt(group, index) === 0) {
            isUp = false;
            isReachable = false;
          }
      }
    };
    const compare = (what: string, measuredTime: number, ours: number, unit = "us"): void => {
      if (measuredTime !== ours) broken(`${what} is ${measuredTime} ${unit}, and ${ours} ${unit} by the facts`);
    };
    return {
      listensTo: RoleAccount.listensTo,
      observe(fact) {
        // at every fact, changed or not: sums of centuries are rounded, and ours are to be rounded as those measured are
        settle(fact.at);
        sla.settle(fact.at);
        if (!account.hear(fact) && isJudged) return;
        isJudged = true;
        judge();
        sla.judge(fact.at);
      },
      atHorizon() {
        const { now } = platform.calendar;
        settle(now);
        sla.end(now);
        const { availability } = measured;
        compare("measured time", availability.measuredTime, Math.max(0, Math.min(now, to) - from));
        compare("time up and down", times.up + times.down, availability.measuredTime);
        compare("time up", availability.upTime, times.up);
        compare("reachable time", availability.reachableTime, times.reachable);
        compare(`time with at least ${atLeast} ready`, availability.atLeastTime, times.atLeast);
        roles.forEach(({ readyTime, askedTime, degradedTime }, id) => {
          const role = availability.roles[id];
          compare(`ready time of role ${id}`, role.readyTime, readyTime);
          compare(`asked time of role ${id}`, role.askedTime, askedTime);
          compare(`degraded time of role ${id}`, role.degradedTime, degradedTime);
        });
        sla.compare(measured.sla.runs[0], compare);
      },
      atEnd() {
        let down = 0;
        for (const { time } of measured.availability.downtime.parts) down += time;
        compare("down time by what it is put down to", down, times.down);
      },
    };
  },
};

function usesOf({ catalogue }: Platform): RoleUse[] {
  const clients = catalogue.clients.filter(({ slot }) => slot === 0);
  return catalogue.endpointsOf.map((endpoints) => {
    const ours = clients.filter(({ endpoint }) => endpoints.includes(endpoint));
    return {
      balanced: [...new Set(ours.filter(({ direct }) => direct < 0).map(({ endpoint }) => endpoint))],
      addressed: [...new Set(ours.filter(({ direct }) => direct >= 0).map(({ direct }) => direct))],
    };
  });
}
