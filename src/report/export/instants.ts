import type { Cast } from "../../experiment/result.ts";
import type { Fact } from "../../model/factLog.ts";
import { FactKind } from "../../model/facts.ts";
import type { Layout, TraceEvent } from "./traceEvent.ts";

/** The instant that a fact is in the trace, when it is one: faults, what the platform notices, and operations. */
export function instantOf(fact: Fact, cast: Cast, layout: Layout): TraceEvent | undefined {
  const { at, subject, value } = fact;
  const pid = layout.incidents;
  const instant = (cat: string, name: string, args?: TraceEvent["args"], tid = pid): TraceEvent => ({
    ph: "i",
    s: "g",
    name,
    cat,
    pid,
    tid,
    ts: at,
    ...(args === undefined ? {} : { args }),
  });
  const ofFault = (words: (name: string) => string): TraceEvent => {
    const { kind, target } = cast.incidents[subject];
    return instant("fault", words(`${kind} of ${target}`), undefined, layout.fault(subject).tid);
  };
  const ofOperation = (suffix: string, args?: TraceEvent["args"]): TraceEvent =>
    instant("operation", `${cast.operations[subject].title}${suffix}`, args, layout.operation(subject).tid);
  const noticed = (name: string): TraceEvent => instant("detection", name, { after_us: value });
  switch (fact.kind) {
    case FactKind.faultStruck:
      return ofFault((name) => name);
    case FactKind.faultEnded:
      return ofFault((name) => `${name} is over`);
    case FactKind.hostDeclaredDead:
      return noticed(`host ${subject} declared dead`);
    case FactKind.hostRestartEnded:
      return instant("detection", value === 1 ? `host ${subject} restarted` : `host ${subject} does not restart`);
    case FactKind.crashNoticed:
      return noticed(`crash of ${cast.instances[subject].name} noticed`);
    case FactKind.guestDeclaredDead:
      return noticed(`guest of ${cast.instances[subject].name} declared dead`);
    case FactKind.hangNoticed:
      return noticed(`hang of ${cast.instances[subject].name} noticed`);
    case FactKind.ownerActed:
      return noticed(`${cast.instances[subject].name} restarted by its owner`);
    case FactKind.instanceExcluded:
      return noticed(`${cast.instances[subject].name} excluded by the health check`);
    case FactKind.instanceReplaced:
      return noticed(`${cast.instances[subject].name} replaced by the health check`);
    case FactKind.operationStarted:
      return ofOperation("");
    case FactKind.operationFinished:
      return ofOperation(": done");
    case FactKind.operationRefused:
      return ofOperation(": refused", { reason: cast.reasons[value] ?? "" });
    case FactKind.upgradeDomainStarted:
      return ofOperation(`: upgrade domain ${value}`);
    case FactKind.operationReplaced:
      return ofOperation(`: ends, ${cast.operations[value].title} takes its place`);
    case FactKind.operationStuck:
      return ofOperation(`: stuck, upgrade domain ${value} is recycling`);
    case FactKind.slotsSwapped:
      return instant("operation", "the VIPs of the slots are swapped");
    default:
      return undefined;
  }
}
