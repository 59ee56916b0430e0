import type { Figures } from "../../metrics/summarise.ts";
import type { Design, OperationDesign } from "../../model/design.ts";
import type { Fact } from "../../model/factLog.ts";
import { FactKind } from "../../model/facts.ts";
import { firstDifference } from "./difference.ts";
import { expectSameFacts, type Outcome } from "./outcome.ts";
import { calm, constant } from "./reduced.ts";
import { BrokenRelation, type Relation } from "./relation.ts";
import { retold } from "./retold.ts";

/** What is told of an operation that changes nothing. */
const documented: ReadonlySet<number> = new Set([
  FactKind.operationStarted,
  FactKind.operationFinished,
  FactKind.operationRefused,
  FactKind.instancesAsked,
  FactKind.slotsSwapped,
  FactKind.controllerBack,
]);

/** Microseconds after which nothing arrives that comes in whole milliseconds. */
const offBeat = 12_345;

/** Policies that remember whom they chose last, which a swap resets. */
const remembering: ReadonlySet<string> = new Set(["round-robin", "weighted-round-robin"]);

/** M13. */
export const idleOperations: Relation = {
  id: "M13",
  name: "no-op-operations",
  statement:
    "Scaling every role to the instances it has, and restarting each instance of a role without any, changes nothing but the facts of those operations, and how many decisions waited for a primary: checked in the scenario's faults, its own operations, autoscale and patches left out. Two swaps a microsecond apart, which take no time and make no trouble, change nothing either when no request arrives between them, but the time that each slot is charged: checked without faults and sessions, under a policy that does not remember whom it chose, which a swap resets, where a swap exchanges VIPs.",
  exactness: "conditional",
  applies: () => true,
  check({ design, seed }, { replay }) {
    const alone: Design = { ...design, operations: [], autoscale: { ...design.autoscale, roles: [] } };
    const at = Math.floor(design.horizon / 3);
    const idle = design.service.roles.flatMap(({ instances, name: role }): OperationDesign[] => [
      { kind: "scale", at, role, slot: "production", instances },
      ...(instances === 0 ? [{ kind: "reboot", at, target: { select: "each", among: "instance", role } } as const] : []),
    ]);
    const words = "the run without operations";
    expectAlike(replay(words, alone, seed), replay("the run with operations that change nothing", { ...alone, operations: idle }, seed));
    if (remembering.has(design.balancer.policy) || design.hosting.swap !== "vip") return;
    const twice = withStaging(design);
    const swaps: OperationDesign[] = [
      { kind: "swap", at: 2 * at + offBeat },
      { kind: "swap", at: 2 * at + offBeat + 1 },
    ];
    const swapped = { ...twice, operations: [...twice.operations, ...swaps] };
    expectAlike(replay("the run without swaps", twice, seed), replay("the run with two swaps", swapped, seed), ofRequests);
  },
};

/** A second deployment in staging, ready long before the swaps. */
function withStaging(design: Design): Design {
  const quiet = calm(design);
  const { roles, reservedIp } = quiet.service;
  const zero = constant(0);
  return {
    ...quiet,
    service: { ...quiet.service, roles: roles.map((role) => ({ ...role, roleStart: zero, onStart: zero })) },
    fabric: { ...quiet.fabric, swap: zero, provision: zero, stagger: zero, swapTransient: { probability: 0, duration: zero } },
    clients: quiet.clients.filter(({ session, users }) => session === undefined && users === 0),
    operations: [{ kind: "deploy", at: 0, slot: "staging", version: "again", roles, reservedIp }],
  };
}

/** All figures but those of operations. */
const allOthers = ({ operationOutcomes: _, ...others }: Figures): object => others;

/** Each slot is charged its time of an instance, a microsecond more or less. */
const ofRequests = ({ byClient, latencyMs, requests, waitingMs }: Figures): object => ({ byClient, latencyMs, requests, waitingMs });

function expectAlike(first: Outcome, second: Outcome, figures = allOthers): void {
  const isLeftOut = ({ kind }: Fact): boolean => documented.has(kind);
  const tell = (outcome: Outcome): Outcome => ({ ...outcome, facts: retold(outcome.facts, isLeftOut) });
  expectSameFacts(idleOperations, tell(first), tell(second));
  const found = firstDifference(figures(first.figures), figures(second.figures));
  if (found === undefined) return;
  throw new BrokenRelation(idleOperations, { runs: [first.name, second.name] }, `${found.path} is ${found.first}, and ${found.second}`);
}
