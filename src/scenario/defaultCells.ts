import { type Micros, never } from "../kernel/time.ts";
import type { HostingKind } from "../model/design.ts";
import type { LawSpec } from "../random/lawSpec.ts";
import { readLaw } from "./lawText.ts";
import { defaultCell, hostingCells, type PresetName } from "./presets.ts";
import { readDuration, readPercent, readSize } from "./units.ts";

type RoleKind = "web" | "worker";

/** Readers of the defaults of one preset. */
export type Cells = ReturnType<typeof cellsOf>;

/** The readers of a preset under a hosting model: each takes the path of a key and gives its default in the unit of the design. Throws when there is none. */
export function cellsOf(preset: PresetName, hosting: HostingKind = "cloud-service") {
  const value = (path: string, of?: RoleKind): string | number | boolean => {
    const changed = preset === "ideal" ? undefined : hostingCells[hosting][path];
    const cell = changed ?? defaultCell(preset, path, of);
    if (cell === undefined) throw new Error(`no default for ${path}`);
    return cell.value;
  };
  const text = (path: string, of?: RoleKind): string => String(value(path, of));
  return {
    choice: (path: string): string => text(path),
    flag: (path: string): boolean => value(path) === true,
    number: (path: string): number => Number(value(path)),
    count: (path: string, unlimited: number): number => (text(path) === "unlimited" ? unlimited : Number(value(path))),
    duration: (path: string): Micros => (text(path) === "never" ? never : readDuration(text(path))),
    law: (path: string, of?: RoleKind): LawSpec => readLaw(text(path, of)) as LawSpec,
    share: (path: string): number => readPercent(text(path)),
    size: (path: string): number => readSize(text(path)),
  };
}
