import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ended } from "./ended.ts";
import type { Line } from "./session.ts";

/** The flags of a browser for a folder of its own and the page it opens. */
export type BrowserFlags = (profile: string, page: string) => readonly string[];

const page = '<!doctype html><title>Nines</title><script>new Worker("/worker.js")</script>';

/** Asks for a question, answers it, and asks for the next; a server that is gone ends it. */
const worker = `importScripts("/program.js");
for (let done = ""; ; ) {
  const asked = new XMLHttpRequest();
  asked.open("POST", "/turn", false);
  asked.send(done);
  try { done = "+" + nines.answer(asked.responseText); } catch (error) { done = "-" + String(error); }
}`;

/** Starts a browser without a window on a page whose worker runs the program and talks to a server of this process. */
export async function browserLine(command: string, flags: BrowserFlags, program: string): Promise<Line> {
  const exchange = new Exchange(program);
  const address = await exchange.listen();
  const profile = mkdtempSync(join(tmpdir(), "nines-browser-"));
  const child = spawn(command, flags(profile, address), { stdio: "ignore", detached: true, env: { ...process.env, HOME: profile } });
  child.on("error", (error) => exchange.fail(error.message));
  child.on("exit", (code, signal) => exchange.fail(`the browser ended with ${signal ?? `exit code ${code}`}`));
  return {
    send: (question) => exchange.send(question),
    async close() {
      await ended(child, true);
      exchange.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

/** The server between the caller and the page: holds the worker's request until there is a question. */
class Exchange {
  private readonly server: Server;
  private waiting: ServerResponse | undefined;
  private question: string | undefined;
  private over: Error | undefined;
  private settle: { take(answer: string): void; refuse(error: Error): void } | undefined;

  constructor(program: string) {
    const texts: Readonly<Record<string, readonly [type: string, text: string]>> = {
      "/": ["text/html", page],
      "/worker.js": ["text/javascript", worker],
      "/program.js": ["text/javascript", program],
    };
    this.server = createServer((request, response) => {
      const [type, text] = texts[request.url ?? ""] ?? [];
      if (request.method === "POST") this.turn(request, response);
      else if (type === undefined) response.writeHead(404).end();
      else response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(text);
    });
    this.server.requestTimeout = 0;
    this.server.timeout = 0;
  }

  /** Listens on the loopback only; the address of the page. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  send(question: string): Promise<string> {
    return new Promise((take, refuse) => {
      if (this.over !== undefined) return refuse(this.over);
      this.settle = { take, refuse };
      this.question = question;
      this.hand();
    });
  }

  fail(message: string): void {
    this.over ??= new Error(message);
    this.settle?.refuse(this.over);
  }

  close(): void {
    this.settle = undefined;
    this.server.closeAllConnections();
    this.server.close();
  }

  private turn(request: IncomingMessage, response: ServerResponse): void {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const answer = Buffer.concat(parts).toString("utf8");
      if (answer !== "") this.settle?.take(answer);
      this.waiting = response;
      this.hand();
    });
  }

  private hand(): void {
    if (this.waiting === undefined || this.question === undefined) return;
    this.waiting.writeHead(200, { "content-type": "application/json; charset=utf-8" }).end(this.question);
    this.waiting = undefined;
    this.question = undefined;
  }
}
