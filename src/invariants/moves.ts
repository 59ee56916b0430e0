import { FactKind } from "../model/facts.ts";
import { instanceStateNames } from "../model/status.ts";
import type { Observer, ToldFact } from "../model/trace.ts";
import { NumberById } from "./numberById.ts";
import { type Hears, tellAll } from "./seats.ts";

/** Whether somebody is to be told that an instance goes from a state (-1: it is new) to another. */
export type HearsMove = (from: number, to: number) => boolean;

const states = instanceStateNames.length;

/** The states of instances, from facts alone, and who is to be told of which moves from one to another. */
export class Moves implements Observer {
  /** The facts that it needs. */
  readonly listensTo: readonly FactKind[] = [FactKind.instanceChanged];
  /** The state that the instance was in which moves in the fact that is being told; -1: it is new. */
  from = -1;
  private readonly state = new NumberById(-1);
  private readonly all: Hears[] = [];
  /** By move: those who are told of it. */
  private readonly heardBy: readonly Hears[][] = Array.from({ length: (states + 1) * states }, () => []);

  /** The state of an instance; -1: nothing was told of it yet. */
  stateOf(instance: number): number {
    return this.state.get(instance);
  }

  /** Lets an observer hear of moves, after those who do already. */
  add(observer: Hears, hearsMove: HearsMove = () => true): void {
    this.all.push(observer);
    this.heardBy.forEach((hearers, move) => {
      if (hearsMove(Math.floor(move / states) - 1, move % states)) hearers.push(observer);
    });
  }

  /** Notes that an instance changes, and tells those who are to hear of it. */
  observe(fact: Readonly<ToldFact>): void {
    const { subject, value } = fact;
    this.from = this.state.get(subject);
    this.state.set(subject, value);
    // a state that there is not is everybody's concern
    const isState = value >= 0 && value < states;
    tellAll(isState ? (this.heardBy[(this.from + 1) * states + value] ?? this.all) : this.all, fact);
  }
}
