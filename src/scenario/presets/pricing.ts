import { type DefaultRow, exact, guess, known, row } from "./cells.ts";

/** Defaults of how time is charged; the prices themselves are in `prices.ts`. */
export const pricingRows: readonly DefaultRow[] = [
  row("pricing.currency", "choice", { azure: known("USD", "prices-2022"), classic: known("USD", "prices-2010") }),
  row("pricing.asOf", "choice", { azure: known("2022", "prices-2022"), classic: known("2011", "prices-2010") }),
  row("pricing.billing", "choice", {
    azure: guess("minute", ["billing-2013", "judgement"], "that a minute begun is free is recalled"),
    classic: known("clock-hour", "billing-2010"),
    ideal: exact("exact"),
  }),
];
