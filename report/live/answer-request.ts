import { createHash, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { visibleJson } from "#common/visible-text.ts";
import { liveEventsPath, liveRunPath } from "#protocol/page/page-data.ts";
import { followJournal } from "#runs/journal/follow-journal.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { reportHtml } from "../report-html.ts";
import { readRunPage } from "../run-page.ts";
import type { ServedRun } from "./served-run.ts";

/** What a request is answered out of. */
export interface Desk extends ServedRun {
  /** The address of the server itself; a request from any other page is none of ours. */
  readonly origin: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

/** Nobody keeps it, frames it, guesses its type, or is told where it came from. */
const headers = {
  "cache-control": "no-store",
  "content-security-policy": "frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Answers the page, which holds nothing of the run, to any browser of this machine; the run to whoever has the token. */
export async function answerRequest(
  desk: Desk,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (!isFromHere(desk, request)) return refuse(response, 403);
    if (request.method !== "GET") return refuse(response, 405);
    const { pathname, searchParams } = new URL(request.url ?? "/", desk.origin);
    if (pathname === "/") return await sendPage(desk, response);
    if (pathname !== liveRunPath && pathname !== liveEventsPath) return refuse(response, 404);
    if (!hasToken(desk, request)) return refuse(response, 401);
    if (pathname === liveRunPath) return await sendRun(desk, response);
    await sendEvents(desk, Number(searchParams.get("after")) || 0, response);
  } catch {
    // The journal is gone, or the browser: the page says that nothing more comes.
    if (!response.headersSent) refuse(response, 500);
    else response.destroy();
  }
}

/** A name that another site had lead here (DNS rebinding) is another host; a script of another site names its origin. */
function isFromHere({ origin }: Desk, { headers: { host, origin: from } }: IncomingMessage): boolean {
  return `http://${host}` === origin && (from === undefined || from === origin);
}

/** Compared in the same time whatever is given. */
function hasToken({ token }: Desk, request: IncomingMessage): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(request.headers.authorization ?? ""), digest(`Bearer ${token}`));
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...headers, "content-type": "text/plain" }).end();
}

async function sendPage({ template }: Desk, response: ServerResponse): Promise<void> {
  const page = reportHtml(await readFile(template, "utf8"), { kind: "live" });
  response.writeHead(200, { ...headers, "content-type": "text/html; charset=utf-8" }).end(page);
}

async function sendRun({ workspaceRoot, run }: Desk, response: ServerResponse): Promise<void> {
  const page = await readRunPage(workspaceRoot, run);
  response
    .writeHead(200, { ...headers, "content-type": "application/json" })
    .end(visibleJson({ ...page, interrupted: false }));
}

/** An event a line, as they come; ends with the run. */
async function sendEvents(
  { workspaceRoot, run, signal }: Desk,
  after: number,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200, { ...headers, "content-type": "application/x-ndjson" });
  response.flushHeaders();
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const events = followJournal(runFolder(workspaceRoot, run), after, AbortSignal.any([signal, gone.signal]));
  for await (const event of events) response.write(`${visibleJson(event)}\n`);
  response.end();
}
