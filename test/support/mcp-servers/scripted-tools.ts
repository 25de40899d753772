import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  type CallToolResult,
  CreateMessageResultSchema,
  ElicitResultSchema,
  ListRootsResultSchema,
} from "@modelcontextprotocol/sdk/types.js";

type Arguments = Readonly<Record<string, unknown>>;

/** One call, as a tool sees it. */
export interface ScriptedCall {
  readonly server: Server;
  readonly given: Arguments;
  readonly signal: AbortSignal;
  readonly note: (line: string) => void;
  /** Lists one more tool from now on. */
  readonly grow: () => Promise<void>;
}

type ScriptedTool = (call: ScriptedCall) => CallToolResult | Promise<CallToolResult>;

/** What each tool of the scripted server does. */
export const toolBodies: Readonly<Record<string, ScriptedTool>> = {
  add: ({ given }) => text(String(Number(given["a"]) + Number(given["b"]))),
  nothing: () => ({ content: [] }),
  structured: ({ given }) => ({
    content: [{ type: "text", text: "as text" }],
    structuredContent: { given, list: [1, 2], nested: { yes: true } },
  }),
  fail: () => ({ content: [{ type: "text", text: "the disk is full" }], isError: true }),
  throw: () => {
    throw new Error("something broke inside");
  },
  huge: ({ given }) => hugeResult(String(given["kind"])),
  mixed: () => mixedResult,
  crash: () => {
    process.stderr.write("out of cheese\n");
    process.exit(42);
  },
  environment: () => ({ content: [], structuredContent: { ...process.env, folder: process.cwd() } }),
  reach: async ({ given }) => ({ content: [], structuredContent: await reached(given) }),
  slow: ({ signal, note }) =>
    new Promise((resolve) => {
      note("slow began");
      signal.addEventListener("abort", () => {
        note("slow was cancelled");
        resolve(text("too late"));
      });
    }),
  grow: async ({ grow }) => {
    await grow();
    return text("grown");
  },
  ask: async ({ server }) => ({ content: [], structuredContent: { ...(await answersOf(server)) } }),
};

function text(content: string): CallToolResult {
  return { content: [{ type: "text", text: content }] };
}

const mixedResult: CallToolResult = {
  content: [
    { type: "text", text: "see" },
    { type: "image", data: Buffer.from("picture").toString("base64"), mimeType: "image/png" },
    { type: "image", data: "A".repeat(100_000), mimeType: "image/png" },
    { type: "audio", data: Buffer.from("sound").toString("base64"), mimeType: "audio/wav" },
    { type: "resource", resource: { uri: "file:///a.txt", mimeType: "text/plain", text: "inside" } },
    { type: "resource", resource: { uri: "file:///a.bin", blob: Buffer.from("bytes").toString("base64") } },
    { type: "resource_link", uri: "file:///b.txt", name: "b", description: "another" },
  ],
};

function hugeResult(kind: string): CallToolResult {
  if (kind === "text") return text("x".repeat(1_000_000));
  if (kind === "value") return { content: [], structuredContent: { list: Array(400_000).fill(1) } };
  if (kind === "deep") return { content: [], structuredContent: deep(200) };
  return text("x".repeat(20_000_000));
}

function deep(levels: number): Record<string, unknown> {
  return levels === 0 ? {} : { inner: deep(levels - 1) };
}

/** What a client says to each thing that a server may ask of it. */
async function answersOf(server: Server): Promise<Record<string, string>> {
  const message = { role: "user", content: { type: "text", text: "hello" } } as const;
  const requestedSchema = { type: "object", properties: { name: { type: "string" } } } as const;
  const asked = {
    sampling: server.request(
      { method: "sampling/createMessage", params: { messages: [message], maxTokens: 10 } },
      CreateMessageResultSchema,
    ),
    elicitation: server.request(
      { method: "elicitation/create", params: { message: "Who?", requestedSchema } },
      ElicitResultSchema,
    ),
    roots: server.request({ method: "roots/list" }, ListRootsResultSchema),
    ping: server.ping(),
  };
  const answers = Object.entries(asked).map(async ([name, answer]) => [
    name,
    await answer.then(
      () => "answered",
      (error: unknown) => String((error as { code?: unknown }).code),
    ),
  ]);
  return Object.fromEntries(await Promise.all(answers));
}

/** What comes of reaching for a file to read, a file to write, and a port: `done`, or the code of the error. */
async function reached(given: Arguments): Promise<Record<string, string>> {
  const attempts: Record<string, () => unknown> = {
    read: () => readFileSync(String(given["read"])),
    write: () => writeFileSync(String(given["write"]), "x"),
    connect: () => once(connect(Number(given["port"]), "127.0.0.1"), "connect"),
  };
  const outcomes = Object.entries(attempts).map(async ([name, attempt]) => [name, await outcome(attempt)]);
  return Object.fromEntries(await Promise.all(outcomes));
}

async function outcome(attempt: () => unknown): Promise<string> {
  try {
    await attempt();
    return "done";
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
}
