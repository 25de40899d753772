import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import type { ChatMessage } from "#protocol/wire/requests.ts";
import { plainText } from "../schema/plain-text.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";

/** The text of a message, for estimates and for Lua: a tool's result as text. */
export function messageText(message: ChatMessage): string {
  return message.role === "tool" ? plainText(message.result) : message.text;
}

/** A message as procedures see it (`get_history()`, history filters). */
export function messageToLua(message: ChatMessage): JsonObject {
  const seen = { role: message.role, content: messageText(message) };
  if (message.role === "tool") return { ...seen, tool_call_id: message.callId, name: message.tool };
  if (message.role !== "assistant" || message.toolCalls.length === 0) return seen;
  return {
    ...seen,
    tool_calls: message.toolCalls.map((call) => ({ id: call.id, name: call.tool, args: call.arguments })),
  };
}

const roles = ["system", "user", "assistant", "tool"] as const;

/** A message that a procedure made. Throws ProcedureFailure `input-invalid`. */
export function messageFromLua(given: Json): ChatMessage {
  const message = isJsonObject(given) ? given : {};
  const role = roles.find((known) => known === message["role"]);
  if (!role || message["content"] === undefined) {
    throw new ProcedureFailure(
      "input-invalid",
      `A message needs a 'role' (${roles.join(", ")}) and a 'content'.`,
    );
  }
  const text = plainText(message["content"]);
  if (role === "assistant") return { role, text, toolCalls: [] };
  if (role !== "tool") return { role, text };
  const [callId, tool] = [message["tool_call_id"] ?? "", message["name"] ?? ""].map(plainText);
  return { role, callId: callId ?? "", tool: tool ?? "", result: message["content"], failed: false };
}

/**
 * The messages with calls and results matched: a provider refuses a result without its call (a filter cut it off) and
 * a call without its result (`done` ended the turn before it ran).
 */
export function matchedMessages(messages: readonly ChatMessage[]): ChatMessage[] {
  const called = new Set<string>();
  const answered = new Set(messages.flatMap((message) => (message.role === "tool" ? [message.callId] : [])));
  return messages.flatMap((message): ChatMessage[] => {
    if (message.role === "tool") return called.has(message.callId) ? [message] : [];
    if (message.role !== "assistant") return [message];
    const toolCalls = message.toolCalls.filter((call) => answered.has(call.id));
    for (const call of toolCalls) called.add(call.id);
    return message.text === "" && toolCalls.length === 0 ? [] : [{ ...message, toolCalls }];
  });
}
