import type { Fact } from "./fact.ts";

export const title = "Sizes of virtual machines";

const page = { source: "azd:cloud-services-sizes-specs.md", mark: "document" } as const;

export const facts: readonly Fact[] = [
  { id: "9.1", text: "An ExtraSmall (A0) has a shared core, 0.768 GiB of memory and 20 GiB of disk", ...page },
  {
    id: "9.2",
    text: "Small, Medium, Large and ExtraLarge (A1 to A4) double from 1 core and 1.75 GiB; their disks have 225, 490, 1000 and 2040 GiB",
    ...page,
  },
  { id: "9.3", text: "A5, A6 and A7 have the cores and disks of Medium, Large and ExtraLarge and four times the memory", ...page },
  { id: "9.4", text: "A8 and A10 have 8 cores, A9 and A11 16, with 7 GiB a core and 1817 GiB of disk", ...page },
  { id: "9.5", text: "A1_v2 to A8_v2 have 2 GiB of memory and 10 GiB of disk a core", ...page },
  { id: "9.6", text: "A2m_v2, A4m_v2 and A8m_v2 have 8 GiB of memory a core", ...page },
  { id: "9.7", text: "D1 to D4 have 3.5 GiB of memory and 50 GiB of disk a core, and so have their successors _v2", ...page },
  { id: "9.8", text: "D5_v2 has 16 cores, 56 GiB and 800 GiB", ...page },
  { id: "9.9", text: "D11 to D14 and D11_v2 to D14_v2 have 7 GiB of memory and 50 GiB of disk a core", ...page },
  { id: "9.10", text: "D15_v2 has 20 cores, 140 GiB and 1000 GiB", ...page },
  { id: "9.11", text: "The sizes D of version 3 have 2 to 64 cores with 4 GiB of memory and 25 GiB of disk a core", ...page },
  { id: "9.12", text: "The sizes E of version 3 have 8 GiB of memory and 25 GiB of disk a core, but E64 432 GiB of memory", ...page },
  { id: "9.13", text: "F1 to F16 have 2 GiB of memory and 16 GiB of disk a core", ...page },
  { id: "9.14", text: "G1 to G5 have 14 GiB of memory and 192 GiB of disk a core", ...page },
  { id: "9.15", text: "H8 and H16 have 7 GiB of memory and 125 GiB of disk a core, those with m twice the memory", ...page },
  {
    id: "9.16",
    text: "A core of an ExtraSmall is worth 50 ACU, of A1 to A7 and Av2 100, of A8 to A11 225, of D 160, of F 210, of G 180, of H 290, at least",
    ...page,
  },
  { id: "9.17", text: "A size has one to eight network cards and a bandwidth that grows with it", ...page },
  {
    id: "9.18",
    text: "In 2011 an ExtraSmall got 5 Mbps, a Small 100, a Medium 200, a Large 400 and an ExtraLarge 800",
    source: "blogs.msdn hanuk 2011",
    mark: "blog",
    notModelled: "the network of a simulation delays and loses, it has no bandwidth",
  },
  { id: "9.19", text: "Page file and dump of Windows take 4 GiB and 2 GiB of the local disk", ...page },
  {
    id: "9.20",
    text: "The package lies on an application disk of about 1.5 GiB of its own",
    ...page,
    notModelled: "packages have no size in a simulation, and the disk takes nothing from local storage",
  },
  {
    id: "9.21",
    text: "Names of sizes are compared exactly as written; A0 to A4, with and without Standard_, are other names of the first five",
    source: "azd:cloud-services-sizes-specs.md; service definitions in public repositories",
    mark: "document",
  },
];
