import { FactKind } from "../../model/facts.ts";
import { InstanceState } from "../../model/status.ts";
import type { Deployment, Platform } from "../../model/world.ts";
import { Walks } from "../accounts/walks.ts";
import type { Invariant } from "../invariant.ts";
import { Moves } from "../moves.ts";
import { isSimultaneous } from "./oneUpgradeDomain.ts";

/** What a deployment was before an upgrade. */
interface Before {
  readonly version: string;
  readonly programs: readonly number[];
  readonly asked: readonly number[];
}

/** S14. */
export const upgradeOrder: Invariant = {
  id: "S14",
  name: "upgrade-order",
  statement:
    "In a walk over upgrade domains each domain has its turn once, in ascending order unless the mode is manual, and only when everybody who was stopped before is ready, deleted or off, or the start time-out has gone past them (not past one that crashes on the version it is to start again); all at once in mode simultaneous. A process that starts on a new VM or after an update runs the program that its upgrade domain has come to, and while no upgrade or rollback is in progress nobody becomes ready on another one than its role has. An instance that has come to the version of the upgrade in progress does not become ready on another one. When a rollback is finished, the deployment has the version, the numbers of instances and the programs of before the upgrade, and nobody is ready on another one.",
  watch({ account, platform, broken }) {
    const moves = account(Moves);
    const { design, world } = platform;
    const before = new Map<number, Before>();
    /** Who has come to the version of which operation. */
    const updatedBy = new Map<number, number>();
    const walks = new Walks(platform, {
      turns(walk, domain) {
        if (walk.domains.includes(domain)) broken(`upgrade domain ${domain} has its turn twice in operation ${walk.operation}`);
        if (isSimultaneous(platform, walk)) return;
        const last = walk.domains[walk.domains.length - 1] ?? -1;
        const spec = design.operations[walk.operation];
        const isManual = spec.kind === "upgrade" && spec.mode === "manual";
        if (domain < last && !isManual) broken(`upgrade domain ${domain} has its turn after ${last} in operation ${walk.operation}`);
        for (const instance of walk.away.keys())
          if (!walk.passed.has(instance))
            broken(`upgrade domain ${domain} has its turn, and instance ${instance} is away for operation ${walk.operation}`);
      },
    });
    const start = (operation: number): void => {
      const spec = design.operations[operation];
      if (spec.kind !== "upgrade") return;
      const deployment = world.vips[spec.slot === "staging" ? 1 : 0];
      // an update that takes the place of another one goes on from what was before that
      if (deployment >= 0 && !before.has(deployment)) before.set(deployment, pictureOf(platform, world.deployments[deployment]));
    };
    const finish = (operation: number): void => {
      const { kind } = design.operations[operation];
      if (kind !== "upgrade" && kind !== "rollback") return;
      const { deployment } = world.operations[operation];
      const was = before.get(deployment);
      before.delete(deployment);
      if (kind === "rollback" && was !== undefined) wrongRollback(platform, world.deployments[deployment], was, broken);
    };
    const becomeReady = (instance: number): void => {
      const group = world.groups[world.instances.group[instance]];
      const { lock } = world.deployments[group.deployment];
      const kind = lock < 0 ? undefined : design.operations[lock].kind;
      if (kind !== "upgrade" && kind !== "rollback" && world.instances.program[instance] !== group.program)
        broken(`instance ${instance} is ready on program ${world.instances.program[instance]}, and its role has ${group.program}`);
      if (kind !== "upgrade") return;
      if (world.instances.program[instance] === group.program) updatedBy.set(instance, lock);
      else if (updatedBy.get(instance) === lock)
        broken(`instance ${instance} goes back to program ${world.instances.program[instance]} in operation ${lock}`);
    };
    return {
      listensTo: Walks.listensTo,
      hearsMove: (from, to) => design.operations.length > 0 || to === InstanceState.ready || starts(from, to),
      observe(fact) {
        if (fact.kind === FactKind.operationStarted) start(fact.subject);
        else if (fact.kind === FactKind.operationFinished) finish(fact.subject);
        else if (fact.kind === FactKind.instanceChanged) {
          if (starts(moves.from, fact.value)) wrongProgram(platform, fact.subject, broken);
          if (fact.value === InstanceState.ready) becomeReady(fact.subject);
        }
        walks.observe(fact);
      },
    };
  },
};

function pictureOf({ world }: Platform, { firstGroup, groupCount, version }: Deployment): Before {
  const groups = world.groups.slice(firstGroup, firstGroup + groupCount);
  return { version, programs: groups.map(({ program }) => program), asked: groups.map(({ asked }) => asked) };
}

/** Whether a start begins with a change of state; one after a crash has begun before, with a back-off. */
function starts(from: number, to: number): boolean {
  if (to !== InstanceState.starting && to !== InstanceState.busy && to !== InstanceState.ready) return false;
  switch (from) {
    case InstanceState.creating:
    case InstanceState.rebooting:
    case InstanceState.updating:
    case InstanceState.stopped:
      return true;
    default:
      return false;
  }
}

function wrongProgram({ world }: Platform, instance: number, broken: (message: string) => never): void {
  const { program, wanted } = world.instances;
  if (program[instance] !== wanted[instance])
    broken(`instance ${instance} starts with program ${program[instance]}, and is to have ${wanted[instance]}`);
}

function wrongRollback(platform: Platform, deployment: Deployment, was: Before, broken: (message: string) => never): void {
  const is = pictureOf(platform, deployment);
  if (JSON.stringify(is) !== JSON.stringify(was)) broken(`a rollback to ${JSON.stringify(was)} has brought ${JSON.stringify(is)}`);
  const { groups, instances } = platform.world;
  was.programs.forEach((program, role) => {
    for (const instance of groups[deployment.firstGroup + role].instances) {
      if (instances.wanted[instance] !== program)
        broken(`instance ${instance} would start on program ${instances.wanted[instance]} after the rollback`);
      if (instances.state[instance] === InstanceState.ready && instances.program[instance] !== program)
        broken(`instance ${instance} is ready on program ${instances.program[instance]} after the rollback`);
    }
  });
}
