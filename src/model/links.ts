import type { Design, RoleDesign, ServiceDesign, StepDesign } from "./design.ts";

/** Two roles of which one calls the other, in some version. */
export interface LinkDesign {
  readonly from: string;
  readonly to: string;
}

/** A call to a role, compiled. */
export interface AskProgram {
  readonly link: number;
  readonly timeout: number;
  readonly policy: "random" | "round-robin" | "first";
  /** Whether the traffic rules let it through. */
  readonly isAllowed: boolean;
}

type CallStep = Extract<StepDesign, { step: "call" }>;

/** The calls of a handler to other roles, in order. */
export function callsOf({ handler }: RoleDesign): readonly CallStep[] {
  return handler.filter((step) => step.step === "call");
}

/** Every pair of roles of which one calls the other in some version, in a fixed order. */
export function linksOf({ operations, service }: Design): readonly LinkDesign[] {
  const links: LinkDesign[] = [];
  for (const role of [...service.roles, ...operations.flatMap((operation) => ("roles" in operation ? operation.roles : []))]) {
    for (const { role: to } of callsOf(role)) {
      if (!links.some((link) => link.from === role.name && link.to === to)) links.push({ from: role.name, to });
    }
  }
  return links;
}

/** Compiles a call of a role to another one. */
export function compileAsk(design: Design, from: string, { endpoint, policy, retry, role, timeout }: CallStep) {
  const { roles } = design.service;
  return {
    kind: "role",
    id: roles.findIndex(({ name }) => name === role),
    isWrite: false,
    canFail: true,
    law: undefined,
    retry,
    asks: {
      link: linksOf(design).findIndex((link) => link.from === from && link.to === role),
      timeout,
      policy,
      isAllowed: isAllowed(design, from, role, endpoint),
    },
  } as const;
}

/** Whether the traffic rules let a role call an internal endpoint: one that no rule names is open to all. */
export function isAllowed(
  { service }: { readonly service: Pick<ServiceDesign, "trafficRules"> },
  from: string,
  role: string,
  endpoint: string,
): boolean {
  const rules = service.trafficRules.filter(({ to }) => to.role === role && to.endpoint === endpoint);
  return rules.length === 0 || rules.some((rule) => rule.from === "all" || rule.from.includes(from));
}
