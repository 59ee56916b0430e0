import type { RunResult } from "../../experiment/result.ts";
import type { Micros } from "../../kernel/time.ts";
import { type Fact, factAt, findFact } from "../../model/factLog.ts";
import { FactKind, isControlFact } from "../../model/facts.ts";
import { InstanceState, instanceStateNames, platformStatus } from "../../model/status.ts";
import { instantOf } from "./instants.ts";
import { ReadyCounters } from "./readyCounters.ts";
import { SliceLine } from "./slices.ts";
import type { Layout, TraceEvent } from "./traceEvent.ts";

interface InstanceLines {
  readonly states: SliceLine;
  readonly rotation: SliceLine;
  /** -1 before the first one is known. */
  state: InstanceState | -1;
  /** Restarts in a row, and since when it is ready. */
  restarts: number;
  readyAt: Micros;
  host: number;
}

/** Reads the facts of the control plane in order and draws them. */
export class TraceReader {
  readonly events: TraceEvent[] = [];
  private readonly result: RunResult;
  private readonly layout: Layout;
  private readonly instances: readonly InstanceLines[];
  private readonly incidents: readonly { readonly line: SliceLine; open: number }[];
  private readonly operations: readonly SliceLine[];
  private readonly ready: ReadyCounters | undefined;
  /** Place of the strike that each fact of the log goes back to; -1 none. */
  private readonly strikeOf: Int32Array;
  private arrows = 0;

  constructor(result: RunResult, layout: Layout) {
    const { cast, facts } = result;
    this.result = result;
    this.layout = layout;
    this.strikeOf = new Int32Array(facts.length).fill(-1);
    const draw = (event: TraceEvent): unknown => this.events.push(event);
    const drawState = (event: TraceEvent, fact: number): void => this.drawState(event, fact);
    const domains = firstDomains(result);
    this.instances = cast.instances.map((_, id) => {
      const domain = domains[id];
      const states = new SliceLine(domain === undefined ? undefined : layout.states(id, domain), drawState);
      return {
        states,
        rotation: new SliceLine(domain === undefined ? undefined : layout.rotation(id, domain), draw),
        state: -1,
        restarts: 0,
        readyAt: -1,
        host: -1,
      };
    });
    this.incidents = cast.incidents.map((_, id) => ({ line: new SliceLine(layout.fault(id), draw, true), open: 0 }));
    this.operations = cast.operations.map((_, id) => new SliceLine(layout.operation(id), draw, true));
    // with facts gone nobody knows how many were ready to begin with
    this.ready = facts.dropped > 0 ? undefined : new ReadyCounters(cast, layout.service, draw);
  }

  /** Draws everything; what lasts at the end of the run ends there. */
  read(): readonly TraceEvent[] {
    const { facts } = this.result;
    let end = endOf(this.result);
    for (let place = 0; place < facts.length; place++) {
      if (!isControlFact(facts.kind[place])) continue;
      const fact = factAt(facts, place);
      this.findStrike(fact, place);
      this.hear(fact, place);
      if (fact.at > end) end = fact.at;
    }
    for (const { states, rotation } of this.instances) {
      states.end(end);
      rotation.end(end);
    }
    for (const { line } of this.incidents) line.end(end);
    for (const line of this.operations) line.end(end);
    this.ready?.finish();
    return this.events;
  }

  private findStrike(fact: Fact, place: number): void {
    if (fact.kind === FactKind.faultStruck) {
      this.strikeOf[place] = place;
      return;
    }
    const cause = fact.cause < 0 ? -1 : findFact(this.result.facts, fact.cause);
    if (cause >= 0) this.strikeOf[place] = this.strikeOf[cause];
  }

  private hear(fact: Fact, place: number): void {
    const { cast } = this.result;
    const { at, subject, value } = fact;
    const instant = instantOf(fact, cast, this.layout);
    if (instant !== undefined) this.events.push(instant);
    switch (fact.kind) {
      case FactKind.instanceChanged:
        this.hearState(at, subject, value as InstanceState, place);
        break;
      case FactKind.instancePlaced:
        this.instances[subject].host = value;
        this.moveInstance(at, subject, cast.hosts[value].faultDomain);
        break;
      case FactKind.rotationChanged:
        this.hearRotation(at, subject, value === 1, place);
        break;
      case FactKind.faultStruck:
        this.hearStrike(at, subject, place);
        break;
      case FactKind.faultEnded:
        this.hearFaultEnd(at, subject);
        break;
      case FactKind.operationStarted:
        this.operations[subject].begin(at, { name: cast.operations[subject].title, category: "operation", fact: place });
        break;
      case FactKind.operationFinished:
      case FactKind.operationReplaced:
        this.operations[subject].end(at);
        break;
      default:
    }
  }

  private hearStrike(at: Micros, id: number, place: number): void {
    const incident = this.incidents[id];
    const { kind, target } = this.result.cast.incidents[id];
    incident.open++;
    incident.line.begin(at, { name: kind, category: "fault", fact: place, args: { target } });
  }

  /** What struck again while it lasted is over when each strike is. */
  private hearFaultEnd(at: Micros, id: number): void {
    const incident = this.incidents[id];
    // its strike may be among the facts that were dropped
    incident.open = Math.max(0, incident.open - 1);
    if (incident.open === 0) incident.line.end(at);
  }

  private hearState(at: Micros, instance: number, state: InstanceState, place: number): void {
    const lines = this.instances[instance];
    const { states, rotation } = lines;
    this.countRestart(lines, state, at);
    lines.state = state;
    this.ready?.change(at, instance, state === InstanceState.ready);
    if (state === InstanceState.deleted) {
      states.end(at);
      rotation.end(at);
      return;
    }
    if (state === InstanceState.pending) {
      states.end(at);
      lines.host = -1;
      this.moveInstance(at, instance, -1);
    }
    states.begin(at, { name: instanceStateNames[state], category: "state", fact: place, args: particulars(lines) });
  }

  /** A role that was ready for long enough is forgiven its restarts. */
  private countRestart(lines: InstanceLines, state: InstanceState, at: Micros): void {
    if (state === InstanceState.recycling) {
      const { reset } = this.result.design.fabric.restartBackoff;
      const isCalm = lines.state === InstanceState.ready && at - lines.readyAt >= reset;
      lines.restarts = isCalm ? 1 : lines.restarts + 1;
    }
    if (state === InstanceState.ready) lines.readyAt = at;
  }

  /** A new host cuts the slices, and takes them to its fault domain. */
  private moveInstance(at: Micros, instance: number, domain: number): void {
    const lines = this.instances[instance];
    lines.states.move(at, this.layout.states(instance, domain), particulars(lines));
    lines.rotation.move(at, this.layout.rotation(instance, domain));
  }

  private hearRotation(at: Micros, instance: number, isIn: boolean, place: number): void {
    const { rotation } = this.instances[instance];
    if (!isIn) rotation.end(at);
    else if (!rotation.isOpen) rotation.begin(at, { name: "in rotation", category: "rotation", fact: place });
  }

  /** A state, and the arrow to it from the fault that led there. */
  private drawState(event: TraceEvent, fact: number): void {
    this.events.push(event);
    const strike = fact < 0 ? -1 : this.strikeOf[fact];
    if (strike < 0) return;
    const { facts } = this.result;
    const arrow = { name: "cause", cat: "cause", id: ++this.arrows } as const;
    this.events.push({ ph: "s", ...arrow, ...this.layout.fault(facts.subject[strike]), ts: facts.at[strike] });
    this.events.push({ ph: "f", bp: "e", ...arrow, pid: event.pid, tid: event.tid, ts: event.ts });
  }
}

function particulars({ state, host, restarts }: InstanceLines): Readonly<Record<string, string | number>> {
  const status = state === -1 ? "" : platformStatus(state, restarts);
  return host < 0 ? { status } : { status, host: `host ${host}` };
}

/** The end of the first run: the horizon, unless it was ended early. */
function endOf({ summary, design }: RunResult): Micros {
  if (summary.runs > 1) return design.horizon;
  return Math.min(design.horizon, Math.round(summary.simulatedSeconds * 1e6));
}

/**
 * The fault domain in which each instance is before the first kept fact; -1 is none. When facts were dropped, it is where the instance ended
 * up if no kept fact placed it, and not known (undefined) otherwise.
 */
function firstDomains({ cast, facts }: RunResult): (number | undefined)[] {
  if (facts.dropped === 0) return cast.instances.map(() => -1);
  const domains: (number | undefined)[] = cast.instances.map(({ faultDomain }) => faultDomain);
  for (let place = 0; place < facts.length; place++) {
    if (facts.kind[place] === FactKind.instancePlaced) domains[facts.subject[place]] = undefined;
  }
  return domains;
}
