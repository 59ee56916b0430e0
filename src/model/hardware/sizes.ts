import type { VmSize } from "../design.ts";

const gib = 1024;

/** Cores, memory in GiB, local disk in GiB and ACU a core of each size: platform-facts section 9 (azd:cloud-services-sizes-specs.md, 2017). */
const table: Readonly<Record<string, readonly [number, number, number, number]>> = {
  // "shared" core: one core in placement, half the speed (semantics 2)
  ExtraSmall: [1, 0.768, 20, 50],
  Small: [1, 1.75, 225, 100],
  Medium: [2, 3.5, 490, 100],
  Large: [4, 7, 1000, 100],
  ExtraLarge: [8, 14, 2040, 100],
  A5: [2, 14, 490, 100],
  A6: [4, 28, 1000, 100],
  A7: [8, 56, 2040, 100],
  A8: [8, 56, 1817, 225],
  A9: [16, 112, 1817, 225],
  A10: [8, 56, 1817, 225],
  A11: [16, 112, 1817, 225],
  Standard_A1_v2: [1, 2, 10, 100],
  Standard_A2_v2: [2, 4, 20, 100],
  Standard_A4_v2: [4, 8, 40, 100],
  Standard_A8_v2: [8, 16, 80, 100],
  Standard_A2m_v2: [2, 16, 20, 100],
  Standard_A4m_v2: [4, 32, 40, 100],
  Standard_A8m_v2: [8, 64, 80, 100],
  Standard_D1: [1, 3.5, 50, 160],
  Standard_D2: [2, 7, 100, 160],
  Standard_D3: [4, 14, 200, 160],
  Standard_D4: [8, 28, 400, 160],
  Standard_D11: [2, 14, 100, 160],
  Standard_D12: [4, 28, 200, 160],
  Standard_D13: [8, 56, 400, 160],
  Standard_D14: [16, 112, 800, 160],
  Standard_D1_v2: [1, 3.5, 50, 160],
  Standard_D2_v2: [2, 7, 100, 160],
  Standard_D3_v2: [4, 14, 200, 160],
  Standard_D4_v2: [8, 28, 400, 160],
  Standard_D5_v2: [16, 56, 800, 160],
  Standard_D11_v2: [2, 14, 100, 160],
  Standard_D12_v2: [4, 28, 200, 160],
  Standard_D13_v2: [8, 56, 400, 160],
  Standard_D14_v2: [16, 112, 800, 160],
  Standard_D15_v2: [20, 140, 1000, 160],
  Standard_D2_v3: [2, 8, 50, 160],
  Standard_D4_v3: [4, 16, 100, 160],
  Standard_D8_v3: [8, 32, 200, 160],
  Standard_D16_v3: [16, 64, 400, 160],
  Standard_D32_v3: [32, 128, 800, 160],
  Standard_D64_v3: [64, 256, 1600, 160],
  Standard_E2_v3: [2, 16, 50, 160],
  Standard_E4_v3: [4, 32, 100, 160],
  Standard_E8_v3: [8, 64, 200, 160],
  Standard_E16_v3: [16, 128, 400, 160],
  Standard_E32_v3: [32, 256, 800, 160],
  Standard_E64_v3: [64, 432, 1600, 160],
  Standard_F1: [1, 2, 16, 210],
  Standard_F2: [2, 4, 32, 210],
  Standard_F4: [4, 8, 64, 210],
  Standard_F8: [8, 16, 128, 210],
  Standard_F16: [16, 32, 256, 210],
  Standard_G1: [2, 28, 384, 180],
  Standard_G2: [4, 56, 768, 180],
  Standard_G3: [8, 112, 1536, 180],
  Standard_G4: [16, 224, 3072, 180],
  Standard_G5: [32, 448, 6144, 180],
  Standard_H8: [8, 56, 1000, 290],
  Standard_H16: [16, 112, 2000, 290],
  Standard_H8m: [8, 112, 1000, 290],
  Standard_H16m: [16, 224, 2000, 290],
};

/** Other names in use for the same sizes. */
const aliases: Readonly<Record<string, string>> = {
  Standard_A0: "ExtraSmall",
  Standard_A1: "Small",
  Standard_A2: "Medium",
  Standard_A3: "Large",
  Standard_A4: "ExtraLarge",
};

/** The names of every size that a role can have, compared exactly as written. */
export const vmSizeNames: readonly string[] = [...Object.keys(table), ...Object.keys(aliases)];

/** The size of that name (under the name asked for), or undefined. */
export function vmSize(name: string): VmSize | undefined {
  const row = Object.hasOwn(table, name) ? table[name] : Object.hasOwn(aliases, name) ? table[aliases[name] as string] : undefined;
  if (row === undefined) return undefined;
  const [cores, memory, disk, acu] = row;
  return { name, cores, memoryMiB: Math.round(memory * gib), diskMiB: disk * gib, acu };
}
