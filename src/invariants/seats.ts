import { FactKind } from "../model/facts.ts";
import type { Observer, ToldFact } from "../model/trace.ts";

/** Whoever is told of facts. */
export type Hears = Pick<Observer, "observe">;
type Observers = readonly Hears[];
type Fact = Readonly<ToldFact>;

/** Whoever wants to look after every event. */
export interface AfterEvent {
  afterEvent(): void;
}

// An engine calls what it has always met at one place in the code directly, and looks up what changes there at each call. So for what happens
// most each observer has a place of its own; those that find none are called one by one.

/** Tells a fact to observers, in their order. */
export function tellAll(observers: Observers, fact: Fact): void {
  switch (fact.kind) {
    case FactKind.requestArrived:
      tellArrived(observers, fact);
      return;
    case FactKind.requestSent:
      tellSent(observers, fact);
      return;
    case FactKind.requestSucceeded:
      tellSucceeded(observers, fact);
      return;
    default:
      tellRest(observers, fact, 0);
  }
}

/** Lets everybody look after an event, in their order. */
export function afterEventAll(all: readonly AfterEvent[]): void {
  const { length } = all;
  if (length > 0) all[0].afterEvent();
  if (length > 1) all[1].afterEvent();
  if (length > 2) all[2].afterEvent();
  if (length > 3) all[3].afterEvent();
  if (length > 4) all[4].afterEvent();
  for (let place = 5; place < length; place++) all[place].afterEvent();
}

function tellArrived(observers: Observers, fact: Fact): void {
  const { length } = observers;
  if (length > 0) observers[0].observe(fact);
  if (length > 1) observers[1].observe(fact);
  if (length > 2) observers[2].observe(fact);
  if (length > 3) tellRest(observers, fact, 3);
}

function tellSent(observers: Observers, fact: Fact): void {
  const { length } = observers;
  if (length > 0) observers[0].observe(fact);
  if (length > 1) observers[1].observe(fact);
  if (length > 2) observers[2].observe(fact);
  if (length > 3) observers[3].observe(fact);
  if (length > 4) observers[4].observe(fact);
  if (length > 5) tellRest(observers, fact, 5);
}

function tellSucceeded(observers: Observers, fact: Fact): void {
  const { length } = observers;
  if (length > 0) observers[0].observe(fact);
  if (length > 1) observers[1].observe(fact);
  if (length > 2) observers[2].observe(fact);
  if (length > 3) observers[3].observe(fact);
  if (length > 4) observers[4].observe(fact);
  if (length > 5) observers[5].observe(fact);
  if (length > 6) tellRest(observers, fact, 6);
}

function tellRest(observers: Observers, fact: Fact, from: number): void {
  for (let place = from; place < observers.length; place++) observers[place].observe(fact);
}
