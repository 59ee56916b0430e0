import { almost, type Bomb, type Inputs } from "./bomb.ts";
import { configurations, counterexamples, definitions, documents, experiments, tables } from "./fileBombs.ts";
import { lists, notation, textBombs } from "./yamlBombs.ts";

function bombsOf(reader: string, inputs: Inputs): readonly Bomb[] {
  return Object.entries(inputs).map(([name, input]) => ({ reader, name, input }));
}

/** Every large input; `size` is that of the long texts, in characters. */
export function allBombs(size = almost): readonly Bomb[] {
  const csv = ["counts", "instants", "law of data", "outages", "prices", "failure trace"];
  return [
    ...bombsOf("scenario", { ...notation, ...lists }),
    ...textBombs(size),
    ...bombsOf("csdef", { ...documents, ...definitions }),
    ...bombsOf("cscfg", configurations),
    ...bombsOf("experiment", experiments),
    ...bombsOf("experiment", notation),
    ...csv.flatMap((use) => bombsOf(`csv: ${use}`, tables)),
    ...bombsOf("counterexample JSON", counterexamples),
  ];
}
