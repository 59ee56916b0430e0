import { namePattern } from "../selectorText.ts";

/** Turns names of service files into names of the scenario language, each used once. */
export class Names {
  private readonly used = new Set<string>();

  /** A name that nothing else has, near to the wanted one: odd characters become "-", doubles get a number. */
  fresh(wanted: string): string {
    const plain = (namePattern.test(wanted) ? wanted : wanted.replace(/[^A-Za-z0-9_.-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "")) || "unnamed";
    let name = plain.slice(0, 100);
    for (let number = 2; this.used.has(name); number += 1) name = `${plain.slice(0, 90)}-${number}`;
    this.used.add(name);
    return name;
  }
}
