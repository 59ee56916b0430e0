import { FactKind } from "../model/facts.ts";
import { InstanceState, refuses } from "../model/status.ts";
import type { ToldFact } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import { NumberById } from "./numberById.ts";

/** What a probe gets, by a monitor's own account. */
export const Reply = { yes: 0, no: 1, silence: 2 } as const;

/** A monitor's own account of who is in which rotation, and what each instance answers to its probes, kept from the facts. */
export class BackendAccount {
  /** What the facts must be listened to for it. */
  static readonly listensTo = [
    FactKind.instanceChanged,
    FactKind.instanceExcluded,
    FactKind.onStopReturned,
    FactKind.onStopCut,
    FactKind.rotationChanged,
    FactKind.instancesAsked,
  ];
  private readonly platform: Platform;
  private readonly state = new NumberById(-1);
  private readonly isExcluded = new NumberById(0);
  /** By backend: whether it is in rotation, what it replies, since when, and since when it says no or nothing without a break. */
  private readonly isIn = new NumberById(0);
  private readonly reply = new NumberById(Reply.silence);
  private readonly since = new NumberById(0);
  private readonly badSince = new NumberById(0);
  private readonly wasSilent = new NumberById(1);
  private readonly owner = new NumberById(-1);
  private readonly madeAt = new NumberById(0);

  /** An account of a run that has not begun. */
  constructor(platform: Platform) {
    this.platform = platform;
  }

  /** Hears a fact of the kinds it listens to, and calls back for each backend that may owe something else from now on. */
  hear({ at, kind, subject, value }: Readonly<ToldFact>, changed: (backend: number, at: number) => void): void {
    const { backends, groups, instances } = this.platform.world;
    let instance = subject;
    if (kind === FactKind.instanceChanged) {
      this.state.set(subject, value);
      if (value === InstanceState.ready || value === InstanceState.deleted) this.isExcluded.set(subject, 0);
    } else if (kind === FactKind.instanceExcluded) this.isExcluded.set(subject, 1);
    else if (kind === FactKind.instancesAsked) instance = groups[subject].instances[0] ?? -1;
    if (instance < 0) return;
    for (let backend = instances.firstBackend[instance]; backend >= 0; backend = backends.next[backend]) {
      this.look(backend, instance, at);
      changed(backend, at);
    }
  }

  /** Whether a backend is still that of the instance it was when a fact told of it last. */
  isCurrent(backend: number): boolean {
    const { backends } = this.platform.world;
    return backends.ids.isLive(backend) && backends.instance[backend] === this.owner.get(backend);
  }

  /** Whether a backend is in rotation. */
  isInRotation(backend: number): boolean {
    return this.isIn.get(backend) === 1;
  }

  /** What it replies now, since when, since when without a yes between, whether it was silent in that time, and when it was made. */
  replyOf(backend: number): {
    readonly reply: number;
    readonly since: number;
    readonly badSince: number;
    readonly wasSilent: boolean;
    readonly madeAt: number;
  } {
    return {
      reply: this.reply.get(backend),
      since: this.since.get(backend),
      badSince: this.badSince.get(backend),
      wasSilent: this.wasSilent.get(backend) === 1,
      madeAt: this.madeAt.get(backend),
    };
  }

  /** Whether it is in rotation whatever its status. */
  stays(backend: number): boolean {
    const { catalogue, world } = this.platform;
    const { backends, groups, instances, rotations } = world;
    if (catalogue.endpoints[rotations[backends.rotation[backend]].endpoint].stays) return true;
    const instance = backends.instance[backend];
    const group = groups[instances.group[instance]];
    return group.asked === 1 && group.instances[0] === instance;
  }

  private look(backend: number, instance: number, at: number): void {
    const { backends, rotations } = this.platform.world;
    if (this.owner.get(backend) !== instance) {
      // the record was another instance's
      this.owner.set(backend, instance);
      this.madeAt.set(backend, at);
      this.reply.set(backend, Reply.silence);
      this.since.set(backend, at);
      this.badSince.set(backend, at);
      this.wasSilent.set(backend, 1);
    }
    this.isIn.set(backend, backends.inRotation[backend]);
    const { probe } = this.platform.catalogue.endpoints[rotations[backends.rotation[backend]].endpoint];
    const reply = this.answer(instance, probe.kind === "probe" && probe.asks === "application");
    const before = this.reply.get(backend);
    if (reply === before) return;
    this.reply.set(backend, reply);
    this.since.set(backend, at);
    if (before === Reply.yes) {
      this.badSince.set(backend, at);
      this.wasSilent.set(backend, 0);
    }
    if (reply === Reply.silence) this.wasSilent.set(backend, 1);
  }

  private answer(instance: number, asksApplication: boolean): number {
    const state = this.state.get(instance);
    if (state === InstanceState.ready) return Reply.yes;
    const servesOn = this.platform.world.instances.servesOn[instance] === 1;
    if (state === InstanceState.stopping && servesOn && asksApplication) return Reply.yes;
    if (this.isExcluded.get(instance) === 1) return Reply.no;
    if ((state === InstanceState.hung || state === InstanceState.webDown) && !asksApplication) return Reply.yes;
    return refuses(state) ? Reply.no : Reply.silence;
  }
}
