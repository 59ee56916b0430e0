/** Every event that can happen, one line each: what `target` is, and `arg` where it is used. The table of contents of the simulator. */
export const EventKind = {
  // clients
  /** target: client. Its next request, or session, arrives. */
  clientArrived: 0,
  /** target: session. The user has thought and sends the next request. */
  userThought: 1,
  /** target: client. The oldest open request of the client may have reached its time-out. */
  timeoutDue: 2,
  /** target: call. Its wait before the next try is over. */
  retryDue: 30,
  /** target: call. Its try has not been answered for so long that a second one starts beside it. */
  hedgeDue: 31,
  /** target: call. Its deadline. */
  deadlineDue: 32,

  // work on instances
  /** target: request. Its service is complete. */
  serviceCompleted: 3,
  /** target: instance. Under processor sharing, the job with the least work left is complete. */
  sharedServiceCompleted: 4,
  /** target: change of the topology; arg: the upgrade domain that hears of it, -1 all. */
  topologyReached: 110,

  // queues
  /** target: queue. A producer outside the service puts a message into it. */
  producerArrived: 5,
  /** target: message; arg: its dequeue count when it was taken. Nobody deleted it within the visibility time-out. */
  messageReappeared: 6,
  /** target: message. It has waited for its time to live. */
  messageExpired: 35,
  /** target: instance. An idle worker looks for messages. */
  workerPolled: 7,

  // the balancer's view
  /** target: backend. Its probe evicts it. */
  probeEvicted: 8,
  /** target: backend. Its probe admits it. */
  probeAdmitted: 9,
  /** target: rotation. Its last instance has left it, and a classic balancer ends every established TCP flow. */
  flowsCut: 95,
  /** target: instance. So many pings of the health check in a row have failed. */
  healthCheckFailed: 101,
  /** target: instance. It has been unhealthy for so long that it is replaced. */
  unhealthyReplaced: 102,

  // life of an instance
  /** target: instance. The guest agent is up. */
  guestBooted: 10,
  /** target: instance. Its guest agent has not connected for too long after the boot began. */
  guestMissed: 58,
  /** target: instance. A simple startup task has ended with an exit code other than 0. */
  startupTaskFailed: 45,
  /** target: instance. Startup tasks are done and the role host runs. */
  roleStarted: 11,
  /** target: instance. OnStart returned. */
  onStartReturned: 12,
  /** target: instance. Run has returned. */
  runReturned: 47,
  /** target: instance. Its process ends with an unhandled exception of its own. */
  roleThrew: 46,
  /** target: instance. The drain time-out is over. */
  drainTimedOut: 13,
  /** target: instance. OnStop returned, or was cut. */
  onStopReturned: 14,
  /** target: instance. The last of its foreground tasks has ended: its stop may go on. */
  foregroundEnded: 48,
  /** target: instance. The new package is in place. */
  packageInstalled: 15,

  // agents, people and the fabric controller
  /** target: instance. The guest agent notices that the role's process is dead. */
  crashNoticed: 16,
  /** target: instance. The host agent has missed the guest's heartbeats for too long. */
  guestDeclaredDead: 17,
  /** target: instance. The operator restarts a hung role. */
  operatorActed: 18,
  /** target: instance. Whoever runs the service restarts a process or a guest that nobody on the platform watches. */
  ownerActed: 100,
  /** target: host; arg: incident. Its agent reports a hardware fault. */
  hostReported: 57,
  /** target: host. The controller has missed its heartbeats for too long. */
  hostDeclaredDead: 19,
  /** target: host; arg: 0 for the controller's attempt to restart it, then the step of its repair. It is over. */
  hostRestartEnded: 20,
  /** target: 0. A replica of the controller has become its primary. */
  primaryElected: 56,

  // faults
  /** target: fault of the design. It strikes at its instant. */
  faultDue: 21,
  /** target: fault of the design; arg: record of its failures that begins. */
  recordDue: 60,
  /** target: clock. A fault drawn from a law strikes. */
  clockStruck: 22,
  /** target: fault of the design; arg: what it hits. A common cause has struck before. */
  shockHit: 59,
  /** target: ailment. An instance that flaps falls silent, or answers again. */
  flapTurned: 55,
  /** target: repair. */
  repairEnded: 23,
  /** target: 0 when the faults of the scenario end, 1 when what was being repaired then is. */
  healed: 111,

  // operations
  /** target: operation of the design. */
  operationDue: 24,
  /** target: operation. It looks whether what it waits for has come true. */
  operationChecked: 25,
  /** target: operation. The start time-out of the upgrade domain; arg: the domain. */
  startTimedOut: 26,
  /** target: operation. The switch of a swap. */
  swapSwitched: 27,
  /** target: operation. The trouble that its swap made is over. */
  swapTransientEnded: 87,
  /** target: host. It is back, on its new host OS. */
  hostUpdated: 70,
  /** target: autoscaler. A grain of its metrics is over. */
  autoscaleMeasured: 85,
  /** target: autoscaler. Its job looks at the metrics. */
  autoscaleLooked: 86,
} as const;

export type EventKind = (typeof EventKind)[keyof typeof EventKind];
