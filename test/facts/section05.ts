import type { Fact } from "./fact.ts";

/** What section 5 is about. */
export const title = "Fault and upgrade domains";

const update = "Microsoft Docs, How to update a cloud service";
const schema = "Microsoft Docs, Azure Cloud Services definition schema";
const sets = "Microsoft Docs, Availability sets overview";
const talks = "M. Russinovich, Inside Windows Azure";

/** The facts of section 5. */
export const facts: readonly Fact[] = [
  {
    id: "5.1",
    text: "A deployment has five upgrade domains unless its definition asks for another number, at most 20.",
    source: schema,
    mark: "document",
  },
  {
    id: "5.2",
    text: "The instances of a role are spread evenly: ten over five domains are two each, fourteen are 3, 3, 3, 3 and 2.",
    source: update,
    mark: "document",
  },
  {
    id: "5.3",
    text: "Nobody chooses the upgrade domain of an instance: it follows from its number, from zero on.",
    source: update,
    mark: "document",
  },
  { id: "5.4", text: "Domains are given in turn: the sixth instance shares the domain of the first.", source: sets, mark: "document" },
  { id: "5.5", text: "An availability set of virtual machines has up to three fault domains.", source: sets, mark: "document" },
  { id: "5.6", text: "A domain that restarts has 30 minutes to recover before the next one has its turn.", source: sets, mark: "document" },
  {
    id: "5.7",
    text: "A fault domain is a rack: its power feed takes every server in it along, and no server of another one.",
    source: talks,
    mark: "recalled",
  },
  {
    id: "5.8",
    text: "Two or more instances of a role are in at least two fault domains.",
    source: "Azure Cloud Services SLA",
    mark: "blog",
  },
  { id: "5.9", text: "Beyond as many instances as there are fault domains, some share one.", source: talks, mark: "recalled" },
  {
    id: "5.10",
    text: "With five upgrade domains and two fault domains, ten instances fill all ten combinations.",
    source: talks,
    mark: "guess",
  },
  {
    id: "5.11",
    text: "With an even number of upgrade domains and two fault domains, the two do not run in step.",
    source: "Rule of this simulator",
    mark: "guess",
  },
  {
    id: "5.12",
    text: "An instance that scaling adds takes the next number, which is in the emptiest upgrade domain.",
    source: update,
    mark: "guess",
  },
  {
    id: "5.13",
    text: "Two instances use only two of five upgrade domains: an update takes half of the capacity away.",
    source: update,
    mark: "document",
  },
  {
    id: "5.14",
    text: "The development fabric shows instance n in fault domain n and upgrade domain n.",
    source: "structuretoobig, development fabric",
    mark: "blog",
    notModelled: "it is the emulator on a developer's machine, not the platform",
  },
];
