import { keysOf } from "./keys.ts";
import { operation } from "./schema/operations.ts";
import { alternativesOf, shapeOf, wordsOf } from "./schema/walk.ts";

/** An operation and what may be said of it. */
interface OperationText {
  readonly name: string;
  readonly summary: string;
  readonly keys: readonly { readonly key: string; readonly required: boolean; readonly description: string; readonly absent: string }[];
}

/** Every operation with its keys in words, in the order of the reference page. */
export function operationTexts(): readonly OperationText[] {
  return alternativesOf(operation).map((kind) => {
    const name = wordsOf(shapeOf(kind)?.kind as never)[0] ?? "";
    const keys = keysOf(kind, "operations.*").filter(({ path }) => path.split(".").length === 3 && !path.endsWith(".kind"));
    return {
      name,
      summary: kind.meta()?.description ?? "",
      keys: keys.map(({ meta, path, required }) => {
        const key = path.split(".").pop() ?? "";
        return { key, required, description: meta.description ?? "", absent: key === "slot" ? slotOf(name) : (meta.absent ?? "") };
      }),
    };
  });
}

function slotOf(operationName: string): string {
  return operationName === "deploy" || operationName === "delete" ? "staging" : "production";
}
