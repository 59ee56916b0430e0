/** What a kind of fault is in words; `of` is what it strikes: "web/0", "host 3", "fault domain 1", "db". */
interface IncidentWords {
  /** It strikes, in one clause: "the process of web/0 crashes". */
  readonly strikes: (of: string) => string;
  /** It has struck, as the reason of something else: "web/0 crashed". */
  readonly struck: (of: string) => string;
  /** The same of several, "30 instances", where it is said otherwise. */
  readonly struckMany?: (of: string) => string;
  /** A few words for the strip above the charts, after the target. */
  readonly short: string;
  /** What it is called while nobody heals it: "Host silent". */
  readonly silent: string;
  /** It is over; where it is absent nobody needs to be told. */
  readonly ends?: (of: string) => string;
}

const kinds: Readonly<Record<string, IncidentWords>> = {
  "app-crash": {
    strikes: (of) => `the process of ${of} crashes`,
    struck: (of) => `${of} crashed`,
    short: "crashes",
    silent: "Process dead",
  },
  "app-hang": {
    strikes: (of) => `${of} hangs: it runs but answers nothing`,
    struck: (of) => `${of} hung`,
    short: "hangs",
    silent: "Hung",
  },
  "web-process-crash": {
    strikes: (of) => `the web process of ${of} dies, its role host lives`,
    struck: (of) => `the web process of ${of} died`,
    struckMany: (of) => `the web processes of ${of} died`,
    short: "web dies",
    silent: "Web process dead",
  },
  "app-errors": {
    strikes: (of) => `responses of ${of} begin to fail`,
    struck: (of) => `${of} answered with errors`,
    short: "errs",
    silent: "Answers with errors",
    ends: (of) => `${of} answers without errors again`,
  },
  slow: {
    strikes: (of) => `${of} grows slow`,
    struck: (of) => `${of} grew slow`,
    short: "grows slow",
    silent: "Slow",
    ends: (of) => `${of} is as fast as before`,
  },
  "slow-host": {
    strikes: (of) => `${of} grows slow, and every instance on it`,
    struck: (of) => `${of} grew slow`,
    short: "grows slow",
    silent: "Slow",
    ends: (of) => `${of} is as fast as before`,
  },
  "slow-boot": {
    strikes: (of) => `starts of ${of} become slow`,
    struck: (of) => `starts of ${of} became slow`,
    short: "starts slowly",
    silent: "Starts slowly",
  },
  flap: {
    strikes: (of) => `${of} falls silent and answers in turns`,
    struck: (of) => `${of} flapped`,
    short: "flaps",
    silent: "Flapping",
  },
  pause: {
    strikes: (of) => `${of} is paused for maintenance`,
    struck: (of) => `${of} was paused`,
    struckMany: (of) => `${of} were paused`,
    short: "paused",
    silent: "Paused",
  },
  "vm-failure": {
    strikes: (of) => `the VM of ${of} fails`,
    struck: (of) => `the VM of ${of} failed`,
    struckMany: (of) => `the VMs of ${of} failed`,
    short: "loses its VM",
    silent: "VM silent",
  },
  "host-failure": {
    strikes: (of) => `${of} fails`,
    struck: (of) => `${of} failed`,
    short: "dies",
    silent: "Host silent",
    ends: (of) => `${of} is repaired`,
  },
  "rack-power": {
    strikes: (of) => `the rack of ${of} loses power`,
    struck: (of) => `the rack of ${of} lost power`,
    struckMany: (of) => `the racks of ${of} lost power`,
    short: "loses power",
    silent: "Rack silent",
    ends: (of) => `power returns to the rack of ${of}`,
  },
  "rack-switch": {
    strikes: (of) => `the switch of ${of} fails: nobody reaches its hosts`,
    struck: (of) => `the switch of ${of} failed`,
    struckMany: (of) => `the switches of ${of} failed`,
    short: "is cut off",
    silent: "Rack cut off",
    ends: (of) => `the switch of ${of} works again`,
  },
  "controller-failure": {
    strikes: () => "the primary of the fabric controller dies",
    struck: () => "the primary of the fabric controller died",
    short: "loses its primary",
    silent: "Nobody decides",
  },
  "control-plane-outage": {
    strikes: () => "the control plane goes out: nobody decides",
    struck: () => "the control plane was out",
    short: "is out",
    silent: "Nobody decides",
  },
  "store-outage": {
    strikes: (of) => `store ${of} is out: every call to it fails`,
    struck: (of) => `store ${of} was out`,
    struckMany: (of) => `${of} were out`,
    short: "is out",
    silent: "Out",
    ends: (of) => `store ${of} is available again`,
  },
  "queue-outage": {
    strikes: (of) => `queue ${of} is out: nothing is put in or taken`,
    struck: (of) => `queue ${of} was out`,
    struckMany: (of) => `${of} were out`,
    short: "is out",
    silent: "Out",
    ends: (of) => `queue ${of} is available again`,
  },
  "idle-timeout": {
    strikes: (of) => `the balancer drops an idle connection to ${of}`,
    struck: (of) => `idle connections to ${of} dropped silently`,
    short: "idle connection dropped",
    silent: "Connection dropped",
  },
  "traffic-rule": {
    strikes: (of) => `a traffic rule forbids what ${of} calls`,
    struck: (of) => `a traffic rule forbade calls of ${of}`,
    short: "calls forbidden",
    silent: "Calls forbidden",
  },
  "startup-task-failure": {
    strikes: (of) => `a startup task of ${of} fails: the role cannot start`,
    struck: (of) => `a startup task of ${of} failed`,
    struckMany: (of) => `startup tasks of ${of} failed`,
    short: "cannot start",
    silent: "Cannot start",
  },
  "onstart-failure": {
    strikes: (of) => `OnStart of ${of} fails: its process is killed without OnStop`,
    struck: (of) => `OnStart of ${of} failed`,
    short: "cannot start",
    silent: "Cannot start",
  },
  "unhandled-exception": {
    strikes: (of) => `the version that ${of} runs throws: its process ends without OnStop`,
    struck: (of) => `the version on ${of} threw`,
    short: "throws",
    silent: "Process dead",
  },
  "full-local-storage": {
    strikes: (of) => `local storage of ${of} is full: writes fail`,
    struck: (of) => `local storage of ${of} was full`,
    short: "storage full",
    silent: "Storage full",
  },
  "vm-start-failure": {
    strikes: (of) => `the VM of ${of} fails to start and is tried again`,
    struck: (of) => `the VM of ${of} failed to start`,
    struckMany: (of) => `the VMs of ${of} failed to start`,
    short: "VM fails to start",
    silent: "Starting again",
  },
  "run-return": {
    strikes: (of) => `Run of ${of} returns: the role recycles`,
    struck: (of) => `Run of ${of} returned`,
    short: "recycles",
    silent: "Recycling",
  },
};

/** What strikes, in one clause. */
export function strikesWords(kind: string, target: string): string {
  return kinds[kind]?.strikes(named(target)) ?? `${kind} strikes ${named(target)}`;
}

/** What has struck, as the reason of something else. */
export function struckWords(kind: string, target: string): string {
  return kinds[kind]?.struck(named(target)) ?? `${kind} of ${named(target)}`;
}

/** What has struck several, "30 hosts", as the reason of something else. */
export function struckManyWords(kind: string, targets: string): string {
  const of = kinds[kind];
  return (of?.struckMany ?? of?.struck)?.(targets) ?? `${kind} of ${targets}`;
}

/** What strikes, in a few words. */
export function shortStruck(kind: string, target: string): string {
  return `${named(target)} ${kinds[kind]?.short ?? kind}`;
}

/** What a fault is while nobody heals it; undefined for kinds that have no words. */
export function silentWords(kind: string): string | undefined {
  return kinds[kind]?.silent;
}

/** That a fault is over; undefined where nobody needs to be told. */
export function endsWords(kind: string, target: string): string | undefined {
  return kinds[kind]?.ends?.(named(target));
}

/** Whether a kind of fault has words. */
export function hasWords(kind: string): boolean {
  return kinds[kind] !== undefined;
}

/** `web/2@v3` is web/2 of v3. */
function named(target: string): string {
  return target.replace(/@(.+)$/, " of $1");
}
