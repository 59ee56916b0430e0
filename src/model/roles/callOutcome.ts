/** How far a handler is with its calls: `underWay` will go on with the request's next event, `failed` is settled. */
export const CallOutcome = { done: 0, underWay: 1, failed: 2 } as const;
export type CallOutcome = (typeof CallOutcome)[keyof typeof CallOutcome];
