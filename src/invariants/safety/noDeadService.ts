import { FactKind } from "../../model/facts.ts";
import { HostState, InstanceState } from "../../model/status.ts";
import { CallPhase } from "../../model/work/requests.ts";
import type { Invariant } from "../invariant.ts";
import { NumberById } from "../numberById.ts";

/** S10. */
export const noDeadService: Invariant = {
  id: "S10",
  name: "no-dead-service",
  statement:
    "A request succeeds only on an instance that serves at that instant, on a host that is up, and whose process has not been dead, hung, off or exchanged since the request, or the attempt that was answered, reached it. A frozen or unreachable instance may answer once it is neither any more.",
  watch({ platform, broken }) {
    const instanceOf = new NumberById(-1);
    const sentIn = new NumberById(-1);
    const wentDownIn = new NumberById(-1);
    const wholeOf = new NumberById(-1);
    // of each request that has attempts, the two that may be under way
    const first = new NumberById(-1);
    const second = new NumberById(-1);
    const complaint = (request: number): string | undefined => {
      const instance = instanceOf.get(request);
      if (instance < 0) return `request ${request} was never sent`;
      const { hosts, instances } = platform.world;
      if (!serves(instances.state[instance]))
        return `request ${request} is answered by instance ${instance} in state ${instances.state[instance]}`;
      const host = instances.host[instance];
      if (hosts.state[host] !== HostState.up)
        return `request ${request} is answered by instance ${instance} on host ${host}, which is not up`;
      if (wentDownIn.get(instance) > sentIn.get(request))
        return `request ${request} is answered by instance ${instance}, which went down meanwhile`;
      return undefined;
    };
    const succeed = (request: number): void => {
      const [one, other] = [first.get(request), second.get(request)];
      if (one < 0 && other < 0) {
        const wrong = complaint(request);
        if (wrong !== undefined) broken(wrong);
        return;
      }
      const wrong = one < 0 ? undefined : complaint(one);
      if (one >= 0 && wrong === undefined) return;
      const alsoWrong = other < 0 ? wrong : complaint(other);
      if (alsoWrong !== undefined) broken(alsoWrong);
    };
    const forget = (attempt: number): void => {
      const whole = wholeOf.get(attempt);
      if (first.get(whole) === attempt) first.set(whole, -1);
      else if (second.get(whole) === attempt) second.set(whole, -1);
    };
    const settle = (request: number): void => {
      instanceOf.set(request, -1);
      first.set(request, -1);
      second.set(request, -1);
    };
    return {
      listensTo: [
        FactKind.requestSent,
        FactKind.requestSucceeded,
        FactKind.requestFailed,
        FactKind.attemptStarted,
        FactKind.attemptFailed,
        FactKind.instanceChanged,
      ],
      observe({ id, kind, subject, value }) {
        switch (kind) {
          case FactKind.requestSent:
            // a call to another role, while its handler waits
            if (platform.world.requests.phase[subject] >= CallPhase.asking) return;
            instanceOf.set(subject, value);
            sentIn.set(subject, id);
            break;
          case FactKind.requestSucceeded:
            succeed(subject);
            settle(subject);
            break;
          case FactKind.requestFailed:
            settle(subject);
            break;
          case FactKind.instanceChanged:
            if (isDown(value)) wentDownIn.set(subject, id);
            break;
          case FactKind.attemptFailed:
            forget(subject);
            break;
          default:
            instanceOf.set(subject, -1);
            wholeOf.set(subject, value);
            if (first.get(value) < 0) first.set(value, subject);
            else second.set(value, subject);
            break;
        }
      },
    };
  },
};

function serves(state: number): boolean {
  return state === InstanceState.ready || state === InstanceState.draining || state === InstanceState.stopping;
}

function isDown(state: number): boolean {
  switch (state) {
    case InstanceState.ready:
    case InstanceState.paused:
    case InstanceState.unreachable:
    case InstanceState.draining:
    case InstanceState.stopping:
      return false;
    default:
      return true;
  }
}
