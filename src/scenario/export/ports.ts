import type { ServiceRole } from "../import/service.ts";

/** Public ports for endpoints that have none: 80 and then 8080 and up for web roles, 10001 and up for worker roles. */
export class Ports {
  private readonly taken: readonly (readonly [number, number])[];
  private readonly given = new Set<number>();

  /** `roles` are those whose ports are taken. */
  constructor(roles: readonly ServiceRole[]) {
    this.taken = roles.flatMap(({ endpoints }) =>
      endpoints.flatMap(({ kind, port, publicPortRange }) => {
        if (publicPortRange !== undefined) return [publicPortRange];
        return kind === "input" && port !== null ? [[port, port] as const] : [];
      }),
    );
  }

  /** The next free port. */
  fresh(kind: "web" | "worker"): number {
    let port = kind === "web" ? 80 : 10_001;
    while (this.given.has(port) || this.taken.some(([from, to]) => from <= port && port <= to)) port = port === 80 ? 8080 : port + 1;
    this.given.add(port);
    return port;
  }
}
