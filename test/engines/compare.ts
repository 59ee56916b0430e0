import type { Engine, Program } from "./engines.ts";
import type { Job } from "./job.ts";
import { locate } from "./locate.ts";
import { firstDifference, type Replays } from "./replays.ts";
import type { Located, Row } from "./table.ts";

/** An engine with what it is to run, and what it made of it; `replays` is undefined when it is not installed. */
export interface Compared {
  readonly engine: Engine;
  readonly program: Program;
  readonly jobs: readonly Job[];
  readonly replays: Replays | undefined;
}

/** Compares all engines with the first, and locates the first difference of each that differs. */
export async function compareAll(
  all: readonly Compared[],
): Promise<{ readonly rows: readonly Row[]; readonly located: readonly Located[] }> {
  const first = all.find(({ replays }) => replays !== undefined && replays.problem === undefined);
  const rows: Row[] = [];
  const located: Located[] = [];
  for (const one of all) {
    const place =
      first?.replays === undefined || one.replays === undefined ? -1 : firstDifference(first.replays.outcomes, one.replays.outcomes);
    rows.push(rowOf(one, first, place));
    if (place >= 0 && first !== undefined) located.push(await partOf(first, one, one.jobs[place]));
  }
  return { rows, located };
}

function rowOf({ engine, jobs, replays }: Compared, first: Compared | undefined, place: number): Row {
  const { title } = engine;
  if (replays === undefined) return { title, replays, jobs, verdict: "missing", note: "not installed" };
  if (place >= 0) return { title, replays, jobs, verdict: "differs", note: `differs from ${first?.engine.title} from run ${place + 1} on` };
  if (replays.problem !== undefined) return { title, replays, jobs, verdict: "stopped", note: replays.problem };
  const isShort = first !== undefined && jobs.length < first.jobs.length;
  return {
    title,
    replays,
    jobs,
    verdict: "agrees",
    note: isShort ? `seed ${jobs[0].seed} only, as it is slow: the same as there in ${first.engine.title}` : "",
  };
}

async function partOf(first: Compared, other: Compared, job: Job): Promise<Located> {
  const [a, b] = [await first.engine.open(first.program), await other.engine.open(other.program)];
  try {
    return { job, difference: await locate(job, a, b), a: first.engine.title, b: other.engine.title };
  } finally {
    await Promise.all([a.close(), b.close()]);
  }
}
