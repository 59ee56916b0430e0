/** What instances cost, and how their time is counted. */
export interface PricingDesign {
  /** Three letters: USD. */
  readonly currency: string;
  /** When the prices were true, as a person says it: "2022". */
  readonly asOf: string;
  /** Every clock hour that is touched, whole minutes, or time as it is. */
  readonly billing: "clock-hour" | "minute" | "exact";
  /** The price of an hour of one instance by name of the size; sizes without a price are absent. */
  readonly hourly: Readonly<Record<string, number>>;
}
