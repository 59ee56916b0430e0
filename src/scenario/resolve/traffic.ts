import type { ClientDesign, ServiceDesign } from "../../model/design.ts";
import { mean } from "../../random/lawSpec.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import { resolveTrying } from "./calls.ts";
import { type Context, sortedEntries } from "./context.ts";
import { resolveEndpoint } from "./service.ts";

type ReadClient = NonNullable<ReadScenario["clients"]>[string];

/** Section `clients` with its defaults. */
export function resolveClients(given: ReadScenario["clients"], service: ServiceDesign, context: Context): readonly ClientDesign[] {
  return sortedEntries(given).flatMap(([name, client]) => {
    const path = ["clients", name];
    checkClient(client, path, context);
    const target = resolveEndpoint(client.endpoint, service, [...path, "endpoint"], context);
    return target === undefined ? [] : [{ name, ...target, ...resolveFlow(client, path, context) }];
  });
}

function resolveFlow(client: ReadClient, path: readonly string[], context: Context): Omit<ClientDesign, "name" | "role" | "endpoint"> {
  const { client: defaults } = context.defaults;
  const { session, users } = client;
  const think = users === undefined ? undefined : context.law(client.think, defaults.think, ...path, "think");
  if (think !== undefined && mean(think) < 1) context.complain([...path, "think"], "users think at least 1us on average");
  return {
    slot: client.slot ?? defaults.slot,
    arrivals: client.arrivals === undefined ? undefined : context.arrivals(client.arrivals, ...path, "arrivals"),
    users: users ?? 0,
    session:
      session === undefined
        ? undefined
        : {
            requests: session.requests ?? defaults.session.requests,
            think: context.law(session.think, defaults.session.think, ...path, "session", "think"),
          },
    think,
    ...resolveTrying(client, path, context),
    protocol: client.protocol ?? defaults.protocol,
    addresses: client.addresses ?? defaults.addresses,
  };
}

function checkClient({ arrivals, session, think, users }: ReadClient, path: readonly string[], context: Context): void {
  const name = path[path.length - 1];
  if (arrivals === undefined && users === undefined) {
    context.complain(path, `${name} sends nothing: give it arrivals or users`, { part: "key" });
  }
  if (arrivals !== undefined && users !== undefined) {
    context.complain([...path, "users"], "clients are open (arrivals) or closed (users): give one of the two", { part: "key" });
  }
  if (users !== undefined && session !== undefined) {
    context.complain([...path, "session"], "sessions start by arrivals, not by users", { part: "key" });
  }
  if (users === undefined && think !== undefined) {
    context.complain([...path, "think"], "think belongs to users; between requests of a session it is session.think", { part: "key" });
  }
}
