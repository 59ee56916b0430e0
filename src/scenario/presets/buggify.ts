import { type DefaultRow, guess, row } from "./cells.ts";

/** Defaults of what goes wrong by chance: they are to find mistakes, and describe no platform. */
export const buggifyRows: readonly DefaultRow[] = [
  row("buggify.active", "share", { azure: guess("25%", "judgement", "as FoundationDB's simulation does it") }),
  row("buggify.fires", "share", { azure: guess("25%", "judgement", "as FoundationDB's simulation does it") }),
  row("buggify.slowBoot", "law", { azure: guess("uniform(1min, 10min)") }),
  row("buggify.lateReport", "law", { azure: guess("uniform(10s, 2min)") }),
];
