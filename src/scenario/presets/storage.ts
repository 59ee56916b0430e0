import { type DefaultRow, exact, guess, known, row } from "./cells.ts";

/** Defaults of queues and stores, and of the accounts they belong to. */
export const storageRows: readonly DefaultRow[] = [
  row("subscription.storageRate", "choice", { azure: known("20000/s", "queue-targets", "messages of 1 KiB"), ideal: exact("unlimited") }),
  row("subscription.serviceBusRate", "choice", {
    azure: known("1000/s", "service-bus-throttling", "recalled; a message sent is a credit"),
    ideal: exact("unlimited"),
  }),
  row("queues.*.kind", "choice", { azure: known("storage", "semantics") }),
  row("queues.*.receiveMode", "choice", { azure: known("peek-lock", "queues-compared") }),
  row("queues.*.visibilityTimeout", "duration", { azure: known("30s", "queue-api") }),
  row("queues.*.lock", "duration", { azure: known("60s", "service-bus-api", "30 s by the page that compares the two queues") }),
  row("queues.*.maxDequeueCount", "choice", { azure: known("unlimited", "semantics", "the queue itself dead-letters nothing") }),
  row("queues.*.maxDeliveryCount", "number", { azure: known(10, "service-bus-api") }),
  row("queues.*.timeToLive", "duration", {
    azure: known("7d", "queue-put", "of Service Bus never: 10,675,199 days"),
    ideal: exact("never"),
  }),
  row("queues.*.deadLetterExpired", "boolean", { azure: known(false, "queues-compared") }),
  row("queues.*.maxRate", "choice", {
    azure: known("2000/s", "queue-targets", "of Service Bus unlimited: its namespace has a limit"),
    ideal: exact("unlimited"),
  }),
  row("queues.*.messageSize", "size", { azure: known("1KiB", "queue-targets", "the size that the targets are stated for") }),
  row("queues.*.maxSize", "choice", {
    azure: known("1GiB", "service-bus-api", "1 to 5 GiB, 80 partitioned; a storage queue has no limit of its own"),
    ideal: exact("unlimited"),
  }),
  row("queues.*.failover", "choice", {
    azure: guess("uniform(5s, 30s)", ["judgement", "was"], "of blobs and tables too: a partition server fails and another takes over"),
    ideal: exact("never"),
  }),
  row("stores.*.read", "law", { azure: guess("lognormal(6ms, 0.833)") }),
  row("stores.*.write", "law", { azure: guess("lognormal(10ms, 0.8)") }),
  row("stores.*.maxRate", "choice", {
    azure: known("unlimited", "semantics", "storage accounts took 500 to 20,000 a second by era, SQL depends on its tier: state it"),
  }),
  row("stores.*.timeout", "duration", {
    azure: guess("0s", "judgement", "connections drop, and new ones are refused at once"),
    ideal: exact("0s"),
  }),
  row("stores.*.failover", "choice", {
    azure: known("uniform(30s, 60s)", "sql-transient", "of blobs and tables as that of queues"),
    ideal: exact("never"),
  }),
  row("service.roles.*.batch", "number", { azure: known(1, "queue-api", "at most 32") }),
  row("service.roles.*.renewLease", "boolean", { azure: known(false, "queue-api", "renewing is up to the worker: UpdateMessage") }),
  row("service.roles.*.handler.*.policy", "choice", { azure: guess("random", ["judgement"], "as samples do it") }),
  row("service.roles.*.handler.*.timeout", "duration", {
    azure: guess("1min", ["judgement"], "the send time-out of WCF bindings"),
    ideal: exact("never"),
  }),
  row("service.roles.*.handler.*.retry.attempts", "choice", { azure: guess(4) }),
  row("service.roles.*.handler.*.retry.backoff", "duration", {
    azure: guess("1s", ["judgement", "queues-compared"], "exponential back-off"),
  }),
  row("service.roles.*.handler.*.retry.max", "duration", { azure: guess("30s") }),
];
