import { FactKind } from "../../model/facts.ts";
import { HostState, InstanceState } from "../../model/status.ts";
import type { Invariant } from "../invariant.ts";
import { Moves } from "../moves.ts";
import { NumberById } from "../numberById.ts";
import { hostMoves, instanceMoves, type Moves as MayMove } from "./instanceStates.ts";

const stateNames = Object.keys(InstanceState);
const hostNames = Object.keys(HostState);
/** What becomes of an operation. */
const Course = { due: 0, running: 1, over: 2 } as const;

/** S4. */
export const instanceStateMachine: Invariant = {
  id: "S4",
  name: "instance-state-machine",
  statement:
    "Instances and hosts go only from one state to another that the life cycle of the platform allows, states that take no time passed over; a frozen or unreachable instance goes on in the state it was in, or is lost; a deleted one does nothing any more. An operation is refused, or it runs and then ends once: finished, or replaced by another; one that was refused may be asked for again, and an autoscaler starts whenever it acts and never ends.",
  watch({ account, platform, broken }) {
    const moves = account(Moves);
    const { operations } = platform.design;
    const before = new NumberById(-1);
    const hostState = new NumberById(HostState.up);
    const course = new NumberById(Course.due);
    const changeInstance = (instance: number, to: number): void => {
      const { from } = moves;
      const isAllowed = from < 0 || (standsStill(from) && to === before.get(instance)) || allows(instanceMoves, from, to);
      if (!isAllowed) broken(`instance ${instance} goes from ${stateNames[from]} to ${stateNames[to]}`);
      if (standsStill(to)) before.set(instance, from);
    };
    const changeHost = (host: number, to: number): void => {
      const from = hostState.get(host);
      if (!allows(hostMoves, from, to)) broken(`host ${host} goes from ${hostNames[from]} to ${hostNames[to]}`);
      hostState.set(host, to);
    };
    const changeOperation = (operation: number, from: number, to: number, what: string): void => {
      if (course.get(operation) !== from) broken(`operation ${operation} ${what}, and ${Object.keys(Course)[course.get(operation)]}`);
      course.set(operation, to);
    };
    return {
      listensTo: [
        FactKind.instanceChanged,
        FactKind.hostChanged,
        FactKind.operationStarted,
        FactKind.operationRefused,
        FactKind.operationFinished,
        FactKind.operationReplaced,
      ],
      // a move that is always allowed needs no look
      hearsMove: (from, to) => standsStill(from) || standsStill(to) || (from >= 0 && !allows(instanceMoves, from, to)),
      observe({ kind, subject, value }) {
        if (kind === FactKind.instanceChanged) changeInstance(subject, value);
        else if (kind === FactKind.hostChanged) changeHost(subject, value);
        else if (operations[subject].kind === "autoscale") return;
        else if (kind === FactKind.operationStarted) changeOperation(subject, Course.due, Course.running, "starts");
        else if (kind === FactKind.operationRefused) changeOperation(subject, Course.due, Course.due, "is refused");
        else changeOperation(subject, Course.running, Course.over, "ends");
      },
    };
  },
};

function standsStill(state: number): boolean {
  return state === InstanceState.paused || state === InstanceState.unreachable;
}

function allows({ may, states }: MayMove, from: number, to: number): boolean {
  return may[from * states + to] === 1;
}
