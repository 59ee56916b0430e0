import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type BrowserFlags, browserLine } from "./browserLine.ts";
import { processLine } from "./processLine.ts";
import { type Session, sessionOver } from "./session.ts";

/** The program in both forms in which engines take it. */
export interface Program {
  readonly text: string;
  readonly file: string;
}

/** Something that runs JavaScript. */
export interface Engine {
  /** What `--only` calls it. */
  readonly name: string;
  readonly title: string;
  /** Where it is on this machine; undefined when it is not installed. */
  readonly command: string | undefined;
  /** So slow that it replays one seed only. */
  readonly isSlow: boolean;
  /** As it says itself: "22.23.3". */
  version(): string;
  open(program: Program): Promise<Session>;
}

/** Every engine of the comparison, in the order of the table; the first is the one that all others are compared with. */
export function engines(): readonly Engine[] {
  const here = process.execPath;
  return [
    onCommand("node", "Node", here),
    onCommand("jitless", "Node --jitless", here, ["--jitless"]),
    onCommand("node22", "Node 22", packaged("node22", "bin", "node")),
    onCommand("node24", "Node 24", packaged("node24", "bin", "node")),
    onCommand("node26", "Node 26", packaged("node26", "bin", "node")),
    onCommand("bun", "Bun", packaged("bun", "bin", "bun.exe")),
    browser("chromium", "Chromium", ["chromium", "chromium-browser", "google-chrome"], chromiumFlags),
    browser("firefox", "Firefox", ["firefox-esr", "firefox"], firefoxFlags),
  ];
}

function onCommand(name: string, title: string, command: string | undefined, flags: readonly string[] = []): Engine {
  return {
    name,
    title,
    command,
    isSlow: flags.length > 0,
    version: () => versionOf(command),
    open: async ({ file }) => sessionOver(processLine(command ?? name, flags, file)),
  };
}

function browser(name: string, title: string, commands: readonly string[], flags: BrowserFlags): Engine {
  const command = commands.map(onPath).find((found) => found !== undefined);
  return {
    name,
    title,
    command,
    isSlow: false,
    version: () => versionOf(command),
    open: async ({ text }) => sessionOver(await browserLine(command ?? name, flags, text)),
  };
}

const chromiumFlags: BrowserFlags = (profile, page) => [
  "--headless",
  // a user who is root has no sandbox
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--user-data-dir=${profile}`,
  page,
];

const firefoxFlags: BrowserFlags = (profile, page) => ["--headless", "--no-remote", "--profile", profile, page];

/** A file of a package of `test/engines/package.json`. */
function packaged(...path: readonly string[]): string | undefined {
  const file = join(import.meta.dirname, "node_modules", ...path);
  return existsSync(file) ? file : undefined;
}

function onPath(command: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, command)).find((file) => existsSync(file));
}

function versionOf(command: string | undefined): string {
  if (command === undefined) return "";
  const { stdout } = spawnSync(command, ["--version"], { encoding: "utf8", timeout: 30_000 });
  return /\d+(\.\d+)+/.exec(stdout ?? "")?.[0] ?? "unknown";
}
