/** VM sizes for tests of the import; the caller of the product passes the table of the model. */
export const sizes = [
  "ExtraSmall",
  "Small",
  "Medium",
  "Large",
  "ExtraLarge",
  "Standard_A1",
  "Standard_D1_v2",
  "Standard_D2_v2",
  "Standard_D3",
] as const;
