import * as z from "zod";
import { count, duration, durationOrNever, law, name, positiveDuration, share } from "./fields.ts";

const level = (who: string) => z.boolean().optional().meta({ description: who, unit: "true or false", absent: "true" });

const healing = z.union([
  z.enum(["platform", "none"]),
  z.strictObject({
    process: level("The guest agent restarts crashed processes."),
    guest: level("The host agent restarts a guest OS without heartbeats."),
    host: level("The controller restarts dead hosts and places their instances elsewhere."),
  }),
]);

const heartbeat = (who: string) =>
  z
    .strictObject({
      period: positiveDuration.optional().meta({ description: "Time between heartbeats.", unit: "duration" }),
      timeout: positiveDuration.optional().meta({ description: "Silence after which the sender counts as dead.", unit: "duration" }),
    })
    .optional()
    .meta({ description: who });

/** Section `fabric`. */
export const fabric = z
  .strictObject({
    healing: healing
      .optional()
      .meta({ description: "Who heals: the platform, nobody, or each level by itself.", unit: "platform, none or levels" }),
    controller: z
      .strictObject({
        replicas: count(1, 99).optional().meta({ description: "Replicas; a majority of them makes a primary.", unit: "number" }),
        lease: duration
          .optional()
          .meta({ description: "When a primary dies, the others wait so long for its lease to run out.", unit: "duration" }),
        failover: law.optional().meta({ description: "From then until another replica has taken over.", unit: "law" }),
      })
      .optional()
      .meta({ description: "The controller's own replicas: they matter when a fault strikes the controller." }),
    crashDetection: law.optional().meta({ description: "From the crash of a process until the guest agent acts.", unit: "law" }),
    roleRestart: law
      .optional()
      .meta({ description: "Restart of the role host after a crash, without startup tasks and OnStart.", unit: "law" }),
    restartBackoff: z
      .strictObject({
        first: duration
          .optional()
          .meta({ description: "Delay before the second restart in a row; it doubles from there.", unit: "duration" }),
        max: duration.optional().meta({ description: "Longest delay.", unit: "duration" }),
        reset: duration.optional().meta({ description: "A role ready for so long starts the count anew.", unit: "duration" }),
      })
      .optional()
      .meta({ description: "Delays between restarts of a role that crashes again and again." }),
    guestHeartbeat: heartbeat("Heartbeats from the guest agent to the host agent."),
    hostHeartbeat: heartbeat("Heartbeats from the hosts to the controller."),
    guestConnect: durationOrNever
      .optional()
      .meta({ description: "The host agent restarts a VM whose guest agent is not up after so long.", unit: "duration or never" }),
    guestReboot: law.optional().meta({ description: "Restart of the guest OS until its agent is up.", unit: "law" }),
    provision: law.optional().meta({ description: "A new or moved instance, from placement until its guest agent is up.", unit: "law" }),
    bootBySize: z
      .boolean()
      .optional()
      .meta({ description: "Larger VMs take longer to boot: 2 cores 1.11 times, 4 cores 1.24, 8 and more 1.48.", unit: "true or false" }),
    stagger: law.optional().meta({ description: "Each instance of one request starts so much after the one before it.", unit: "law" }),
    startFailure: share
      .optional()
      .meta({ description: "Share of starts of new and moved VMs that fail and are tried again.", unit: "share" }),
    reimage: law.optional().meta({ description: "What a reimage takes on top of a reboot.", unit: "law" }),
    restartHostFirst: z
      .boolean()
      .optional()
      .meta({ description: "A dead host gets one restart attempt before its instances move.", unit: "true or false" }),
    hostRestart: law.optional().meta({ description: "How long that attempt takes.", unit: "law" }),
    hostRepair: z
      .array(
        z.strictObject({
          step: name.meta({ description: "What is tried: power-cycle, reimage.", unit: "name" }),
          takes: law.meta({ description: "How long it takes.", unit: "law" }),
          mends: share.meta({ description: "How often it mends a host that a restart did not mend.", unit: "share" }),
        }),
      )
      .max(10)
      .optional()
      .meta({
        description: "More aggressive steps after a restart that failed, in order, before the host is given up and its instances move.",
        absent: "none: the host is given up at once",
      }),
    operator: z
      .union([z.literal("none"), law])
      .optional()
      .meta({ description: "Time until a person restarts a hung role; nobody on the platform does.", unit: "law or none" }),
    drainTimeout: duration
      .optional()
      .meta({ description: "Planned stops wait so long for requests in progress; the rest fails as drained.", unit: "duration" }),
    install: law.optional().meta({ description: "Exchange of the package of one instance in an upgrade.", unit: "law" }),
    walkPoll: duration
      .optional()
      .meta({ description: "An upgrade looks so often whether its domain is done; 0s: it knows at once.", unit: "duration" }),
    startTimeout: positiveDuration
      .optional()
      .meta({ description: "An upgrade passes over instances that are starting or busy for longer.", unit: "duration" }),
    scaleIn: z
      .enum(["highest", "random"])
      .optional()
      .meta({ description: "Who goes when a role is scaled in: the highest numbers, or any.", unit: "choice" }),
    swap: law.optional().meta({ description: "From the request for a swap to the switch.", unit: "law" }),
    topologyChange: law.optional().meta({
      description:
        "Until an upgrade domain, or with topologyChangeDiscovery: blast everybody, has heard that a role has more or fewer instances.",
      unit: "law",
    }),
    swapTransient: z
      .strictObject({
        probability: share.optional().meta({ description: "How often a swap makes trouble.", unit: "share" }),
        duration: law.optional().meta({ description: "How long new connections are then refused.", unit: "law" }),
      })
      .optional()
      .meta({ description: "Trouble after the switch of a swap: new connections through both VIPs are refused, established ones stay." }),
  })
  .meta({ description: "The fabric controller and its agents: detection, healing, planned stops." });
