import * as z from "zod";
import { vmSizeNames } from "../../model/hardware/sizes.ts";
import { balancingProbe, idleTimeout } from "./balancer.ts";
import { mostThings } from "./datacenter.ts";
import { count, countOr, duration, durationOrNever, law, lawOrNever, name, named, positiveDuration, share, size } from "./fields.ts";
import { retry } from "./storage.ts";

const vmSizeName = z.enum(vmSizeNames as [string, ...string[]]).meta({ id: "vmSize", description: "Name of a size of virtual machine." });

const step = z
  .union([
    z.strictObject({ compute: law.meta({ description: "Works so long, divided by the speed of the size.", unit: "law" }) }),
    z.strictObject({
      store: name.meta({ description: "Calls this store and waits for it.", unit: "name of a store" }),
      operation: z.enum(["read", "write"]).meta({ description: "What it does there.", unit: "choice" }),
      retry: retry.optional().meta({ description: "Calls again when a call fails.", absent: "the handler fails with its first call" }),
    }),
    z.strictObject({
      call: name.meta({
        description: "Calls an instance of this role at an internal endpoint, and waits for what its handler does.",
        unit: "name of a role",
      }),
      endpoint: name.optional().meta({ description: "Which of its internalEndpoints.", unit: "name", absent: "its only one" }),
      policy: z.enum(["random", "round-robin", "first"]).optional().meta({
        description: "How the caller picks an instance: nobody balances internal endpoints or says who is well.",
        unit: "choice",
      }),
      timeout: durationOrNever.optional().meta({ description: "The call fails after so long.", unit: "duration or never" }),
      retry: retry
        .optional()
        .meta({ description: "Calls the next instance when a call fails.", absent: "the handler fails with its first call" }),
    }),
    z.strictObject({
      enqueue: name.meta({ description: "Puts a message into this queue.", unit: "name of a queue" }),
      retry: retry.optional().meta({
        description: "Calls again when a call fails.",
        absent: "a web role fails with the first call, a worker goes on until one succeeds",
      }),
    }),
    z.strictObject({
      write: z.literal("local").meta({ description: "Writes one item to local storage when the rest is done.", unit: "local" }),
      folder: name.meta({ description: "The folder of the role's localStorage; when it is full, the request fails.", unit: "name" }),
      size: size.optional().meta({ description: "What the item takes of the folder.", unit: "size", absent: "0KiB" }),
    }),
  ])
  .meta({ description: "One step of a handler: compute, store, call, enqueue or write." });

const startupTask = z.strictObject({
  name: name.optional().meta({ description: "Its name.", unit: "name", absent: "task1, task2 and so on" }),
  type: z.enum(["simple", "foreground", "background"]).optional().meta({
    description:
      "Simple tasks hold up the start of the role, one after another; foreground tasks hold up its stop; background tasks nothing.",
    unit: "choice",
  }),
  duration: law.optional().meta({ description: "How long it runs.", unit: "law" }),
  fails: share
    .optional()
    .meta({ description: "Share of its runs that end with an exit code other than 0: the role then never starts.", unit: "share" }),
  failsFrom: count(1, 1000).optional().meta({
    description: "From this run on the same Windows disk it always fails; a reimage or a move begins a new disk.",
    unit: "count",
    absent: "never",
  }),
  idempotent: z.boolean().optional().meta({
    description: "false: it works once on a new Windows disk and fails from the second run on, as failsFrom: 2.",
    unit: "true or false",
  }),
});

const localStorage = z.strictObject({
  size: size.optional().meta({ description: "Disk that it takes.", unit: "size" }),
  cleanOnRoleRecycle: z.boolean().optional().meta({ description: "Emptied whenever the role restarts.", unit: "true or false" }),
});

const endpoint = z
  .strictObject({
    probe: balancingProbe.optional().meta({ description: "Its own probe.", unit: "probe", absent: "balancer.probe" }),
    idleTimeout: idleTimeout.meta({
      description: "Its own idle time-out of connections; the platform allows 4min to 30min.",
      unit: "duration",
      absent: "balancer.idleTimeout",
    }),
    ignoreRoleInstanceStatus: z.boolean().optional().meta({
      description: "Instances are never taken out of its rotation, whatever their status.",
      unit: "true or false",
      absent: "false",
    }),
    instanceInput: z.boolean().optional().meta({
      description: "Each instance has a port of its own that nothing balances: clients name it, as in web/debug/2.",
      unit: "true or false",
      absent: "false",
    }),
  })
  .nullable();

/** What may be said of a role in a deployment or an upgrade as well as in the service. */
const changeable = {
  size: vmSizeName.optional().meta({ description: "Size of its virtual machines.", unit: "name of a size" }),
  instances: count(0, mostThings).optional().meta({ description: "How many instances.", unit: "count" }),
  concurrency: count(1, 100_000)
    .optional()
    .meta({ description: "Requests or messages that one instance serves at once.", unit: "count", absent: "8 a core of the size" }),
  queueLimit: countOr(0, 1_000_000_000, "unlimited", -1)
    .optional()
    .meta({ description: "Requests that may wait at one instance; one more fails with queue-full.", unit: "count or unlimited" }),
  admission: z
    .strictObject({
      limit: count(1, 1_000_000_000).optional().meta({
        description: "How many requests one instance holds, waiting ones included, before it rejects the next.",
        unit: "count",
        absent: "twice the concurrency",
      }),
      shares: z.array(share).min(1).max(10).optional().meta({
        description: "The part of the limit that is open to each priority, 0 first; the last holds for those beyond.",
        unit: "list of percentages",
        absent: "all of it to everyone",
      }),
    })
    .optional()
    .meta({ description: "Admission control: an instance with too much to do answers at once with rejected.", absent: "it admits all" }),
  service: law.optional().meta({
    description: "Work of one request at 100 ACU: short for a handler with one compute step.",
    unit: "law",
  }),
  handler: z
    .array(step)
    .min(1)
    .max(20)
    .optional()
    .meta({ description: "What one request or message does, in order.", unit: "list of steps", absent: "one compute step, service" }),
  queue: name.optional().meta({ description: "The queue that a worker role consumes.", unit: "name of a queue", absent: "none" }),
  batch: count(1, 32)
    .optional()
    .meta({ description: "Messages that a worker takes at once; those beyond its threads wait in its hands, invisible.", unit: "count" }),
  renewLease: z.union([z.boolean(), positiveDuration]).optional().meta({
    description: "A worker renews its hold on the messages it has: true twice in each visibility time-out, or so often.",
    unit: "true, false or duration",
  }),
  poll: z
    .strictObject({
      min: positiveDuration.meta({ description: "Wait after the first empty poll; it doubles from there.", unit: "duration" }),
      max: positiveDuration.meta({ description: "Longest wait between polls.", unit: "duration" }),
    })
    .optional()
    .meta({ description: "Makes idle workers poll with back-off.", absent: "an idle worker takes the next visible message at once" }),
  discipline: z
    .enum(["fifo", "processor-sharing"])
    .optional()
    .meta({ description: "Workers that take requests in turn, or jobs that share the cores of the size.", unit: "choice" }),
  scaleBySize: z.boolean().optional().meta({ description: "Divides work by ACU/100 of the size.", unit: "true or false" }),
  cancelOnTimeout: z
    .boolean()
    .optional()
    .meta({ description: "Stops work on a request whose client gave up; otherwise it is finished for nobody.", unit: "true or false" }),
  coldStart: law.optional().meta({ description: "Extra time of requests that meet a cold application pool (web roles).", unit: "law" }),
  idleTimeout: durationOrNever
    .optional()
    .meta({ description: "Without a request for so long, the application pool stops (web roles).", unit: "duration or never" }),
  recycleEvery: durationOrNever
    .optional()
    .meta({ description: "The application pool is recycled so often after the role started (web roles).", unit: "duration or never" }),
  startupTasks: z
    .array(startupTask)
    .max(100)
    .optional()
    .meta({ description: "Run before the role host, at every start of the role.", absent: "none" }),
  roleStart: law.optional().meta({ description: "Start of the role host after the startup tasks, before OnStart.", unit: "law" }),
  onStart: law.optional().meta({ description: "OnStart: the instance is Busy and gets no traffic.", unit: "law" }),
  onStop: law.optional().meta({ description: "OnStop of a planned stop, cut at 5 min.", unit: "law" }),
  onStartFails: share.optional().meta({
    description: "Share of starts in which OnStart returns false or throws: the process is killed without OnStop, and started again.",
    unit: "share",
  }),
  runReturns: lawOrNever.optional().meta({
    description: "Run returns so long after Ready: the role recycles in good order, with Stopping and OnStop.",
    unit: "law or never",
    absent: "never",
  }),
  crashAfter: lawOrNever.optional().meta({
    description: "An unhandled exception ends the process so long after Ready: OnStop is not called. It makes a bad version.",
    unit: "law or never",
    absent: "never",
  }),
  answersWhileStopping: z.boolean().optional().meta({
    description:
      "The application serves while OnStop runs, and says so to a probe that asks it: it keeps its traffic until its process is gone.",
    unit: "true or false",
  }),
  localStorage: named(localStorage).optional().meta({
    description: "Directories on the local disk, by name; they must fit the disk of the size.",
    absent: "none",
  }),
  internalEndpoints: z.array(name).max(25).optional().meta({
    description: "Endpoints that only other roles call, by name: with one, the service hears when the role has more or fewer instances.",
    unit: "names",
    absent: "none",
  }),
  endpoints: named(endpoint).optional().meta({
    description: "Input endpoints, by name; each has its own probe and rotation.",
    absent: "a web role has one with the role's name, a worker role none",
  }),
};

const kind = z.enum(["web", "worker"]).meta({
  description: "web serves through IIS; worker runs its own loop.",
  unit: "choice",
  absent: "required, unless a definition gives it",
});

/** A role as `service.roles` states it. */
const role = z.strictObject({ kind, ...changeable });

/** What an operation changes of a role. */
export const roleChange = z.strictObject(changeable).meta({ id: "roleChange", description: "What changes of a role." });

/** Section `service`, with its roles or with the files that define them. */
export const service = z
  .strictObject({
    roles: named(role.partial({ kind: true }))
      .optional()
      .meta({ description: "The roles, by name; with definition and configuration, what is said here goes on top of the files." }),
    definition: z
      .string()
      .min(1)
      .optional()
      .meta({ description: "A service definition file (.csdef) that gives the roles.", unit: "file", absent: "roles are given here" }),
    configuration: z
      .string()
      .min(1)
      .optional()
      .meta({ description: "The service configuration file (.cscfg) that goes with it.", unit: "file", absent: "roles are given here" }),
    upgradeDomains: count(1, 20)
      .optional()
      .meta({ description: "Groups of instances that are upgraded one after another.", unit: "count" }),
    topologyChangeDiscovery: z.enum(["blast", "upgrade-domain-walk"]).optional().meta({
      description: "Whether instances hear of a change of the topology at once, or one upgrade domain after another.",
      unit: "choice",
    }),
    trafficRules: z
      .array(
        z.strictObject({
          to: z
            .strictObject({
              role: name.meta({ description: "Its role.", unit: "name of a role" }),
              endpoint: name.meta({ description: "Its name among the role's internalEndpoints.", unit: "name" }),
            })
            .meta({ description: "The internal endpoint." }),
          from: z
            .union([z.literal("all"), z.array(name).max(25)])
            .meta({ description: "The roles that may call it.", unit: "names of roles, or all" }),
        }),
      )
      .max(1000)
      .optional()
      .meta({
        description: "Who may call internal endpoints; calls of others are dropped. One that no rule names is open to every role.",
        absent: "none: every role may call every internal endpoint",
      }),
    osVersion: z.string().min(1).max(100).optional().meta({
      description: 'Guest OS version: "*" is patched every month, a pinned one is left alone until it is disabled.',
      unit: "text",
    }),
    osAge: duration.optional().meta({ description: "How long before the start a pinned osVersion was released.", unit: "duration" }),
    version: z.string().min(1).max(100).optional().meta({ description: "Name of the version deployed at the start.", unit: "text" }),
    reservedIp: z
      .boolean()
      .optional()
      .meta({ description: "The VIP of the deployment at the start is a reserved address.", unit: "true or false" }),
    deployedAtStart: z
      .boolean()
      .optional()
      .meta({ description: "Production is deployed and ready at time 0; otherwise an operation deploys it.", unit: "true or false" }),
  })
  .meta({ description: "The cloud service: its roles and how they are deployed." });
