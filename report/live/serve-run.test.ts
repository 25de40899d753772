import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RunEvent } from "#protocol/events/events.ts";
import { connectPlace, dataPlace } from "#protocol/page/page-data.ts";
import { journalFile, runFolder } from "#runs/journal/journal-folder.ts";
import { claimRun, releaseRun } from "#runs/journal/run-claim.ts";
import { type RunServer, serveRun } from "./serve-run.ts";

const run = "20260102-030405-abcdef";
let workspaceRoot: string;
let folder: string;
let server: RunServer;

beforeEach(async () => {
  workspaceRoot = mkdtempSync(path.join(tmpdir(), "tactus-live-"));
  folder = runFolder(workspaceRoot, run);
  mkdirSync(folder, { recursive: true });
  const template = path.join(workspaceRoot, "template.html");
  writeFileSync(template, `<p>the page</p>${connectPlace}${dataPlace}`);
  write({ type: "stage", name: "one" });
  claimRun(folder);
  server = await serveRun({ workspaceRoot, run, template });
});

afterEach(async () => {
  await server.dispose();
  rmSync(workspaceRoot, { recursive: true });
});

let seq = 0;
function write(body: object): void {
  seq += 1;
  const event = { seq, time: "2026-01-02T03:04:05.000Z", ...body };
  appendFileSync(path.join(folder, journalFile), `${JSON.stringify(event)}\n`);
}

interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As a page or a program of this machine asks; `fetch` would not let it say who it is. */
function ask({
  path: asked,
  method = "GET",
  headers = {},
}: Asked): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(server.address);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: asked, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on("error", reject)
      .end();
  });
}

const authorization = (): string => `Bearer ${new URL(server.address).hash.slice(1)}`;

describe("who gets what", () => {
  test("the page holds nothing of the run, and needs no token", async () => {
    const { status, text } = await ask({ path: "/" });
    expect(status).toBe(200);
    expect(text).toContain("the page");
    expect(text).not.toContain("one");
  });

  test("the run is for whoever has the token", async () => {
    const { status, text } = await ask({ path: "/run", headers: { authorization: authorization() } });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ kind: "run", run, events: [{ type: "stage", name: "one" }] });
  });

  test.for<Asked & { readonly name: string; readonly status: number }>([
    { name: "without a token", path: "/run", status: 401 },
    { name: "with another token", path: "/run", headers: { authorization: "Bearer x" }, status: 401 },
    { name: "events without a token", path: "/events?after=0", status: 401 },
    { name: "under a name that leads here", path: "/", headers: { host: "attacker.example" }, status: 403 },
    {
      name: "from a page of another site",
      path: "/run",
      headers: { origin: "http://x.example" },
      status: 403,
    },
    { name: "from a page without an origin", path: "/run", headers: { origin: "null" }, status: 403 },
    { name: "another method", path: "/run", method: "POST", status: 405 },
    { name: "another path", path: "/../../etc/passwd", status: 404 },
  ])("refused: $name", async ({ status, ...asked }) => {
    expect(await ask(asked)).toEqual({ status, text: "" });
  });
});

test("it listens on this machine alone, at an address that nobody guesses", () => {
  const { hostname, hash } = new URL(server.address);
  expect(hostname).toBe("127.0.0.1");
  expect(hash.length).toBeGreaterThan(40);
});

test("events come as they are written, and end when nobody writes them any more", async () => {
  const { origin } = new URL(server.address);
  const answer = await fetch(`${origin}/events?after=${seq}`, {
    headers: { authorization: authorization() },
  });
  const names: string[] = [];
  let rest = "";
  write({ type: "stage", name: "two" });
  for await (const text of answer.body!.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    const events = lines.map((line): RunEvent => JSON.parse(line));
    names.push(...events.map((event) => (event.type === "stage" ? event.name : "")));
    if (names.at(-1) === "two") {
      write({ type: "stage", name: "three" });
      releaseRun(folder);
    }
  }
  expect(names).toEqual(["two", "three"]);
});
