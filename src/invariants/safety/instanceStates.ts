import { HostState, InstanceState } from "../../model/status.ts";

/** Which state may follow which, by number: `may[from * states + to]` is 1. */
export interface Moves {
  readonly states: number;
  readonly may: Uint8Array;
}

/** What an instance may do next, each state lasting some time. */
const instanceSteps: Readonly<Record<keyof typeof InstanceState, readonly (keyof typeof InstanceState)[]>> = {
  pending: ["creating"],
  // placed again when its host dies under it, restarted when its guest agent never connects
  creating: ["starting", "rebooting", "pending", "stopped"],
  rebooting: ["starting", "rebooting", "stopped"],
  starting: ["busy", "recycling", "rebooting", "updating", "stopped"],
  busy: ["ready", "recycling", "rebooting", "updating", "stopped"],
  ready: ["draining", "stopping", "recycling", "hung", "webDown"],
  // and off with its host, when that restarts for an update
  hung: ["ready", "recycling", "stopping", "rebooting"],
  webDown: ["ready", "recycling", "stopping", "rebooting"],
  draining: ["stopping", "recycling"],
  stopping: ["updating", "rebooting", "recycling", "starting", "creating", "pending", "stopped"],
  updating: ["starting", "creating", "pending", "rebooting", "stopped"],
  recycling: ["busy", "recycling", "rebooting", "updating", "stopped", "starting"],
  stopped: ["rebooting"],
  dead: ["rebooting", "creating", "pending"],
  deleted: [],
  // and back to what it was, which the monitor remembers
  paused: [],
  unreachable: [],
};

/** States that are not told when they take no time. */
const passing = [InstanceState.creating, InstanceState.rebooting, InstanceState.starting, InstanceState.busy];

/** Any VM that is there can die with its host, be deleted, frozen or cut off. */
const anywhere = [InstanceState.dead, InstanceState.deleted, InstanceState.paused, InstanceState.unreachable];

const hostSteps: Readonly<Record<keyof typeof HostState, readonly (keyof typeof HostState)[]>> = {
  up: ["down", "unreachable", "updating", "outForRepair"],
  down: ["up", "restarting", "outForRepair"],
  restarting: ["up", "outForRepair"],
  outForRepair: ["up"],
  updating: ["up", "down"],
  unreachable: ["up", "down", "restarting", "outForRepair"],
};

/** What an instance may do next, states that take no time passed over. */
export const instanceMoves: Moves = (() => {
  const moves = table(InstanceState, instanceSteps);
  const { may, states } = moves;
  for (const name of Object.keys(InstanceState) as (keyof typeof InstanceState)[]) {
    const from = InstanceState[name];
    if (name === "deleted") continue;
    for (const to of anywhere) may[from * states + to] = name === "pending" && to !== InstanceState.deleted ? 0 : 1;
  }
  // what is dead or stands still does not change the way in which it does
  for (const from of [InstanceState.dead, InstanceState.paused, InstanceState.unreachable])
    for (const to of [InstanceState.dead, InstanceState.paused, InstanceState.unreachable])
      may[from * states + to] = from !== InstanceState.dead && to === InstanceState.dead ? 1 : 0;
  for (const via of [...passing].reverse()) passOver(moves, via);
  return moves;
})();

/** What a host may do next. */
export const hostMoves: Moves = table(HostState, hostSteps);

/** Whoever may go to a state may go where that leads, except back to where it was. */
function passOver({ may, states }: Moves, via: number): void {
  for (let from = 0; from < states; from++) {
    if (may[from * states + via] === 0) continue;
    for (let to = 0; to < states; to++) if (to !== from && may[via * states + to] === 1) may[from * states + to] = 1;
  }
}

function table<Name extends string>(numbers: Readonly<Record<Name, number>>, steps: Readonly<Record<Name, readonly Name[]>>): Moves {
  const names = Object.keys(numbers) as Name[];
  const states = names.length;
  const may = new Uint8Array(states * states);
  for (const from of names) for (const to of steps[from]) may[numbers[from] * states + numbers[to]] = 1;
  return { states, may };
}
