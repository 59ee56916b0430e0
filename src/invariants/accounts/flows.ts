import { FactKind } from "../../model/facts.ts";
import type { ToldFact } from "../../model/trace.ts";
import { CallPhase } from "../../model/work/requests.ts";
import type { Platform } from "../../model/world.ts";
import { NumberById } from "../numberById.ts";

/** Hears of each new flow of a client that reaches an instance. */
type NewFlow = (client: number, instance: number) => void;

/**
 * Tells new flows of clients from requests on a connection that is there already, and from calls that roles make while they serve one: a session
 * whose next request reaches the same instance may have kept its connection, and a request whose handler waits for another role was sent before.
 */
export class Flows {
  readonly listensTo: readonly FactKind[] = [FactKind.requestSent, FactKind.sessionStarted];
  /** Whoever wants to hear of new flows. */
  readonly listeners: NewFlow[] = [];
  private readonly platform: Platform;
  /** The instance that a session's requests went to last, -1 none. */
  private readonly last = new NumberById(-1);

  /** Begins before the first request. */
  constructor(platform: Platform) {
    this.platform = platform;
  }

  /** Takes in one of the facts that it listens to. */
  observe({ kind, subject, value }: Readonly<ToldFact>): void {
    if (kind === FactKind.sessionStarted) {
      this.last.set(subject, -1);
      return;
    }
    const { client, phase } = this.platform.world.requests;
    if (phase[subject] >= CallPhase.asking) return;
    const session = this.sessionOf(subject);
    if (session >= 0) {
      if (this.last.get(session) === value) return;
      this.last.set(session, value);
    }
    for (let place = 0; place < this.listeners.length; place++) this.listeners[place](client[subject], value);
  }

  /** The session whose connection a request may use, -1 none: the attempt beside another one has a connection of its own. */
  private sessionOf(request: number): number {
    const { calls, requests } = this.platform.world;
    const call = requests.call[request];
    if (call < 0) return requests.session[request];
    return calls.hedge[call] === request ? -1 : requests.session[calls.request[call]];
  }
}
