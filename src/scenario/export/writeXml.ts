import { XMLBuilder } from "fast-xml-parser";
import type { Shape } from "../import/shapes.ts";
import type { Tree } from "./tree.ts";

/** Text for a tree as an XML file in UTF-8: elements and attributes in the order of their shape, two spaces a level. */
export function writeXml(tree: Tree, shape: Shape): string {
  const builder = new XMLBuilder({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    format: true,
    indentBy: "  ",
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
    // Values are escaped below: the builder would leave line ends in attributes to be read as spaces.
    processEntities: false,
  });
  const text = builder.build([nodeOf(tree, shape)]) as string;
  return `<?xml version="1.0" encoding="utf-8"?>\n${text.trim()}\n`;
}

type BuilderNode = Readonly<Record<string, unknown>>;

function nodeOf(tree: Tree, shape: Shape | undefined): BuilderNode {
  const ranks = ranksOf(shape);
  const children = [...tree.children].sort((a, b) => (ranks.get(a.name) ?? last) - (ranks.get(b.name) ?? last));
  const nodes: BuilderNode[] = children.map((child) => nodeOf(child, shape?.children?.[child.name]));
  if (tree.text !== "") nodes.unshift({ "#text": escaped(tree.text) });
  const order = Object.keys(shape?.attributes ?? {});
  const rankOf = (name: string): number => (order.includes(name) ? order.indexOf(name) : last);
  const attributes = [...tree.attributes].sort(([a], [b]) => rankOf(a) - rankOf(b));
  return { [tree.name]: nodes, ":@": Object.fromEntries(attributes.map(([name, value]) => [`@${name}`, escaped(value)])) };
}

/** What no shape knows comes last. */
const last = Number.MAX_SAFE_INTEGER;

/** Elements of one group, such as web and worker roles, keep their order among each other. */
function ranksOf(shape: Shape | undefined): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  const groups = new Map<string, number>();
  for (const [index, [name, { among }]] of Object.entries(shape?.children ?? {}).entries()) {
    const rank = among === undefined ? index : (groups.get(among) ?? index);
    if (among !== undefined) groups.set(among, rank);
    ranks.set(name, rank);
  }
  return ranks;
}

const references: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Characters that XML forbids become a replacement character, white space other than a space a reference. */
function escaped(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids or changes.
  return value.replace(/[&<>"\u0000-\u001F\uFFFE\uFFFF]/g, (character) => {
    const reference = references[character];
    if (reference !== undefined) return reference;
    return /[\t\n\r]/.test(character) ? `&#${character.charCodeAt(0)};` : "\uFFFD";
  });
}
