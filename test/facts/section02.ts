import type { Fact } from "./fact.ts";

/** Title of the section. */
export const title = "Life of a role instance";

const workflow = "Microsoft Docs, Workflow of the Windows Azure classic VM architecture";
const tasks = "Microsoft Docs, How to configure and run startup tasks for an Azure Cloud Service";
const lifecycle = "Microsoft Docs, Customize the lifecycle of a web or worker role in .NET";
const onStop = "Microsoft Docs, RoleEntryPoint.OnStop";
const probes = "Microsoft Docs, Azure Cloud Services definition LoadBalancerProbe schema";
const disks = "Microsoft support articles, Disk partition preservation in Cloud Services";
const faq = "Microsoft Docs, Application and service availability FAQ for Cloud Services";

/** How an instance starts, runs and stops, and what its disks keep. */
export const facts: readonly Fact[] = [
  {
    id: "2.1",
    text: "The guest agent watches the role host and starts it again; the VM is not rebooted for that.",
    source: workflow,
    mark: "document",
  },
  { id: "2.2", text: "The process that serves web requests is watched by nobody on the platform.", source: workflow, mark: "document" },
  {
    id: "2.3",
    text: "The guest agent writes status and heartbeat to its log every two or three seconds.",
    source: workflow,
    mark: "document",
    notModelled: "a line in a log changes nothing",
  },
  {
    id: "2.4",
    text: "Front ends for users and for clusters stand between the user and the fabric controller.",
    source: workflow,
    mark: "document",
    notModelled: "what users notice of them is an outage of the control plane, which is a fault of its own",
  },
  {
    id: "2.5",
    text: "A new instance gets a host with room, its guest OS boots, and only then its role starts.",
    source: workflow,
    mark: "document",
  },
  {
    id: "2.6",
    text: "Startup tasks run in the order of the file, and each simple one holds up all that comes after it.",
    source: tasks,
    mark: "document",
  },
  {
    id: "2.7",
    text: "A simple startup task with an exit code other than 0 keeps the instance from ever starting: it recycles for ever.",
    source: tasks,
    mark: "document",
  },
  { id: "2.8", text: "Background and foreground tasks run beside the start and do not hold it up.", source: tasks, mark: "document" },
  { id: "2.9", text: "A foreground task holds up recycle and shutdown until it ends.", source: tasks, mark: "document" },
  { id: "2.10", text: "While OnStart runs the instance is Busy and gets no traffic.", source: lifecycle, mark: "document" },
  {
    id: "2.11",
    text: "When OnStart returns false or throws, the process is killed without OnStop and started again.",
    source: lifecycle,
    mark: "document",
  },
  {
    id: "2.12",
    text: "When OnStart returns, the instance is Ready and goes into rotation, and Run begins.",
    source: lifecycle,
    mark: "document",
  },
  {
    id: "2.13",
    text: "When Run returns the role recycles in good order: out of rotation, Stopping, OnStop, start.",
    source: lifecycle,
    mark: "document",
  },
  {
    id: "2.14",
    text: "An unhandled exception ends the process without Stopping and OnStop, and the platform restarts the role.",
    source: lifecycle,
    mark: "document",
  },
  {
    id: "2.15",
    text: "Startup tasks run again at every start of the role, not only at boot, so they must be idempotent.",
    source: tasks,
    mark: "document",
  },
  { id: "2.16", text: "With the guest agent's probe an instance leaves the rotation before OnStop.", source: probes, mark: "document" },
  {
    id: "2.17",
    text: "With a probe that asks the application, an instance may answer while OnStop runs and keep getting traffic.",
    source: probes,
    mark: "document",
  },
  {
    id: "2.18",
    text: "In a web role Application_End is called before Stopping and OnStop.",
    source: onStop,
    mark: "document",
    notModelled: "handlers of the application have no behaviour here: the time they take is part of OnStop",
  },
  {
    id: "2.19",
    text: "The order of a stop is: out of rotation, requests drained up to a limit, Stopping and OnStop, process killed.",
    source: onStop,
    mark: "document",
  },
  { id: "2.20", text: "OnStop has five minutes, then the process is killed.", source: onStop, mark: "document" },
  {
    id: "2.21",
    text: "An unhealthy role goes round and round through the same few states and never stays ready.",
    source: "Microsoft Docs, Common issues that cause roles to recycle",
    mark: "document",
  },
  {
    id: "2.22",
    text: "The management API has a status name for every state, RestartingRole for the first restart and CyclingRole from then on.",
    source: "Service Management API, Get Deployment",
    mark: "recalled",
  },
  {
    id: "2.23",
    text: "A deployment has a status of its own: Running, Suspended, transitions between them, Deploying, Deleting.",
    source: "Service Management API, Get Deployment",
    mark: "recalled",
    notModelled: "the operations in progress and the states of the instances say the same",
  },
  {
    id: "2.24",
    text: "Extended support reports provisioning and power states instead.",
    source: "Microsoft Docs, Available provisioning and power states for Cloud Services (extended support)",
    mark: "document",
    notModelled: "other names for the same states",
  },
  { id: "2.25", text: "A reboot from inside the VM keeps all three disks.", source: disks, mark: "document" },
  {
    id: "2.26",
    text: "A power cycle of the host keeps local storage and the application's disk and makes the Windows disk anew.",
    source: disks,
    mark: "document",
  },
  {
    id: "2.27",
    text: "A reboot from the portal, a host OS update and stop with start make only the application's disk anew.",
    source: disks,
    mark: "document",
  },
  {
    id: "2.28",
    text: "A reimage and a guest OS update make the disks of Windows and of the application anew and keep local storage.",
    source: disks,
    mark: "document",
  },
  { id: "2.29", text: "An upgrade in place makes only the application's disk anew.", source: disks, mark: "document" },
  {
    id: "2.30",
    text: "A move to another host after a failure makes all disks anew, local storage included.",
    source: disks,
    mark: "document",
  },
  { id: "2.31", text: "A rebuild makes all disks anew.", source: disks, mark: "document" },
  { id: "2.32", text: "Local storage that is cleaned on recycle is emptied at every start of the role.", source: disks, mark: "document" },
  {
    id: "2.33",
    text: "A change of the VM's size makes everything anew, and local data are lost.",
    source: "Microsoft Docs, How to manage cloud services",
    mark: "document",
  },
  {
    id: "2.34",
    text: "A change of the number of roles reimages the instances.",
    source: "Microsoft Docs, How to manage cloud services",
    mark: "document",
    notModelled: "a service keeps its roles during a run",
  },
  {
    id: "2.35",
    text: "What somebody changes by remote desktop is lost when the Windows disk is made anew, and makes an instance unlike the others until then.",
    source: disks,
    mark: "document",
  },
  {
    id: "2.36",
    text: "Without requests the application pool stops after a while, and the next request waits for its start.",
    source: faq,
    mark: "document",
  },
  {
    id: "2.37",
    text: "The application pool is recycled every 29 hours, and the first request after that is slow.",
    source: faq,
    mark: "document",
  },
];
