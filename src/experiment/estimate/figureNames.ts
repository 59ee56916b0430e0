import type { Design } from "../../model/design.ts";
import { monthsOf } from "../../model/months.ts";
import type { MetricNames } from "../../scenario/expectText.ts";
import { metricForms } from "../../scenario/metrics.ts";
import type { FigureName } from "./interval.ts";

/** The names that figures of a design can be asked for by. */
export function namesOf({ service, clients, queues, stores, measure }: Design): MetricNames {
  const named = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
  return {
    roles: named(service.roles),
    clients: named(clients),
    queues: named(queues),
    stores: named(stores),
    months: () => named(monthsOf(measure)),
  };
}

/** Every figure that an estimate of a design can tell, in the order of the reference page. */
export function figureNamesOf(design: Design): readonly FigureName[] {
  const { months, ...lists } = namesOf(design);
  return metricForms.flatMap(({ form, names, path, unit }) => {
    if (names === undefined) return [{ metric: form, unit, path }];
    const list = names === "months" ? (months?.() ?? []) : lists[names];
    return list.map((name) => ({
      metric: form.replace("NAME", () => name),
      unit,
      path: path.map((key) => (key === "NAME" ? name : key)),
    }));
  });
}
