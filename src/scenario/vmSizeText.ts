import { vmNetwork, vmSize } from "../model/hardware/sizes.ts";

/** A VM size in words: `1 core, 1.75 GiB, 225 GiB of disk, 100 ACU a core, 1 network card (moderate)`; empty when there is none of that name. */
export function vmSizeText(name: string): string {
  const size = vmSize(name);
  if (size === undefined) return "";
  const { cores, memoryMiB, diskMiB, acu } = size;
  const network = vmNetwork(name);
  const cards = network === undefined ? "" : `, ${network.cards} network ${network.cards === 1 ? "card" : "cards"} (${network.bandwidth})`;
  return `${cores} ${cores === 1 ? "core" : "cores"}, ${Number((memoryMiB / 1024).toFixed(2))} GiB, ${Math.round(diskMiB / 1024)} GiB of disk, ${acu} ACU a core${cards}`;
}
