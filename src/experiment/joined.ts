import type { Micros } from "../kernel/time.ts";
import { compileCatalogue } from "../model/catalogue.ts";
import type { Design, FaultDesign, OperationDesign } from "../model/design.ts";
import { SnapshotRefused } from "./snapshot.ts";

/** A design that goes on where another one was left: the old lines in their old places, and those that joined behind them. */
export interface JoinedDesign {
  readonly design: Design;
  readonly faults: readonly FaultDesign[];
  readonly operations: readonly OperationDesign[];
  /** The balancer's policy or weights are other ones from now on. */
  readonly isBalancedAnew: boolean;
}

/**
 * What a run of `before` has to go on with to become one of `after` at an instant. Lines that joined stand last, so that the streams of all others are
 * what they were. Throws SnapshotRefused for a difference that cannot come true in the middle of a run.
 */
export function joinDesigns(before: Design, after: Design, now: Micros): JoinedDesign {
  const faults = joining("faults", before.faults, after.faults);
  const operations = joining("operations", before.operations, after.operations);
  const { policy, weights } = after.balancer;
  const design: Design = {
    ...before,
    balancer: { ...before.balancer, policy, weights },
    faults: [...before.faults, ...faults],
    operations: [...before.operations, ...operations],
  };
  const rest = differingPath(withoutLists(design), withoutLists(after), "");
  if (rest !== undefined) refuse(`${rest} is another value than in the snapshot`);
  for (const { at, kind, trace } of faults) checkInstant(kind, at ?? trace?.at[0], now);
  for (const { at, kind } of operations) checkInstant(kind, at, now);
  checkPrograms(before, design);
  return { design, faults, operations, isBalancedAnew: differingPath(before.balancer, design.balancer, "") !== undefined };
}

/** The lines of a list that are new in another one, which must have all of the old ones in their order. */
function joining<T>(name: string, before: readonly T[], after: readonly T[]): readonly T[] {
  const old = before.map((line) => JSON.stringify(line));
  let known = 0;
  const added = after.filter((line) => {
    if (known === old.length || JSON.stringify(line) !== old[known]) return true;
    known++;
    return false;
  });
  if (known < old.length) refuse(`of ${name}, line ${known + 1} of the snapshot is missing or another one`);
  return added;
}

function checkInstant(kind: string, at: Micros | undefined, now: Micros): void {
  if (at !== undefined && at < now) refuse(`${kind} is to happen at ${at} us, and the snapshot was taken at ${now} us`);
}

/** What is under way has been begun as its program was then: nothing that joins may change how. */
function checkPrograms(before: Design, design: Design): void {
  const [old, joined] = [before, design].map((one) => {
    const { faults: _, failovers: __, laws: ___, programs, programsOf: ____, ...rest } = compileCatalogue(one);
    return { ...rest, programs };
  });
  if (old === undefined || joined === undefined) return;
  const path = differingPath(old, { ...joined, programs: joined.programs.slice(0, old.programs.length) }, "");
  if (path !== undefined) {
    refuse(`what joins changes how requests are served that are under way (${path}), as when a store can fail that never could`);
  }
}

function withoutLists({ faults: _, operations: __, ...rest }: Design): object {
  return rest;
}

/** The first place in which two pieces of data differ, such as "service.roles.0.instances"; undefined when there is none. */
function differingPath(one: unknown, other: unknown, path: string): string | undefined {
  if (typeof one === "function" && typeof other === "function") return undefined;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null)
    return Object.is(one, other) ? undefined : path;
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const [a, b] = [one, other].map((value) => (value as Record<string, unknown>)[key]);
    const found = differingPath(a, b, path === "" ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function refuse(why: string): never {
  throw new SnapshotRefused(`${why}: a branch can have further faults and operations from its instant on, and another balancer.policy`);
}
