import type { SourceKey } from "../sources.ts";
import type { PresetName } from "./cells.ts";

/** What an hour of each size costs in one preset. */
interface PriceTable {
  readonly source: SourceKey;
  /** By name of the size, in the preset's currency. */
  readonly listed: Readonly<Record<string, number>>;
  /** Not in the list: taken as the multiple that the rest of its series shows. */
  readonly guessed: Readonly<Record<string, number>>;
}

const today: PriceTable = {
  source: "prices-2022",
  listed: {
    ExtraSmall: 0.02,
    Small: 0.09,
    Medium: 0.18,
    Large: 0.36,
    ExtraLarge: 0.72,
    A5: 0.33,
    A6: 0.66,
    A7: 1.32,
    Standard_A1_v2: 0.065,
    Standard_A2_v2: 0.136,
    Standard_A4_v2: 0.286,
    Standard_A8_v2: 0.6,
    Standard_A2m_v2: 0.18,
    Standard_A4m_v2: 0.36,
    Standard_A8m_v2: 0.72,
    Standard_D1: 0.14,
    Standard_D2: 0.28,
    Standard_D3: 0.56,
    Standard_D11: 0.264,
    Standard_D12: 0.528,
    Standard_D13: 1.056,
    Standard_D14: 2.111,
    Standard_D1_v2: 0.126,
    Standard_D2_v2: 0.252,
    Standard_D3_v2: 0.504,
    Standard_D12_v2: 0.528,
    Standard_D13_v2: 1.056,
    Standard_D14_v2: 2.111,
    Standard_D15_v2: 2.639,
    Standard_D2_v3: 0.188,
    Standard_D16_v3: 1.504,
  },
  guessed: {
    Standard_D4: 1.12,
    Standard_D4_v2: 1.008,
    Standard_D5_v2: 2.016,
    Standard_D11_v2: 0.264,
    Standard_D4_v3: 0.376,
    Standard_D8_v3: 0.752,
    Standard_D32_v3: 3.008,
    Standard_D64_v3: 6.016,
  },
};

/** Dated retail prices of the sizes, by preset; a size that is missing has none. */
export const priceTables: Readonly<Record<PresetName, PriceTable>> = {
  azure: today,
  "classic-2011": {
    source: "prices-2010",
    listed: { ExtraSmall: 0.05, Small: 0.12, Medium: 0.24, Large: 0.48, ExtraLarge: 0.96 },
    guessed: {},
  },
  ideal: today,
};

/** What an hour of a worker of an App Service plan costs, by the size that has its cores and memory: Standard S1, S2, S3; others have none. */
export const appServicePrices: PriceTable = {
  source: "app-service-prices",
  listed: {},
  guessed: { Small: 0.1, Medium: 0.2, Large: 0.4 },
};
