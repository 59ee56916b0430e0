import type { Fact } from "./fact.ts";

/** What section 11 is about. */
export const title = "State outside the deployment: queues and stores";

const compared = "Microsoft Docs, Storage queues and Service Bus queues - compared and contrasted";
const queueApi = "Microsoft Docs, Queue service REST API";
const targets = "Microsoft Docs, Scalability and performance targets for Queue Storage";
const busApi = "Microsoft Docs, Service Bus REST and management API";
const was = "B. Calder et al., Windows Azure Storage, SOSP 2011";
const sql = "Microsoft Docs, transient errors of SQL Database";

const fact = (id: string, text: string, source: string, mark: Fact["mark"] = "document"): Fact => ({ id, text, source, mark });

/** The facts of section 11. */
export const facts: readonly Fact[] = [
  fact("11.1", "A storage queue delivers at least once: a message that nobody deletes comes back", compared),
  fact("11.2", "A storage queue keeps no order: a message that comes back is behind those that came later", compared),
  fact("11.3", "A message that was taken is invisible for 30 s by default", queueApi),
  fact("11.4", "The visibility time-out is 7 days at most", queueApi),
  fact("11.5", "A worker can renew its hold on a message while it works, for as long as it lives", queueApi),
  fact("11.6", "Each taking raises the dequeue count of a message", queueApi),
  fact("11.7", "A storage queue dead-letters nothing by itself: the handler moves a message that was taken too often", compared),
  fact("11.8", "One get takes up to 32 messages, and all of them are invisible from then on", queueApi),
  fact("11.9", "A message of a storage queue has at most 64 KiB", queueApi),
  fact("11.10", "A message lives for 7 days unless told otherwise", queueApi),
  fact("11.11", "A message can be made to live for ever", queueApi),
  fact("11.12", "A storage queue takes 2,000 messages a second", targets),
  fact("11.13", "All queues of a storage account together take 20,000 messages a second", targets),
  fact("11.14", "A queue over its limit answers that it is busy, and the caller tries again with growing waits", targets),
  fact("11.15", "The length that a queue tells is approximate: it counts messages in workers' hands", queueApi),
  fact("11.16", "A storage queue is polled: a message waits until somebody looks", compared),
  fact("11.17", "Deleting with the receipt of an earlier taking fails, so that the message is processed twice", queueApi),
  fact("11.18", "Service Bus locks a message that was taken, and delivers at least once, unless asked otherwise", compared),
  fact("11.19", "With receive-and-delete a message is delivered at most once: a crash loses it", compared),
  fact("11.20", "A Service Bus lock lasts 60 s by default; one page says 30 s", busApi),
  fact("11.21", "A Service Bus lock lasts 5 min at most", busApi),
  fact("11.22", "A Service Bus lock can be renewed", busApi),
  fact("11.23", "Service Bus moves a message to the dead letters after 10 deliveries, without anybody's help", busApi),
  fact("11.24", "Messages of Service Bus that expire go to the dead letters only if that is switched on", compared),
  fact("11.25", "Service Bus keeps the order of messages only in sessions", compared),
  fact("11.26", "Service Bus can drop a message that was put in again within 10 min", compared),
  fact("11.27", "Service Bus hands a message to a waiting receiver at once: long polling", compared),
  fact("11.28", "A Service Bus queue holds 1 to 5 GB, partitioned 80 GB, and refuses what is more", compared),
  fact("11.29", "A message of Service Bus has at most 100 MB in the largest tier", compared),
  fact("11.30", "A Service Bus queue takes 100 connections at once", compared),
  {
    id: "11.31",
    text: "A Service Bus namespace takes about 5,000 connections",
    source: compared,
    mark: "document",
    notModelled: "a scenario has few queues of at most 100 connections each: the limit of the queue comes first",
  },
  fact("11.32", "A namespace of the standard tier takes 1,000 operations a second over all its queues", busApi, "recalled"),
  fact("11.33", "What a store has acknowledged is there after its failures: storage is strongly consistent", was, "recalled"),
  fact("11.34", "Storage keeps replicas over fault domains of its own: no rack of the deployment takes it down", was, "recalled"),
  fact("11.35", "A partition whose server failed is served again within seconds to tens of seconds", was, "recalled"),
  fact("11.36", "A storage account takes 500 to 20,000 operations a second, by era", was, "recalled"),
  fact("11.37", "At a failover of SQL Database connections drop and calls fail, for 30 to 60 s as a rule", sql, "recalled"),
  fact("11.38", "SQL Database throttles callers beyond what its tier grants", sql, "recalled"),
  fact("11.39", "Callers of SQL Database must try again: a retry that outlasts the failover hides it", sql, "recalled"),
  fact(
    "11.40",
    "Services outside have availabilities of their own, and a request that needs all of them has their product",
    "project brief",
  ),
];
