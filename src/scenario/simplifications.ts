/** What is simpler here than on the platform, for the reference page. */
export const simplifications: readonly string[] = [
  "Placement spreads a role over fault domains first and upgrade domains second; the platform's own algorithm is not published.",
  "Upgrade domain of instance i of a role is i modulo the number of upgrade domains.",
  "Scale in removes the instances with the highest numbers, or any with fabric.scaleIn: random; the platform's choice is not documented.",
  "A cluster is a part of the hosts of every fault domain; on the platform it has racks of its own.",
  "At a swap, new flows change over at one instant, and connections stay where they are until they close; during its trouble, if any, both slots refuse new ones.",
  "The fabric tells the balancer nothing about failures that were not planned: only probes find them.",
  "A demand is divided by the speed of the size (ACU/100); memory, disk and network do not slow a request down.",
  "Start times do not depend on the size of the VM or of the package.",
  "The presets' rates are independent of each other: faults that share a cause are stated as faults of a host or a fault domain.",
  "A host OS pass goes by the upgrade domains of the service alone; on the platform a host serves many services.",
  "Which part of a month a patch pass comes in is drawn anew every month; a forced guest OS update comes once.",
  "Roles are neither added nor removed by an update in place: every version has the roles of the service.",
  "Instances apply what they are told of (Changing, Changed) in no time.",
  "A store is a latency outside the deployment; it is always there.",
  "Months of uptime are of 30 days from the start unless measure.epoch gives a day of the calendar; a month of which only a part is measured is marked, and counts as the worst only when there is no whole one.",
  "An agreement counts a role as it is asked for: with two or more instances, in a service of two or more upgrade and fault domains; a role that changes between one and two is counted as both, each in its time.",
];
