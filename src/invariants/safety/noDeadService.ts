import { FactKind } from "../../model/facts.ts";
import { HostState, InstanceState } from "../../model/status.ts";
import { RequestAccount } from "../accounts/requests.ts";
import type { Invariant } from "../invariant.ts";
import { NumberById } from "../numberById.ts";

/** S10. */
export const noDeadService: Invariant = {
  id: "S10",
  name: "no-dead-service",
  statement:
    "A request succeeds only on an instance that serves at that instant, on a host that is up, and whose process has not been dead, hung, off or exchanged since the request, or the attempt that was answered, reached it. A frozen or unreachable instance may answer once it is neither any more.",
  watch({ account, platform, broken }) {
    const requests = account(RequestAccount);
    const { hosts, instances } = platform.world;
    const wentDownIn = new NumberById(-1);
    const complaint = (request: number): string | undefined => {
      const instance = requests.sentTo[request];
      if (instance < 0) return `request ${request} was never sent`;
      if (!serves(instances.state[instance]))
        return `request ${request} is answered by instance ${instance} in state ${instances.state[instance]}`;
      const host = instances.host[instance];
      if (hosts.state[host] !== HostState.up)
        return `request ${request} is answered by instance ${instance} on host ${host}, which is not up`;
      if (wentDownIn.get(instance) > requests.sentIn[request])
        return `request ${request} is answered by instance ${instance}, which went down meanwhile`;
      return undefined;
    };
    const succeed = (request: number): void => {
      const one = requests.first[request];
      const other = requests.second[request];
      let wrong = complaint(one >= 0 ? one : other >= 0 ? other : request);
      if (wrong !== undefined && one >= 0 && other >= 0) wrong = complaint(other);
      if (wrong !== undefined) broken(wrong);
    };
    return {
      listensTo: [FactKind.requestSucceeded, FactKind.instanceChanged],
      hearsMove: (_, to) => isDown(to),
      observe({ id, kind, subject, value }) {
        if (kind === FactKind.requestSucceeded) succeed(subject);
        else if (isDown(value)) wentDownIn.set(subject, id);
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
