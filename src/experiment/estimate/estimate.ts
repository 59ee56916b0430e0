import { fingerprintHex } from "../../kernel/fingerprint.ts";
import type { Figures } from "../../metrics/summarise.ts";
import type { Expectation } from "../../scenario/expectText.ts";
import type { Precision } from "../../scenario/precisionText.ts";
import { version } from "../../version.ts";
import { meets } from "../expectations.ts";
import { mixFingerprint, type Runnable } from "../run.ts";
import { type EstimatedFigure, estimateFigure, type FigureName } from "./interval.ts";
import type { Replication } from "./replication.ts";

/** What is wanted of an estimate. */
export interface EstimateWish {
  /** When it is known well enough; none: after `replications` of them. */
  readonly precisions: readonly Precision[];
  /** Of every interval, such as 0.95. */
  readonly confidence: number;
  /** How many replications at most, or exactly when no precision is wanted. */
  readonly replications: number;
  /** The figures that are told, beside those of precisions and expectations. */
  readonly figures: readonly FigureName[];
}

/** A precision that was wanted, and whether it was reached. */
export interface ReachedPrecision extends EstimatedFigure {
  /** As written. */
  readonly text: string;
  /** Half-width that was wanted, in the unit of the metric; null while the figure itself is not known. */
  readonly wanted: number | null;
  readonly reached: boolean;
}

/** What an expectation is worth when its figure is only known in an interval. */
export interface ExpectedFigure extends EstimatedFigure {
  /** As written. */
  readonly text: string;
  /** Whether all of the interval meets it, nothing of it does, or the replications do not decide; null when it is not judged. */
  readonly verdict: "met" | "missed" | "undecided" | null;
}

/** What independent replications say of a scenario. */
export interface Estimate {
  readonly scenario: string;
  readonly title: string;
  readonly seed: number;
  readonly version: string;
  readonly replications: number;
  readonly confidence: number;
  /** Whether every precision was reached; true when none was wanted. */
  readonly reached: boolean;
  readonly precisions: readonly ReachedPrecision[];
  readonly expectations: readonly ExpectedFigure[];
  readonly figures: readonly EstimatedFigure[];
  readonly simulatedSeconds: number;
  readonly events: number;
  /** A hash over those of the replications, in their order. */
  readonly fingerprint: string;
}

/** Sequential stopping with fewer replications than this would trust a deviation that is hardly known. */
const fewest = 10;

/**
 * Takes replications in the order of their numbers, and knows when they are enough. Where it stops depends on nothing but the replications, whoever
 * computed them and in whatever order they came.
 */
export class Estimator {
  /** How many replications were taken. */
  taken = 0;
  private readonly wish: EstimateWish;
  private readonly scenario: Runnable;
  private readonly runs: Figures[] = [];
  private readonly hash = new Int32Array(2);
  private simulatedSeconds = 0;
  private events = 0;
  private nextLook = fewest;
  private enough = false;

  constructor(scenario: Runnable, wish: EstimateWish) {
    this.scenario = scenario;
    this.wish = wish;
  }

  /** Whether no more replications are needed, or permitted. */
  get isDone(): boolean {
    return this.enough || this.taken >= this.wish.replications;
  }

  /** Takes the next replication; throws RangeError for another one. */
  take(replication: Replication): void {
    if (replication.number !== this.taken) throw new RangeError(`replication ${replication.number} is not the next one`);
    this.taken++;
    this.runs.push(replication.figures);
    this.events += replication.events;
    this.simulatedSeconds += replication.simulatedSeconds;
    mixFingerprint(this.hash, replication.fingerprint);
    if (this.wish.precisions.length === 0 || this.taken < this.nextLook) return;
    this.enough = this.precisions().every(({ reached }) => reached);
    // to look is work that grows with the replications, so looks become rarer
    this.nextLook = Math.max(this.taken + 1, Math.ceil(this.taken * 1.02));
  }

  /** The precisions that are wanted, as they stand. */
  precisions(): readonly ReachedPrecision[] {
    const { precisions, confidence } = this.wish;
    return precisions.map((precision) => {
      const figure = estimateFigure(precision, this.runs, confidence);
      const { value, low, high } = figure;
      const { isRelative, text } = precision;
      // relative to the true value, which is half-width γ / (1 + γ) of the estimate: Law and Kelton
      const wanted = isRelative
        ? value === null
          ? null
          : (precision.halfWidth / (1 + precision.halfWidth)) * Math.abs(value)
        : precision.halfWidth;
      const reached = value !== null && low !== null && high !== null && wanted !== null && Math.max(high - value, value - low) <= wanted;
      return { ...figure, text, wanted, reached };
    });
  }

  /** How far it is to the last precision, 0..1, by the law that a half-width shrinks with the root of the replications. */
  progress(): number {
    const { precisions, replications } = this.wish;
    const most = this.taken / replications;
    if (precisions.length === 0 || this.taken < 2) return most;
    let least = 1;
    for (const { value, low, high, wanted, reached } of this.precisions()) {
      if (reached) continue;
      if (value === null || low === null || high === null || wanted === null) return most;
      const ratio = wanted / Math.max(high - value, value - low);
      least = Math.min(least, ratio * ratio);
    }
    return Math.max(most, Math.min(least, this.taken / fewest));
  }

  /** What the replications say. */
  result(): Estimate {
    const { confidence, figures } = this.wish;
    const { name, summary, seed, expectations } = this.scenario;
    const precisions = this.precisions();
    return {
      scenario: name,
      title: summary,
      seed,
      version,
      replications: this.taken,
      confidence,
      reached: precisions.every(({ reached }) => reached),
      precisions,
      expectations: expectations.map((expectation) => this.judge(expectation)),
      figures: figures.map((figure) => estimateFigure(figure, this.runs, confidence)),
      simulatedSeconds: this.simulatedSeconds,
      events: this.events,
      fingerprint: fingerprintHex(this.hash),
    };
  }

  private judge(expectation: Expectation): ExpectedFigure {
    const { text, span, operator, target } = expectation;
    const figure = estimateFigure(expectation, this.runs, this.wish.confidence);
    const { low, high } = figure;
    if (span !== undefined)
      return { ...figure, value: null, low: null, high: null, method: "of a part of the run: not judged", text, verdict: null };
    // an extreme, or a single replication, is only what was seen
    const ends = [low ?? figure.value, high ?? figure.value].map((value) => value !== null && meets(value, operator, target));
    return { ...figure, text, verdict: ends.every((met) => met) ? "met" : ends.some((met) => met) ? "undecided" : "missed" };
  }
}
