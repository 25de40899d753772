import type { HostMessage, SandboxMessage } from "#protocol/wire/messages.ts";
import { plainStart } from "#test/support/start-message.ts";

/** A value that must be in no event. */
export const key = "canary-value-0f8e6a71c35b4d29";

const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };

/** What a sandbox says; the greeting is the first. */
export const sandboxMessages: readonly SandboxMessage[] = [
  { kind: "hello", version: 1, nonce: plainStart.nonce, facts: { node: "v26", pid: 1 } },
  { kind: "event", event: { type: "log", level: "info", message: `said ${key}`, data: { a: [key] } } },
  { kind: "event", event: { type: "output", stream: "stdout", text: key } },
  { kind: "request", id: 1, number: 1, method: "host.call", params: { name: "host.echo", args: { a: key } } },
  { kind: "request", id: 2, method: "file.read", params: { path: "../a" } },
  { kind: "request", id: 3, method: "mcp.list", params: { server: "none" } },
  { kind: "finished", status: "completed", result: { done: key }, usage },
  { kind: "finished", status: "failed", error: { code: "lua-error", message: "no", line: 1 }, usage },
];

/** What a host says. */
export const hostMessages: readonly HostMessage[] = [
  plainStart,
  { kind: "answer", id: 1, value: { text: "yes" } },
  { kind: "refusal", id: 2, code: "file-not-found", message: "no" },
  { kind: "cancel" },
];
