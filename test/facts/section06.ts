import type { Fact } from "./fact.ts";

/** What section 6 is about. */
export const title = "Updates";

const update = "Microsoft Docs, How to update a cloud service";
const restarts = "Microsoft Docs, Role instance restarts due to OS upgrades";
const hostUpdates = "MSDN, Azure Host OS Updates";
const mast = "Microsoft MAST blog, IaaS Host OS Update Demystified";
const retirement = "Microsoft Docs, Guest OS supportability and retirement policy";

const of =
  (source: string, mark: Fact["mark"] = "document") =>
  (id: string, text: string): Fact => ({ id, text, source, mark });
const doc = of(update);
const patch = of(restarts);

/** The facts of section 6. */
export const facts: readonly Fact[] = [
  doc("6.1", "An update takes one upgrade domain at a time: its instances stop, are updated and come back, and then the next one follows."),
  doc("6.2", "At most one update is active in a service."),
  doc("6.3", "The instances of all updated roles in one upgrade domain go together."),
  doc(
    "6.4",
    "In mode auto the walk goes on by the health of what runs the new version alone: an instance of a later domain does not hold it.",
  ),
  doc("6.5", "In mode manual each upgrade domain waits until somebody walks to it."),
  of("Service Management REST API, Upgrade Deployment", "recalled")("6.6", "In mode simultaneous every upgrade domain goes at once."),
  doc("6.7", "After 30 minutes the walk goes on past instances that still start: slow starters make several domains be away together."),
  doc("6.8", "New code that crashes at its start holds the walk without limit: the update is stuck after one domain."),
  doc("6.9", "A rollback frees a stuck update and gives the capacity back."),
  doc("6.10", "A fresh update frees a stuck one too."),
  doc("6.11", "A second update during a first one takes its first domain at once: instances of two domains may be away together."),
  doc("6.12", "A rollback exists only while an update is in progress and an instance is not updated yet."),
  doc("6.13", "A rollback leaves instances that were not updated alone and reverts the others, one domain at a time."),
  doc("6.14", "A rollback is refused when the update made local storage larger."),
  doc("6.15", "A rollback is refused when the quota has no room for it."),
  doc("6.16", "While a deployment is locked, nothing else may change it; single instances may still be restarted."),
  doc("6.17", "A role with a single instance is away during its whole update."),
  doc("6.18", "The portal wants a tick before it updates a role with a single instance."),
  patch("6.19", "The host OS is updated once a month: one restart of every instance, one upgrade domain at a time, hours apart."),
  of(mast, "blog")("6.20", "The update of one host takes 15 to 20 minutes."),
  patch(
    "6.21",
    "The guest OS is updated monthly: a walk over the upgrade domains, with a reimage of each instance, sooner done than the host OS.",
  ),
  patch("6.22", "The guest agent is updated monthly: the role stops in good order and starts again, its VM runs on."),
  patch("6.23", "Together that is about two reboots and one role recycle of every instance in a month."),
  patch("6.24", "Nobody is told beforehand: the first sign is that the instance stops, in good order."),
  patch("6.25", "Nobody can opt out of host OS updates; a pinned guest OS version is not patched."),
  of(retirement)("6.26", "A pinned guest OS version is disabled 60 days after its release, and later replaced by force."),
  of(hostUpdates)("6.27", "On a host: out of rotation, OnStop of at most five minutes, the host restarts, its VMs boot, back in rotation."),
  of(hostUpdates)("6.28", "No other instance is started in the place of one whose host is updated."),
  patch("6.29", "An update takes a share of 1/U of the capacity away: half with two domains, a fifth with five."),
  of(hostUpdates)("6.30", "Older documents say of host OS updates that they come at least every quarter."),
];
