import type { XmlElement } from "../import/xml.ts";

/** An element of a service file that is about to be written; it may be changed. */
export interface Tree {
  name: string;
  readonly attributes: Map<string, string>;
  children: Tree[];
  /** The text directly inside. */
  readonly text: string;
}

/** A new element; attributes that are undefined are left out. */
export function element(name: string, attributes: Readonly<Record<string, string | number | undefined>> = {}, children: Tree[] = []): Tree {
  const given = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)] as const]));
  return { name, attributes: new Map(given), children, text: "" };
}

/** A copy of an element that was read, without places and comments. */
export function treeOf({ attributes, children, declarations, name, text }: XmlElement): Tree {
  return { name, attributes: new Map([...(declarations ?? []), ...attributes]), children: children.map(treeOf), text };
}

/** The children of some names, in order. */
export function childrenOf(tree: Tree | undefined, ...names: readonly string[]): Tree[] {
  return tree?.children.filter((child) => names.includes(child.name)) ?? [];
}

/** The grandchildren of a name below children of a name. */
export function within(tree: Tree | undefined, parent: string, ...names: readonly string[]): Tree[] {
  return childrenOf(tree, parent).flatMap((child) => childrenOf(child, ...names));
}

/** The first child whose attribute has that value. */
export function named(trees: readonly Tree[], value: string, attribute = "name"): Tree | undefined {
  return trees.find((tree) => tree.attributes.get(attribute)?.trim() === value);
}

/** The child of a name, made when it is missing. */
export function childOf(tree: Tree, name: string): Tree {
  const [found] = childrenOf(tree, name);
  if (found !== undefined) return found;
  const made = element(name);
  tree.children.push(made);
  return made;
}

/** Leaves out children that are of one of the names and do not pass; emptied parents further down stay. */
export function keepChildren(tree: Tree | undefined, names: readonly string[], passes: (child: Tree) => boolean): void {
  if (tree !== undefined) tree.children = tree.children.filter((child) => !names.includes(child.name) || passes(child));
}

/** Sets an attribute unless what stands there means the same; `usual` is what its absence means. */
export function setAttribute(tree: Tree, name: string, wanted: string, usual: string | undefined): void {
  const found = tree.attributes.get(name)?.trim();
  if ((found ?? usual) !== wanted) tree.attributes.set(name, wanted);
}
