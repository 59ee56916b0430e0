import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const project = join(import.meta.dirname, "..", "..");
const fixtures = join(project, "test", "fixtures", "import");
const home = mkdtempSync(join(tmpdir(), "nines-untrusted-"));
process.on("exit", () => rmSync(home, { recursive: true, force: true }));

/** A file that lies outside of the scenario's folder. Whoever reads it shows what is in it: no reader takes it for valid. */
export const canary = { csv: "canary.csv", absolute: join(home, "canary.csv"), marker: "SECRET7F3A" } as const;

/** The folder in which the scenarios lie, with files that they may name, and with ways out of it. */
export const ground = join(home, "own");

/** A failure trace, or a list of counts, or prices: whatever is asked of it. */
export const data =
  "at,work,start,end,node,size,hourly,requests\n0,1s,0,5,3,Small,0.1,4\n7s,2s,60,90,web,Large,0.5,0\n9,80ms,100,100,n2,A8,1,7\n";

writeFileSync(canary.absolute, `${canary.marker},${canary.marker}\n${canary.marker}: "\n`);
mkdirSync(join(ground, "sub"), { recursive: true });
writeFileSync(join(ground, "data.csv"), data);
writeFileSync(join(ground, "base.yaml"), "horizon: 1h\nservice: { roles: { web: { kind: web, instances: 3 } } }\n");
copyFileSync(join(fixtures, "shop.csdef"), join(ground, "service.csdef"));
copyFileSync(join(fixtures, "shop.cscfg"), join(ground, "service.cscfg"));
for (const folder of ["scenarios", "scenarios/lessons", "test/engines/scenarios"]) {
  const path = join(project, folder);
  for (const name of readdirSync(path)) if (/\.(csv|csdef|cscfg)$/.test(name)) copyFileSync(join(path, name), join(ground, name));
}
for (const name of ["link.csv", "link.yaml", "link.csdef"]) symlinkSync(canary.absolute, join(ground, name));
symlinkSync(home, join(ground, "way"));
if (process.platform !== "win32") execFileSync("mkfifo", [join(ground, "pipe")]);
