import type { Platform } from "../model/world.ts";
import type { Metric } from "./metric.ts";

/** How often each autoscaled role was scaled, or was not although its rules said so. */
export class AutoscaleMetric implements Metric {
  readonly listensTo = [];
  readonly roles: { readonly name: string; scaledOut: number; scaledIn: number; flappingAvoided: number; frozen: number }[] = [];

  begin({ design }: Platform): void {
    for (const { role } of design.autoscale.roles)
      this.roles.push({ name: role, scaledOut: 0, scaledIn: 0, flappingAvoided: 0, frozen: 0 });
  }

  observe(): void {}

  finish({ world }: Platform): void {
    world.autoscalers.forEach((autoscaler, id) => {
      const role = this.roles[id];
      role.scaledOut = autoscaler.out;
      role.scaledIn = autoscaler.in;
      role.flappingAvoided = autoscaler.flapping;
      role.frozen = autoscaler.frozen;
    });
  }

  /** Adds another run's counts to this one's. */
  merge(other: AutoscaleMetric): void {
    this.roles.forEach((role, id) => {
      const theirs = other.roles[id];
      role.scaledOut += theirs.scaledOut;
      role.scaledIn += theirs.scaledIn;
      role.flappingAvoided += theirs.flappingAvoided;
      role.frozen += theirs.frozen;
    });
  }
}
