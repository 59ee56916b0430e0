import type { VmSize } from "../design.ts";

const gib = 1024;

/**
 * Cores, memory in GiB, local disk in GiB, ACU a core (the lower end where a range is given), network cards and bandwidth of each size:
 * platform-facts section 9 (azd:cloud-services-sizes-specs.md).
 */
const table: Readonly<Record<string, readonly [number, number, number, number, number, string]>> = {
  // "shared" core: one core in placement, half the speed (semantics 2)
  ExtraSmall: [1, 0.768, 20, 50, 1, "low"],
  Small: [1, 1.75, 225, 100, 1, "moderate"],
  Medium: [2, 3.5, 490, 100, 1, "moderate"],
  Large: [4, 7, 1000, 100, 2, "high"],
  ExtraLarge: [8, 14, 2040, 100, 4, "high"],
  A5: [2, 14, 490, 100, 1, "moderate"],
  A6: [4, 28, 1000, 100, 2, "high"],
  A7: [8, 56, 2040, 100, 4, "high"],
  A8: [8, 56, 1817, 225, 2, "high"],
  A9: [16, 112, 1817, 225, 4, "very high"],
  A10: [8, 56, 1817, 225, 2, "high"],
  A11: [16, 112, 1817, 225, 4, "very high"],
  Standard_A1_v2: [1, 2, 10, 100, 1, "moderate"],
  Standard_A2_v2: [2, 4, 20, 100, 2, "moderate"],
  Standard_A4_v2: [4, 8, 40, 100, 4, "high"],
  Standard_A8_v2: [8, 16, 80, 100, 8, "high"],
  Standard_A2m_v2: [2, 16, 20, 100, 2, "moderate"],
  Standard_A4m_v2: [4, 32, 40, 100, 4, "high"],
  Standard_A8m_v2: [8, 64, 80, 100, 8, "high"],
  Standard_D1: [1, 3.5, 50, 160, 1, "moderate"],
  Standard_D2: [2, 7, 100, 160, 2, "high"],
  Standard_D3: [4, 14, 200, 160, 4, "high"],
  Standard_D4: [8, 28, 400, 160, 8, "high"],
  Standard_D11: [2, 14, 100, 160, 2, "high"],
  Standard_D12: [4, 28, 200, 160, 4, "high"],
  Standard_D13: [8, 56, 400, 160, 8, "high"],
  Standard_D14: [16, 112, 800, 160, 8, "very high"],
  Standard_D1_v2: [1, 3.5, 50, 160, 1, "moderate"],
  Standard_D2_v2: [2, 7, 100, 160, 2, "high"],
  Standard_D3_v2: [4, 14, 200, 160, 4, "high"],
  Standard_D4_v2: [8, 28, 400, 160, 8, "high"],
  Standard_D5_v2: [16, 56, 800, 160, 8, "extremely high"],
  Standard_D11_v2: [2, 14, 100, 160, 2, "high"],
  Standard_D12_v2: [4, 28, 200, 160, 4, "high"],
  Standard_D13_v2: [8, 56, 400, 160, 8, "high"],
  Standard_D14_v2: [16, 112, 800, 160, 8, "extremely high"],
  Standard_D15_v2: [20, 140, 1000, 160, 8, "extremely high"],
  Standard_D2_v3: [2, 8, 50, 160, 2, "moderate"],
  Standard_D4_v3: [4, 16, 100, 160, 2, "high"],
  Standard_D8_v3: [8, 32, 200, 160, 4, "high"],
  Standard_D16_v3: [16, 64, 400, 160, 8, "extremely high"],
  Standard_D32_v3: [32, 128, 800, 160, 8, "extremely high"],
  Standard_D48_v3: [48, 192, 1200, 160, 8, "extremely high"],
  Standard_D64_v3: [64, 256, 1600, 160, 8, "extremely high"],
  Standard_E2_v3: [2, 16, 50, 160, 2, "moderate"],
  Standard_E4_v3: [4, 32, 100, 160, 2, "high"],
  Standard_E8_v3: [8, 64, 200, 160, 4, "high"],
  Standard_E16_v3: [16, 128, 400, 160, 8, "extremely high"],
  Standard_E32_v3: [32, 256, 800, 160, 8, "extremely high"],
  Standard_E48_v3: [48, 384, 1200, 160, 8, "extremely high"],
  Standard_E64_v3: [64, 432, 1600, 160, 8, "extremely high"],
  Standard_F1: [1, 2, 16, 210, 2, "750 Mbps"],
  Standard_F2: [2, 4, 32, 210, 2, "1500 Mbps"],
  Standard_F4: [4, 8, 64, 210, 4, "3000 Mbps"],
  Standard_F8: [8, 16, 128, 210, 8, "6000 Mbps"],
  Standard_F16: [16, 32, 256, 210, 8, "12000 Mbps"],
  Standard_G1: [2, 28, 384, 180, 1, "high"],
  Standard_G2: [4, 56, 768, 180, 2, "high"],
  Standard_G3: [8, 112, 1536, 180, 4, "very high"],
  Standard_G4: [16, 224, 3072, 180, 8, "extremely high"],
  Standard_G5: [32, 448, 6144, 180, 8, "extremely high"],
  Standard_H8: [8, 56, 1000, 290, 8, "high"],
  Standard_H16: [16, 112, 2000, 290, 8, "very high"],
  Standard_H8m: [8, 112, 1000, 290, 8, "high"],
  Standard_H16m: [16, 224, 2000, 290, 8, "very high"],
  Standard_H16r: [16, 112, 2000, 290, 8, "very high"],
  Standard_H16mr: [16, 224, 2000, 290, 8, "very high"],
};

/** Other names in use for the same sizes. */
const aliases: Readonly<Record<string, string>> = {
  A0: "ExtraSmall",
  A1: "Small",
  A2: "Medium",
  A3: "Large",
  A4: "ExtraLarge",
  Standard_A0: "ExtraSmall",
  Standard_A1: "Small",
  Standard_A2: "Medium",
  Standard_A3: "Large",
  Standard_A4: "ExtraLarge",
};

/** The names of every size that a role can have, compared exactly as written. */
export const vmSizeNames: readonly string[] = [...Object.keys(table), ...Object.keys(aliases)];

/** The name under which a size stands in tables: `Small` for `Standard_A1`; the name itself when there is no other. */
export function plainSizeName(name: string): string {
  return Object.hasOwn(aliases, name) ? (aliases[name] as string) : name;
}

/** The size of that name (under the name asked for), or undefined. */
export function vmSize(name: string): VmSize | undefined {
  const row = rowOf(name);
  if (row === undefined) return undefined;
  const [cores, memory, disk, acu] = row;
  return { name, cores, memoryMiB: Math.round(memory * gib), diskMiB: disk * gib, acu };
}

/** Network cards of a size and its bandwidth in the words of its document: for a reader only, the network of a simulation has no bandwidth. */
export function vmNetwork(name: string): { readonly cards: number; readonly bandwidth: string } | undefined {
  const row = rowOf(name);
  return row === undefined ? undefined : { cards: row[4], bandwidth: row[5] };
}

/** Local disk that the page file (4 GiB) and the dump file (2 GiB) of Windows take before any local storage, in MiB (same document). */
export const reservedDiskMiB = 6 * gib;

function rowOf(name: string): (typeof table)[string] | undefined {
  const plain = plainSizeName(name);
  return Object.hasOwn(table, plain) ? table[plain] : undefined;
}
