import type { BreakerDesign } from "../design.ts";
import { FactKind } from "../facts.ts";
import type { BreakerState } from "../records.ts";
import type { Platform } from "../world.ts";

/** Where a circuit breaker stands. */
export const Circuit = { closed: 0, open: 1, halfOpen: 2 } as const;

/**
 * Asks a client's breaker whether an attempt may be sent now: -1 no, 0 yes, and above that yes as a probe of that half-open spell, which is
 * told back with its result.
 */
export function askBreaker(platform: Platform, client: number, design: BreakerDesign): number {
  const { breaker } = platform.world.clients[client];
  if (breaker.circuit === Circuit.closed) return 0;
  if (breaker.circuit === Circuit.open) {
    if (platform.calendar.now < breaker.opensUntil) return -1;
    breaker.spell++;
    turn(platform, client, breaker, Circuit.halfOpen);
  }
  if (breaker.trials + breaker.successes >= design.probes) return -1;
  breaker.trials++;
  return breaker.spell;
}

/** A breaker hears what became of an attempt. While it is not closed only the probes of this spell count: the rest was sent before. */
export function hearAttempt(platform: Platform, client: number, design: BreakerDesign, succeeded: boolean, spell: number): void {
  const { breaker } = platform.world.clients[client];
  if (breaker.circuit === Circuit.closed) {
    if (spell === 0) count(platform, client, breaker, design, succeeded);
    return;
  }
  if (spell !== breaker.spell || breaker.circuit !== Circuit.halfOpen) return;
  breaker.trials--;
  if (!succeeded) open(platform, client, breaker, design);
  else if (++breaker.successes >= design.probes) turn(platform, client, breaker, Circuit.closed);
}

function count(platform: Platform, client: number, breaker: BreakerState, design: BreakerDesign, succeeded: boolean): void {
  if (design.failures > 0) {
    breaker.failuresInRow = succeeded ? 0 : breaker.failuresInRow + 1;
    if (breaker.failuresInRow >= design.failures) open(platform, client, breaker, design);
    return;
  }
  const { now } = platform.calendar;
  if (now - breaker.windowFrom >= design.window) {
    breaker.windowFrom = now;
    breaker.attempts = 0;
    breaker.failures = 0;
  }
  breaker.attempts++;
  if (!succeeded) breaker.failures++;
  const isBad = breaker.attempts >= design.minimum && breaker.failures >= design.share * breaker.attempts;
  if (isBad && !succeeded) open(platform, client, breaker, design);
}

function open(platform: Platform, client: number, breaker: BreakerState, design: BreakerDesign): void {
  breaker.opensUntil = platform.calendar.now + design.openFor;
  turn(platform, client, breaker, Circuit.open);
}

function turn(platform: Platform, client: number, breaker: BreakerState, circuit: number): void {
  breaker.circuit = circuit;
  breaker.failuresInRow = 0;
  breaker.attempts = 0;
  breaker.failures = 0;
  breaker.trials = 0;
  breaker.successes = 0;
  breaker.windowFrom = platform.calendar.now;
  platform.trace.emit(FactKind.circuitChanged, client, circuit, -1);
}
