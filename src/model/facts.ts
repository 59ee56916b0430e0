/** Every fact that can be observed, one line each: what `subject` and `value` are. Times are in microseconds, -1 is nobody. */
export const FactKind = {
  // --- requests, kept only when a trace is asked for
  /** subject: request; value: client. */
  requestArrived: 0,
  /** subject: request; value: instance it was sent to. */
  requestSent: 1,
  /** subject: request; value: latency. */
  requestSucceeded: 2,
  /** subject: request; value: failure cause. `cause` points at the fault or operation it is attributed to. */
  requestFailed: 3,
  /** subject: session; value: client. */
  sessionStarted: 10,
  /** subject: session; value: client. */
  sessionEnded: 11,
  /** subject: request that is an attempt; value: the request it belongs to. Only of clients that retry, hedge, break or have a deadline. */
  attemptStarted: 13,
  /** subject: attempt; value: failure cause. `cause` points at the fault or operation it is attributed to. */
  attemptFailed: 14,
  /** subject: client; value: `Circuit`: closed, open or half-open. */
  circuitChanged: 15,

  // --- messages, kept as those of requests
  /** subject: message; value: queue. */
  messageEnqueued: 4,
  /** subject: message; value: instance that took it. */
  messageTaken: 5,
  /** subject: message; value: age from enqueueing to completion. First completion only. */
  messageCompleted: 6,
  /** subject: message; value: instance that finished a message that was finished before. */
  messageDuplicated: 7,
  /** subject: message; value: its dequeue count. */
  messagePoisoned: 8,
  /** subject: message; value: its dequeue count; it is visible again because nobody deleted it in time. */
  messageReappeared: 9,
  /** subject: message; value: its delivery count. The queue moved it to its dead letters. */
  messageDeadLettered: 35,
  /** subject: message; value: 1 when it went to the dead letters, 0 when it is gone. Its time to live is over. */
  messageExpired: 36,
  /** subject: message; value: incident it is attributed to. It was deleted when it was taken, and its work was not done. */
  messageLost: 37,
  /** subject: queue; value: messages waiting in it. */
  queueDepthChanged: 12,

  // --- faults and hosts: from here on always kept
  /** subject: incident; value: id of the instance, host, fault domain, store or queue it struck; 0 for the controller. */
  faultStruck: 16,
  /** subject: incident; value: as above. The component is repaired or healed. */
  faultEnded: 17,
  /** subject: host; value: host state. */
  hostChanged: 18,
  /** subject: host; value: incident. The host agent reports a hardware fault. */
  hostReported: 53,
  /** subject: host; value: silence before it was declared dead. */
  hostDeclaredDead: 22,
  /** subject: host; value: 1 succeeded, 0 failed. */
  hostRestartEnded: 23,
  /** subject: host; value: step of the ladder of repairs that begins, from 1. */
  hostRepairStep: 54,
  /** subject: store; value: 1 available, 0 out. */
  storeChanged: 33,
  /** subject: queue; value: 1 available, 0 out. */
  queueChanged: 34,

  // --- instances
  /** subject: instance; value: instance state. */
  instanceChanged: 19,
  /** subject: instance; value: host. */
  instancePlaced: 20,
  /** subject: instance; value: 1 in rotation, 0 out of it (of the endpoint with the lowest id that changed). */
  rotationChanged: 21,
  /** subject: instance; value: place of the task in the role's list. A simple startup task ended with an exit code other than 0. */
  startupTaskFailed: 40,
  /** subject: instance; value: 0. OnStart returned false or threw: the process was killed without OnStop. */
  onStartFailed: 41,
  /** subject: instance; value: time since it was ready. An unhandled exception ended the process: neither Stopping nor OnStop. */
  roleThrew: 42,
  /** subject: instance; value: time since it was ready. Run returned: the role recycles in good order. */
  runReturned: 43,
  /** subject: instance; value: how long OnStop ran. It returned by itself. */
  onStopReturned: 47,
  /** subject: instance; value: how long OnStop would have run. It was cut at its limit and the process killed. */
  onStopCut: 48,
  /** subject: instance; value: time since the crash. The guest agent acts. */
  crashNoticed: 24,
  /** subject: instance; value: time since the guest died. The host agent acts. */
  guestDeclaredDead: 25,
  /** subject: instance; value: time since it hung. The operator acts. */
  hangNoticed: 26,
  /** subject: instance; value: time since its process or guest died. Its owner acts. */
  ownerActed: 85,
  /** subject: instance; value: time since it changed to its state. The health check takes it out. */
  instanceExcluded: 86,
  /** subject: instance; value: as above. The health check has it replaced. */
  instanceReplaced: 87,
  /** subject: instance that was placed elsewhere while nobody reached it; value: host where it is stopped now. */
  strayStopped: 52,
  /** subject: instance; value: disk event + 16 times the acknowledged items that were lost from its local storage. */
  localWritesLost: 44,
  /** subject: instance; value: index of the change among the run's texts. */
  changedByHand: 45,
  /** subject: instance; value: disk event + 16 times the changes made by hand that are gone. */
  changesLost: 46,
  /** subject: instance; value: 0 settings, 1 topology. The role hears of a change before it is made. */
  roleChanging: 62,
  /** subject: instance; value: as above. The role runs on with what has changed. */
  roleChanged: 63,

  // --- operations and the controller
  /** subject: operation (index in the design); value: 0. */
  operationStarted: 27,
  /** subject: operation; value: 0. */
  operationFinished: 28,
  /** subject: operation; value: index of the reason in the run's texts. */
  operationRefused: 29,
  /** subject: operation that ends because another takes its place; value: that one. */
  operationReplaced: 60,
  /** subject: operation; value: upgrade domain whose instances crash again and again on what they were given. */
  operationStuck: 61,
  /** subject: operation; value: upgrade domain whose turn it is. */
  upgradeDomainStarted: 30,
  /** subject: deployment now in production; value: deployment now in staging. */
  slotsSwapped: 31,
  /** subject: operation (a swap); value: how long new connections will be refused. */
  connectionsShut: 71,
  /** subject: role of a deployment; value: instances asked for. */
  instancesAsked: 32,
  /** subject: operation (the autoscaler); value: index of the words in the run's texts. It acted, or something else than before keeps it from acting. */
  autoscaleDecided: 70,
  /** subject: site that goes wrong by chance; value: the instance or message it is about. It fires; nothing leads to it. */
  bugFired: 88,
  /** subject: 0; value: 0. The faults of the scenario have ended, and nothing new breaks; nothing leads to it. */
  healed: 89,
  /** subject: 0; value: 0. Nobody decides any more. */
  controllerSilent: 50,
  /** subject: decisions that waited; value: for how long nobody decided. */
  controllerBack: 51,
} as const;

export type FactKind = (typeof FactKind)[keyof typeof FactKind];

/** Names of the facts, indexed by kind; holes are empty strings. */
export const factKindNames: readonly string[] = (() => {
  const names: string[] = [];
  for (const [name, kind] of Object.entries(FactKind)) names[kind] = name;
  return Array.from(names, (name) => name ?? "");
})();

/** Whether a kind is of the control plane: those are always kept. */
export function isControlFact(kind: number): boolean {
  return kind >= FactKind.faultStruck && (kind < FactKind.messageDeadLettered || kind > FactKind.messageLost);
}
