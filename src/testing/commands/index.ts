import fc from "fast-check";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { pick, whole } from "../arbitraries/pick.ts";
import { itemOf } from "../arbitraries/targets.ts";
import { type AskedModel, askedModel, compare, type Effect } from "./model.ts";
import { type Asked, Sim } from "./sim.ts";

/** Something that is done to a running simulation. */
export type SimCommand = fc.Command<AskedModel, Sim>;

/** What `commands` may be told. */
export interface CommandOptions {
  /** Most commands of one list: 20 unless told otherwise. */
  readonly maxCommands?: number;
}

/** Lists of things that are done to a simulation under way, for fast-check's model runs; every one can be left out. */
export function commands({ maxCommands = 20 }: CommandOptions = {}): fc.Arbitrary<Iterable<SimCommand>> {
  const slot = pick(0, 0, 1);
  return fc.commands(
    [
      whole(1, 120).map(advance),
      fc.tuple(whole(0, faultKinds.length - 1), whole(0, 7), whole(1, 120)).map(([kind, which, lasts]) => inject(kind, which, lasts)),
      fc.constant(heal()),
      fc.tuple(slot, whole(0, 3), whole(0, 6)).map(([place, role, instances]) => scale(place, role, instances)),
      fc.constant(deploy()),
      fc.constant(asking("swap", () => [{ kind: "swap" }, { kind: "swap" }])),
      slot.map(upgrade),
      slot.map((place) => asking(`walk ${slots[place]}`, () => [{ kind: "walk-upgrade-domain", slot: itemOf(slots, place) }])),
      whole(0, 3).map((role) =>
        asking(`reimage one of role ${role}`, ({ roles }) => [{ kind: "reimage", instance: `random(${itemOf(roles, role)})` }]),
      ),
      fc.constant(save()),
      fc.constant(restore()),
    ],
    { maxCommands, size: "max" },
  );
}

/**
 * Does a list of commands to a scenario, and compares what is asked for with the model after each; throws where they differ.
 *
 * The scenario has no faults, operations and autoscaler of its own, and repairs that nobody waits for.
 */
export function runCommands(scenario: Scenario, list: Iterable<SimCommand>): Sim {
  const real = new Sim(scenario);
  fc.modelRun(() => ({ model: askedModel(scenario), real }), list);
  return real;
}

const slots = ["production", "staging"] as const;

/** A command that is possible while `isPossible`; the simulation is compared with the model afterwards. */
function command(
  name: string,
  does: (model: AskedModel, sim: Sim) => void,
  isPossible: (model: Readonly<AskedModel>) => boolean = () => true,
): SimCommand {
  return {
    check: isPossible,
    run(model, sim) {
      does(model, sim);
      compare(model, sim);
    },
    toString: () => name,
  };
}

function advance(seconds: number): SimCommand {
  return command(
    `advance ${seconds} s`,
    (model, sim) => pass(model, sim, seconds),
    ({ horizon, now }) => now + seconds <= horizon,
  );
}

function pass(model: AskedModel, sim: Sim, seconds: number): void {
  sim.advance(seconds);
  model.now += seconds;
}

/** Asks for an operation, and notes what it makes of what is asked for when it is accepted. */
function asking(name: string, form: (model: AskedModel) => readonly [Asked, Effect?]): SimCommand {
  return command(name, (model, sim) => {
    const [asked, effect] = form(model);
    const operation = sim.ask(asked);
    if (effect !== undefined) model.pending = [...model.pending, { operation, effect }];
  });
}

function scale(place: number, which: number, instances: number): SimCommand {
  return asking(`scale role ${which} in ${slots[place]} to ${instances}`, ({ roles }) => {
    const role = itemOf(roles, which);
    return [
      { kind: "scale", slot: itemOf(slots, place), role, instances },
      { kind: "scale", slot: place, role, instances },
    ];
  });
}

function deploy(): SimCommand {
  return asking("deploy to staging", ({ roles }) => {
    const one = Object.fromEntries(roles.map((role) => [role, 1]));
    return [
      { kind: "deploy", slot: "staging", version: "v2", roles: Object.fromEntries(roles.map((role) => [role, { instances: 1 }])) },
      { kind: "deploy", slot: 1, roles: one },
    ];
  });
}

/** An upgrade in mode manual, which goes on with every walk. */
function upgrade(place: number): SimCommand {
  return asking(`upgrade ${slots[place]}`, (model) => {
    const roles = Object.entries(model.slots[place] ?? {}).map(([role, instances]) => [role, { instances }]);
    return [{ kind: "upgrade", slot: itemOf(slots, place), version: "v3", mode: "manual", roles: Object.fromEntries(roles) }];
  });
}

const faultKinds = [
  { kind: "rack-power", target: "faultDomain", isHard: true },
  { kind: "rack-switch", target: "faultDomain", isHard: true },
  { kind: "host-failure", target: "host", isHard: false },
] as const;

function inject(which: number, chosen: number, lasts: number): SimCommand {
  const { isHard, kind, target } = itemOf(faultKinds, which);
  return command(`inject ${kind} for ${lasts} s`, (model, sim) => {
    const { datacenter } = sim.run.platform.design;
    const count = datacenter.faultDomains * (target === "host" ? datacenter.hostsPerFaultDomain : 1);
    const fault = sim.inject({ kind, [target]: `${target}(${chosen % count})`, repairAfter: `${lasts}s` });
    model.faults = [...model.faults, { fault, until: model.now + lasts, isHard }];
  });
}

/** Waits until every fault that was injected is repaired. */
function heal(): SimCommand {
  const wait = ({ faults, now }: Readonly<AskedModel>) => Math.max(0, ...faults.map(({ until }) => until + 1 - now));
  return command(
    "heal",
    (model, sim) => pass(model, sim, wait(model)),
    (model) => model.now + wait(model) <= model.horizon,
  );
}

function save(): SimCommand {
  return command("snapshot", (model, sim) => {
    const { fingerprint } = sim.run;
    sim.save();
    if (sim.run.fingerprint !== fingerprint) throw new Error("a snapshot has changed the run");
    const { faults, now, pending, slots } = model;
    model.saved = { faults, now, pending, slots };
  });
}

function restore(): SimCommand {
  return command(
    "restore",
    (model, sim) => {
      sim.restore();
      Object.assign(model, model.saved);
    },
    ({ saved }) => saved !== undefined,
  );
}
