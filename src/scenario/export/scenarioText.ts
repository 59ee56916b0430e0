import { Document, visit } from "yaml";
import type { Scenario } from "../schema/scenario.ts";

/** Mappings and lists of at most so many characters stand on one line. */
const longestLine = 100;

/** A scenario as the text of a file, which `parse` reads back to the same. */
export function writeScenario(scenario: Scenario): string {
  const document = new Document(scenario, { aliasDuplicateObjects: false });
  visit(document, {
    Collection(key, collection) {
      const isInside = key !== null && key !== "key";
      if (isInside && collection.items.length > 0 && JSON.stringify(collection).length <= longestLine) collection.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}
